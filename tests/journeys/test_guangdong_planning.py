"""Guangdong in 2012: a major item is studied case by case, and what was reviewed is published in four contents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from gongyue.budget import investments
from gongyue.budget.models import InvestmentPlan, ItemNotice, PlanItem, Share, SpecialDecision
from gongyue.demonstration.cast import Refused
from gongyue.kernel.models import Obligation
from tests.desk.conftest import Desk, desk, today
from tests.outside import City, Outside, fund
from tests.parties.acts import attempt, done, refusals

from .test_guangdong import Futian, day, futian, line

__all__ = ["City", "Outside", "desk", "futian", "line", "today"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
DECISION = {
    "body": "福田区人民政府", "number": "福府会纪〔2012〕8号", "decided_on": "2012-06-06", "amount": "500000",
    "source": "区福利彩票公益金", "summary": "同意。",
}  # fmt: skip
NOTICE = {
    "standard": "持证社工服务", "budget": "500000", "evaluation": "综合评分", "requirements": "每周上门一次",
    "address": "区政府网站",
}  # fmt: skip


@pytest.fixture
def proposed(line: Futian) -> Futian:
    line.start(day(6, 4), service_class="social")
    line.act("item.propose", None, day(6, 5), year="2012", amount="500000", source="general")
    return line


@pytest.mark.clause("GD-8.0b")
def test_a_major_item_waits_for_its_decision(proposed: Futian) -> None:
    item = proposed.latest(PlanItem)
    proposed.act("item.mark", item, day(6, 6), major="project", reason="重大民生")
    assert proposed.latest(PlanItem).major == "project"
    with pytest.raises(Refused, match="major-studied"):
        proposed.act("item.approve", item, day(6, 6))
    proposed.act("decision.record", None, day(6, 6), **DECISION)
    decision: SpecialDecision = proposed.latest(SpecialDecision)
    assert (decision.number, decision.body, str(decision.decided_on), decision.amount_fen, decision.source) == (
        "福府会纪〔2012〕8号", "福田区人民政府", "2012-06-06", 50_000_000, "区福利彩票公益金",
    )  # fmt: skip
    proposed.act("item.approve", item, day(6, 7))
    fund(proposed.money, 2012, "500000", day(6, 8))
    proposed.commit(day(6, 8))
    assert Share.objects.get(purchase=proposed.purchase).state == "committed"


@pytest.mark.clause("GD-7.2.1")
def test_what_finance_marked_only_finance_unmarks(proposed: Futian) -> None:
    item, no = proposed.latest(PlanItem), {"major": "", "reason": "不算重大"}
    proposed.act("item.mark", item, day(6, 6), actor=proposed.money, major="project", reason="重大项目")
    with pytest.raises(Refused, match="major-unmarked-by-finance"):
        proposed.act("item.mark", item, day(6, 6), **no | {"by_finance": "on"})
    proposed.act("item.mark", item, day(6, 7), actor=proposed.money, **no)
    proposed.act("item.mark", item, day(6, 7), major="urgent", reason="临时任务")
    proposed.act("item.mark", item, day(6, 8), **no)
    assert proposed.latest(PlanItem).major == ""


@pytest.mark.clause("GD-8.0b")
def test_an_item_stays_within_what_was_decided(proposed: Futian) -> None:
    proposed.act("item.mark", proposed.latest(PlanItem), day(6, 6), major="urgent", reason="临时任务")
    proposed.act("decision.record", None, day(6, 6), **DECISION | {"amount": "499999.99"})
    with pytest.raises(Refused, match="major-studied"):
        proposed.act("item.approve", proposed.latest(PlanItem), day(6, 7))


@pytest.mark.clause("GD-7.1b")
def test_four_contents_are_published_once_the_item_is_reviewed(proposed: Futian) -> None:
    with pytest.raises(Refused, match="notice-after-review"):
        proposed.act("itemnotice.publish", None, day(6, 6), **NOTICE)
    proposed.act("item.approve", proposed.latest(PlanItem), day(6, 7))
    for name in ("standard", "budget", "evaluation", "requirements"):
        with pytest.raises(Refused, match="notice-of-four-contents"):
            proposed.act("itemnotice.publish", None, day(6, 8), **NOTICE | {name: ""})
    proposed.act("itemnotice.publish", None, day(6, 8), **NOTICE)
    notice: ItemNotice = proposed.latest(ItemNotice)
    assert (notice.standard, notice.budget_fen, notice.evaluation, notice.requirements, str(notice.published_on)) == (
        "持证社工服务", 50_000_000, "综合评分", "每周上门一次", "2012-06-08",
    )  # fmt: skip


@pytest.mark.clause("GD-9.1.3")
def test_an_investment_project_is_brought_into_a_purchase_plan(
    line: Futian, desk: Desk, today: Callable[[str], date]
) -> None:
    office = line.cast.seats["福田区发展和改革局"][0]
    rows = [
        {"code": "FT-1", "name": "残疾人居家服务", "amount": "500000", "suitable": "yes", "reason": "可由社会组织承担"},
        {"code": "FT-2", "name": "社区道路", "amount": "9000000", "suitable": "", "reason": "属工程"},
    ]
    draft = {"year": "2012", "title": "福田区2012年政府投资计划", "projects": rows}
    unborn = InvestmentPlan(office=office.organisation)
    assert refusals(attempt("investment.draft", unborn, office, "2012-06-01", **draft)) == ["investment-with-others"]
    plan = done(attempt("investment.draft", unborn, office, "2012-06-01", made_with="区财政局、区残联", **draft))
    issued = {"number": "福发改〔2012〕9号", "issued_on": "2012-06-04"}
    line.start(day(6, 4), service_class="social")
    assert list(investments.offered(line.purchase)) == []
    done(attempt("investment.issue", plan, office, "2012-06-04", **issued))
    owed = Obligation.objects.get(action="investment.follow", is_open=True)
    assert owed.organisation == office.organisation
    assert [one.code for one in investments.offered(line.purchase)] == ["FT-1"]

    told = {"followed": "残疾人居家服务列入区残联的计划。"}
    early = attempt("investment.follow", plan, office, "2012-06-05", **told)
    assert refusals(early) == ["investment-placed"]
    project = plan.projects.get(code="FT-1")
    line.act("item.propose", None, day(6, 5), year="2012", amount="500000", source="general", investment=project.pk)
    assert line.latest(PlanItem).investment == project
    done(attempt("investment.follow", plan, office, "2012-06-06", **told))
    today("2012-06-06")
    page = desk(office).get(reverse("desk:investments")).content.decode()
    assert "残疾人居家服务" in page and line.purchase.title in page and "尚未列入" not in page
    owed.refresh_from_db()
    assert not owed.is_open
