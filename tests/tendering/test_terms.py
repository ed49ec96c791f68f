"""What documents hold: found missing or unsound as written, and refused at the issue by the law of the day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.tendering import terms
from gongyue.tendering.facts.terms import TermsFacts
from gongyue.tendering.forms.contents import ContentsField
from gongyue.tendering.models import Tender
from gongyue.tendering.models.evaluation import marks

from .conftest import attempt, moment

pytestmark = pytest.mark.django_db
PRICE = {"name": "价格", "points": 10, "is_price": True}


def documents(**given: Any) -> Tender:
    whole: dict[str, Any] = {
        "requirement": "需求", "conditions": [{"name": "登记证书", "proof": ""}], "contract_draft": "草案",
        "factors": [{"name": "方案", "points": 90, "is_price": False, "bands": "5以上得90分；不足5得10分"}, PRICE],
    }  # fmt: skip
    return Tender(**(whole | given))


@pytest.mark.clause("CD-20")
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, []),
        ({"contract_draft": " "}, ["contract"]),
        ({"conditions": [], "factors": []}, ["conditions", "review"]),
        ({"requirement": ""}, ["requirement"]),
        ({"way": "negotiation"}, ["changeable"]),
        ({"way": "consultation", "changeable": "服务人数"}, []),
    ],
)
def test_what_documents_must_hold(given: dict[str, Any], missing: list[str]) -> None:
    assert terms.missing(documents(**given)) == missing


@pytest.mark.parametrize(
    ("name", "of_scale"),
    [
        ("注册资本", True), ("开办资金不少于十万元", True), ("上年营业收入", True), ("从业人员数", True),
        ("员工 人数", True),
        ("项目团队的经验", False), ("服务人次", False), ("督导安排", False), ("利润率", True),
    ],
)  # fmt: skip
def test_conditions_of_scale_are_known_by_their_names(name: str, of_scale: bool) -> None:
    assert terms.of_scale([name]) == ([name] if of_scale else [])


@pytest.mark.clause("CD-21b")
def test_each_interval_has_points_of_its_own() -> None:
    loose = {"name": "督导", "points": 20, "is_price": False}
    flat = {"name": "出席率", "points": 20, "is_price": False, "bands": "9以上得20分；5以上不足9得20分；不足5得0分"}
    tender = documents(factors=[loose, flat, PRICE])
    assert (terms.unquantified(tender), terms.flat(tender)) == (["督导"], ["出席率"])
    assert (terms.unquantified(documents()), terms.flat(documents())) == ([], [])


@pytest.mark.clause("CD-21c")
def test_the_capacity_to_perform_has_three_sides() -> None:
    def gaps(*groups: str) -> list[str]:
        factors = [{"name": group, "points": 10, "is_price": False, "group": group} for group in groups]
        return terms.capacity_gaps(documents(factors=factors))

    assert gaps("service") == []
    assert gaps("capacity_quality") == ["capacity_schedule", "capacity_emergency"]
    assert gaps("capacity_other") == ["capacity_quality", "capacity_schedule", "capacity_emergency"]
    assert gaps("capacity_quality", "capacity_schedule", "capacity_emergency") == []


def test_a_condition_of_the_documents_is_no_factor() -> None:
    tender = documents(conditions=[{"name": "方 案", "proof": ""}])
    assert terms.named_as_condition(tender) == ["方案"]


@pytest.mark.clause("CD-21d")
def test_facts_of_documents_not_begun_are_told_as_they_are() -> None:
    told = asdict(TermsFacts.of(Tender()))
    assert (told["missing"], told["review"], told["musts"], told["floor"]) == (
        ["资格条件", "采购需求", "评审方法和标准", "合同草案"], "comprehensive", 0, False,
    )  # fmt: skip


def drafted(line: Line, **data: Any) -> Tender:
    line.act("tender.draft", None, date(2017, 11, 2), **data)
    line.act("tender.brief", line.latest(Tender), date(2017, 11, 3))
    found: Tender = line.latest(Tender)
    return found


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, []),
        ({"contract_draft": ""}, ["documents-state-contract", "documents-whole"]),
        ({"conditions": [{"name": "注册资本十万元以上", "proof": "执照"}]}, ["no-scale-condition"]),
        ({"conditions": [{"name": "团队与督导", "proof": "名册"}]}, ["listed-condition-not-scored"]),
        ({"floor": "100000"}, ["no-floor-price"]),
    ],
)
def test_under_order_87_the_issue_is_refused(drafting: Line, data: dict[str, Any], said: list[str]) -> None:
    tender = drafted(drafting, **data)
    outcome = attempt(drafting, "tender.publish", tender, moment("2017-12-04"), bids_due_at="2018-01-04T09:30")
    assert [one.rule for one in outcome.findings if one.blocks] == said


def test_under_order_87_a_call_without_a_lock_says_how_its_bids_are_sealed(drafting: Line) -> None:
    tender, due = drafted(drafting), {"bids_due_at": "2018-01-04T09:30"}
    silent = {"acknowledge-sealed-by-default": ""}
    outcome = attempt(drafting, "tender.publish", tender, moment("2017-12-04"), **due, **silent)
    assert [(one.rule, one.blocks) for one in outcome.findings] == [("sealed-by-default", False)]
    assert outcome.entry is None
    told = attempt(drafting, "tender.publish", tender, moment("2017-12-04"), **due)
    assert told.entry is not None
    assert "纸质密封送达" in str(told.entry.body)


def test_in_2010_no_text_that_was_found_says_so(drafting: Line) -> None:
    drafting.act("tender.draft", None, date(2010, 10, 15), contract_draft="", conditions=[], floor="100000")
    drafting.act("tender.brief", drafting.latest(Tender), date(2010, 10, 20))
    drafting.act("tender.appoint", drafting.latest(Tender), date(2010, 11, 5))
    drafting.act("tender.publish", drafting.latest(Tender), date(2010, 11, 8), bids_due_at="2010-12-01T09:30")
    tender = drafting.latest(Tender)
    assert (tender.state, tender.floor_fen, tender.joint) == ("announced", 10_000_000, "silent")


def test_documents_raise_the_marks_of_low_prices_and_evaluation_takes_them(drafting: Line) -> None:
    drafting.act("tender.draft", None, date(2017, 11, 2), raise_average="65", raise_ceiling="50")
    tender = drafting.latest(Tender)
    assert tender.low_marks == {"average_bp": 6500, "ceiling_bp": 5000}
    found = marks(drafting.regime, date(2026, 3, 4), tender)
    assert found is not None
    assert (found.average_bp, found.second_bp, found.ceiling_bp) == (6500, 5000, 5000)
    assert marks(drafting.regime, date(2018, 4, 4), tender) is None


def test_rows_are_not_written_twice(drafting: Line) -> None:
    twice = [{"name": "登记证书", "proof": ""}, {"name": "登记证书", "proof": "原件"}]
    paper = PAPERS["tender.draft"](drafting, Tender(), date(2010, 10, 15)) | {"conditions": twice}
    outcome = attempt(drafting, "tender.draft", None, moment("2010-10-15"), **paper)
    assert dict(outcome.form.errors) == {"conditions": ["有重复的行"]}


def test_what_the_documents_do_not_state_is_named_item_by_item_with_its_article(drafting: Line) -> None:
    """Order 87, article 20: not a day before it is in force."""
    line = drafting
    line.act("tender.draft", None, date(2017, 9, 11), contents=[{"item": "payment", "text": "见第五章"}])
    line.act("tender.brief", line.latest(Tender), date(2017, 9, 12))
    line.act("tender.relief", line.latest(Tender), date(2017, 9, 12), challenge_contact="书面，区民政局采购办")
    assert line.latest(Tender).contents == [{"item": "payment", "text": "见第五章"}]
    at = moment("2017-10-09")
    outcome = attempt(line, "tender.publish", line.latest(Tender), at, bids_due_at="2017-11-06T09:30")
    found = {f.rule: f.cite for f in outcome.findings if f.rule.startswith("documents-state-")}
    assert found == {
        f"documents-state-{name}": f"order-87#第二十条({number})"
        for name, number in (
            ("instructions", "二"), ("policy", "四"), ("preparation", "五"), ("acceptance", "七"), ("delivery", "九"),
            ("invalidity", "十一"), ("validity", "十二"), ("credit", "十五"),
        )
    }  # fmt: skip
    before = attempt(line, "tender.publish", line.latest(Tender), moment("2017-09-29"), bids_due_at="2017-11-06T09:30")
    assert before.entry is not None


def test_an_item_is_known_by_its_name_in_either_language() -> None:
    field = ContentsField()
    given = [{"item": "（十二）投标有效期", "text": " 90 日 "}, {"item": "policy", "text": ""}]
    assert field.clean(given) == [{"item": "validity", "text": "90 日"}]
    with pytest.raises(ValidationError):
        field.clean([{"item": "没有的一项", "text": "甲"}])
