"""更正公告: documents already out are changed for everybody at once, in time, and each holder takes note in secret.

A call of 2010 is changed here in 2016 and 2018: in 2010 no text that was loaded provides for it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Challenge, Change, ChangeReceipt, Tender
from gongyue.tendering.queries import changes, secrets
from gongyue.tendering.timetable import Setting
from tests.journeys import test_methods as methods

from .conftest import attempt, moment, objections
from .disputing import ANSWER, LETTER, accept
from .shanghai import Town

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys
ISSUED, DUE = moment("2018-05-02"), datetime(2018, 6, 1, 9, 30, tzinfo=LOCAL)
TEXT = "第三章第二条“每季”更正为“每半年”。"


@pytest.fixture
def calling(drafting: Line) -> Line:
    """Issued on 2 May 2018 for the first of June."""
    line = drafting
    line.act("tender.draft", None, date(2018, 4, 2))
    line.act("tender.brief", line.latest(Tender), date(2018, 4, 3))
    line.act("tender.relief", line.latest(Tender), date(2018, 4, 4), challenge_contact="书面，区民政局采购办")
    line.act("tender.publish", line.latest(Tender), ISSUED.date(), bids_due_at=DUE.strftime("%Y-%m-%dT%H:%M"))
    return line


def change(line: Line, on: str, due: datetime = DUE, *, hour: int = 10, **data: Any) -> Any:
    given = {
        "parts": ["requirement"], "text": TEXT, "affects": True, "bids_due_at": due.strftime("%Y-%m-%dT%H:%M"),
        "opening_place": "二楼会议室",
    } | data  # fmt: skip
    return attempt(line, "change.publish", None, moment(on, hour), **given)


def taker(line: Line, index: int = 1) -> Post:
    post: Post = line.cast.social[index]
    return post


def test_before_the_regulation_nothing_provides_for_it(announced: Line) -> None:
    names = ("change.publish", "changereceipt.confirm")
    days = (date(2015, 2, 28), date(2015, 3, 1))
    assert [[announced.regime.who(name, day) is not None for day in days] for name in names] == [[False, True]] * 2
    officer = announced.actor("tender.publish")
    assert find("change.publish", actor=officer, at=moment("2010-11-10"), purchase=announced.purchase) is None


def test_it_becomes_part_of_the_call_with_its_deadline(calling: Line) -> None:
    later = datetime(2018, 6, 8, 14, tzinfo=LOCAL)
    assert change(calling, "2018-05-24", later).entry is not None
    told, tender = calling.latest(Change), calling.latest(Tender)
    assert (tender.bids_due_at, tender.opening_place) == (later, "二楼会议室")
    assert (told.text, told.due_before, told.due_after, told.extended) == (TEXT, DUE, later, True)
    assert told.part_names == ["服务要求的表述"]


@pytest.mark.parametrize(
    ("on", "due", "data", "said"),
    [
        ("2018-05-17", DUE, {}, []),
        ("2018-05-18", DUE, {}, ["change-leaves-time"]),
        ("2018-05-18", DUE, {"affects": False, "parts": ["time", "other"]}, []),
        ("2018-05-31", DUE, {"affects": False}, ["change-of-parts-affects"]),
        ("2018-05-31", DUE, {"affects": False, "parts": ["contract"]}, ["change-of-parts-affects"]),
        ("2018-05-31", DUE, {"affects": False, "parts": ["time", "format"]}, ["change-of-parts-affects"]),
        ("2018-05-31", DUE, {"parts": ["contract"]}, ["change-leaves-time"]),
        ("2018-05-03", datetime(2018, 5, 31, 9, 30, tzinfo=LOCAL), {}, ["change-puts-off-only"]),
        ("2018-05-03", DUE, {"parts": ["qualification"]}, ["change-keeps-subject"]),
        ("2018-05-03", DUE, {"parts": ["time", "subject"]}, ["change-keeps-subject"]),
    ],
)
def test_what_the_law_asks_of_a_change(
    calling: Line, on: str, due: datetime, data: dict[str, Any], said: list[str]
) -> None:
    outcome = change(calling, on, due, **data)
    assert ([finding.rule for finding in outcome.findings], outcome.entry is None) == (said, bool(said))


def test_after_the_deadline_and_after_the_opening_nothing_is_changed(calling: Line) -> None:
    later = datetime(2018, 6, 20, 9, 30, tzinfo=LOCAL)
    assert objections(change(calling, "2018-06-01", later)) == ["change-before-deadline"]


def test_each_holder_takes_note_once_and_a_bid_without_is_asked_why(calling: Line) -> None:
    calling.act("package.take", None, date(2018, 5, 4), actor=taker(calling))
    at = moment("2018-05-10")
    assert find("changereceipt.confirm", actor=taker(calling), at=at, purchase=calling.purchase) is None
    change(calling, "2018-05-09")
    told = calling.latest(Change)
    other = find("changereceipt.confirm", actor=taker(calling, 3), at=at, purchase=calling.purchase)
    mine = find("changereceipt.confirm", actor=taker(calling), at=at, purchase=calling.purchase)
    assert (other is None, mine.seed if mine else "") == (True, str(told.pk))
    early = attempt(calling, "bid.submit", None, at, actor=taker(calling), price="1950000")
    assert "change-noted" in [finding.rule for finding in early.findings]
    assert attempt(calling, "changereceipt.confirm", mine, at, actor=taker(calling)).entry is not None
    assert find("changereceipt.confirm", actor=taker(calling), at=at, purchase=calling.purchase) is None
    assert attempt(calling, "bid.submit", None, at, actor=taker(calling), price="1950000").entry is not None


def test_who_took_note_is_as_secret_as_who_took_the_documents(calling: Line) -> None:
    calling.act("package.take", None, date(2018, 5, 4), actor=taker(calling))
    change(calling, "2018-05-09")
    calling.act("changereceipt.confirm", None, date(2018, 5, 10), actor=taker(calling))
    receipt, at = calling.latest(ChangeReceipt), moment("2018-05-11")
    officer, rival = calling.actor("tender.publish"), taker(calling, 0)
    hidden = [receipt.key in secrets(calling.purchase, post, at).subjects for post in (None, officer, rival)]
    assert (hidden, receipt.key in secrets(calling.purchase, taker(calling), at).subjects) == ([True] * 3, False)
    dossier = calling.dossier(date(2018, 5, 11))
    assert [[one.noted is not None, len(one.receipts)] for one in changes(dossier, officer)] == [[False, 0]]
    assert [[one.noted is not None, len(one.receipts)] for one in changes(dossier, taker(calling))] == [[True, 0]]
    entry = Entry.objects.get(action="changereceipt.confirm")
    assert Role.objects.filter(purchase=calling.purchase, organisation=taker(calling).organisation).count() == 0
    assert Obligation.objects.filter(purchase=calling.purchase, opened_by=entry.pk).count() == 0


def test_the_earliest_timetable_waits_for_the_fifteen_days(calling: Line) -> None:
    change(calling, "2018-05-24", datetime(2018, 6, 8, 14, tzinfo=LOCAL))
    setting = Setting.of(calling.dossier(date(2018, 5, 25)))
    assert setting is not None
    opened = next(step for step in setting.table(date(2018, 5, 25)).steps if step.milestone == "opened")
    assert str(opened.on) == "2018-06-08"
    assert [(w.minimum.after, w.value, w.cite, str(w.ends)) for w in opened.waits] == [
        ("announced", 20, "procurement-law#第三十五条", "2018-05-22"),
        ("change.published", 15, "procurement-regulation#第三十一条", "2018-06-08"),
    ]  # fmt: skip


FACTORS = [
    {"name": "服务方案", "points": "50", "is_price": ""}, {"name": "团队与督导", "points": "40", "is_price": ""},
    {"name": "价格", "points": "10", "is_price": "on"},
]  # fmt: skip


def test_a_change_of_factors_stands_in_the_documents_and_leaves_fifteen_days(calling: Line) -> None:
    before = calling.latest(Tender).factors
    rewritten = {"parts": ["factors"], "factors": FACTORS, "requirement": "改为每半年提供一次报告。"}
    assert objections(change(calling, "2018-05-03", affects=False, **rewritten)) == ["change-of-substance-affects"]
    assert objections(change(calling, "2018-05-25", **rewritten)) == ["change-leaves-time"]
    cheap = [FACTORS[0] | {"points": "55"}, FACTORS[1], FACTORS[2] | {"points": "5"}]
    assert objections(change(calling, "2018-05-03", **rewritten | {"factors": cheap})) == ["changed-scoring-holds"]
    sized = [FACTORS[0], FACTORS[1] | {"name": "从业人员数"}, FACTORS[2]]
    refused = change(calling, "2018-05-03", **rewritten | {"factors": sized})
    assert objections(refused) == ["changed-scoring-without-scale"]
    odd = change(calling, "2018-05-03", **rewritten | {"factors": FACTORS[:2]})
    assert list(odd.form.errors) == ["factors"]

    later = datetime(2018, 6, 9, 9, 30, tzinfo=LOCAL)
    assert change(calling, "2018-05-25", later, **rewritten).entry is not None
    tender, told = calling.latest(Tender), calling.latest(Change)
    assert [(one["name"], one["points"]) for one in tender.factors] == [
        ("服务方案", 50),
        ("团队与督导", 40),
        ("价格", 10),
    ]
    assert (tender.requirement, tender.bids_due_at) == ("改为每半年提供一次报告。", later)
    assert told.before["factors"] == before
    assert [(one.name, one.after) for one in told.rewritten] == [
        ("服务需求", "改为每半年提供一次报告。"), ("评审因素", "服务方案 50；团队与督导 40；价格 10"),
    ]  # fmt: skip
    assert told.extended and told.part_names == ["评审因素"]


def test_what_is_left_as_it_is_is_no_rewriting(calling: Line) -> None:
    tender = calling.latest(Tender)
    same = {"parts": ["other"], "requirement": tender.requirement, "quality_standard": "", "affects": False}
    assert change(calling, "2018-05-25", **same).entry is not None
    assert (calling.latest(Change).after, calling.latest(Tender).requirement) == ({}, tender.requirement)


@pytest.mark.parametrize(("part", "column"), [("factors", "factors"), ("standard", "quality_standard")])
def test_what_bids_are_scored_and_checked_by_is_not_changed_in_words_alone(
    calling: Line, part: str, column: str
) -> None:
    """The columns come filled in with what stands, so that leaving them is changing nothing."""
    tender, prose = calling.latest(Tender), "“价格”由10分更正为1分；合同期由一年更正为三年。"
    points = [
        row | {"points": str(row["points"]), "is_price": "on" if row["is_price"] else ""} for row in tender.factors
    ]
    kept = {"factors": points, "quality_standard": tender.quality_standard}
    for given in ({}, kept):
        refused = change(calling, "2018-05-03", **{"parts": [part], "text": prose} | given)
        assert (refused.entry, list(refused.form.errors)) == (None, [column])
    new = {"factors": FACTORS, "quality_standard": "每半年报告一次。"}
    assert change(calling, "2018-05-03", parts=[part], text=prose, **{column: new[column]}).entry is not None
    assert list(calling.latest(Change).after) == [column]


@pytest.mark.parametrize("opened", [False, True])
def test_what_an_answer_promised_is_put_right_until_the_bids_are_opened(calling: Line, opened: bool) -> None:
    line, who = calling, taker(calling)
    line.act("package.take", None, date(2018, 5, 4), actor=who)
    line.act("challenge.lodge", None, date(2018, 5, 7), actor=who, seed="documents", **LETTER)
    accept(line, "2018-05-08")
    given = ANSWER | {"outcome": "upheld", "then": "correct"}
    line.act("challenge.answer", line.latest(Challenge), date(2018, 5, 9), **given)
    owed = Obligation.objects.get(purchase=line.purchase, rule="correct-documents")
    assert owed.is_open
    if opened:
        line.bid(date(2018, 5, 28), {0: "1950000", 2: "1960000", 3: "1970000"})
        line.act("tender.open", line.latest(Tender), datetime(2018, 6, 1, 10, tzinfo=LOCAL))
    else:
        assert change(line, "2018-05-10").entry is not None
    owed.refresh_from_db()
    assert (owed.is_open, owed.met_at is None, owed.lapsed_at is None) == (False, opened, not opened)


def test_a_change_leaves_one_opening_to_be_held(calling: Line) -> None:
    owed = Obligation.objects.filter(purchase=calling.purchase, action="tender.open", is_open=True)
    first = owed.get()
    assert change(calling, "2018-05-10").entry is not None
    assert (owed.get().rule, owed.get().pk == first.pk) == ("open-bids", False)


def talks(way: str, ground: str, *, scored: bool = True) -> Town:
    """Called on the first of March 2018 for the twentieth, five in the afternoon."""
    on = date(2018, 3, 1)
    town = methods.begun(way, ground, on, **{"acknowledge-jingan-negotiation": "需求须与供应商商定"})
    factors: dict[str, Any] = {"factors": methods.FACTORS} if scored else {}
    town.act("tender.prepare", None, on, town.purchaser, **methods.WORDS, **methods.MAY, **factors)
    town.act("tender.relief", town.latest(Tender), on, town.purchaser, challenge_contact="书面，区民政局采购办")
    due = {"bids_due_at": "2018-03-20T17:00", "opening_place": "区民政局"}
    town.act("tender.call", town.latest(Tender), on, town.purchaser, **due)
    return town


def rewrite(town: Town, on: date | datetime, part: str, **data: Any) -> list[str]:
    """What stands in the way of a change; nothing where it is published."""
    given = {"parts": [part], "text": TEXT, "bids_due_at": "2018-03-20T17:00", "opening_place": "区民政局"} | data
    outcome = town.attempt("change.publish", None, on, town.purchaser, **given)
    return [] if outcome.entry else objections(outcome)


@pytest.mark.parametrize(
    ("price", "fixed", "holds"),
    [("9", False, False), ("10", False, True), ("30", False, True), ("31", False, False), ("9", True, True)],
)
def test_a_consultation_as_changed_still_gives_the_price_ten_to_thirty(price: str, fixed: bool, holds: bool) -> None:
    town = talks("consultation", "bought_service")
    Tender.objects.filter(purchase=town.purchase).update(fixed_price=fixed)
    rest = {"name": "服务方案", "points": str(100 - int(price))}
    factors = [{"name": "报价", "points": price, "is_price": "on"}, rest]
    found = rewrite(town, date(2018, 3, 12), "factors", factors=factors)
    assert found == ([] if holds else ["consultation-changed-price-weight"])
    assert town.latest(Tender).price_points == (int(price) if holds else 20)
    assert rewrite(town, date(2018, 3, 13), "time") == []


def test_a_change_brings_no_scoring_into_a_negotiation() -> None:
    town = talks("negotiation", "undefined_spec", scored=False)
    found = rewrite(town, date(2018, 3, 12), "factors", factors=methods.FACTORS, affects="on")
    assert (found, town.latest(Tender).factors) == (["negotiation-changed-by-price"], [])


def test_a_rewritten_requirement_of_a_negotiation_leaves_three_working_days() -> None:
    town = talks("negotiation", "undefined_spec", scored=False)
    new = {"requirement": "改为每月三十次"}
    last = datetime(2018, 3, 20, 8, 30, tzinfo=LOCAL)
    assert rewrite(town, last, "requirement", **new) == ["negotiation-change-of-substance-affects"]
    assert rewrite(town, last, "requirement", **new, affects="on") == ["negotiation-changed-in-time"]
    assert rewrite(town, last, "requirement", **new, affects="on", bids_due_at="2018-03-23T17:00") == []
    assert town.latest(Tender).requirement == "改为每月三十次"
