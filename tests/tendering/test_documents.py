"""The call: drafted on an approved item, briefed, published with time to bid."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import PlanItem
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Purchase, Role
from gongyue.ledger.models import Entry
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.contents import WRITTEN
from gongyue.tendering.forms.contents import every_item
from gongyue.tendering.models import Tender

from .conftest import DUE, attempt, moment, objections

pytestmark = pytest.mark.django_db
PRICE_HALF = [
    {"name": "服务方案", "points": "50", "is_price": "", "measures": "小组出席率"},
    {"name": "价格", "points": "50", "is_price": "on"},
]


def drafted(line: Line, **data: Any) -> Tender:
    line.act("tender.draft", None, date(2010, 10, 15), **data)
    tender: Tender = line.latest(Tender)
    return tender


def briefed(line: Line, **data: Any) -> Tender:
    line.act("tender.brief", drafted(line, **data), date(2010, 10, 20))
    tender: Tender = line.latest(Tender)
    return tender


def test_a_draft_keeps_what_was_written(drafting: Line) -> None:
    tender = drafted(drafting)
    assert (tender.state, tender.ceiling_fen, tender.renewal_announced) == ("drafted", 200_000_000, True)
    assert tender.factors[3] == {"name": "价格", "points": 10, "is_price": True, "measures": ""}
    assert (tender.total_points, tender.price_points) == (100, 10)
    assert [number for number, _factor in tender.judged] == [1, 2, 3]
    assert tender.has_package


@pytest.mark.clause("GZ-P-2.3b")
@pytest.mark.parametrize(
    "name", ["社会信誉良好", "社会信誉 良好", "机构财务会计制度健全程度", "专业能力", "Sound accounting"]
)
def test_a_factor_named_after_a_qualification_item_needs_a_reason(drafting: Line, name: str) -> None:
    factors = [
        {"name": name, "points": "60", "is_price": "", "measures": "小组出席率"},
        {"name": "价格", "points": "40", "is_price": "on"},
    ]
    outcome = attempt(drafting, "tender.draft", None, moment("2010-10-15"), factors=factors)
    assert list(outcome.form.errors) == ["conditions_reason"]
    assert outcome.form.errors["conditions_reason"][0].startswith(f"评审因素“{name}”与资格条件“")
    tender = drafted(drafting, factors=factors, conditions_reason="评的是项目团队，不是机构")
    entry = Entry.objects.get(subject=tender.key, action="tender.draft")
    assert json.loads(entry.body)["content"]["input"]["conditions_reason"] == "评的是项目团队，不是机构"


def test_factors_with_names_of_their_own_need_no_reason_and_keep_none(drafting: Line) -> None:
    tender = drafted(drafting, conditions_reason="没有必要的理由")
    entry = Entry.objects.get(subject=tender.key, action="tender.draft")
    assert json.loads(entry.body)["content"]["input"]["conditions_reason"] == ""


@pytest.mark.clause("GZ-P-3.2.1a")
def test_no_tender_without_an_approved_item(line: Line) -> None:
    line.open(date(2010, 8, 20))
    outcome = attempt(line, "tender.draft", None, moment("2010-10-15"))
    assert objections(outcome) == ["proposal-before-tender", "item-before-tender", "ceiling-within-item"]


@pytest.mark.clause("GZ-P-3.2.1a")
def test_no_tender_on_an_item_without_requirements(drafting: Line) -> None:
    PlanItem.objects.filter(purchase=drafting.purchase).update(requirements=" ")
    assert objections(attempt(drafting, "tender.draft", None, moment("2010-10-15"))) == ["item-before-tender"]


@pytest.mark.clause("GZ-P-5.1")
def test_a_mode_two_street_tenders_only_what_it_buys(drafting: Line) -> None:
    Purchase.objects.filter(pk=drafting.purchase.pk).update(mode="two", bought=False)
    assert objections(attempt(drafting, "tender.draft", None, moment("2010-10-15"))) == ["mode-two-only-if-bought"]
    Purchase.objects.filter(pk=drafting.purchase.pk).update(bought=True)
    assert attempt(drafting, "tender.draft", None, moment("2010-10-15")).entry is not None


def test_the_ceiling_stays_within_the_item(drafting: Line) -> None:
    outcome = attempt(drafting, "tender.draft", None, moment("2010-10-15"), ceiling="2000000.01")
    assert objections(outcome) == ["ceiling-within-item"]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("质量", "60", ""), ("价格", "30", "on")], "分值合计须为 100，现为 90"),
        ([("价格", "60", "on"), ("让利", "40", "on")], "价格因素只能有一项"),
        ([("质量", "60", ""), ("质量", "40", "")], "评审因素“质量”重复"),
        ([("质量", "0", ""), ("能力", "100", "")], "第 1 行 分值：确保该值大于或等于1。"),
    ],
)
def test_factors_add_up(drafting: Line, rows: list[tuple[str, str, str]], reason: str) -> None:
    factors = [{"name": name, "points": points, "is_price": price} for name, points, price in rows]
    outcome = attempt(drafting, "tender.draft", None, moment("2010-10-15"), factors=factors)
    assert (objections(outcome), outcome.form.errors) == ([], {"factors": [reason]})


def test_one_tender_lives_at_a_time(drafting: Line) -> None:
    unborn = Tender(purchase=drafting.purchase)
    drafted(drafting)
    assert Tender.unborn(_dossier(drafting), drafting.actor("tender.draft")) == []
    assert objections(attempt(drafting, "tender.draft", unborn, moment("2010-10-16"))) == ["kernel.conflict"]
    assert Tender.objects.filter(purchase=drafting.purchase).count() == 1


def others(line: Line) -> list[Post]:
    """Who has a part in the purchase, but not the purchaser's."""
    cast = line.cast
    return [cast.streets[line.street.pk], cast.city[0], cast.finances[line.district], cast.social[0]]


