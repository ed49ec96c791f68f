"""Streets with a centre against all streets, year by year; what is bought; rooms found in old areas."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Division, Post, Purchase
from gongyue.programmes.coverage import Covered, Provision, coverage, provision
from gongyue.programmes.models import SiteCandidate, StreetCount
from tests.parties.acts import attempt, done, errors, refusals

REGIME = "cn-gd-guangzhou"


def count(actor: Post, district: str, year: int, streets: int) -> StreetCount:
    unborn = StreetCount.unborn(None, actor)[0]
    given = {"district": district, "year": str(year), "streets": str(streets), "source": "市统计年鉴"}
    found: StreetCount = done(attempt("streetcount.record", unborn, actor, "2013-12-31", **given))
    return found


def approved(cast: Cast, name: str) -> None:
    one = Line(cast, "440104", name)
    one.open(date(2010, 8, 3))
    one.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))


def district(rows: list[Covered], code: str) -> Covered:
    return next(row for row in rows if row.division is not None and row.division.pk == code)


@pytest.mark.clause("GZ-S-2.3d")
def test_half_of_all_streets_by_2015(cast: Cast) -> None:
    approved(cast, "广卫街")
    approved(cast, "建设街")
    before = district(coverage(cast.programme, REGIME, 2013), "440104")
    assert (before.centres, before.streets, before.share_bp, before.reached) == (2, None, None, None)
    count(cast.bureaus["440104"][0], "440104", 2013, 5)
    counted = district(coverage(cast.programme, REGIME, 2013), "440104")
    assert counted.target is not None
    assert (counted.share_bp, counted.target.share_bp, counted.reached) == (4000, 5000, False)
    approved(cast, "北京街")
    assert district(coverage(cast.programme, REGIME, 2013), "440104").reached is True
    StreetCount.objects.update(streets=6)
    half = district(coverage(cast.programme, REGIME, 2013), "440104")
    assert (half.centres, half.share_bp, half.reached) == (3, 5000, True)
    assert district(coverage(cast.programme, REGIME, 2009), "440104").centres == 0
    assert district(coverage(cast.programme, REGIME, 2012), "440104").target is None


@pytest.mark.clause("GZ-S-2.3e")
def test_every_street_from_2016_on(cast: Cast) -> None:
    approved(cast, "广卫街")
    count(cast.city[0], "440104", 2016, 2)
    found = district(coverage(cast.programme, REGIME, 2016), "440104")
    assert found.target is not None
    assert (found.target.share_bp, found.share_bp, found.reached) == (10_000, 5000, False)
    assert [cast.programme.campaign.target(year) is not None for year in (2015, 2016, 2020, 2021)] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.clause("GZ-S-2.3d")
def test_the_city_is_known_once_every_district_was_counted(cast: Cast) -> None:
    codes = list(dict.fromkeys(unit.district for unit in cast.programme.units))
    for code in codes[:-1]:
        count(cast.city[0], code, 2014, 10)
    assert coverage(cast.programme, REGIME, 2014)[-1].streets is None
    count(cast.city[0], codes[-1], 2014, 12)
    city = coverage(cast.programme, REGIME, 2014)[-1]
    assert (city.division, city.centres, city.streets, city.share_bp) == (None, 0, 122, 0)


@pytest.mark.clause("GZ-S-2.3d")
def test_streets_are_counted_once_a_year_and_corrected(cast: Cast) -> None:
    bureau = cast.bureaus["440104"][0]
    counted = count(bureau, "440104", 2013, 22)
    unborn = StreetCount.unborn(None, bureau)[0]
    given = {"district": "440104", "year": "2013", "streets": "18", "source": "区划调整"}
    twice = attempt("streetcount.record", unborn, bureau, "2014-01-05", **given)
    assert errors(twice) == {"year": ["该区该年已经登记，请更正原来的登记"]}
    elsewhere = attempt("streetcount.record", unborn, bureau, "2014-01-05", **(given | {"district": "440105"}))
    assert list(errors(elsewhere)) == ["district"]
    for other in (cast.streets["440104:广卫街"], cast.finances["440104"]):
        assert refusals(attempt("streetcount.record", counted, other, "2014-01-05")) == ["kernel.capacity"]
    fixed = done(attempt("streetcount.record", counted, bureau, "2014-01-05", streets="18", source="区划调整"))
    assert (fixed.streets, fixed.year, fixed.division_id, fixed.version) == (18, 2013, "440104", 2)


def test_coverage_costs_three_queries(cast: Cast, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        coverage(cast.programme, REGIME, 2013)


@pytest.mark.clause("GZ-S-1.2")
def test_the_share_that_is_bought_year_by_year(cast: Cast, line: Line, django_assert_num_queries: object) -> None:
    line.open(date(2010, 8, 3))
    for name in ("建设街", "北京街"):
        Line(cast, "440104", name).open(date(2011, 2, 3))
    Purchase.objects.filter(division__name="北京街").update(bought=False)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = provision(REGIME, (2009, 2010, 2011))
    assert found == [Provision(2009, 0, 0), Provision(2010, 1, 0), Provision(2011, 2, 1)]
    assert [row.bought_bp for row in found] == [None, 10_000, 6666]


# --- rooms found ------------------------------------------------------------------------------------------------------

ROOM = {"district": "440104", "address": "大德路 9 号", "old_area": True, "holder": "区房管所", "area": "240"}


@pytest.mark.clause("GZ-S-A1.5")
def test_rooms_in_old_areas_are_found_and_given_to_a_centre(cast: Cast, line: Line) -> None:
    purchase = line.open(date(2010, 8, 3))
    land = cast.departments["land"]
    provider = SiteCandidate(regime=REGIME, division=Division.objects.get(pk="440104"))
    assert refusals(attempt("candidate.find", provider, cast.social[0], "2010-08-05", **ROOM)) == ["kernel.capacity"]
    room = done(attempt("candidate.find", SiteCandidate.unborn(None, land)[0], land, "2010-08-05", **ROOM))
    assert (room.division_id, room.old_area, room.area, str(room.found_by)) == (
        "440104", True, 240, "广州市国土资源和房屋管理局",
    )  # fmt: skip
    assert refusals(attempt("candidate.match", room, land, "2010-08-06", purchase=str(purchase.pk))) == [
        "kernel.capacity"
    ]
    bureau = cast.bureaus["440104"][0]
    assert list(errors(attempt("candidate.match", room, bureau, "2010-08-06", purchase="0"))) == ["purchase"]
    matched = done(attempt("candidate.match", room, bureau, "2010-08-06", purchase=str(purchase.pk)))
    assert (matched.state, matched.purchase, matched.matched_on) == ("matched", purchase, date(2010, 8, 6))
    dropped = done(attempt("candidate.drop", matched, land, "2010-09-06", reason="结构不安全"))
    assert (dropped.state, dropped.reason) == ("dropped", "结构不安全")
