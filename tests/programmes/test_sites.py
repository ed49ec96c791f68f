"""Sites, one head office among them; their money beside the grant; their problems put to those who can solve them."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.budget.models import Fund, JournalEntry, PlanItem, Share
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.founding import sites
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Purchase
from gongyue.kernel.queries import seated_purchase, visible_purchase
from gongyue.programmes.facts import SitesFacts
from gongyue.programmes.models import Cooperation, Site, SiteCost, SiteProblem, Siting
from tests.parties.acts import attempt, content, done, errors, refusals

STREET = "440104:广卫街"
HALL = {
    "name": "总部", "address": "文化站二楼", "site_kind": "converted", "area": "620", "planned_on": "2010-08-25",
}  # fmt: skip


@pytest.fixture
def purchase(line: Line) -> Purchase:
    return line.open(date(2010, 8, 3))


@pytest.fixture
def street(cast: Cast) -> Post:
    return cast.streets[STREET]


def register(purchase: Purchase, actor: Post, on: str = "2010-08-10", /, **data: object) -> Site:
    site: Site = done(attempt("site.register", Site(purchase=purchase), actor, on, **(HALL | data)))
    return site


def due(purchase: Purchase, action: str) -> list[tuple[str, date | None]]:
    rows = Obligation.objects.filter(purchase=purchase, action=action, is_open=True).order_by("pk")
    return [(str(row.organisation), row.due_on) for row in rows]


@pytest.mark.clause("GZ-S-4.2b")
def test_scattered_sites_have_exactly_one_head_office(purchase: Purchase, street: Post, line: Line) -> None:
    register(purchase, street)
    neither = attempt("site.register", Site(purchase=purchase), street, "2010-08-11", **(HALL | {"name": "分部"}))
    assert refusals(neither) == ["one-head-office"]
    head = register(purchase, street, "2010-08-11", name="新总部", is_head=True)
    second = attempt("site.register", Site(purchase=purchase), street, "2010-08-12", **HALL, is_head=True)
    assert refusals(second) == ["one-head-office"]
    assert SitesFacts.of(line.dossier(date(2010, 8, 12))) == SitesFacts(open=2, ready=0, heads=1)
    assert refusals(attempt("site.close", head, street, "2010-08-13", reason="租约到期")) == ["head-office-kept"]
    other = Site.objects.get(name="总部")
    done(attempt("site.lead", other, street, "2010-08-13"))
    assert list(Site.objects.filter(is_head=True).values_list("name", flat=True)) == ["总部"]
    assert done(attempt("site.close", head, street, "2010-08-14", reason="租约到期")).state == "closed"
    assert SitesFacts.of(line.dossier(date(2010, 8, 14))) == SitesFacts(open=1, ready=0, heads=1)


@pytest.mark.clause("GZ-S-4.2b")
def test_only_street_and_district_register_sites(purchase: Purchase, cast: Cast) -> None:
    for actor in (cast.city[0], cast.departments["land"], cast.finances["440104"]):
        found = attempt("site.register", Site(purchase=purchase), actor, "2010-08-10", **HALL)
        assert refusals(found) == ["kernel.capacity"]
    site = register(purchase, cast.bureaus["440104"][0])
    assert refusals(attempt("site.lead", site, cast.city[0], "2010-08-11")) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-4.3g", "GZ-S-4.2a")
def test_sites_are_due_by_the_end_of_august_and_late_afterwards(line: Line, purchase: Purchase, street: Post) -> None:
    line.act("implementation.submit", None, date(2010, 8, 9))
    assert due(purchase, "site.register") == [("广卫街道办事处", date(2010, 8, 31))]
    site = register(purchase, street)
    assert (site.site_kind, site.area, site.planned_on) == ("converted", 620, date(2010, 8, 25))
    assert due(purchase, "site.register") == []
    assert due(purchase, "site.ready") == [("广卫街道办事处", date(2010, 8, 31))]
    ahead = attempt("site.ready", site, street, "2010-09-06", ready_on="2010-09-07")
    assert errors(ahead) == {"ready_on": ["不能晚于今天"]}
    city = line.cast.city[0]
    assert refusals(attempt("site.ready", site, city, "2010-09-06", ready_on="2010-09-03")) == ["kernel.capacity"]
    outcome = attempt("site.ready", site, street, "2010-09-06", ready_on="2010-09-03")
    assert (done(outcome).state, done(outcome).ready_on) == ("ready", date(2010, 9, 3))
    assert [late["days"] for late in content(outcome.entry)["late"]] == [6]


@pytest.mark.clause("GZ-S-4.2a")
def test_a_site_says_how_it_was_come_by_and_how_large_it_is(purchase: Purchase, street: Post) -> None:
    bad = attempt("site.register", Site(purchase=purchase), street, "2010-08-10", **(HALL | {"area": "0"}))
    assert list(errors(bad)) == ["area"]
    bare = attempt("site.register", Site(purchase=purchase), street, "2010-08-10", **(HALL | {"site_kind": "given"}))
    assert list(errors(bare)) == ["site_kind"]


@pytest.mark.clause("GZ-S-A1.6")
def test_a_site_may_say_how_it_is_reached(purchase: Purchase, street: Post) -> None:
    assert register(purchase, street).access == ""
    assert register(purchase, street, is_head=True, access="公交站 80 米").access == "公交站 80 米"


# --- money ------------------------------------------------------------------------------------------------------------


def budget(purchase: Purchase, actor: Post, on: str = "2010-08-10", /, **data: str) -> SiteCost:
    given = {"year": "2010", "purpose": "改建", "budget_number": "区财预1号", "amount": "380000"} | data
    unborn = SiteCost(purchase=purchase, payer=actor.organisation)
    cost: SiteCost = done(attempt("sitecost.budget", unborn, actor, on, **given))
    return cost


@pytest.mark.clause("GZ-S-4.3g", "GZ-S-A1.8")
def test_site_money_is_the_districts_and_the_streets_and_no_part_of_the_grant(line: Line, street: Post) -> None:
    line.open(date(2010, 8, 3))
    line.through(PlanItem, "approved", date(2010, 8, 5), date(2010, 8, 6))
    before = (
        list(Share.objects.order_by("pk").values_list("payer", "amount_fen")),
        list(Fund.objects.order_by("pk").values_list("pk", "amount_fen", "committed_fen", "paid_fen")),
        JournalEntry.objects.count(),
    )
    finance = line.cast.finances["440104"]
    mine, theirs = budget(line.purchase, finance), budget(line.purchase, street, amount="60000")
    assert [(str(c.payer), c.amount_fen) for c in (mine, theirs)] == [
        ("越秀区财政局", 38_000_000), ("广卫街道办事处", 6_000_000),
    ]  # fmt: skip
    done(attempt("sitecost.spend", mine, finance, "2010-08-20", amount="150000", voucher="记-12"))
    mine.refresh_from_db()
    assert mine.spent_fen == 15_000_000
    after = (
        list(Share.objects.order_by("pk").values_list("payer", "amount_fen")),
        list(Fund.objects.order_by("pk").values_list("pk", "amount_fen", "committed_fen", "paid_fen")),
        JournalEntry.objects.count(),
    )
    assert after == before
    assert sum(amount for _payer, amount in before[0]) == 200_000_000


@pytest.mark.clause("GZ-S-4.3g", "GZ-S-A1.8")
def test_a_line_of_site_money_is_its_payers_own(purchase: Purchase, street: Post, cast: Cast) -> None:
    assert cast.city_finance is not None
    unborn = SiteCost(purchase=purchase, payer=cast.city_finance.organisation)
    given = {"year": "2010", "purpose": "改建", "budget_number": "1", "amount": "1"}
    assert refusals(attempt("sitecost.budget", unborn, cast.city_finance, "2010-08-10", **given)) == ["kernel.capacity"]
    cost = budget(purchase, cast.finances["440104"])
    paid = {"amount": "1", "voucher": "记-1"}
    assert refusals(attempt("sitecost.spend", cost, street, "2010-08-11", **paid)) == ["kernel.owner"]
    city = attempt("sitecost.spend", cost, cast.city_finance, "2010-08-11", **paid)
    assert refusals(city) == ["kernel.capacity"]
    more = attempt("sitecost.spend", cost, cast.finances["440104"], "2010-08-11", amount="380000.01", voucher="记-1")
    assert errors(more) == {"amount": ["超过该项预算的余额"]}


# --- problems, help, the plans ----------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-S-A1.1")
def test_a_site_problem_goes_to_the_body_that_can_solve_it(purchase: Purchase, street: Post, cast: Cast) -> None:
    planning, land = cast.departments["planning"], cast.departments["land"]
    problem = done(attempt("siteproblem.raise", SiteProblem(purchase=purchase), street, "2010-08-10", what="产权不清"))
    assert due(purchase, "siteproblem.escalate") == [("广州市民政局", None)]
    assert seated_purchase(planning, purchase.pk, on=date(2010, 8, 12)) is None
    put = {"organisation": planning.organisation_id, "request": "请确认用途", "due_on": "2010-08-20"}
    assert refusals(attempt("siteproblem.escalate", problem, street, "2010-08-12", **put)) == ["kernel.capacity"]
    done(attempt("siteproblem.escalate", problem, cast.city[0], "2010-08-12", **put))
    assert seated_purchase(planning, purchase.pk, on=date(2010, 8, 12)) == purchase
    assert visible_purchase(planning, purchase.pk, on=date(2010, 8, 12)) is None
    assert due(purchase, "siteproblem.answer") == [("广州市规划局", date(2010, 8, 20))]
    assert refusals(attempt("siteproblem.answer", problem, land, "2010-08-13", answer="同意")) == ["kernel.owner"]
    assert refusals(attempt("siteproblem.answer", problem, street, "2010-08-13", answer="同意")) == ["kernel.capacity"]
    outcome = attempt("siteproblem.answer", problem, planning, "2010-08-23", answer="用途符合规划")
    assert (done(outcome).answer, done(outcome).answered_on) == ("用途符合规划", date(2010, 8, 23))
    assert [late["days"] for late in content(outcome.entry)["late"]] == [3]


@pytest.mark.clause("GZ-S-A1.1")
def test_a_problem_may_be_put_without_a_day(purchase: Purchase, street: Post, cast: Cast) -> None:
    problem = done(attempt("siteproblem.raise", SiteProblem(purchase=purchase), street, "2010-08-10", what="产权不清"))
    put = {"organisation": cast.departments["land"].organisation_id, "request": "请确认权属"}
    done(attempt("siteproblem.escalate", problem, cast.city[0], "2010-08-12", **put))
    assert due(purchase, "siteproblem.answer") == [("广州市国土资源和房屋管理局", None)]


@pytest.mark.clause("GZ-P-4.8")
@pytest.mark.parametrize(("on", "expected"), [("2010-09-10", date(2010, 9, 10)), ("", None)])
def test_a_department_is_brought_in_with_a_task(
    purchase: Purchase, street: Post, cast: Cast, on: str, expected: date | None
) -> None:
    disabled = cast.departments["disabled"]
    given = {"what": "对接康复服务", "organisation": disabled.organisation_id, "due_on": on}
    provider = cast.social[0]
    assert refusals(attempt("cooperation.ask", Cooperation(purchase=purchase), provider, "2010-08-10", **given)) == [
        "kernel.capacity"
    ]
    asked = done(attempt("cooperation.ask", Cooperation(purchase=purchase), street, "2010-08-10", **given))
    assert due(purchase, "cooperation.answer") == [("广州市残联", expected)]
    assert seated_purchase(disabled, purchase.pk, on=date(2010, 8, 11)) == purchase
    assert visible_purchase(disabled, purchase.pk, on=date(2010, 8, 11)) is None
    assert seated_purchase(cast.departments["health"], purchase.pk, on=date(2010, 8, 11)) is None
    wrong = attempt("cooperation.answer", asked, cast.departments["health"], "2010-08-11", answer="无")
    assert refusals(wrong) == ["kernel.owner"]
    assert refusals(attempt("cooperation.answer", asked, street, "2010-08-11", answer="无")) == ["kernel.capacity"]
    assert done(attempt("cooperation.answer", asked, disabled, "2010-08-11", answer="已对接")).state == "answered"
    assert due(purchase, "cooperation.answer") == []


@pytest.mark.clause("GZ-S-1.1", "GZ-S-A1.4")
def test_a_centre_stands_in_the_plans(line: Line, street: Post) -> None:
    purchase = line.open(date(2010, 8, 3))
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    assert due(purchase, "siting.record") == [("广卫街道办事处", None)]
    given = {"radius": "800", "population": "52000", "build_stage": "building", "economic_plan": "“十二五”规划"}
    planning = line.cast.departments["planning"]
    elsewhere = attempt("siting.record", Siting(purchase=purchase), planning, "2010-09-01", **given)
    assert refusals(elsewhere) == ["kernel.capacity"]
    bad = attempt("siting.record", Siting(purchase=purchase), street, "2010-09-01", **(given | {"population": "0"}))
    assert list(errors(bad)) == ["population"]
    siting = done(attempt("siting.record", Siting(purchase=purchase), street, "2010-09-01", **given))
    assert (siting.radius, siting.population, siting.build_stage) == (800, 52_000, "building")
    entered = {"layout_plan": "布局专项规划第 12 号", "control_plan": "AY0104 单元"}
    assert refusals(attempt("siting.enter", siting, street, "2010-09-02", **entered)) == ["kernel.capacity"]
    found = done(attempt("siting.enter", siting, planning, "2010-09-02", **entered))
    assert (found.layout_plan, found.control_plan) == ("布局专项规划第 12 号", "AY0104 单元")
    again = done(attempt("siting.record", siting, street, "2011-09-01", **(given | {"build_stage": "built"})))
    assert (again.build_stage, again.layout_plan, again.version) == ("built", "布局专项规划第 12 号", 3)


def test_the_chapter_tells_it(line: Line) -> None:
    line.open(date(2010, 8, 3))
    sites(line, date(2010, 8, 10))
    assert list(Site.objects.order_by("pk").values_list("is_head", flat=True)) == [True, False]
    assert SiteProblem.objects.get().state == "answered"
