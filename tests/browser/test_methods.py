"""The other methods of procurement in a browser, from the choice to the contract: what is particular to each is walked
at the pages, what is common to all is done beforehand by the real actions. Each meets one refusal with its article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.kernel.models import Post
from gongyue.ledger.models import Entry
from gongyue.tendering.contents import WRITTEN
from gongyue.tendering.models import Bid, Committee, Method, PanelSeat, Report, Signature, Talk, Tender
from tests.journeys.test_methods import (
    BID,
    FACTORS,
    MAY,
    WORDS,
    appoint,
    contract,
    offers,
    qualify,
    respond,
    score,
    talk,
)
from tests.tendering.shanghai import Town, choice, settle

from .walker import Officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAW, ORDER_74, ORDER_87, REPORT = (
    "《中华人民共和国政府采购法》", "财政部令第74号", "财政部令第87号", "《上海市政府向社会组织购买服务调研报告》",
)  # fmt: skip
PLACE = {"opening_place": "区民政局"}


@dataclass
class Walk:
    """One purchase of 静安区, its people at the browser on the training clock's day, or beside it at ten o'clock."""

    officer: Officer
    town: Town
    names: list[str] = field(default_factory=list)  # of the suppliers

    @classmethod
    def begin(cls, officer: Officer, on: date, yuan: str = "300000") -> Walk:
        """Paid for the day before, with no method chosen yet."""
        clock.advance(on)
        town = settle(date(on.year, 1, 4))
        before = on - timedelta(days=1)
        town.open(before)
        town.budget(before, yuan)
        return cls(officer, town, [post.organisation.name for post in town.social])

    @property
    def page(self) -> Page:
        return self.officer.page

    def does(self, name: str, subject: Any = None, actor: Post | None = None, **data: Any) -> None:
        """The purchaser's clerk, unless somebody else is named."""
        self.officer.does(name, actor or self.town.purchaser, purchase=self.town.purchase, subject=subject, **data)

    def refused(self, name: str, articles: list[str], subject: Any = None, **data: Any) -> None:
        self.officer.refused(
            name, self.town.purchaser, articles, purchase=self.town.purchase, subject=subject, **data
        )  # fmt: skip

    def beside(self, name: str, subject: Any = None, actor: Post | None = None, **data: Any) -> Any:
        """By the real action, at ten of the day that the clock shows."""
        return self.town.act(name, subject, self.today, actor or self.town.purchaser, **data)

    @property
    def today(self) -> date:
        return clock.today()

    @property
    def tender(self) -> Tender:
        found: Tender = self.town.latest(Tender)
        return found

    def bid(self, index: int) -> Bid:
        return Bid.objects.get(tender=self.tender, organisation=self.town.social[index].organisation)

    def calls(self, index: int) -> None:
        """The list of calls as one supplier sees it."""
        self.officer.comes_in(self.town.social[index])
        self.page.goto(f"{self.officer.address}/calls/")

    def answers(self, index: int, yuan: str) -> None:
        """From the list of calls to its own response."""
        self.calls(index)
        self.page.locator("a[href*='/do/bid.submit/new/']").click()
        self.officer.again(price=yuan, **BID)

    def sees(self, post: Post, shown: list[str], hidden: list[str] = (), part: str = "") -> None:  # type: ignore[assignment]
        """What a page of the purchase tells one of its readers, and what it does not."""
        self.officer.comes_in(post)
        self.page.goto(f"{self.officer.address}/purchases/{self.town.purchase.pk}/{part}")  # type: ignore[union-attr]
        for text in shown:
            expect(self.page.locator("main")).to_contain_text(text)
        assert [text for text in hidden if text in self.page.locator("main").inner_text()] == []

    def signs(self, index: int) -> None:
        """The contract as every method has it."""
        assert contract(self.town, self.today).provider == self.town.social[index].organisation
        self.sees(self.town.social[index], ["合同", "已签订"])


@pytest.fixture
def begin(page: Page, live_server, settings, complaints) -> Iterator[Callable[..., Walk]]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    yield lambda on, yuan="300000": Walk.begin(
        Officer(page, live_server.url, None), on, yuan  # type: ignore[arg-type]  # no line: it walks by itself
    )  # fmt: skip
    assert [text for text in complaints if "422" not in text] == []


def chosen(way: str, ground: str, **data: Any) -> dict[str, Any]:
    return {name: value for name, value in choice(way, ground).items() if name != "year_fen"} | data


