from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.kernel.models import Division, Organisation, Person, Post
from gongyue.parties import queries
from tests.parties.acts import seat

STREET = "440104:广卫街"


@pytest.fixture
def wu(cast: Cast) -> Person:
    """Two seats: one from July, one from September."""
    office, bureau = cast.streets[STREET].organisation, cast.bureaus["440104"][0].organisation
    seat(cast.registrar, office, "wu", since="2010-07-05")
    seat(cast.registrar, bureau, "wu", since="2010-09-01")
    return Person.objects.get(username="wu")


def places(person: Person, on: date) -> list[str]:
    return [post.organisation.name for post in queries.posts_of(person, on)]


def test_a_person_acts_through_the_posts_of_the_day(wu: Person) -> None:
    assert places(wu, date(2010, 7, 4)) == []
    assert places(wu, date(2010, 7, 5)) == ["广卫街道办事处"]
    assert places(wu, date(2010, 9, 1)) == ["广卫街道办事处", "越秀区民政局"]
    Post.objects.filter(person=wu, organisation__name="广卫街道办事处").update(until="2010-09-10")
    assert places(wu, date(2010, 9, 9)) == ["广卫街道办事处", "越秀区民政局"]
    assert places(wu, date(2010, 9, 10)) == ["越秀区民政局"]


def test_reading_them_takes_one_query(wu: Person, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert [post.organisation.division.name for post in queries.posts_of(wu, date(2010, 9, 1))] == [
            "广卫街", "越秀区"
        ]  # fmt: skip


def test_a_post_is_found_for_its_own_person_only(cast: Cast, wu: Person) -> None:
    own = queries.posts_of(wu, date(2010, 9, 1))[0]
    assert queries.post_of(wu, own.pk, date(2010, 9, 1)) == own
    assert queries.post_of(wu, cast.registrar.pk, date(2010, 9, 1)) is None
    assert queries.post_of(wu, own.pk, date(2010, 7, 1)) is None


def test_the_registrar_sees_the_city(cast: Cast) -> None:
    assert {o.division_id for o in queries.organisations(cast.registrar)} == {
        "440100", "440104", "440104:广卫街", "440104:建设街", "440104:矿泉街", "440104:北京街"
    }  # fmt: skip
    Division.objects.create(code="440200", name="韶关市", level="city", path="440000/440200/")
    other = Organisation.objects.create(name="韶关市民政局", organisation_kind="civil_affairs", division_id="440200")
    assert queries.organisation_in_city(cast.registrar, other.pk) is None
    assert queries.organisation_in_city(cast.registrar, cast.registrar.organisation_id) is not None


def test_people_are_found_by_a_part_of_name_or_username(cast: Cast, wu: Person) -> None:
    assert list(queries.people(cast.registrar, "思齐")) == [wu]
    assert list(queries.people(cast.registrar, "wu")) == [wu]
    assert list(queries.people(cast.registrar, "没有这个人")) == []
    assert queries.people(cast.registrar).filter(pk=wu.pk).count() == 1


def test_people_of_other_cities_are_not_found(cast: Cast, wu: Person) -> None:
    stranger = Person.objects.create_user("stranger", "伍思贤")
    assert list(queries.people(cast.registrar, "思贤")) == []
    assert not queries.people(cast.registrar).filter(pk=stranger.pk).exists()


def test_the_posts_of_an_organisation_standing_ones_first(cast: Cast, wu: Person) -> None:
    office = cast.streets[STREET].organisation
    Post.objects.filter(pk=cast.streets[STREET].pk).update(state="left", until="2010-08-01")
    assert [post.person.username for post in queries.posts_in(office)] == ["wu", "street-1"]


def test_the_public_has_a_seat_where_one_was_set_up(cast: Cast) -> None:
    street = Division.objects.get(pk=STREET)
    assert queries.public_seat(street, date(2010, 8, 1)) == cast.public
    assert queries.public_seat(street, date(2010, 6, 30)) is None
    assert queries.public_seat(Division.objects.get(pk="440000"), date(2010, 8, 1)) is None
