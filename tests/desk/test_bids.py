"""A bid's own page: whole for those who may read it, and nothing at all for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import opened
from gongyue.kernel.models import Post
from gongyue.tendering.models import Bid

pytestmark = pytest.mark.django_db
Desk = Callable[[Post], Client]
Today = Callable[[str], date]


def url(line: Line, bid: Bid) -> str:
    return f"/purchases/{line.purchase.pk}/bids/{bid.pk}/"


@pytest.mark.clause("GZ-P-3.2.3a")
def test_the_page_of_a_bid_shows_each_condition_with_its_result_and_why(line: Line, desk: Desk, today: Today) -> None:
    opened(line, date(2010, 11, 1), {0: "1960000", 1: "1985000", 3: "1990000"})
    bid = Bid.objects.get(organisation=line.cast.social[0].organisation)
    Bid.objects.filter(pk=bid.pk).update(state="submitted")
    line.act("bid.disqualify", bid, date(2010, 11, 23))
    today("2010-11-23")
    for reader in (line.actor("bid.disqualify"), line.cast.social[0]):
        page = desk(reader).get(url(line, bid)).content.decode()
        assert page.count("不合格</span>") == 2  # its state, and the one item
        assert "信用查询结果载有尚在执行期内的行政处罚" in page
        assert "资质评价表中有一项不合格，投标不进入评分。" in page


def test_nobody_else_finds_the_page(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-12")
    bid = Bid.objects.get(organisation=calling.cast.social[0].organisation)
    assert desk(calling.cast.social[0]).get(url(calling, bid)).status_code == 200
    for other in (calling.cast.social[1], calling.actor("tender.open"), calling.cast.city[0], calling.cast.legal):
        assert other is not None
        assert desk(other).get(url(calling, bid)).status_code == 404
