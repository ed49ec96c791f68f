from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City, norms_issued
from gongyue.kernel.models import Division, Obligation, Post, Purchase, Role
from gongyue.kernel.offers import offers, panel
from gongyue.kernel.perform import Outcome
from tests.parties.acts import attempt, content, done, errors, refusals, register, seat
from tests.town import at

STREET = "440104:广卫街"
CITY = [
    ("广州市审计局", "city_audit"), ("广州市民政局", "city_bureau"), ("广州市民政局", "registrar"),
    ("广州市法制办公室", "city_legal"), ("广州市财政局", "city_finance"), ("社会公众（门户网站）", "public"),
    ("越秀区审计局", "district_audit"), ("越秀区民政局", "district_bureau"), ("越秀区民政局", "purchaser"),
    ("越秀区财政局", "district_finance"), ("越秀区财政局", "procurement_supervisor"),
]  # fmt: skip
BY_REFERENCE = {"street": "洪桥街", "title": "洪桥街中心", "mode": "one", "scope": "project"}


def open_purchase(post: Post, on: str = "2010-08-03", /, **data: Any) -> Outcome:
    given = {"title": "广卫街社区综合服务中心", "scope": "centre", "bought": "on"} | data
    return attempt("purchase.open", Purchase.unborn(None, post)[0], post, on, **given)


def by_reference(post: Post, on: str = "2010-10-08", /, **data: Any) -> Outcome:
    return attempt(
        "purchase.open_by_reference", Purchase.unborn(None, post)[0], post, on, **(BY_REFERENCE | data)
    )  # fmt: skip


@pytest.fixture
def mode_two(cast: Cast) -> Post:
    """The office of 海珠区江南中街, a street of mode two."""
    return seat(cast.registrar, done(register(cast.registrar)), "jiangnan")


@pytest.mark.clause("GZ-S-3.0")
@pytest.mark.clause("GZ-P-1.1b")
def test_a_listed_street_opens_its_project(cast: Cast) -> None:
    outcome = open_purchase(cast.streets[STREET])
    purchase = done(outcome)
    assert (purchase.state, purchase.version, purchase.regime) == ("open", 1, "cn-gd-guangzhou")
    assert (purchase.programme, purchase.mode, purchase.division_id) == ("gz-pilot-2010", "one", STREET)
    assert (purchase.title, purchase.scope) == ("广卫街社区综合服务中心", "centre")
    assert (purchase.bought, purchase.by_reference) == (True, False)
    assert outcome.entry is not None
    assert purchase.opened_at == outcome.entry.at == purchase.last_at
    facts = content(outcome.entry)["facts"]
    assert (facts["street.listed"], facts["street.mode"], facts["street.projects"]) == (True, "one", 0)


def test_everybody_with_territory_gets_a_capacity(cast: Cast) -> None:
    purchase = done(open_purchase(cast.streets[STREET]))
    roles = Role.objects.filter(purchase=purchase).values_list("organisation__name", "capacity")
    assert sorted(roles) == [
        ("广卫街第一社区居民委员会（演示）", "residents_committee"), ("广卫街道办事处", "street_office"), *CITY
    ]  # fmt: skip


@pytest.mark.clause("GZ-S-2.3a")
def test_the_plan_is_due_by_the_end_of_august(cast: Cast) -> None:
    purchase = done(open_purchase(cast.streets[STREET]))
    due = Obligation.objects.get(purchase=purchase, action="implementation.submit")
    assert (str(due.due_on), due.post, due.is_open) == ("2010-08-31", cast.streets[STREET], True)


@pytest.mark.clause("GZ-S-4.1a")
def test_an_unknown_street_is_refused(cast: Cast) -> None:
    Division.objects.create(
        code="440104:无名街", name="无名街", level="street", parent_id="440104",
        path="440000/440100/440104/440104:无名街/",
    )  # fmt: skip
    office = done(register(cast.registrar, name="无名街道办事处", division="440104:无名街"))
    post = seat(cast.registrar, office, "wuming")
    assert refusals(open_purchase(post)) == ["street-listed"]
    assert not Purchase.objects.exists()


@pytest.mark.clause("GZ-S-4.1b")
def test_a_street_has_one_project(cast: Cast) -> None:
    done(open_purchase(cast.streets[STREET]))
    assert refusals(open_purchase(cast.streets[STREET], "2010-08-04", title="第二个项目")) == ["one-project-per-street"]