@pytest.mark.clause("GZ-P-1.1a")
def test_only_the_district_department_purchases(drafting: Line) -> None:
    for actor in others(drafting):
        unborn = Tender(purchase=drafting.purchase)
        outcome = attempt(drafting, "tender.draft", unborn, moment("2010-10-15"), actor=actor)
        assert objections(outcome) == ["kernel.capacity"]
    drafted(drafting)
    (purchaser,) = Role.objects.filter(purchase=drafting.purchase, capacity="purchaser")
    assert (purchaser.organisation.organisation_kind, purchaser.organisation.division.level) == (
        "civil_affairs", "district",
    )  # fmt: skip


@pytest.mark.clause("GZ-P-3.2.2a")
def test_only_the_purchaser_briefs(drafting: Line) -> None:
    tender = drafted(drafting)
    for actor in others(drafting):
        outcome = attempt(drafting, "tender.brief", tender, moment("2010-10-20"), actor=actor)
        assert objections(outcome) == ["kernel.capacity"]


def test_a_meeting_yet_to_come_was_not_held(drafting: Line) -> None:
    outcome = attempt(drafting, "tender.brief", drafted(drafting), moment("2010-10-20"), held_on="2010-10-21")
    assert outcome.form.errors == {"held_on": ["会议尚未召开"]}


@pytest.mark.clause("GZ-P-3.2.2a")
def test_a_meeting_before_there_were_documents_is_not_counted_from(drafting: Line) -> None:
    tender = drafted(drafting)
    outcome = attempt(drafting, "tender.brief", tender, moment("2010-10-20"), held_on="1990-01-01")
    assert [finding.rule for finding in outcome.findings] == ["briefing-of-these-documents"]


@pytest.mark.clause("GZ-P-3.2.2b")
@pytest.mark.parametrize("part", ["application_form", "background", "resources"])
def test_an_incomplete_package_is_not_issued(drafting: Line, part: str) -> None:
    tender = briefed(drafting, **{part: ""})
    assert objections(attempt(drafting, "tender.publish", tender, moment("2010-11-08"))) == ["package-complete"]


@pytest.mark.clause("GZ-S-4.1b")
def test_no_call_before_the_plan_is_approved(drafting: Line) -> None:
    tender = briefed(drafting)
    ImplementationPlan.objects.filter(purchase=drafting.purchase).update(state="reviewed")
    assert objections(attempt(drafting, "tender.publish", tender, moment("2010-11-08"))) == ["plan-before-tender"]


@pytest.mark.clause("GZ-P-3.2.2a")
def test_the_briefing_comes_fifteen_days_before_the_issue(drafting: Line) -> None:
    tender = briefed(drafting)
    assert objections(attempt(drafting, "tender.publish", tender, moment("2010-11-03"))) == ["briefing-lead"]
    assert attempt(drafting, "tender.publish", tender, moment("2010-11-04")).entry is not None


def test_bidders_have_twenty_days(drafting: Line) -> None:
    tender = briefed(drafting)
    outcome = attempt(drafting, "tender.publish", tender, moment("2010-11-08"), bids_due_at="2010-11-27T09:30")
    assert objections(outcome) == ["bid-period"]
    outcome = attempt(drafting, "tender.publish", tender, moment("2010-11-08"), bids_due_at="2010-11-28T09:30")
    assert outcome.entry is not None


def test_the_deadline_lies_ahead(drafting: Line) -> None:
    now = moment("2010-11-08")
    outcome = attempt(drafting, "tender.publish", briefed(drafting), now, bids_due_at="2010-11-08T10:00")
    assert outcome.form.errors == {"bids_due_at": ["投标截止时间须晚于发标时间"]}


