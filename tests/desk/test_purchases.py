"""The list of purchases and the page of one: what is shown, to whom, in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongyue.delivery.models import Coordination
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import awarded, filed, opened
from gongyue.kernel.models import Post
from gongyue.ledger.sequence import sequence
from gongyue.needs.models import NeedsAssessment
from gongyue.payments.models import Payment
from gongyue.tendering.models import Bid

from .conftest import Desk, text

Today = Callable[[str], date]
STREETS = ("建设街", "矿泉街", "北京街")


def titles(page: Any) -> list[str]:
    return [row.record.title for row in page.context["table"].rows]


# --- the list -----------------------------------------------------------------------------------------------------


@pytest.fixture
def three(line: Line) -> list[Line]:
    lines = [Line(line.cast, line.district, street) for street in STREETS]
    for n, each in enumerate(lines):
        each.open(date(2010, 8, 2 + n))
    lines[2].act("needs.start", None, date(2010, 8, 10))
    return lines


def test_a_post_sees_its_own_purchases_latest_first(three: list[Line], desk: Desk, today: Today) -> None:
    today("2010-08-20")
    cast, district = three[0].cast, three[0].district
    every = [f"{street}社区综合服务中心" for street in reversed(STREETS)]
    for post in (cast.bureaus[district][0], cast.city[0], cast.finances[district]):
        assert titles(desk(post).get("/purchases/")) == every
    assert titles(desk(cast.streets[three[0].street.pk]).get("/purchases/")) == ["建设街社区综合服务中心"]
    assert titles(desk(cast.social[0]).get("/purchases/")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("title=矿泉", ["矿泉街社区综合服务中心"]),
        ("stage=needs", ["北京街社区综合服务中心"]),
        ("stage=contract", []),
        ("division=440104&mode=one&title=建设", ["建设街社区综合服务中心"]),
        ("division=440105", []),
        ("mode=two", []),
    ],
)
def test_the_list_is_narrowed(query: str, found: list[str], three: list[Line], desk: Desk, today: Today) -> None:
    today("2010-08-20")
    page = desk(three[0].cast.city[0]).get(f"/purchases/?{query}")
    assert (page.status_code, titles(page)) == (200, found)
    assert page.context["filter"].asked is True


def test_the_list_says_what_is_due_next(three: list[Line], desk: Desk, today: Today) -> None:
    today("2010-09-10")
    page = text(desk(three[0].cast.city[0]).get("/purchases/"))
    assert page.count('datetime="2010-08-31"') == 3
    assert page.count("tone-cinnabar") == 3
    assert '<b class="stage-kind">需求评估</b> <span class="quiet">评估中</span>' in page


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    three: list[Line], desk: Desk, today: Today, django_assert_num_queries: Any
) -> None:
    today("2010-08-20")
    cast = three[0].cast
    for post in (cast.bureaus[three[0].district][0], cast.streets[three[0].street.pk]):
        client = desk(post)
        with django_assert_num_queries(12):
            client.get("/purchases/")


def test_a_street_office_may_open_and_a_finance_bureau_may_not(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-02")
    street, finance = line.cast.streets[line.street.pk], line.cast.finances[line.district]
    assert desk(street).get("/purchases/").context["openers"] == [("purchase.open", "立项")]
    assert desk(finance).get("/purchases/").context["openers"] == []


# --- the page -----------------------------------------------------------------------------------------------------


def test_what_is_not_visible_does_not_exist(line: Line, desk: Desk, today: Today) -> None:
    purchase = line.open(date(2010, 8, 2))
    today("2010-08-03")
    street = line.cast.streets[Line(line.cast, line.district, "建设街").street.pk]
    for stranger in (street, line.cast.social[0], line.cast.experts[0], line.cast.evaluator):
        assert stranger is not None
        assert desk(stranger).get(f"/purchases/{purchase.pk}/").status_code == 404
    assert desk(line.cast.city[0]).get("/purchases/987654/").status_code == 404


def test_the_panel_offers_blocks_and_says_who(line: Line, desk: Desk, today: Today) -> None:
    purchase = line.open(date(2010, 8, 2))
    today("2010-09-10")
    panel = desk(line.cast.streets[line.street.pk]).get(f"/purchases/{purchase.pk}/").context["case"].panel
    assert [row.label for row in panel.ready] == ["提交实施方案", "启动需求评估"]
    assert [row.primary for row in panel.ready] == [True, False]
    assert [row.label for row in panel.blocked] == ["申报购买服务项目"]
    found = panel.blocked[0].findings[0]
    assert (found["rule"], found["severity"], found["cite"]) == (
        "needs-before-project", "block", "穗民〔2010〕320号附件1 二(一)",
    )  # fmt: skip
    assert found["url"] == "/regimes/cn-gd-guangzhou/#gz-procedure-2010--二(一)"
    bureau = desk(line.cast.bureaus[line.district][0]).get(f"/purchases/{purchase.pk}/").context["case"].panel
    assert {row.label: row.who for row in bureau.others}["提交实施方案"] == "广卫街道办事处"


def test_the_panel_names_what_waits_for_the_reader_on_another_part(line: Line, desk: Desk, today: Today) -> None:
    filed(line, date(2010, 9, 15))
    line.act("coordination.raise", None, date(2010, 11, 20))
    today("2010-11-21")
    url = f"/purchases/{line.purchase.pk}/"
    street, provider = line.cast.streets[line.street.pk], line.cast.social[0]
    request = Coordination.objects.get(purchase=line.purchase)
    owed = desk(street).get(url).context["case"].owed
    assert (f"答复协调事项 · {request.matter}", f"/do/coordination.answer/{request.pk}/") in [
        (one.what, one.url) for one in owed
    ]
    assert "coordination.answer" not in {one.row.action for one in desk(provider).get(url).context["case"].owed}


def test_the_stages_tell_where_it_stands_and_that_it_is_late(line: Line, desk: Desk, today: Today) -> None:
    line.open(date(2010, 8, 2))
    line.act("needs.start", None, date(2010, 8, 3))
    today("2010-09-10")
    case = desk(line.cast.streets[line.street.pk]).get(f"/purchases/{line.purchase.pk}/").context["case"]
    assert [(stage.label, stage.state, stage.note) for stage in case.stages] == [
        ("实施方案", "late", ""), ("需求评估", "later", ""), ("购买项目", "later", ""), ("招标", "later", ""),
        ("合同", "later", ""), ("考核评估", "later", ""), ("拨付", "later", ""),
    ]  # fmt: skip


def test_a_late_payment_names_the_payer_the_days_and_the_post(line: Line, desk: Desk, today: Today) -> None:
    filed(line, date(2010, 9, 15))
    claim = line.claim(1, date(2010, 11, 3), date(2010, 11, 5))
    city, district = line.cast.city_finance, line.cast.finances[line.district]
    assert city is not None
    line.pay(claim, date(2010, 11, 8), only=lambda payment: payment.payer_id == district.organisation_id)
    due = Payment.objects.get(claim=claim, payer=city.organisation).due_on
    today("2010-12-31")
    case = desk(city).get(f"/purchases/{line.purchase.pk}/").context["case"]
    late = (date(2010, 12, 31) - due).days
    assert [(row.organisation.name, row.late_days, row.paid_fen) for row in case.payers] == [
        ("广州市财政局", late, 0), ("越秀区财政局", 0, 39_600_000),
    ]  # fmt: skip
    assert [(d.what, d.holder, d.days) for d in case.late if d.row.action == "payment.pay"] == [
        (f"拨付资金 · {line.contract().number} 第 1 期 广州市财政局", f"广州市财政局 拨付岗 · {city.person.name}", late)
    ]


@pytest.mark.parametrize(("post", "count"), [("bureau", 14), ("city", 14), ("street", 14)])
def test_queries_of_a_young_purchase(
    post: str, count: int, line: Line, desk: Desk, today: Today, django_assert_num_queries: Any
) -> None:
    url = f"/purchases/{line.open(date(2010, 8, 2)).pk}/"
    today("2010-08-03")
    cast = line.cast
    posts = {"bureau": cast.bureaus[line.district][0], "city": cast.city[0], "street": cast.streets[line.street.pk]}
    client = desk(posts[post])
    with django_assert_num_queries(count):
        client.get(url)


def test_queries_of_an_old_purchase(line: Line, desk: Desk, today: Today, django_assert_num_queries: Any) -> None:
    filed(line, date(2010, 9, 15))
    claim = line.claim(1, date(2010, 11, 3), date(2010, 11, 5))
    line.pay(claim, date(2010, 11, 8))
    sequence()
    today("2010-12-31")
    url = f"/purchases/{line.purchase.pk}/"
    cast = line.cast
    for post, count in ((cast.bureaus[line.district][0], 26), (cast.city[0], 24), (cast.finances[line.district], 24)):
        client = desk(post)
        with django_assert_num_queries(count):
            client.get(url)


def test_queries_while_the_bids_are_scored(
    line: Line, desk: Desk, today: Today, django_assert_num_queries: Any
) -> None:
    opened(line, date(2010, 9, 15), {0: "1980000", 1: "1950000", 3: "1990000"})
    sequence()
    today("2010-10-08")
    url = f"/purchases/{line.purchase.pk}/"
    cast = line.cast
    for post, count in ((cast.bureaus[line.district][0], 22), (cast.experts[0], 23), (cast.social[0], 20)):
        client = desk(post)
        with django_assert_num_queries(count):
            client.get(url)


# --- what must not be known yet -----------------------------------------------------------------------------------


def everybody(line: Line) -> dict[str, Post]:
    cast = line.cast
    return {
        "purchaser": cast.bureaus[line.district][0], "reviewer": cast.bureaus[line.district][1], "city": cast.city[0],
        "street": cast.streets[line.street.pk], "finance": cast.finances[line.district], "expert": cast.experts[0],
    }  # fmt: skip


@pytest.mark.parametrize("who", ["purchaser", "reviewer", "city", "street", "finance", "expert"])
def test_before_the_opening_no_page_lets_on_who_bid(who: str, calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    page = desk(everybody(calling)[who]).get(f"/purchases/{calling.purchase.pk}/")
    shown = text(page)
    assert page.status_code == 200
    for index in (0, 1):
        assert calling.cast.social[index].organisation.name not in shown
    assert "1,960,000.00" not in shown
    assert "资格审查合格" not in shown
    case = page.context["case"]
    assert (case.bids, case.ranking, case.sealed) == ([], [], True)
    assert [entry.action for entry in case.entries if entry.subject.startswith("bid:")] == []


def test_a_bidder_sees_its_own_bid_and_no_other(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    page = desk(calling.cast.social[1]).get(f"/purchases/{calling.purchase.pk}/")
    assert [(bid.organisation.name, bid.own) for bid in page.context["case"].bids] == [("木棉家庭服务社（演示）", True)]
    assert "榕荫社会工作服务中心" not in text(page)
    assert [entry.action for entry in page.context["case"].entries if entry.subject.startswith("bid:")] == [
        "bid.submit"
    ]


def test_a_refused_bid_is_as_secret_as_one_that_was_made(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-24")
    late = desk(calling.cast.social[3])
    bid = late.post(f"/do/bid.submit/new/?purchase={calling.purchase.pk}", {"price": "1", "seen": "0"})
    assert bid.status_code == 422
    shown = text(desk(calling.cast.bureaus[calling.district][0]).get(f"/purchases/{calling.purchase.pk}/"))
    assert calling.cast.social[3].organisation.name not in shown


@pytest.mark.parametrize("who", ["reviewer", "city", "street", "finance"])
def test_the_panel_is_secret_until_the_award(who: str, judging: Line, desk: Desk, today: Today) -> None:
    today("2010-11-24")
    judging.score(date(2010, 11, 24), experts=1)
    post = everybody(judging)[who]
    names = [expert.person.name for expert in judging.cast.experts[:3]]
    page = text(desk(post).get(f"/purchases/{judging.purchase.pk}/"))
    buys = post.organisation_id == everybody(judging)["purchaser"].organisation_id
    assert [name in page for name in names] == [buys] * 3


def test_after_the_award_everybody_in_it_sees_the_result(line: Line, desk: Desk, today: Today) -> None:
    awarded(line, date(2010, 11, 1))
    today("2010-12-01")
    for post in (line.cast.streets[line.street.pk], line.cast.social[1]):
        case = desk(post).get(f"/purchases/{line.purchase.pk}/").context["case"]
        assert [(row.rank, row.organisation.name, row.won) for row in case.ranking] == [
            (1, "榕荫社会工作服务中心（演示）", True), (2, "木棉家庭服务社（演示）", False),
            (3, "云山社会工作协会（演示）", False),
        ]  # fmt: skip


def test_a_withdrawn_bid_stays_its_makers_own(calling: Line, desk: Desk, today: Today) -> None:
    bid = Bid.objects.filter(organisation=calling.cast.social[1].organisation).get()
    calling.act("bid.withdraw", bid, date(2010, 11, 12), actor=calling.cast.social[1], reason="人手不足。")
    today("2010-11-20")
    client = desk(calling.cast.bureaus[calling.district][0])
    assert client.get(f"/do/bid.withdraw/{bid.pk}/").status_code == 404
    assert "木棉" not in text(client.get(f"/purchases/{calling.purchase.pk}/"))


# --- the parts of a page --------------------------------------------------------------------------------------------


def test_a_part_in_which_the_regime_has_nothing_to_do_does_not_exist(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-20")
    line.open(date(2010, 8, 3))
    client = desk(line.cast.city[0])
    assert client.get(f"/purchases/{line.purchase.pk}/nowhere/").status_code == 404
    tabs = [tab.name for tab in client.get(f"/purchases/{line.purchase.pk}/").context["tabs"]]
    assert tabs[0] == "line"


def test_what_is_on_the_line_has_no_page_of_its_own(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-20")
    line.open(date(2010, 8, 3))
    line.act("needs.start", None, date(2010, 8, 10))
    needs = line.latest(NeedsAssessment)
    assert desk(line.cast.city[0]).get(f"/purchases/{line.purchase.pk}/needs/{needs.pk}/").status_code == 404


@pytest.mark.clause("GZ-S-3.0")
def test_the_page_says_what_the_centre_was_called_before(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-21")
    purchase = line.open(date(2010, 8, 3))
    page = desk(line.cast.city[0])
    assert "前身" not in text(page.get(f"/purchases/{purchase.pk}/"))
    line.act("implementation.submit", None, date(2010, 8, 20))
    assert "<dt>前身</dt><dd>广卫街社区服务中心</dd>" in text(page.get(f"/purchases/{purchase.pk}/"))