def test_a_negotiation(begin: Callable[..., Walk]) -> None:
    walk = begin(date(2018, 3, 1))
    town, officer = walk.town, walk.officer
    walk.refused("method.choose", [f"{LAW} 第三十条"], **chosen("negotiation", "failed_tender"))
    officer.again(ground="undefined_spec")
    walk.beside("tender.prepare", **WORDS, **MAY)
    walk.beside("tender.relief", walk.tender, challenge_contact="书面，区民政局采购办")
    appoint(town, walk.today)

    officer.on(date(2018, 3, 5))
    walk.refused("tender.call", [f"{ORDER_74} 第二十九条"], walk.tender, bids_due_at="2018-03-07T09:00", **PLACE)
    officer.again(bids_due_at="2018-03-08T09:00")
    walk.calls(0)
    expect(walk.page.locator(".obligation")).to_contain_text("竞争性谈判")
    respond(town, walk.today, {0: "290000", 1: "280000", 3: "295000"})

    officer.on(date(2018, 3, 8))
    walk.does("tender.receive", walk.tender, attendance="小组三人")
    expect(walk.page.locator(".notes")).to_contain_text("结束谈判（磋商）")
    qualify(town, datetime.combine(walk.today, datetime.min.time().replace(hour=10), clock.LOCAL))

    officer.on(date(2018, 3, 9))
    officer.does(
        "talk.record", town.purchaser, purchase=town.purchase, seed=str(walk.bid(0).pk), content="逐项确认探访次数"
    )
    walk.refused("variation.issue", [f"{ORDER_74} 第三十二条"], text="探访由每月两次改为三次")
    officer.again(confirmed=True)
    walk.sees(town.social[0], ["采购文件变动通知", "退出谈判（磋商）"], [walk.names[1], walk.names[3]])
    talk(town, walk.today)

    officer.on(date(2018, 3, 12))
    walk.does("tender.conclude", walk.tender, offers_due_at="2018-03-13T09:00", representatives="0")
    walk.sees(town.social[0], ["请在 2018-03-13 星期二 09:00 以前提交最后报价"])
    walk.calls(0)
    walk.page.locator("#offers").get_by_role("link", name="提交最后报价").click()
    officer.again(price="270000")
    offers(town, walk.today, {1: "275000", 3: "281000"})
    officer.on(date(2018, 3, 13))
    walk.does("tender.unseal", walk.tender, attendance="小组三人")
    walk.sees(town.social[1], ["275,000.00"], [walk.names[0], "270,000.00", "281,000.00"])
    walk.beside("tender.recommend", walk.tender, report="三家均满足需求")
    officer.on(date(2018, 3, 14))
    walk.does("tender.award", walk.tender)
    expect(walk.page.locator(".notes")).to_contain_text("确定成交供应商")
    walk.sees(town.social[1], ["采购结果", walk.names[0], "成交", "270,000.00"], ["281,000.00", "总分", "中标人"])
    walk.page.goto(f"{officer.address}/projects/{walk.tender.purchase_id}/")
    expect(walk.page.locator("main")).to_contain_text(f"成交供应商 {walk.names[0]}", use_inner_text=True)
    walk.signs(0)


