"""A call whose bids are sealed, at each of its points, reached by the real actions."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel import storage
from gongyue.ledger.models import Entry
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import (
    SealedBid,
    SealedFile,
    SealedUpload,
    Tender,
)
from gongyue.tendering.sealing import Part
from tests.tendering.conftest import DUE, OPENING, attempt, moment

DAY = moment("2010-11-25")
PLAN = "实施方案：逐户走访四百三十一户独居长者，每季度复核。"
RULES = "资金使用细则：人员支出六成八，督导另列。"
PROFILE = "机构情况：承接过七个街道的项目，审计均无保留意见。"
PRICE = "1973456.78"
FILE = Part("file_1", "服务方案附件.pdf", b"%PDF-1.4 " + "附件正文：督导名单与排班。".encode() * 40)
TEXTS = {"plan": PLAN, "fund_rules": RULES, "profile": PROFILE}


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def prepared(drafting: Line) -> Line:
    """Documents drafted and briefed; three offices hold keys, two of which open."""
    drafting.act("tender.draft", None, date(2010, 10, 15))
    drafting.act("tender.brief", drafting.latest(Tender), date(2010, 10, 20))
    return drafting


@pytest.fixture
def called(prepared: Line) -> Line:
    return issue(prepared)


def issue(line: Line, **lock: Any) -> Line:
    story.lock(line, date(2010, 11, 4), **lock)
    line.act("tender.appoint", line.latest(Tender), date(2010, 11, 5))
    line.act("tender.publish", line.latest(Tender), date(2010, 11, 8), bids_due_at=DUE.strftime("%Y-%m-%dT%H:%M"))
    return line


@pytest.fixture
def handed(called: Line) -> Line:
    """Three sealed bids; the first with what the attacker looks for."""
    story.hand_in(called, called.cast.social[0], DAY, PRICE, files=[FILE], **TEXTS)
    for index, price in ((1, "1950000"), (3, "1990000")):
        story.hand_in(called, called.cast.social[index], DAY, price)
    return called


@pytest.fixture
def begun(handed: Line) -> Line:
    handed.act("tender.open", handed.latest(Tender), OPENING)
    return handed


def first(line: Line) -> SealedBid:
    return SealedBid.objects.select_related(*SealedBid.related).get(bid__organisation=line.cast.social[0].organisation)


def bodies(action: str) -> list[dict[str, Any]]:
    return [json.loads(e.body)["content"] for e in Entry.objects.filter(action=action).order_by("pk")]


def begin(line: Line, index: int = 0, **texts: str) -> tuple[SealedUpload, sealing.SealedBid]:
    """A bid uploaded whole and not handed in."""
    actor = line.cast.social[index]
    given = story.parts(actor, DAY.date(), PRICE, TEXTS | texts)
    return story.upload(line.latest(Tender), actor, DAY, given)


def hand_in(line: Line, staged: SealedUpload, at: datetime = DAY, index: int = 0) -> Any:
    only = {"price": "", "plan": "", "fund_rules": "", "profile": ""}
    return attempt(line, "bid.submit", None, at, actor=line.cast.social[index], upload=staged.token, **only)


def pieces(line: Line, size: int) -> tuple[SealedUpload, bytes]:
    """A declared upload whose file is still to come, and that file."""
    tender, actor = line.latest(Tender), line.cast.social[0]
    staged = staging.begin(tender, actor, at=DAY)
    big = Part("file_1", "大.zip", b"\x07" * size)
    sealed = sealing.seal(
        lock=tender.lock.encode(), bid=staged.bid_name, parts=[*story.parts(actor, DAY.date(), PRICE, TEXTS), big]
    )
    wraps = {name: b64encode(file).decode() for name, file in sealed.wraps.items()}
    staging.declare(staged, receipt=sealed.receipt, wraps=wraps, snapshot="0" * 64, at=DAY)
    return staged, sealed.parts["file_1"]


def take(staged: SealedUpload, offset: int, piece: bytes) -> tuple[int, bool]:
    file = staging.take(staged, "part", "file_1", offset=offset, piece=piece, at=DAY)
    return file.received, file.whole


def spoil(line: Line, files: Path) -> None:
    """Somebody edits the stored ciphertext of the first bid's price."""
    digest = next(p["sha256"] for p in first(line).upload.document["parts"] if p["part"] == "price")
    path = files / storage.path(digest)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))


def copies(line: Line, staged: SealedUpload, sealed: sealing.SealedBid) -> None:
    staging.expect_copies(staged, {name: len(inner) for name, inner in sealed.envelopes.items()})
    for name, inner in sealed.envelopes.items():
        story.send(staged, SealedFile.Kind.COPY, name, inner, OPENING)
