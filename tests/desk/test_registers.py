"""Organisations, posts, funds and calls: who finds them, what they offer, in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import Fund
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Organisation, Post

from .conftest import Desk, text

Today = Callable[[str], date]


@pytest.fixture
def posts(line: Line, today: Today) -> dict[str, Post]:
    today("2010-08-03")
    cast = line.cast
    assert cast.city_finance is not None
    return {
        "registrar": cast.registrar, "bureau": cast.bureaus[line.district][0], "street": cast.streets[line.street.pk],
        "finance": cast.finances[line.district], "city_finance": cast.city_finance, "social": cast.social[0],
        "expert": cast.experts[0],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("register", "open_to"),
    [
        ("organisations", {"registrar", "bureau", "street", "finance", "city_finance"}),
        ("posts", {"registrar", "bureau", "street", "finance", "city_finance"}),
        ("funds", {"registrar", "bureau", "finance", "city_finance"}),
        ("calls", {"social"}),
    ],
)
def test_a_register_exists_for_those_it_is_of_use_to(
    register: str, open_to: set[str], posts: dict[str, Post], desk: Desk
) -> None:
    found = {who: desk(post).get(f"/{register}/").status_code for who, post in posts.items()}
    assert found == {who: 200 if who in open_to else 404 for who in posts}


def test_only_the_registrar_registers(posts: dict[str, Post], desk: Desk) -> None:
    assert 'href="/do/organisation.register/new/"' in text(desk(posts["registrar"]).get("/organisations/"))
    assert 'href="/do/post.assign/new/"' in text(desk(posts["registrar"]).get("/posts/"))
    assert "/do/" not in text(desk(posts["bureau"]).get("/organisations/"))
    assert "/do/" not in text(desk(posts["bureau"]).get("/posts/"))


def test_organisations_are_found_by_name_and_kind(posts: dict[str, Post], desk: Desk) -> None:
    client = desk(posts["registrar"])
    named = client.get("/organisations/?text=木棉").context["page"]
    assert ([row.name for row in named.rows], named.total) == (["木棉家庭服务社（演示）"], "1")
    finance = client.get("/organisations/?kind=finance").context["page"]
    assert {row.name for row in finance.rows} == {"广州市财政局", "越秀区财政局"}
    everything = client.get("/organisations/").context["page"]
    assert everything.total == str(Organisation.objects.count())


def test_posts_of_one_organisation_with_the_way_to_hand_over(posts: dict[str, Post], desk: Desk) -> None:
    organisation = posts["bureau"].organisation
    page = desk(posts["registrar"]).get(f"/posts/?organisation={organisation.pk}")
    assert [row.title for row in page.context["page"].rows] == ["购买服务经办", "合同审定岗"]
    assert f'href="/do/post.hand_over/{posts["bureau"].pk}/"' in text(page)


def test_others_see_their_own_organisations_posts(posts: dict[str, Post], desk: Desk) -> None:
    page = desk(posts["bureau"]).get(f"/posts/?organisation={posts['finance'].organisation_id}")
    assert page.context["page"].rows == []
    assert [row.title for row in desk(posts["bureau"]).get("/posts/").context["page"].rows] == [
        "购买服务经办", "合同审定岗",
    ]  # fmt: skip


def test_a_district_sees_its_own_lines_and_the_citys(posts: dict[str, Post], desk: Desk) -> None:
    page = desk(posts["finance"]).get("/funds/")
    assert [(fund.payer.name, fund.amount_fen) for fund in page.context["page"].rows] == [
        ("广州市财政局", 1_700_000_000), ("广州市财政局", 80_000_000), ("越秀区财政局", 400_000_000),
    ]  # fmt: skip
    assert page.context["may_open"] is True
    assert desk(posts["bureau"]).get("/funds/").context["may_open"] is False


def test_a_call_says_until_when_and_whether_one_has_bid(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    first, stranger = calling.cast.social[0], calling.cast.social[3]
    (own,) = desk(first).get("/calls/").context["rows"]
    assert (own.days, own.bid.organisation_id) == (3, first.organisation_id)
    page = desk(stranger).get("/calls/")
    (call,) = page.context["rows"]
    assert (call.bid, f'href="/do/bid.submit/new/?purchase={calling.purchase.pk}"' in text(page)) == (None, True)
    assert "榕荫社会工作服务中心" not in text(page)


def test_a_call_is_gone_when_its_time_has_come(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-24")
    assert desk(calling.cast.social[3]).get("/calls/").context["rows"] == []


@pytest.mark.parametrize(
    ("who", "register", "count"),
    [("registrar", "organisations", 10), ("registrar", "posts", 9), ("finance", "funds", 9), ("social", "calls", 10)],
)
def test_queries(
    who: str, register: str, count: int, posts: dict[str, Post], desk: Desk, django_assert_num_queries: Any
) -> None:
    client = desk(posts[who])
    with django_assert_num_queries(count):
        client.get(f"/{register}/")


def test_a_line_shows_its_journal(posts: dict[str, Post], desk: Desk, django_assert_num_queries: Any) -> None:
    row = Fund.objects.filter(payer=posts["finance"].organisation).first()
    assert row is not None
    client = desk(posts["finance"])
    with django_assert_num_queries(15):
        page = client.get(f"/funds/{row.pk}/")
    assert ("下达 " in text(page), row.indicator_number in text(page)) == (True, True)
    assert page.context["offers"] == []
    assert [(str(label), [found["cite"] for found in found]) for label, found in page.context["waiting"]] == [
        ("结转到下一年度", ["穗民〔2010〕213号 四(三)", "穗民〔2010〕213号 四(三)"])
    ]
    assert client.get("/funds/999999/").status_code == 404
    assert desk(posts["social"]).get(f"/funds/{row.pk}/").status_code == 404
