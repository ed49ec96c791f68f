"""What the auditor's trail and its export tell of a call that is not decided yet."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Purchase, Refused
from gongyue.ledger.models import Entry
from gongyue.oversight.queries import refusals, trail
from gongyue.tendering.models import Complaint, ComplaintReply, Question, Talk, Tender
from gongyue.tendering.queries import summary
from gongyue.tendering.secrecy import OF_DISPUTES
from gongyue.tendering.secrecy import disputed as untold
from tests.desk.conftest import Desk, desk, text, today
from tests.journeys.test_methods import negotiated, offers, talk
from tests.tendering.conftest import attempt, moment, objections
from tests.tendering.disputing import examined, finance, loser

from .test_pages import Today

__all__ = ["desk", "today"]
pytestmark = pytest.mark.django_db
OPENED = {"opened_at": moment("2018-09-10"), "awarded_at": None, "winner": None, "failed_at": None}
STAGES = {  # of a call: what is set, whether disputes are told of
    "announced": ({**OPENED, "state": "announced", "opened_at": None}, False),
    "opened": ({**OPENED, "state": "opened"}, True),
    "talks": ({**OPENED, "state": "negotiated", "way": "negotiation"}, False),
    "talks failed": (
        {**OPENED, "state": "failed", "way": "negotiation", "failed_at": moment("2018-12-01")}, False,
    ),
    "failed": ({**OPENED, "state": "failed", "failed_at": moment("2018-12-01")}, True),
    "failed unopened": (
        {**OPENED, "state": "failed", "opened_at": None, "failed_at": moment("2018-12-01")}, False,
    ),
    "talks settled": (
        {**OPENED, "state": "scored", "way": "negotiation", "awarded_at": moment("2018-09-17")}, True,
    ),
}  # fmt: skip
DONE = [
    "challenge.lodge", "challenge.accept", "challenge.answer", "complaint.file", "complaint.accept",
    "complaint.notify", "pause.order", "complaintreply.give", "withdrawal.apply", "question.ask", "question.answer",
]  # fmt: skip


def disputed(line: Line) -> Line:
    """A challenge, a complaint that is examined, replied to and withdrawn while the purchase is paused, a question."""
    examined(line)
    seed = str(line.latest(Complaint).pk)
    line.act("pause.order", None, date(2018, 10, 12), actor=finance(line), seed=seed, ends_on="2018-11-08", reason="查")
    reply = ComplaintReply.objects.filter(
        purchase=line.purchase, organisation=line.actor("challenge.answer").organisation
    )
    line.act("complaintreply.give", reply.get(), date(2018, 10, 15), text="按招标文件评审。")
    line.act("withdrawal.apply", None, date(2018, 10, 16), actor=loser(line), seed=seed, reason="不再主张")
    line.act("question.ask", None, date(2018, 10, 16), actor=loser(line))
    line.act("question.answer", line.latest(Question), date(2018, 10, 17))
    early = attempt(line, "complaint.decide", line.latest(Complaint), moment("2018-10-17"), actor=loser(line))
    assert objections(early) == ["kernel.capacity"]
    return line


@pytest.mark.parametrize("stage", STAGES)
def test_that_and_by_whom_a_call_is_disputed_is_told_when_its_bidders_are(
    line: Line,
    stage: str,
    desk: Desk,
    today: Today,
) -> None:
    disputed(line)
    given, told = STAGES[stage]
    Tender.objects.filter(purchase=line.purchase).update(**given)
    today("2018-10-19")
    auditor, mine = line.cast.audits[line.district], Purchase.objects.filter(pk=line.purchase.pk)
    found = trail(auditor, mine).filter(action__in=OF_DISPUTES).order_by("pk")
    assert [row.action for row in found] == (DONE if told else [])
    assert [row.action for row in refusals(mine)] == (["complaint.decide"] if told else [])
    client, name = desk(auditor), str(loser(line).organisation)
    book = client.get("/audit/trail.xlsx?kind=complaint")
    rows = CalamineWorkbook.from_filelike(BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows[1:]] == (["发出投诉答复通知书", "受理投诉", "提起投诉"] if told else [])
    entry = Entry.objects.get(purchase=line.purchase.pk, action="pause.order")
    assert client.get(f"/audit/entries/{entry.pk}/").status_code == (200 if told else 404)
    assert (name in text(client.get("/audit/?kind=withdrawal"))) is told


@pytest.mark.parametrize("stage", STAGES)
def test_a_dispute_is_told_with_its_own_call_whatever_call_was_opened_since(line: Line, stage: str) -> None:
    """The next call is announced and opened before what is done on the dispute of the one before it."""
    disputed(line)
    given, told = STAGES[stage]
    Tender.objects.filter(purchase=line.purchase).update(**given)
    if given["state"] != "failed":  # one call lives at a time
        Tender.objects.filter(purchase=line.purchase).update(state="failed", failed_at=moment("2018-10-08"))
    Tender.objects.create(
        purchase=line.purchase, title="重新招标", ceiling_fen=100, requirement="", quality_standard="", state="opened",
        announced_at=moment("2018-10-09"), bids_due_at=moment("2018-10-10"), opened_at=moment("2018-10-10"),
    )  # fmt: skip
    auditor, mine = line.cast.audits[line.district], Purchase.objects.filter(pk=line.purchase.pk)
    found = trail(auditor, mine).filter(action__in=OF_DISPUTES).order_by("pk")
    assert [row.action for row in found] == (DONE if told else [])
    assert [row.action for row in refusals(mine)] == (["complaint.decide"] if told else [])
    owed = Obligation.objects.filter(purchase=line.purchase, action__in=OF_DISPUTES, is_open=True)
    assert owed.exclude(untold()).count() == (owed.count() if told else 0)
    assert owed.exists()


def test_what_was_refused_before_its_birth_is_told_once_every_call_is(line: Line) -> None:
    disputed(line)
    Refused.objects.filter(purchase=line.purchase).update(subject="complaint:None")
    mine = Purchase.objects.filter(pk=line.purchase.pk)
    given, _told = STAGES["failed unopened"]
    Tender.objects.filter(purchase=line.purchase).update(**given)
    Tender.objects.create(
        purchase=line.purchase, title="重新招标", ceiling_fen=100, requirement="", quality_standard="", state="opened",
        announced_at=moment("2018-10-09"), bids_due_at=moment("2018-10-10"), opened_at=moment("2018-10-10"),
    )  # fmt: skip
    assert list(refusals(mine)) == []


IN_TALKS = ("tender.", "bid.", "talk.", "variation.", "finaloffer.")
DOCUMENTS = ["tender.prepare", "tender.call"]
TALKS = [
    *["bid.submit"] * 3, "tender.receive", *["bid.qualify"] * 3, *["talk.record"] * 3, "variation.issue",
    "tender.conclude", *["finaloffer.submit"] * 3, "tender.unseal", "tender.recommend",
]  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("end", ["tender.award", "tender.fail"])
def test_who_is_talked_with_how_many_and_what_is_told_with_the_result(end: str) -> None:
    """Without a result it is told nobody (Procurement Law, article 38)."""
    town = negotiated()
    talk(town, date(2014, 3, 20))
    buyer = town.purchaser
    town.act("variation.issue", None, date(2014, 3, 21), buyer, text="探访改为每月三次", confirmed="on")
    due = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), buyer, **due)
    offers(town, date(2014, 3, 31), {0: "270000", 1: "275000", 3: "280000"})
    opened = moment("2014-04-02")
    town.act("tender.unseal", town.latest(Tender), opened, buyer, attendance="小组三人")
    assert objections(town.attempt("talk.record", Talk.objects.all()[0], opened, town.social[0], content="再谈")) != []
    town.act("tender.recommend", town.latest(Tender), opened, buyer, report="三家均满足需求")
    assert town.purchase is not None
    mine = Purchase.objects.filter(pk=town.purchase.pk)

    def told() -> list[str]:
        rows = trail(town.city_finance, mine).order_by("pk").values_list("action", flat=True)
        return [name for name in rows if name.startswith(IN_TALKS)]

    def tried() -> list[str]:
        return [row.action for row in refusals(mine)]

    def counted(reader: Post) -> int | None:
        found = summary(town.purchase, reader, moment("2014-04-03"))  # type: ignore[arg-type]
        return found.bids if found else None

    readers = (buyer, town.finance, town.social[0])
    assert (told(), tried()) == (DOCUMENTS, ["tender.call"])
    assert [counted(reader) for reader in readers] == [3, None, None]
    reason = (
        {"reason": "需求有变", "acknowledge-negotiation-ended-on-a-ground": "需求有变"} if end == "tender.fail" else {}
    )
    town.act(end, town.latest(Tender), date(2014, 4, 3), buyer, **reason)
    hidden = ["talk.record", "tender.receive"] if end == "tender.award" else []
    whole = ["tender.prepare", "tender.appoint", "tender.call", *TALKS] if end == "tender.award" else DOCUMENTS
    assert (told(), tried()) == ([*whole, end], [*hidden, "tender.call"])
    assert [counted(reader) for reader in readers] == [3, *[3 if end == "tender.award" else None] * 2]
