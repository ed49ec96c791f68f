"""A purchase whose award is contested: rows of 2018, when the order on challenges and complaints is law."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.line import Line
from gongyue.kernel import capacities
from gongyue.kernel.models import Obligation, Post
from gongyue.tendering.models import Bid, Challenge, Complaint, Ranking, Report, Tender
from tests.contracts import stages
from tests.memory import remembered

from .conftest import attempt, moment

AWARDED = "2018-09-17"  # a Monday; the notice is over on the 18th
LETTER: dict[str, Any] = {
    "address": "广州市某路 1 号，510000", "contact": "甘某，020-00000000", "matters": "评审没有按招标文件的分值计分。",
    "request": "请求重新计分。", "grounds": "公布的得分与分值表不符。", "basis": "政府采购法第五十二条。",
    "evidence": "招标文件、得分告知书各一份。", "signed": True,
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "outcome": "unfounded", "then": "go_on", "answer": "已经复核，计分无误。", "facts": "复核记录。",
    "basis": "招标文件第五章。", "right": True, "no_secret": True, "in_writing": True,
}  # fmt: skip
COMPLAINT: dict[str, Any] = {
    "contact": "甘某，020-00000000", "history": "九月二十日质疑，九月二十九日答复。", "matters": "评审没有按分值计分。",
    "within": True, "request": "认定结果无效。", "grounds": "公布的得分与分值表不符。",
    "basis": "政府采购法第五十五条。",
    "evidence": "质疑函、质疑答复书。", "signed": True, "all_partners": True,
}  # fmt: skip
DECISION: dict[str, Any] = {
    "outcome": "upheld", "stage": "awarded", "then": "void_next", "findings": "两项得分误记。",
    "basis": "第94号令第三十二条。", "remedies": True, "number": "越财采决〔2018〕1号",
    "public_text": "投诉事项成立，中标结果无效，另行确定中标供应商。",
}  # fmt: skip


@remembered
def contested(line: Line) -> Line:
    """Three bids, ranked; the first won on 17 September 2018."""
    stages.awarded(line)
    tender: Tender = line.latest(Tender)
    first = tender.winner
    assert first is not None
    bids = [first]
    for index, price in ((1, 196_000_000), (3, 197_000_000)):
        organisation = line.cast.social[index].organisation
        bids.append(
            Bid.objects.create(
                purchase=line.purchase, tender=tender, organisation=organisation, price_fen=price, plan="方案",
                fund_rules="专账", profile="机构", submitted_at=moment("2018-09-07"), state="qualified", version=2,
            )
        )  # fmt: skip
    for place, bid in enumerate(bids, 1):
        bid.submitted_at = bid.reviewed_at = moment("2018-09-10")
        bid.save()
        capacities.appoint(line.purchase, "bidder", bid.organisation, since=date(2018, 9, 7))
        Ranking.objects.create(tender=tender, bid=bid, numerator=str(95 - place), denominator="1", rank=place)
    tender.announced_at, tender.bids_due_at = moment("2018-08-20"), moment("2018-09-10", 9)
    tender.opened_at, tender.scored_at, tender.awarded_at = (
        moment("2018-09-10"), moment("2018-09-12"), moment(AWARDED),
    )  # fmt: skip
    Report.objects.create(
        purchase=line.purchase, tender=tender, organiser=line.cast.bureaus[line.district][0].organisation,
        medium="网站", situation="按招标文件评标。", state="signed", version=2, signed_at=moment("2018-09-13"),
    )  # fmt: skip
    tender.version = 0  # none of this stands in the ledger
    tender.save()
    return line


def loser(line: Line) -> Post:
    return line.cast.social[1]


def finance(line: Line) -> Post:
    return line.cast.finances[line.district]


@remembered
def challenged(line: Line, on: str = "2018-09-20") -> Line:
    """The second of the ranking challenges the result."""
    contested(line)
    line.act("challenge.lodge", None, date.fromisoformat(on), actor=loser(line), seed="result", **LETTER)
    return line


@remembered
def complained(line: Line) -> Line:
    """Answered on 29 September, a Saturday that is worked; complained about on 8 October."""
    challenged(line)
    accept(line, "2018-09-21")
    line.act("challenge.answer", line.latest(Challenge), date(2018, 9, 29), **ANSWER)
    line.act(
        "complaint.file", None, date(2018, 10, 8), actor=loser(line), seed=str(line.latest(Challenge).pk), **COMPLAINT
    )
    return line


def accept(line: Line, on: str, effect: str = "may") -> None:
    line.act(
        "challenge.accept", line.latest(Challenge), date.fromisoformat(on), effect=effect, effect_reason="涉及得分。"
    )


@remembered
def examined(line: Line) -> Line:
    """Accepted on 10 October, the parties asked on the 12th."""
    complained(line)
    yes = dict.fromkeys(("challenged", "contents", "in_time", "untreated", "competent"), True)
    line.act("complaint.accept", line.latest(Complaint), date(2018, 10, 10), actor=finance(line), **yes)
    line.act("complaint.notify", line.latest(Complaint), date(2018, 10, 12), actor=finance(line), number="1号")
    return line


def due(line: Line, rule: str) -> date | None:
    """The day of the latest obligation of a rule in the purchase."""
    row = Obligation.objects.filter(purchase=line.purchase, rule=rule).order_by("pk").last()
    assert row is not None, rule
    return row.due_on


def postmark() -> SimpleUploadedFile:
    return SimpleUploadedFile("邮政收据.pdf", b"%PDF-1.4\n%%EOF")


def tried(line: Line, name: str, subject: Any, on: str | datetime, **data: Any) -> list[str]:
    """The rules that stood in the way of it, none where it was done."""
    at = moment(on) if isinstance(on, str) else on
    outcome = attempt(line, name, subject, at, **data)
    return [] if outcome.entry is not None else [f.rule for f in outcome.findings] or [str(outcome.form.errors)]
