"""An evaluation in a browser: experts drawn outside procurement, one replaced, totals checked again, the report signed
and had as a file; and a visitor who draws again from what is public."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post, Purchase
from gongyue.tendering.models import Bid, Committee, PanelSeat, Report, ScoreSheet, Signature, SignIn, Tender
from tests.tendering.conftest import POINTS, budgeted, scores
from tests.tendering.evaluating import officers, unseated

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIGNED = {"discipline": True, "confidential": True}


@pytest.fixture
def walker(page: Page, line: Line, live_server, settings) -> Iterator[Walker]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2010, 8, 3))
    unseated(budgeted(line))
    Purchase.objects.filter(pk=line.purchase.pk).update(bought=False)
    clock.advance(date(2018, 4, 4))
    yield Walker(page, live_server.url, line)


class Evaluation:
    """What the people of it do, each at the browser."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.line, self.purchase = walker, walker.line, walker.line.purchase
        self.officer = officers(walker.line)[0]

    def does(self, name: str, actor: Post, subject: Any = None, **data: Any) -> None:
        self.walker.does(name, actor, purchase=self.purchase, subject=subject, **data)

    @property
    def committee(self) -> Committee:
        found: Committee = self.line.latest(Committee)
        return found

    @property
    def members(self) -> list[Post]:
        rows = PanelSeat.objects.filter(tender=self.line.latest(Tender), left_at=None).order_by("pk")
        return [row.post for row in rows.select_related("post__organisation", "post__person")]

    def signs_in(self, post: Post) -> None:
        self.walker.comes_in(post)
        self.walker.opens("signin.sign", self.purchase)
        self.walker.fills(SIGNED)
        self.walker.page.locator("[name='relation'][value='none']").check()
        self.walker.sends()
        expect(self.walker.page.locator(".notes .tone-jade")).to_contain_text("已办理")

    def scores(self, post: Post) -> None:
        self.does("sheet.submit", post, scores=scores(self.line), independent=True)


def test_an_evaluation_from_the_draw_to_the_visitor_who_repeats_it(
    walker: Walker, page: Page, tmp_path: Path, complaints: list[str]
) -> None:
    one = Evaluation(walker)
    officer, line = one.officer, one.line
    one.does(
        "committee.form", officer, size="3", experts="2", way="own", representatives=[str(officer.pk)],
        beacon="福利彩票双色球第2018037期开奖号码", beacon_on="2018-04-05",
    )  # fmt: skip
    clock.advance(date(2018, 4, 5))
    one.does("committee.seat", officer, one.committee, witness="7391", attendance="区财政局监督人员一名。")
    for post in one.members:
        one.signs_in(post)
    first, second = [post for post in one.members if post != officer]
    one.does("committee.lead", officer, one.committee, leader=str(first.pk))
    for post in one.members:
        one.scores(post)

    # One of them turns out to be a bidder's relation: replaced from the reserve, who signs in and scores.
    walker.comes_in(second)
    walker.opens("signin.recuse", one.purchase, subject=SignIn.objects.get(post=second))
    page.locator("[name='relation'][value='family']").check()
    walker.fills({"reason": "配偶在投标单位任职。"})
    walker.sends()
    expect(page.locator(".notes .tone-jade")).to_contain_text("已办理")
    successor = Post.objects.select_related("person", "organisation").get(pk=one.committee.reserves[0])
    told = {"leaver": str(second.pk), "cause": "recused", "reason": "已回避。", "successor": str(successor.pk)}
    one.does("committee.replace", officer, one.committee, **told)
    one.signs_in(successor)
    one.scores(successor)
    one.does("tender.score", officer, line.latest(Tender))

    # A total is checked again, and one sheet goes back.
    one.does("tender.recheck", officer, line.latest(Tender), ground="extreme", found="业绩一项评分畸低。")
    sheet = ScoreSheet.objects.get(post=first)
    bid = Bid.objects.get(tender=line.latest(Tender), organisation=line.cast.social[0].organisation)
    one.does("sheet.recall", officer, sheet, cells=[f"{bid.pk}:3"], what="“以往业绩”一项。")
    better = POINTS | {0: ("35", "24", "18")}
    one.does("sheet.correct", first, sheet, scores=scores(line, better), independent=True)
    one.does("tender.score", officer, line.latest(Tender))

    # The report is written, signed by each, closed and had as files.
    one.does("evalreport.draft", officer, medium="广州市政府采购网", situation="全体成员独立评审。")
    for post in one.members:
        one.does("signature.give", post, Signature.objects.get(post=post), stand="agree")
    one.does("evalreport.sign", officer, line.latest(Report))
    walker.page.goto(f"{walker.address}/purchases/{one.purchase.pk}/evaluation/")
    page.locator("#report").get_by_role("link", name="查看").click()
    expect(page.locator(".prose")).to_contain_text("九、成员签署")
    for ending in ("Word", "PDF"):
        with page.expect_download() as download:
            page.get_by_role("link", name=ending, exact=True).click()
        download.value.save_as(tmp_path / ending)
    assert (tmp_path / "Word").read_bytes()[:2] == b"PK"
    assert (tmp_path / "PDF").read_bytes()[:5] == b"%PDF-"

    # After the award the seed is opened, and a visitor draws again.
    page.goto(f"{walker.address}/projects/{one.purchase.pk}/draw/")
    expect(page.locator("h1")).to_have_text("没有这个页面")
    one.does("tender.award", officer, line.latest(Tender))
    one.does("committee.open", officer, one.committee)
    page.context.clear_cookies()
    page.goto(f"{walker.address}/projects/{one.purchase.pk}/draw/")
    expect(page.get_by_text("与封存的名单和种子一致")).to_be_visible()
    expect(page.locator("tbody")).to_contain_text(first.person.name)
    data = json.loads(page.request.get(f"{walker.address}/projects/{one.purchase.pk}/draw.json").text())
    proof = json.loads(page.request.get(f"{walker.address}/projects/{one.purchase.pk}/draw/proof.json").text())
    assert hashlib.sha256(data["seed"].encode()).hexdigest() == data["seed_sha256"]
    assert f'"seed_sha256":"{data["seed_sha256"]}"' in proof["text"]
    assert f'"pool_sha256":"{hashlib.sha256(chr(10).join(data["pool"]).encode()).hexdigest()}"' in proof["text"]
    key = f"{data['seed']}:{data['witness']}".encode()
    order = sorted(data["pool"], key=lambda text: hmac.new(key, text.encode(), hashlib.sha256).hexdigest())
    assert order[:2] == [f"expert-{post.pk}" for post in (first, second)] or set(order[:2]) == {
        f"expert-{first.pk}", f"expert-{second.pk}",
    }  # fmt: skip
    assert order[2] == f"expert-{successor.pk}"
    assert Bid.objects.filter(purchase=one.purchase, state="qualified").count() == 3
    assert [text for text in complaints if "404" not in text] == []
