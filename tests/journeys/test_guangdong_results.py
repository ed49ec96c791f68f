"""Guangdong from 2012: what was bought is followed, evaluated on both sides, and weighed where money is next given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongyue.assessment.models import Performance, PerformanceView
from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.delivery.models import ServiceRecord
from gongyue.demonstration.cast import Refused
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Subject
from gongyue.oversight.models import FollowUp, SupervisionLog
from gongyue.parties.results import PastResult
from gongyue.tendering.models import Tender
from tests.desk.conftest import Desk, desk, today
from tests.memory import remembered
from tests.outside import City, Outside, fund
from tests.parties.acts import attempt, refusals

from .test_guangdong import DISTRICT, Futian, contracted, day, futian, line

__all__ = ["City", "desk", "futian", "line", "today"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
MONEY = [
    {"indicator": "预算执行", "weight": "60", "target": "全部执行", "actual": "执行 97%", "mark": "97"},
    {"indicator": "支付及时", "weight": "40", "target": "按合同", "actual": "按合同", "mark": "100"},
]
SERVICE = [
    {"indicator": "入户家庭", "weight": "50", "target": "300 户", "actual": "312 户", "mark": "100"},
    {"indicator": "满意度", "weight": "50", "target": "九成", "actual": "八成五", "mark": "85.5"},
]
REPORT: dict[str, Any] = {
    "money": MONEY, "service": SERVICE, "effect": "312 户家庭有了定期照料。", "benefit": "减轻了照顾者的负担。",
    "cost": "498000", "own_cost": "610000", "cost_basis": "含合同价款和组织费用；自行承办按编制四人测算。",
}  # fmt: skip
CONCLUSION = {"budget_advice": "可维持预算，压减组织费用。", "award_advice": "服务绩效良好，满意度待提高。"}
JOINING = ("福田区民政局", "福田区监察局", "福田区审计局")


def later(month: int, number: int) -> date:
    """In the year after."""
    return date(2013, month, number)


def seat(line: Line, office: str) -> Any:
    assert isinstance(line, Futian)
    return line.cast.seats[office][0]


def page_of(client: Client, name: str, subject: Subject) -> str:
    """The page on which it would be done."""
    response = client.get(reverse("desk:do", args=[name, subject.pk]))
    assert response.status_code == 200, response.status_code
    return response.content.decode()


@remembered
def served(line: Line) -> Line:
    """From the contract over the service and its payment to its acceptance."""
    contracted(line)
    line.act("worker.join", None, day(9, 1))
    line.act("client.register", None, day(9, 3))
    line.act("record.enter", None, day(9, 10), item="残疾人家庭社会工作服务")
    line.pay(line.claim(1, day(10, 15), day(10, 16)), day(10, 17))
    line.act("acceptance.record", None, later(9, 2), by="purchaser", checked_on="2013-09-02", result="passed",
             opinion="按约完成。", items=[{"item": "入户", "found": "312 户", "result": "passed"}])  # fmt: skip
    return line


@remembered
def evaluated(line: Line) -> Line:
    """By a third party, with the three departments heard, and concluded by finance."""
    served(line)
    house = seat(line, "莲花评估中心")
    line.act("performance.open", None, later(9, 9), by="third_party", evaluator=str(house.organisation_id))
    line.act("performance.report", line.latest(Performance), later(10, 15), actor=house, **REPORT)
    for view in PerformanceView.objects.filter(purchase=line.purchase).select_related("office"):
        line.act("performanceview.give", view, later(10, 18), actor=seat(line, view.office.name), opinion="同意。")
    line.act("performance.conclude", line.latest(Performance), later(10, 25), **CONCLUSION)
    return line


def test_the_service_is_entered_paid_and_followed(line: Futian) -> None:
    served(line)
    assert ServiceRecord.objects.filter(purchase=line.purchase).count() == 1
    seen = {
        "observed_on": "2013-01-15", "plan_result": "sound", "effect_result": "problem", "effect": "两户没有按时入户。",
        "money_result": "sound", "due_on": "2013-01-31",
    }  # fmt: skip
    line.act("supervision.record", None, later(9, 3), actor=seat(line, "福田区监察局"), **seen)
    assert SupervisionLog.objects.get(purchase=line.purchase).body == seat(line, "福田区监察局").organisation
    found = FollowUp.objects.get(purchase=line.purchase)
    line.act("follow_up.answer", found, later(9, 4), answer="已补上。")
    line.act("follow_up.close", found, later(9, 5), actor=seat(line, "福田区监察局"), verdict="属实。")
    found.refresh_from_db()
    assert found.state == "closed"


@pytest.mark.clause("GD-9.3a", "GD-2.3", "GD-9.1.5")
def test_a_third_party_evaluates_money_and_service_and_three_departments_take_part(
    line: Futian, desk: Desk, today: Callable[[str], date]
) -> None:
    served(line)
    owed = Obligation.objects.get(purchase=line.purchase, action="performance.open")
    assert owed.organisation.name == "福田区财政局"
    house = seat(line, "莲花评估中心")
    line.act("performance.open", None, later(9, 9), by="third_party", evaluator=str(house.organisation_id))
    asked = Obligation.objects.filter(purchase=line.purchase, action="performanceview.give", is_open=True)
    assert sorted(one.organisation.name for one in asked) == sorted(JOINING)

    performance: Performance = line.latest(Performance)
    today("2013-10-14")
    assert 'name="effect"' in page_of(desk(house), "performance.report", performance)
    assert refusals(attempt("performance.report", performance, line.money, "2013-10-14", **REPORT)) == ["kernel.owner"]
    for name, rule in (("service", "performance-of-both-sides"), ("money", "performance-of-both-sides")):
        assert refusals(attempt("performance.report", performance, house, "2013-10-14", **REPORT | {name: []})) == [
            rule
        ]
    for name in ("effect", "benefit", "own_cost", "cost_basis"):
        outcome = attempt("performance.report", performance, house, "2013-10-14", **REPORT | {name: ""})
        assert refusals(outcome) == ["performance-effect-and-cost"]
    line.act("performance.report", performance, later(10, 15), actor=house, **REPORT)
    performance.refresh_from_db()
    assert (performance.money_bp, performance.service_bp, performance.saving_fen) == (9820, 9275, 11_200_000)

    with pytest.raises(Refused, match="performance-views-heard"):
        line.act("performance.conclude", performance, later(10, 16), **CONCLUSION)
    other = PerformanceView.objects.get(purchase=line.purchase, office__name="福田区监察局")
    wrong = attempt("performanceview.give", other, seat(line, "福田区审计局"), "2013-10-17", opinion="x")
    assert refusals(wrong) == ["kernel.owner"]


@pytest.mark.clause("GD-9.3a")
def test_finance_may_evaluate_by_itself(line: Futian) -> None:
    served(line)
    line.act("performance.open", None, later(9, 9), by="finance")
    line.act("performance.report", line.latest(Performance), later(10, 15), **REPORT)
    performance: Performance = line.latest(Performance)
    assert (performance.evaluator, performance.state) == (None, "reported")


@pytest.mark.clause("GD-9.3b")
def test_what_was_found_is_weighed_in_the_next_budget_and_the_next_award(
    line: Futian, desk: Desk, today: Callable[[str], date]
) -> None:
    evaluated(line)
    kept = PastResult.objects.order_by("pk").values_list("side", "organisation__name", "mark_bp", "advice")
    assert list(kept) == [
        ("money", "福田区残联", 9820, CONCLUSION["budget_advice"]),
        ("service", line.contract().provider and line.contract().provider.name, 9275, CONCLUSION["award_advice"]),
    ]  # fmt: skip
    second = Futian(line.cast, "福田区残联", DISTRICT, finance="福田区财政局")
    assert isinstance(second, Outside)
    second.start(later(11, 4), service_class="social")
    second.act("item.propose", None, later(11, 5), year="2013", amount="500000", source="general")
    today("2013-11-06")
    page = page_of(desk(second.money), "item.approve", second.latest(PlanItem))
    assert CONCLUSION["budget_advice"] in page and "98.2%" in page
    assert CONCLUSION["award_advice"] not in page
    with pytest.raises(Refused, match="budget-by-results"):
        second.act("item.approve", second.latest(PlanItem), later(11, 6))
    second.act("item.approve", second.latest(PlanItem), later(11, 6), results_weighed="按评价意见压减组织费用。")
    fund(second.money, 2013, "800000", later(11, 7))
    second.commit(later(11, 8))
    second.act("method.choose", None, later(11, 8), way="open", category="社会工作服务", year_fen="500000")
    second.act("tender.draft", None, later(11, 8), ceiling="500000")
    second.act("tender.publish", second.latest(Tender), later(11, 11), bids_due_at="2013-12-02T09:00")
    second.bid(later(11, 28), {0: "486000", 1: "492000", 3: "498000"})
    second.open_bids(datetime(2013, 12, 2, 10, tzinfo=LOCAL))
    second.act("tender.appoint", second.latest(Tender), later(12, 3), experts=[str(p.pk) for p in second.cast.experts])
    numbers = [str(number) for number, _factor in second.latest(Tender).judged]
    marks = {str(bid.pk): dict.fromkeys(numbers, "1") for bid in second.qualified()}
    for post in second.cast.experts:
        second.act("sheet.submit", None, later(12, 4), actor=post, scores=marks, independent=True)
    second.act("tender.score", second.latest(Tender), later(12, 5))
    today("2013-12-06")
    page = page_of(desk(second.office[0]), "tender.award", second.latest(Tender))
    assert CONCLUSION["award_advice"] in page and "92.75%" in page
    with pytest.raises(Refused, match="award-by-results"):
        second.act("tender.award", second.latest(Tender), later(12, 6))
    second.act("tender.award", second.latest(Tender), later(12, 6), results_weighed="服务绩效良好，维持第一名。")
    assert second.latest(Tender).state == "awarded"
