"""A committee of 2018 at each of its points, reached by the real actions on a call of 2010."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post, Role
from gongyue.kernel.perform import Outcome
from gongyue.tendering.models import Bid, Committee, PanelSeat, Tender
from tests.memory import remembered

from .conftest import DUE, attempt, moment, scores, submit_bids

THEN = moment("2018-04-03")
BEACON = "福利彩票双色球第2018037期开奖号码"
SHEET = {
    "record_number": "粤财采抽〔2018〕112号", "drawn_at": "2018-04-02T15:00", "drawer": "何某", "supervisor": "郑某",
}  # fmt: skip


def later(minutes: int) -> datetime:
    return THEN + timedelta(minutes=minutes)


def officers(line: Line) -> list[Post]:
    """Of the purchaser."""
    roles = Role.objects.filter(purchase=line.purchase, capacity="purchaser").values("organisation")
    return list(Post.objects.filter(organisation__in=roles).select_related("organisation", "person").order_by("pk"))


@remembered
def unseated(line: Line) -> Line:
    """Three bids on a call that was published with no panel, opened in 2018 and found qualified."""
    line.act("tender.draft", None, date(2010, 10, 15))
    line.act("tender.brief", line.latest(Tender), date(2010, 10, 20))
    line.act("tender.publish", line.latest(Tender), date(2010, 11, 8), bids_due_at=DUE.strftime("%Y-%m-%dT%H:%M"))
    submit_bids(line)
    line.act("tender.open", line.latest(Tender), THEN)
    for bid in Bid.objects.filter(purchase=line.purchase, state="submitted").order_by("pk"):
        line.act("bid.qualify", bid, THEN)
    return line


def plan(line: Line, at: datetime = THEN, **data: Any) -> Outcome:
    given = {"size": "5", "experts": "4", "way": "official", "representatives": [str(officers(line)[0].pk)]} | data
    if given["way"] == "own":  # waits for a number that is public on the day after
        given = {"beacon": BEACON, "beacon_on": (at + timedelta(days=1)).date().isoformat()} | given
    return attempt(line, "committee.form", None, at, **given)


def seat(line: Line, *indices: int, at: datetime = THEN, reserves: tuple[int, ...] = (4,), **data: Any) -> Outcome:
    sheet = SHEET | {
        "experts": [str(line.cast.experts[n].pk) for n in indices or (0, 1, 2, 3)],
        "reserves": [str(line.cast.experts[n].pk) for n in reserves],
        "paper": SimpleUploadedFile("抽取单.pdf", b"%PDF-1.4\n%%EOF"),
    }
    return attempt(line, "committee.seat", line.latest(Committee), at, **(sheet | data))


def done(outcome: Outcome) -> Outcome:
    assert outcome.entry is not None, ([f.rule for f in outcome.findings], dict(outcome.form.errors))
    return outcome


def committee(line: Line) -> Committee:
    found: Committee = line.latest(Committee)
    return found


def sitting(line: Line) -> list[tuple[int, str, str]]:
    rows = PanelSeat.objects.filter(tender=line.latest(Tender), left_at=None).order_by("pk")
    return [(row.post_id, row.part, row.origin) for row in rows]


def members(line: Line) -> list[Post]:
    rows = PanelSeat.objects.filter(tender=line.latest(Tender), left_at=None).order_by("pk")
    return [row.post for row in rows.select_related("post__organisation", "post__person")]


def sign_in(line: Line, post: Post, at: datetime = THEN, **data: Any) -> Outcome:
    given = {"discipline": "on", "confidential": "on", "relation": "none"} | data
    return attempt(line, "signin.sign", None, at, actor=post, **given)


@remembered
def assembled(line: Line) -> Line:
    """Four experts of the pool and one of the purchaser's, all signed in, led by the first expert."""
    done(plan(line))
    done(seat(line))
    for post in members(line):
        done(sign_in(line, post))
    done(attempt(line, "committee.lead", committee(line), THEN, leader=str(line.cast.experts[0].pk)))
    return line


def submit(line: Line, post: Post, at: datetime = THEN) -> Outcome:
    return attempt(line, "sheet.submit", None, at, actor=post, scores=scores(line), independent=True)