@pytest.mark.clause("GZ-P-2.3c")
def test_a_price_that_outweighs_quality_needs_a_reason(drafting: Line) -> None:
    tender = briefed(drafting, factors=PRICE_HALF)
    outcome = attempt(drafting, "tender.publish", tender, moment("2010-11-08"))
    assert (objections(outcome), outcome.findings[0].severity) == (["quality-dominates"], "warn")
    reason = {"acknowledge-quality-dominates": "服务内容单一"}
    assert attempt(drafting, "tender.publish", tender, moment("2010-11-08"), **reason).entry is not None


def test_publication_opens_the_call(announced: Line) -> None:
    tender: Tender = announced.latest(Tender)
    assert (tender.state, tender.announced_at, tender.bids_due_at) == ("announced", moment("2010-11-08"), DUE)


@pytest.mark.parametrize("state", ["drafted", "briefed"])
def test_documents_are_taken_back_and_written_anew(drafting: Line, state: str) -> None:
    tender = drafted(drafting, background="") if state == "drafted" else briefed(drafting, background="")
    drafting.act("tender.fail", tender, date(2010, 10, 21), reason="背景资料缺漏，重新拟订")
    (unborn,) = Tender.unborn(_dossier(drafting), drafting.actor("tender.draft"))
    outcome = attempt(drafting, "tender.draft", unborn, moment("2010-10-22"))
    assert outcome.entry is not None
    assert outcome.form.initial["factors"] == tender.factors
    states = Tender.objects.filter(purchase=drafting.purchase).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["failed", "drafted"]


def _dossier(line: Line) -> Dossier:
    return Dossier(line.purchase, at=moment("2010-10-16"), regime=line.regime)


# --- how it will be scored ------------------------------------------------------------------------------------------

STAFF = "10以上得60分；5以上不足10得30分；不足5得0分"


def banded(words: str, **price: str) -> list[dict[str, str]]:
    return [
        {"name": "配备的社工", "points": "60", "is_price": "", "measures": "", "bands": words},
        {"name": "价格", "points": "40", "is_price": "on"} | price,
    ]


def test_a_factor_keeps_its_intervals(drafting: Line) -> None:
    tender = drafted(drafting, factors=banded(STAFF))
    assert [factor.get("bands") for factor in tender.factors] == [STAFF, None]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (banded("10以上得60分；10以下得30分"), "“配备的社工”的区间在 10 处重叠"),
        (banded("超过10得60分；不足10得30分"), "“配备的社工”的区间在 10 处有空档"),
        (banded("10以上得60分；8.5以内得30分"), "“配备的社工”的区间在 8.5 处有空档"),
        (banded("较多得60分"), "“配备的社工”的区间读不懂：较多得60分"),
        (banded("10以上得50分；不足10得30分"), "“配备的社工”各区间的最高分须等于它的分值"),
        (banded(STAFF, bands="10以上得40分"), "“价格”是价格因素，按公式计算，不分区间"),
    ],
)
def test_intervals_say_of_every_number_what_it_earns(drafting: Line, rows: list[dict[str, str]], reason: str) -> None:
    outcome = attempt(drafting, "tender.draft", None, moment("2010-10-15"), factors=rows)
    assert (objections(outcome), outcome.form.errors) == ([], {"factors": [reason]})


def issued(line: Line, day: str, *, points: int, fixed: bool) -> list[str]:
    """What stands in the way of issuing documents whose price earns these points."""
    rows = [{"name": "方案", "points": str(100 - points), "is_price": ""}]
    rows += [{"name": "价格", "points": str(points), "is_price": "on"}] if points else []
    tender = briefed(line, factors=rows, fixed_price=fixed)
    tender.contents = every_item(dict.fromkeys(("item", "text"), item) for item in WRITTEN)  # drafted years before
    tender.save()
    due = moment(f"{day[:4]}-12-28").strftime("%Y-%m-%dT%H:%M")
    outcome = attempt(line, "tender.publish", tender, moment(day), bids_due_at=due)
    return [finding.rule for finding in outcome.findings if finding.severity == "block"]


@pytest.mark.parametrize(
    ("day", "points", "fixed", "found"),
    [
        ("2017-09-30", 9, False, []),  # the day before Order 87
        ("2017-10-01", 9, False, ["price-weight"]),
        ("2017-10-01", 10, False, []),  # not below a tenth
        ("2017-10-01", 0, False, ["price-weight"]),
        ("2017-10-01", 0, True, []),
        ("2017-10-01", 10, True, ["fixed-price-no-factor"]),
    ],
)
def test_the_price_earns_a_tenth_or_is_no_factor(
    drafting: Line, day: str, points: int, fixed: bool, found: list[str]
) -> None:
    assert issued(drafting, day, points=points, fixed=fixed) == found