def test_a_consultation(begin: Callable[..., Walk]) -> None:
    walk = begin(date(2018, 3, 1))
    town, officer = walk.town, walk.officer
    walk.refused(
        "method.choose", [f"{REPORT} 具体运作二"], **chosen("consultation", "bought_service")
    )  # fmt: skip
    officer.again(**{"acknowledge-jingan-negotiation": "政府购买服务项目，按磋商办法"})
    walk.does("tender.prepare", **WORDS, **MAY, factors=FACTORS)
    walk.beside("tender.relief", walk.tender, challenge_contact="书面，区民政局采购办")
    appoint(town, walk.today)
    walk.sees(town.purchaser, ["谈判（磋商）小组", "计划人数"], ["评标委员会"], "evaluation/")

    officer.on(date(2018, 3, 2))
    walk.refused("tender.call", ["财库〔2014〕214号 第十条"], walk.tender, bids_due_at="2018-03-09T09:00", **PLACE)
    officer.again(bids_due_at="2018-03-12T09:00")
    respond(town, walk.today, {0: "290000", 1: "280000"})
    officer.on(date(2018, 3, 12))
    walk.beside("tender.receive", walk.tender, attendance="小组三人")
    qualify(town, datetime.combine(walk.today, datetime.min.time().replace(hour=11), clock.LOCAL))
    officer.on(date(2018, 3, 13))
    talk(town, walk.today)
    assert Talk.objects.filter(purchase=town.purchase).count() == 2
    walk.beside("tender.conclude", walk.tender, offers_due_at="2018-03-14T09:00", representatives="0")
    offers(town, walk.today, {0: "200000", 1: "100000"})

    officer.on(date(2018, 3, 14))
    walk.beside("tender.unseal", walk.tender, attendance="小组三人")
    officer.on(date(2018, 3, 15))
    walk.sees(town.purchaser, ["已提交评分的 0 名", f"{LAW} 第四十二条"])
    rows = {str(walk.bid(0).pk): {"2": "75"}, str(walk.bid(1).pk): {"2": "70"}}
    walk.does("sheet.submit", actor=town.experts[0], scores=rows, independent=True)
    score(town, walk.today, {0: "75", 1: "70"}, [town.experts[1], town.reviewer])
    officer.on(date(2018, 3, 16))
    walk.does("tender.recommend", walk.tender, report="按评审因素打分")
    walk.does("tender.award", walk.tender)
    # Half the price of the other's earns twenty points, not ten: 90 against 85. Each is told its own.
    walk.sees(town.social[0], ["采购结果", walk.names[1], "成交", "85.00"], ["90.00"])
    walk.signs(1)


def test_a_single_source(begin: Callable[..., Walk]) -> None:
    """Above the limit of open tenders: consent, publicity, approval by the city's finance bureau, then an agreement."""
    walk = begin(date(2018, 3, 1), "2500000")
    town, officer = walk.town, walk.officer
    named = {"supplier": str(town.social[2].organisation_id)}
    walk.refused("method.choose", [f"{ORDER_74} 第四条"], **chosen("single_source", "only_source", **named))
    officer.again(consent="静府〔2018〕1号")
    experts = [
        {"name": name, "employer": "社会工作学院", "title": "教授", "opinion": "只有该单位有此资质"}
        for name in ("王一", "王二", "王三")
    ]
    publicity = {"began_on": "2018-03-02", "until": "2018-03-06", "outlet": "上海政府采购网", "opinions": experts}
    walk.refused("method.publicise", [f"{ORDER_74} 第三十八条"], town.latest(Method), **publicity)
    officer.again(until="2018-03-09")
    officer.on(date(2018, 3, 12))
    walk.does("method.approve", town.latest(Method), town.city_finance, number="沪财采〔2018〕1号")
    walk.beside("tender.prepare", **(WORDS | {"ceiling": "2500000"}))
    walk.beside("tender.relief", walk.tender, challenge_contact="书面，区民政局采购办")
    walk.beside("tender.call", walk.tender, bids_due_at="2018-03-14T09:00", **PLACE)

    officer.on(date(2018, 3, 13))
    walk.calls(0)
    expect(walk.page.locator("main")).to_contain_text("眼下没有正在征集投标或者响应的项目")
    walk.calls(2)
    expect(walk.page.locator(".obligation")).to_contain_text("只由贵单位响应")
    walk.answers(2, "2480000")
    _agree(walk, date(2018, 3, 14), "2500000.01", "2400000")
    walk.signs(2)


def test_an_entrustment(begin: Callable[..., Walk]) -> None:
    """No law lists it: chosen with a reason, and flagged from then on."""
    walk = begin(date(2012, 3, 1))
    town, officer = walk.town, walk.officer
    named = {"supplier": str(town.social[2].organisation_id)}
    walk.refused("method.choose", [f"{LAW} 第二十六条"], **chosen("entrustment", "function_transfer", **named))
    officer.again(**{"acknowledge-unlisted-method": "职能已经转移，费随事转"})
    walk.beside("tender.prepare", **WORDS)
    walk.beside("tender.call", walk.tender, bids_due_at="2012-03-05T09:00", **PLACE)
    respond(town, walk.today, {2: "298000"})
    _agree(walk, date(2012, 3, 5), "300000.01", "285000")
    assert town.latest(Method).exception
    walk.signs(2)


