"""Changes of an approved plan, each with its reason and the text before; the city's queue and who comes first in it."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Post, Purchase
from gongyue.programmes.models import ImplementationPlan, PlanChange
from gongyue.programmes.queries import approval_queue
from tests.parties.acts import attempt, done, errors, refusals
from tests.town import DISTRICT, at

CHANGE = {"found_by": "supervision", "reason": "上门服务不足", "goals": "上门 900 人次", "content": "增加上门服务"}


@pytest.fixture
def purchase(line: Line) -> Purchase:
    purchase = line.open(date(2010, 8, 3))
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    return purchase


def unborn(purchase: Purchase, actor: Post, line: Line) -> PlanChange:
    purchase.refresh_from_db()
    return PlanChange.unborn(Dossier(purchase, at=at("2011-03-01"), regime=line.regime), actor)[0]


@pytest.mark.clause("GZ-P-3.3.4b")
def test_an_approved_plan_changes_by_request_with_reason_and_approval(
    purchase: Purchase, line: Line, cast: Cast
) -> None:
    street, city = cast.streets[line.street.pk], cast.city[1]
    before = ImplementationPlan.objects.get(purchase=purchase)
    first = unborn(purchase, street, line)
    assert errors(attempt("planchange.propose", first, street, "2011-03-01", **(CHANGE | {"reason": " "}))) == {
        "reason": ["这个字段是必填项。"]
    }
    assert refusals(attempt("planchange.propose", first, city, "2011-03-01", **CHANGE)) == ["kernel.capacity"]
    change = done(attempt("planchange.propose", first, street, "2011-03-01", **CHANGE))
    assert change.number == 1
    assert str(Obligation.objects.get(action="planchange.approve").organisation) == "广州市民政局"
    assert refusals(attempt("planchange.approve", change, street, "2011-03-02", opinion="")) == ["kernel.capacity"]
    approved = done(attempt("planchange.approve", change, city, "2011-03-02", opinion="同意"))
    assert (approved.goals_before, approved.content_before) == (before.goals, before.content)
    plan = ImplementationPlan.objects.get(purchase=purchase)
    assert (plan.edition, plan.goals, plan.content) == (2, "上门 900 人次", "增加上门服务")
    assert (plan.state, plan.approved_on) == ("approved", date(2010, 8, 30))
    assert unborn(purchase, street, line).number == 2


@pytest.mark.clause("GZ-P-3.3.4b")
def test_a_returned_change_leaves_the_plan_as_it_is(purchase: Purchase, line: Line, cast: Cast) -> None:
    bureau = cast.bureaus[DISTRICT][0]
    change = done(attempt("planchange.propose", unborn(purchase, bureau, line), bureau, "2011-03-01", **CHANGE))
    assert errors(attempt("planchange.return", change, cast.city[1], "2011-03-02", reason="")) == {
        "reason": ["这个字段是必填项。"]
    }
    done(attempt("planchange.return", change, cast.city[1], "2011-03-02", reason="没有数据"))
    assert ImplementationPlan.objects.get(purchase=purchase).edition == 1
    again = done(attempt("planchange.propose", change, bureau, "2011-03-05", **CHANGE))
    assert (again.number, again.state) == (1, "proposed")


@pytest.mark.clause("GZ-P-3.3.4b")
def test_a_plan_not_yet_approved_is_simply_changed(line: Line, cast: Cast) -> None:
    purchase = line.open(date(2010, 8, 3))
    line.act("implementation.submit", None, date(2010, 8, 20))
    street = cast.streets[line.street.pk]
    change = unborn(purchase, street, line)
    assert refusals(attempt("planchange.propose", change, street, "2011-03-01", **CHANGE)) == [
        "change-of-an-approved-plan"
    ]


@pytest.mark.clause("GZ-S-3.0")
def test_a_centre_changes_its_mode_by_approval_only(purchase: Purchase, line: Line, cast: Cast) -> None:
    street, city = cast.streets[line.street.pk], cast.city[1]
    other = {"mode": "two"}

    def kept() -> tuple[str, bool]:
        purchase.refresh_from_db()
        return purchase.mode, purchase.bought

    first = unborn(purchase, street, line)
    assert list(errors(attempt("planchange.propose", first, street, "2011-03-01", **CHANGE, mode="three"))) == ["mode"]
    assert list(errors(attempt("planchange.propose", first, street, "2011-03-01", **CHANGE, mode="one"))) == ["mode"]
    change = done(attempt("planchange.propose", first, street, "2011-03-01", **CHANGE, **other))
    assert (change.mode, kept()) == ("two", ("one", True))
    for actor in (street, cast.bureaus[DISTRICT][0]):
        refused = attempt("planchange.approve", change, actor, "2011-03-02", opinion="同意")
        assert [(f.rule, f.cite) for f in refused.findings] == [("kernel.capacity", "gz-scheme-2010#四(一)")]
        assert kept() == ("one", True)
    done(attempt("planchange.return", change, city, "2011-03-02", reason="理由不足"))
    assert kept() == ("one", True)
    again = done(attempt("planchange.propose", change, street, "2011-03-03", **CHANGE, **other))
    approved = done(attempt("planchange.approve", again, city, "2011-03-04", opinion="同意"))
    assert (approved.mode_before, approved.mode, kept()) == ("one", "two", ("two", True))
    assert (approved.get_mode_before_display(), approved.get_mode_display()) == (
        "模式一：购买服务",
        "模式二：街道间接管理",
    )


@pytest.mark.clause("GZ-S-3.0")
def test_a_centre_that_is_bought_from_now_on_is_bought(purchase: Purchase, line: Line, cast: Cast) -> None:
    street, city = cast.streets[line.street.pk], cast.city[1]
    Purchase.objects.filter(pk=purchase.pk).update(mode="two", bought=False)
    purchase.refresh_from_db()
    change = unborn(purchase, street, line)
    change = done(attempt("planchange.propose", change, street, "2011-03-01", **CHANGE, mode="one"))
    done(attempt("planchange.approve", change, city, "2011-03-02", opinion="同意"))
    purchase.refresh_from_db()
    assert (purchase.mode, purchase.bought) == ("one", True)


@pytest.mark.clause("GZ-S-3.0")
def test_before_the_plan_is_approved_no_mode_is_changed(line: Line, cast: Cast) -> None:
    purchase = line.open(date(2010, 8, 3))
    line.act("implementation.submit", None, date(2010, 8, 20))
    street = cast.streets[line.street.pk]
    refused = attempt("planchange.propose", unborn(purchase, street, line), street, "2010-08-25", **CHANGE, mode="two")
    assert [(f.rule, f.cite) for f in refused.findings] == [("mode-changes-by-approval", "gz-scheme-2010#三")]
    purchase.refresh_from_db()
    assert purchase.mode == "one"


def test_without_a_plan_there_is_nothing_to_change(line: Line, cast: Cast) -> None:
    line.open(date(2010, 8, 3))
    assert PlanChange.unborn(line.dossier(date(2010, 8, 4)), cast.streets[line.street.pk]) == []


@pytest.mark.clause("GZ-S-4.1d")
def test_a_street_that_pilots_three_in_one_comes_first(cast: Cast) -> None:
    lines = [Line(cast, DISTRICT, name) for name in ("广卫街", "建设街", "北京街")]
    for number, one in enumerate(lines):
        one.open(date(2010, 8, 3))
        one.act("implementation.submit", None, date(2010, 8, 4))
        one.act("implementation.review", one.latest(ImplementationPlan), date(2010, 8, 10 + number))

    def queue() -> list[str]:
        return [plan.purchase.division.name for plan in approval_queue(cast.city[0], on=date(2010, 8, 20))]

    assert queue() == ["广卫街", "建设街", "北京街"]
    last = lines[-1].latest(ImplementationPlan)
    basis = {"basis": "三位一体试点名单"}
    assert refusals(attempt("implementation.prioritise", last, cast.bureaus[DISTRICT][0], "2010-08-20", **basis)) == [
        "kernel.capacity"
    ]
    assert done(attempt("implementation.prioritise", last, cast.city[0], "2010-08-20", **basis)).state == "reviewed"
    assert queue() == ["北京街", "广卫街", "建设街"]
    lines[0].act("implementation.approve", lines[0].latest(ImplementationPlan), date(2010, 8, 21))
    assert queue() == ["北京街", "建设街"]
    done_already = lines[0].latest(ImplementationPlan)
    late = attempt("implementation.prioritise", done_already, cast.city[0], "2010-08-22", **basis)
    assert refusals(late) == ["priority-before-approval"]


def test_the_queue_costs_two_queries(cast: Cast, line: Line, django_assert_num_queries: object) -> None:
    line.open(date(2010, 8, 3))
    with django_assert_num_queries(2):  # type: ignore[operator]
        approval_queue(cast.city[0], on=date(2010, 8, 4))
