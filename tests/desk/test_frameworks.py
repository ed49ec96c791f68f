"""评估体系: drafted by whoever holds the capacity, read by all it is held against, version by version."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongyue.assessment.models import Framework
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City

from .conftest import Desk, flat, text

Today = Callable[[str], date]


@pytest.fixture
def city(cast: Cast, today: Today) -> City:
    city = City(cast)
    city.act("framework.draft", Framework.unborn(None, cast.city[0])[0], cast.city[0], date(2010, 8, 2))
    today("2010-08-03")
    return city


def adopted(city: City) -> Framework:
    found = Framework.objects.get()
    city.act("framework.adopt", found, city.cast.city[1], date(2010, 8, 3))
    return Framework.objects.get()


def test_whoever_may_draft_finds_the_form(cast: Cast, desk: Desk, today: Today) -> None:
    today("2010-08-02")
    address = 'href="/do/framework.draft/new/"'
    bureau, district = desk(cast.city[0]), desk(cast.bureaus["440104"][0])
    assert [address in text(client.get("/frameworks/")) for client in (bureau, district)] == [True, False]
    assert bureau.get("/do/framework.draft/new/").status_code == 200
    assert 'href="/frameworks/"' in text(bureau.get("/desk/"))


def test_a_draft_is_drafted_again_and_adopted_from_its_page(city: City, desk: Desk) -> None:
    found, cast = Framework.objects.get(), city.cast
    bureau, provider = desk(cast.city[0]), desk(cast.social[0])
    page = bureau.get(f"/frameworks/{found.pk}/")
    assert [one.action.name for one in page.context["offers"]] == ["framework.draft", "framework.adopt"]
    assert [desk(cast.experts[0]).get(f"/frameworks/{found.pk}/").status_code] == [200]
    assert provider.get(f"/frameworks/{found.pk}/").status_code == 404
    assert list(provider.get("/frameworks/").context["page"].rows) == []
    sent = flat({"opinion": "同意采用。"}) | {"seen": "1", "request_id": "5d0d5bb8-7a5b-4f6a-9a55-8c6f3c9a0c11"}
    answer = bureau.post(f"/do/framework.adopt/{found.pk}/", sent)
    assert (answer.status_code, answer["Location"]) == (303, "/frameworks/")
    assert provider.get(f"/frameworks/{found.pk}/").status_code == 200


@pytest.mark.clause("GZ-P-3.4.2a")
def test_its_page_has_dimensions_indicators_weights_evidence_and_authors(city: City, desk: Desk) -> None:
    found = adopted(city)
    page = desk(city.cast.bureaus["440104"][0]).get(f"/frameworks/{found.pk}/")
    parts = page.context["dimensions"]
    assert sum(part.weight for part in parts) == 10_000
    assert [row["indicator"] for part in parts for row in part.indicators] == [r["indicator"] for r in found.indicators]
    shown = text(page)
    assert [row["evidence"] in shown for row in found.indicators] == [True] * len(found.indicators)
    assert [str(post.pk) for post in page.context["authors"]] == sorted(found.authors, key=int)
    assert [post.person.name in shown for post in page.context["authors"]] == [True] * len(found.authors)


def test_the_next_version_is_begun_once_the_last_is_adopted(city: City, desk: Desk) -> None:
    cast, bureau = city.cast, desk(city.cast.city[0])
    assert bureau.get("/frameworks/").context["may_draft"] is False
    first = adopted(city)
    assert bureau.get("/frameworks/").context["may_draft"] is True
    city.act("framework.draft", Framework.unborn(None, cast.city[0])[0], cast.city[0], date(2010, 8, 3))
    page = bureau.get("/frameworks/")
    assert [(row.number, row.pk in page.context["current"]) for row in page.context["page"].rows] == [
        (2, False), (1, True),
    ]  # fmt: skip
    assert page.context["current"] == {first.pk}


@pytest.mark.clause("GZ-P-1.1b")
def test_each_scope_has_its_own_version_in_force(city: City, desk: Desk) -> None:
    cast, bureau = city.cast, desk(city.cast.city[0])
    first = adopted(city)
    row = city.act(
        "framework.draft", Framework.unborn(None, cast.city[0])[0], cast.city[0], date(2010, 8, 3), scope="project"
    )  # fmt: skip
    city.act("framework.adopt", Framework.objects.get(pk=row.pk), cast.city[1], date(2010, 8, 4))
    assert bureau.get("/frameworks/").context["current"] == {first.pk, row.pk}
    assert "<dt>适用的购买范围</dt><dd>单项服务</dd>" in text(bureau.get(f"/frameworks/{row.pk}/"))
    assert "<dt>适用的购买范围</dt><dd>两种都适用</dd>" in text(bureau.get(f"/frameworks/{first.pk}/"))


def test_queries(city: City, desk: Desk, django_assert_num_queries: Any) -> None:
    found, client = adopted(city), desk(city.cast.bureaus["440104"][0])
    client.get("/frameworks/")
    for url, queries in (("/frameworks/", 10), (f"/frameworks/{found.pk}/", 11)):
        with django_assert_num_queries(queries):
            client.get(url)