def test_the_database_holds_it_too(cast: Cast) -> None:
    purchase = done(open_purchase(cast.streets[STREET]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Purchase.objects.create(
            regime=purchase.regime, programme=purchase.programme, division=purchase.division, title="第二个项目"
        )


def test_the_neighbour_has_its_own(cast: Cast) -> None:
    done(open_purchase(cast.streets[STREET]))
    assert done(open_purchase(cast.streets["440104:建设街"])).division_id == "440104:建设街"


def test_mode_one_is_always_bought(cast: Cast) -> None:
    assert done(open_purchase(cast.streets[STREET], bought="")).bought is True


@pytest.mark.clause("GZ-P-5.1")
@pytest.mark.parametrize(("tick", "bought"), [("", False), ("on", True)])
def test_mode_two_says_whether_it_is_bought(mode_two: Post, tick: str, bought: bool) -> None:
    purchase = done(open_purchase(mode_two, bought=tick))
    assert (purchase.mode, purchase.bought) == ("two", bought)


def test_only_the_street_office_opens(cast: Cast) -> None:
    for post in (cast.bureaus["440104"][0], cast.registrar, cast.social[0]):
        assert refusals(open_purchase(post)) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-1.1b")
def test_a_purchase_needs_a_title_and_a_scope(cast: Cast) -> None:
    assert sorted(errors(open_purchase(cast.streets[STREET], title="", scope="both"))) == ["scope", "title"]


@pytest.mark.clause("GZ-P-5.3")
def test_after_the_norms_two_years_a_project_is_begun_with_a_reason(cast: Cast) -> None:
    norms_issued(cast, date(2010, 8, 3), date(2010, 8, 30))
    post, why = cast.bureaus["440104"][0], "修订稿尚未颁布，经市民政局同意沿用"
    done(by_reference(post, "2012-08-30"))
    late = by_reference(post, "2012-08-31", street="流花街")
    assert [(f.rule, f.severity, f.figures["validity.ends_on"]) for f in late.findings] == [
        ("norm-valid", "warn", "2012-08-30")
    ]
    assert refusals(open_purchase(cast.streets[STREET], "2012-09-03")) == ["norm-valid"]
    given = {"acknowledge-norm-valid": why}
    assert content(by_reference(post, "2012-08-31", street="流花街", **given).entry)["acknowledged"] == {
        "norm-valid": why
    }
    revised = City(cast)
    for opinion in revised.draft("procedure", date(2012, 9, 4)):
        revised.answer(opinion, date(2012, 9, 5))
    revised.issue("procedure", date(2012, 9, 6))
    assert refusals(open_purchase(cast.streets[STREET], "2012-09-07")) == ["norm-valid"]


@pytest.mark.clause("GZ-P-5.3")
def test_where_the_end_is_not_known_two_years_from_the_assumed_day_warn(cast: Cast) -> None:
    """No issue is recorded, and the pack gives no day of publication."""
    post = cast.streets[STREET]
    late = open_purchase(post, "2012-09-01")
    assert [(f.rule, f.severity, f.figures["validity.reckoned_on"]) for f in late.findings] == [
        ("norm-end-unknown", "warn", "2012-08-31")
    ]
    kept = content(open_purchase(post, "2012-08-31").entry)
    assert (kept["findings"], kept["facts"]["validity.asked_on"]) == ([], "2012-08-31")


@pytest.mark.clause("GZ-P-5.2")
def test_a_district_opens_its_own_street_by_reference(cast: Cast) -> None:
    purchase = done(by_reference(cast.bureaus["440104"][0]))
    assert (purchase.by_reference, purchase.programme, purchase.mode) == (True, "", "one")
    assert (purchase.scope, purchase.bought, purchase.regime) == ("project", True, "cn-gd-guangzhou")
    street = purchase.division
    assert (street.pk, street.name, street.level) == ("440104:洪桥街", "洪桥街", "street")
    assert (street.parent_id, street.path) == ("440104", "440000/440100/440104/440104:洪桥街/")
    roles = Role.objects.filter(purchase=purchase).values_list("organisation__name", "capacity")
    assert sorted(roles) == [
        *CITY
    ]  # fmt: skip


def test_a_street_may_have_several_projects_by_reference(cast: Cast) -> None:
    first = done(by_reference(cast.bureaus["440104"][0]))
    second = done(by_reference(cast.bureaus["440104"][0], title="洪桥街长者服务"))
    assert first.division_id == second.division_id
    assert Division.objects.filter(name="洪桥街").count() == 1


def test_a_listed_street_is_not_opened_by_reference(cast: Cast) -> None:
    assert errors(by_reference(cast.bureaus["440104"][0], street="广卫街")) == {
        "street": ["该街道已列入试点名单，由街道办事处立项"]
    }


@pytest.mark.parametrize("street", ["洪桥/街", "洪桥:街", "洪 桥街", "洪" * 51])
def test_a_street_is_a_name(cast: Cast, street: str) -> None:
    assert list(errors(by_reference(cast.bureaus["440104"][0], street=street))) == ["street"]


def test_the_mode_is_one_the_programme_knows(cast: Cast) -> None:
    assert list(errors(by_reference(cast.bureaus["440104"][0], mode="three"))) == ["mode"]
    assert list(errors(by_reference(cast.bureaus["440104"][0], mode=""))) == ["mode"]


@pytest.mark.clause("GZ-P-5.2")
def test_only_the_district_bureau_opens_by_reference(cast: Cast) -> None:
    assert refusals(by_reference(cast.streets[STREET])) == ["kernel.capacity"]
    assert refusals(by_reference(cast.registrar)) == ["kernel.capacity"]


def test_the_office_is_told_before_it_presses(cast: Cast) -> None:
    street = cast.streets[STREET]

    def told() -> list[tuple[str, bool, bool, list[str]]]:
        found = offers(Purchase.unborn(None, street)[0], actor=street, at=at("2010-08-04"))
        return [(o.action.name, o.mine, o.ready, [f.rule for f in o.findings]) for o in found]

    by_reference_offer = ("purchase.open_by_reference", False, False, [])
    assert told() == [("purchase.open", True, True, []), by_reference_offer]
    done(open_purchase(street))
    assert told() == [("purchase.open", True, False, ["one-project-per-street"]), by_reference_offer]


def test_an_open_purchase_offers_the_next_steps(cast: Cast) -> None:
    purchase = done(open_purchase(cast.streets[STREET], "2010-09-06"))
    found = panel(purchase, actor=cast.streets[STREET], at=at("2010-09-07"))
    ready = [o.action.name for o in found if o.ready]
    assert [name for name in ready if name.startswith(("purchase.", "implementation.", "needs."))] == [
        "implementation.submit", "needs.start", "purchase.recuse",
    ]  # fmt: skip
