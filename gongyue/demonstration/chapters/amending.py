"""A little more of the same service: an amendment within the ten per cent, with its sealed paper; and one dropped."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.contracts.models import Amendment
from gongyue.demonstration.line import Line, later
from gongyue.demonstration.streets import Story, Told
from gongyue.payments.queries import first_free

ADDED = 1_800_000  # fen
BLANK = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def scan(name: str) -> SimpleUploadedFile:
    """A blank page in the place of a sealed one."""
    return SimpleUploadedFile(f"{name}（演示）.pdf", BLANK, content_type="application/pdf")


@Story
def amended(line: Line, since: date) -> Told:
    """Sent back once, then agreed; the last instalment bears what is added. Takes sixteen days."""
    yield since
    line.act("contract.scan", line.contract(), since, scan=scan("合同扫描件"))
    _draft(line, None, since, services="长者居家关怀增加服务量。")
    yield (now := later(since, 2))
    line.act("amendment.return", line.latest(Amendment), now, reason="请写明增加的人次和标准。")
    yield (now := later(since, 4))
    _draft(line, line.latest(Amendment), now)
    for days, name in ((6, "approve"), (8, "accept"), (12, "sign"), (12, "scan"), (14, "copy_finance"), (16, "file")):
        yield (now := later(since, days))
        paper: dict[str, Any] = {"scan": scan("补充协议扫描件")} if name == "scan" else {}
        line.act(f"amendment.{name}", line.latest(Amendment), now, **paper)


@Story
def thought_better(line: Line, since: date) -> Told:
    """Another one is drafted, and nothing comes of it."""
    yield since
    _draft(line, None, since, added=10_000)
    yield (now := later(since, 7))
    line.act("amendment.drop", line.latest(Amendment), now, reason="增加的服务并入下一年度一并安排。")


def _draft(line: Line, amendment: Amendment | None, on: date, added: int = ADDED, **data: Any) -> None:
    contract = line.contract()
    free = contract.schedule[first_free(contract, line.dossier(on)) - 1 :]
    rows: list[dict[str, Any]] = [
        {"due_on": row.due_on.isoformat(), "amount": row.amount_fen, "requires": row.requires} for row in free
    ]
    rows[-1]["amount"] += added
    said = {"services": "长者居家关怀增加 120 人次，标准与合同相同。"} | data
    line.act("amendment.draft", amendment, on, added=added, instalments=rows, **said)
