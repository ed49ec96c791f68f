from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel import queries
from gongyue.kernel.models import Purchase, Role

ON = date(2010, 9, 1)


@pytest.fixture
def pair(cast: Cast) -> list[Purchase]:
    """广卫街's purchase, then 建设街's."""
    streets = ("广卫街", "建设街")
    return [Line(cast, "440104", street).open(date(2010, 8, 3)) for street in streets]


@pytest.fixture
def many(pair: list[Purchase], cast: Cast) -> list[Purchase]:
    """More than a thousand that the city bureau sees, and two that a provider does."""
    first = pair[0]
    made = Purchase.objects.bulk_create(
        Purchase(regime=first.regime, title=f"项目{n}", division=first.division, state="open") for n in range(1001)
    )
    city, provider = cast.registrar.organisation, cast.social[0].organisation
    rows = [(p, city, c) for p in made for c in ("city_bureau", "registrar")] + [
        (p, provider, "provider") for p in made[:2]
    ]
    Role.objects.bulk_create(Role(purchase=p, organisation=o, capacity=c, since=ON) for p, o, c in rows)
    return made


def test_a_bureau_sees_each_purchase_once_newest_first(pair: list[Purchase], cast: Cast) -> None:
    assert list(queries.visible(cast.bureaus["440104"][0], on=ON)) == [pair[1], pair[0]]
    assert list(queries.visible(cast.registrar, on=ON)) == [pair[1], pair[0]]


def test_a_street_sees_its_own(pair: list[Purchase], cast: Cast) -> None:
    assert list(queries.visible(cast.streets["440104:建设街"], on=ON)) == [pair[1]]
    assert list(queries.visible(cast.social[0], on=ON)) == []


def test_the_many_are_asked_one_by_one_as_they_come(
    many: list[Purchase], cast: Cast, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):
        page = list(queries.visible(cast.registrar, on=ON)[:3])
    assert page == [many[-1], many[-2], many[-3]]
    assert list(queries.visible(cast.registrar, on=ON).filter(title="项目7")) == [many[7]]


def test_the_few_are_named(many: list[Purchase], cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert list(queries.visible(cast.social[0], on=ON)) == [many[1], many[0]]


def test_a_capacity_that_ended_shows_nothing_more(pair: list[Purchase], cast: Cast) -> None:
    street = cast.streets["440104:广卫街"]
    Role.objects.filter(purchase=pair[0], organisation=street.organisation).update(until=date(2010, 9, 1))
    assert list(queries.visible(street, on=date(2010, 8, 31))) == [pair[0]]
    assert list(queries.visible(street, on=date(2010, 9, 1))) == []
    assert queries.visible_purchase(street, pair[0].pk, on=date(2010, 9, 1)) is None
    assert list(queries.visible(street)) == []


def test_what_is_given_to_a_post_is_not_its_colleagues(pair: list[Purchase], cast: Cast) -> None:
    chosen, colleague = cast.experts[:2]
    Role.objects.create(
        purchase=pair[0], organisation=chosen.organisation, post=chosen, capacity="expert", since=date(2010, 8, 5)
    )
    assert list(queries.visible(chosen, on=ON)) == [pair[0]]
    assert list(queries.visible(colleague, on=ON)) == []
    assert queries.visible_purchase(colleague, pair[0].pk, on=ON) is None


def test_an_office_let_in_for_a_matter_sees_the_purchase_not_whole(pair: list[Purchase], cast: Cast) -> None:
    office = cast.departments["disabled"]
    seat = {"organisation": office.organisation, "capacity": "department", "since": date(2010, 8, 5)}
    Role.objects.create(purchase=pair[0], partial=True, **seat)
    assert list(queries.visible(office, on=ON)) == []
    assert queries.visible_purchase(office, pair[0].pk, on=ON) is None
    assert list(queries.seated(office, on=ON)) == [pair[0]]
    assert queries.seated_purchase(office, pair[0].pk, on=ON) == pair[0]
    assert queries.seated_purchase(office, pair[1].pk, on=ON) is None
    assert queries.own_matters(pair[0], office) == frozenset()


def test_one_purchase_takes_one_query(pair: list[Purchase], cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = queries.visible_purchase(cast.registrar, pair[0].pk, on=ON)
        assert found is not None
        assert found.division.parent is not None
        assert found.division.parent.name == "越秀区"
    assert queries.visible_purchase(cast.streets["440104:建设街"], pair[0].pk, on=ON) is None


def test_counting_stops(many: list[Purchase], cast: Cast) -> None:
    rows = queries.visible(cast.registrar, on=ON)
    assert queries.bounded_count(rows) == 1001
    assert queries.bounded_count(rows, 10) == 11
    assert queries.bounded_count(queries.visible(cast.social[0], on=ON)) == 2


def test_what_a_person_has_done_latest_first(pair: list[Purchase], cast: Cast) -> None:
    street = cast.streets["440104:广卫街"]
    assert [(e.action, e.purchase) for e in queries.done_by(street)] == [("purchase.open", pair[0].pk)]
    assert [e.action for e in queries.done_by(cast.registrar)][0] == "post.assign"


def test_a_timeline_has_everything_in_order(cast: Cast, line: Line) -> None:
    purchase = line.open(date(2010, 8, 3))
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    assert [e.action for e in queries.timeline(purchase)] == [
        "purchase.open", "implementation.submit", "implementation.review", "implementation.approve",
    ]  # fmt: skip
