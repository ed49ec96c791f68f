"""A bid's own page: whole for those who may read it, and nothing at all for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import opened
from gongyue.kernel.models import Post
from gongyue.tendering.models import Bid, Ranking, Tender
from gongyue.tendering.scoring import shown

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


# --- the evaluation, from Order 87 on -------------------------------------------------------------------------------

THEN = datetime(2018, 4, 4, 10, tzinfo=LOCAL)


def begun(line: Line, name: str, **data: object) -> None:
    """An act on the bid of the first of the cast."""
    bid = Bid.objects.get(organisation=line.cast.social[0].organisation)
    line.act(name, None, THEN, seed=str(bid.pk), **data)


def test_a_bid_page_shows_what_was_asked_and_where_to_ask(judging: Line, desk: Desk, today: Today) -> None:
    bid = Bid.objects.get(organisation=judging.cast.social[0].organisation)
    reader = judging.actor("tender.score")
    today("2010-11-24")
    assert 'id="matters"' not in desk(reader).get(url(judging, bid)).content.decode()
    today("2018-04-04")
    page = desk(reader).get(url(judging, bid)).content.decode()
    assert page.count("没有要求确认或者说明的事项。") == 1
    assert f"?purchase={judging.purchase.pk}&amp;seed={bid.pk}" in page
    assert ">修正报价</a>" in page and ">要求说明报价</a>" in page
    pages = SimpleUploadedFile("报价表.pdf", b"%PDF-1.4\n%%EOF")
    begun(judging, "correction.ask", words="2060000", reason="大写为二百零六万元。", paper=pages)
    begun(judging, "explanation.ask", minutes=60, reason="人力成本过低。")
    for who in (reader, judging.cast.social[0]):
        page = desk(who).get(url(judging, bid)).content.decode()
        assert ">修正报价</a>" not in page and ">要求说明报价</a>" not in page
        for words in ("大写金额与小写金额不一致的，以大写金额为准", "2,060,000.00", "人力成本过低。", "待投标人确认"):
            assert words in page
    other = judging.cast.social[1]
    assert desk(other).get(url(judging, bid)).status_code == 404
    assert "待投标人确认" not in desk(other).get(f"/purchases/{judging.purchase.pk}/supervision/").content.decode()


def test_its_bidder_reads_why_a_bid_is_void_and_not_who_disagreed(judging: Line, desk: Desk, today: Today) -> None:
    bid = Bid.objects.get(organisation=judging.cast.social[0].organisation)
    said = {
        "ground": "same_person",
        "others": "另一家机构",
        "reason": "两份文件的项目主管同名同号。",
        "dissent": "证据不足。",
    }
    judging.act("bid.invalidate", bid, THEN, **said)
    today("2018-04-04")
    own = desk(judging.cast.social[0]).get(url(judging, bid)).content.decode()
    officer = desk(judging.actor("tender.score")).get(url(judging, bid)).content.decode()
    for page in (own, officer):
        assert "视为串通：项目管理成员或者联系人员为同一人" in page and "两份文件的项目主管同名同号。" in page
    assert ("证据不足。" in own, "证据不足。" in officer) == (False, True)


def test_a_bidder_reads_its_own_score_after_the_award(judging: Line, desk: Desk, today: Today) -> None:
    for expert in judging.cast.experts[: judging.latest(Tender).panel_size]:
        judging.act("sheet.submit", None, THEN, actor=expert)
    judging.act("tender.score", judging.latest(Tender), THEN)
    bid = Bid.objects.get(organisation=judging.cast.social[1].organisation)
    today("2018-04-04")
    reader = desk(judging.cast.social[1])
    assert "本机构的评审得分与排序" not in reader.get(url(judging, bid)).content.decode()
    judging.act("tender.award", judging.latest(Tender), THEN)
    today("2018-04-05")
    page = reader.get(url(judging, bid)).content.decode()
    ranked = Ranking.objects.get(bid=bid)
    assert f"<dt>总分</dt><dd>{shown(ranked.total)}</dd></div><div><dt>名次</dt><dd>{ranked.rank}</dd>" in page
    line = reader.get(f"/purchases/{judging.purchase.pk}/").content.decode()
    other = Ranking.objects.exclude(bid=bid).exclude(bid=judging.latest(Tender).winner).get()
    assert (shown(ranked.total) in line, shown(other.total) in line) == (True, False)


def test_leads_are_shown_to_those_who_judge_alone(judging: Line, desk: Desk, today: Today) -> None:
    """1 960 000, 1 985 000 and then 2 010 000: each 25 000 more."""
    bid = Bid.objects.get(organisation=judging.cast.social[0].organisation)
    today("2010-11-24")
    officer = judging.actor("tender.score")
    assert 'id="traits"' not in desk(officer).get(url(judging, bid)).content.decode()
    Bid.objects.filter(organisation=judging.cast.social[3].organisation).update(price_fen=201_000_000)
    page = desk(officer).get(url(judging, bid)).content.decode()
    assert (
        f"<li>各家报价等差：{judging.cast.social[1].organisation}、{judging.cast.social[3].organisation}</li>" in page
    )
    assert 'id="traits"' not in desk(judging.cast.social[0]).get(url(judging, bid)).content.decode()