def _agree(walk: Walk, on: date, dear: str, yuan: str) -> None:
    """The one response is opened and found fit; above the budget nothing is agreed."""
    walk.officer.on(on)
    walk.beside("tender.receive", walk.tender, attendance="采购人员两人")
    qualify(walk.town, datetime.combine(on, datetime.min.time().replace(hour=11), clock.LOCAL))
    walk.officer.on(on + timedelta(days=1))
    record = {
        "held_on": on.isoformat(), "people": [{"name": "王建国", "employer": "区民政局"}], "costs": "人员成本占七成",
        "record": "按月探访，一次支付",
    }  # fmt: skip
    walk.refused("tender.settle", [f"{LAW} 第三十九条"], walk.tender, price_fen=dear, **record)
    walk.officer.again(price_fen=yuan)
    walk.does("tender.award", walk.tender)


def test_an_invited_tender(begin: Callable[..., Walk], tmp_path: Path) -> None:
    walk = begin(date(2018, 2, 1))
    town, officer = walk.town, walk.officer
    walk.refused("method.choose", [f"{REPORT} 具体运作二"], **chosen("invited", "limited_suppliers"))
    officer.again(**{"acknowledge-jingan-negotiation": "供应商有限"})
    factors = [FACTORS[0], FACTORS[1] | {"measures": "服务记录完整"}]
    papers = {
        "conditions": [{"name": "依法登记", "proof": "登记证书"}], "musts": [{"name": "每月探访两次", "least": "两次"}],
        "contract_draft": "按附件", "contents": [{"item": item, "text": "见第五章"} for item in WRITTEN],
    }  # fmt: skip
    walk.beside("tender.draft", **WORDS, factors=factors, **papers)
    officer.on(date(2018, 2, 2))
    record = tmp_path / "抽取记录.pdf"
    record.write_bytes(b"%PDF-1.4\n%%EOF")
    keys = [str(post.organisation_id) for post in town.social]
    drawn = {"source": "library", "candidates": keys, "drawn": keys[:3], "watchers": "2", "record": str(record)}
    walk.refused("tender.invite", [f"{ORDER_87} 第十四条"], walk.tender, **drawn)
    officer.again(source="prequalified")  # the list and the paper chosen are still there
    walk.refused("tender.publish", [f"{LAW} 第三十五条"], walk.tender, bids_due_at="2018-02-12T09:00", **PLACE)
    officer.again(bids_due_at="2018-02-23T09:00")
    expect(walk.page.locator("#tender")).to_contain_text(f"{walk.names[0]}、{walk.names[1]}、{walk.names[2]}")
    walk.calls(4)
    expect(walk.page.locator("main")).to_contain_text("眼下没有正在征集投标或者响应的项目")
    walk.calls(0)
    expect(walk.page.locator(".obligation")).to_contain_text("邀请了贵单位")
    respond(town, walk.today, {0: "290000", 1: "280000", 2: "295000"})
    walk.sees(town.social[0], ["邀请招标"], [*walk.names[1:3], "抽取邀请对象"])
    drawn = Entry.objects.get(action="tender.invite").pk
    proof = f"{officer.address}/purchases/{walk.tender.purchase_id}/entries/{drawn}/proof.json"
    assert walk.page.request.get(proof).status == 404  # it counts them
    officer.comes_in(town.purchaser)
    assert walk.page.request.get(proof).status == 200

    officer.on(date(2018, 2, 23))
    _evaluated(walk)
    officer.on(date(2018, 2, 26))
    walk.does("tender.award", walk.tender)
    walk.sees(town.social[1], ["评标结果", walk.names[0], "中标", "290,000.00"])
    walk.signs(0)


def _evaluated(walk: Walk) -> None:
    """Opened in public, judged by a committee of the pool, with a report that all of it have signed."""
    town = walk.town
    appoint(town, walk.today, 5)
    walk.beside("tender.open", walk.tender, attendance="投标人三家")
    qualify(town, datetime.combine(walk.today, datetime.min.time().replace(hour=10), clock.LOCAL))
    members = [seat.post for seat in PanelSeat.objects.filter(tender=walk.tender).select_related("post").order_by("pk")]
    for post in members:
        walk.beside("signin.sign", actor=post, discipline="on", confidential="on", relation="none")
    walk.beside("committee.lead", town.latest(Committee), leader=str(town.experts[0].pk))
    score(town, walk.today, {0: "80", 1: "70", 2: "60"}, members)
    walk.beside("tender.score", walk.tender)
    walk.beside("evalreport.draft", medium="不公开征集", situation="全体成员独立评审")
    for signature in Signature.objects.filter(purchase=town.purchase).select_related("post"):
        walk.beside("signature.give", signature, signature.post, stand="agree")
    walk.beside("evalreport.sign", town.latest(Report))
