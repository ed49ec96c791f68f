"""密封投标 in browsers: keys made by their holders, bids sealed by their bidders, an early attempt refused, the opening
with two keys while the third is lost."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import PUBLIC
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Draft, Refused
from gongyue.tendering import sealing
from gongyue.tendering.models import Bid, BidPaper, KeyHolder, SealedBid, Tender
from tests.tendering.conftest import budgeted

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPHRASE = "紫荆花开 2010"
PLAN = "上门评估，逐户建档，每季复核。"


@pytest.fixture
def walker(page: Page, line: Line, live_server, settings, tmp_path: Path) -> Iterator[Walker]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    settings.MEDIA_ROOT = str(tmp_path / "media")
    clock.advance(date(2010, 8, 3))
    yield Walker(page, live_server.url, line)


def takes_key(walker: Walker, name: str, folder: Path) -> Path:
    """Makes a key on the page and registers its public half; the file is what the browser saved."""
    walker.comes_in(story.holder(walker.line, name))
    walker.opens("keyholder.take", walker.line.purchase)
    page = walker.page
    page.locator("[data-passphrase]").first.fill(PASSPHRASE)
    page.locator("[data-passphrase]").nth(1).fill(PASSPHRASE)
    with page.expect_download() as saved:
        page.locator("[data-make]").click()
    expect(page.locator("[data-sealing-key] [data-status]")).to_contain_text("钥匙已生成")
    page.locator("[name='kept']").check()
    walker.sends()
    expect(page.locator(".notes .tone-jade")).to_contain_text("已办理")
    file = folder / f"{name}.age"
    saved.value.save_as(file)
    return file


def seals(walker: Walker, index: int, price: str, papers: list[Path], folder: Path) -> Path:
    """Fills the page, seals and hands in; what comes back is the bidder's own copy."""
    page, purchase = walker.page, walker.line.purchase
    walker.comes_in(walker.line.cast.social[index])
    page.goto(f"{walker.address}/do/bid.submit/new/?purchase={purchase.pk}")
    for part, text in (("price", price), ("plan", PLAN), ("fund_rules", "专账核算。"), ("profile", "承接过四个项目。")):
        page.locator(f"[data-part='{part}']").fill(text)
    page.locator("[data-part='files']").set_input_files(papers)
    page.locator("[name='truthful']").check()
    with page.expect_download() as saved:
        walker.sends()
    expect(page.locator(".notes .tone-jade")).to_contain_text("已办理“投标”", timeout=30_000)
    copy = folder / f"own-{index}.tar"
    saved.value.save_as(copy)
    return copy


def uses_key(walker: Walker, name: str, file: Path) -> None:
    walker.comes_in(story.holder(walker.line, name))
    page = walker.page
    page.goto(f"{walker.address}/purchases/{walker.line.purchase.pk}/opening/")
    page.locator("#hall-key").set_input_files(file)
    page.locator("#hall-phrase").fill(PASSPHRASE)
    page.locator("[data-use]").click()


def test_two_bidders_seal_and_two_of_three_keys_open(walker: Walker, complaints: list[str], tmp_path: Path) -> None:
    line, page = budgeted(walker.line), walker.page
    line.act("tender.draft", None, date(2010, 10, 15))
    line.act("tender.brief", line.latest(Tender), date(2010, 10, 20))
    walker.on(date(2010, 11, 5))

    keys = {name: takes_key(walker, name, tmp_path) for name in ("purchaser", "city_bureau")}
    assert [file.read_bytes()[:21] for file in keys.values()] == [b"age-encryption.org/v1"] * 2
    assert not any("AGE-SECRET" in row for row in KeyHolder.objects.values_list("recipient", flat=True))
    street = story.holder(line, "street_office")
    line.act("keyholder.take", None, clock.now(), actor=street, recipient=PUBLIC["street_office"], kept=True)
    purchaser = story.holder(line, "purchaser")
    walker.does("tender.seal", purchaser, purchase=line.purchase, subject=line.latest(Tender), threshold="2")
    line.act("tender.appoint", line.latest(Tender), clock.now())
    line.act("tender.publish", line.latest(Tender), clock.now())

    walker.on(date(2010, 11, 10))
    papers = [tmp_path / f"附件{number}.bin" for number in (1, 2)]
    for number, paper in enumerate(papers):
        paper.write_bytes(bytes([number]) * 1_500_000)
    copy = seals(walker, 0, "1,973,456.78", papers, tmp_path)
    seals(walker, 1, "1950000", [], tmp_path)
    story.hand_in(line, line.cast.social[3], clock.now(), "1990000")
    assert list(Bid.objects.values_list("unread", "price_fen", "plan")) == [(True, None, "")] * 3
    assert [text for text in Draft.objects.values_list("data", flat=True) if PLAN in str(text)] == []
    with tarfile.open(copy) as files:
        receipt = files.extractfile("receipt.json")
        assert receipt is not None
        first = SealedBid.objects.order_by("pk")[0]
        assert sealing.digest(receipt.read()) == first.receipt_digest
        assert {"envelopes/price", "envelopes/file_02"} <= set(files.getnames())

    walker.comes_in(line.cast.social[0])
    page.goto(f"{walker.address}/purchases/{line.purchase.pk}/bids/{first.bid.pk}/")
    page.locator("#own-copy").set_input_files(copy)
    page.locator("[data-check]").click()
    expect(page.locator("[data-own-copy] [data-status]")).to_contain_text("相符：文件里的 7 件内容")
    spoilt = tmp_path / "spoilt.tar"
    spoilt.write_bytes(copy.read_bytes().replace(PLAN.encode(), PLAN.replace("季", "年").encode()))
    page.locator("#own-copy").set_input_files(spoilt)
    page.locator("[data-check]").click()
    expect(page.locator("[data-own-copy] [data-status]")).to_contain_text("有内容与回执不符")

    early = walker.page.context.request.get(f"{walker.address}/purchases/{line.purchase.pk}/opening/state.json")
    assert early.status == 409  # a part in the opening, and too early
    walker.comes_in(purchaser)
    page.goto(f"{walker.address}/do/tender.open/{line.latest(Tender).pk}/")
    expect(page.locator(".finding").first).to_contain_text("投标截止时间")
    outcome = line_attempt(line)
    assert outcome == ["opening-after-deadline"]
    assert Refused.objects.filter(action="tender.open").count() == 1

    line.act("keyholder.lose", story.key_of(line, "street_office"), clock.now(), actor=street, reason="优盘损坏。")
    walker.on(date(2010, 11, 27))
    walker.does("tender.open", purchaser, purchase=line.purchase, subject=line.latest(Tender))
    uses_key(walker, "purchaser", keys["purchaser"])  # its turn comes after the city's
    expect(page.locator("[data-hall] [data-status]")).to_contain_text("正在等待：广州市民政局")
    uses_key(walker, "city_bureau", keys["city_bureau"])
    expect(page.locator("[data-hall] [data-status]")).to_contain_text("正在等待：越秀区民政局")
    assert SealedBid.objects.exclude(identity="").count() == 0
    uses_key(walker, "purchaser", keys["purchaser"])
    expect(page.locator("[data-hall] [data-status]")).to_contain_text("全部处理完毕", timeout=30_000)
    assert list(Bid.objects.order_by("pk").values_list("unread", "price_fen")) == [
        (False, 197_345_678), (False, 195_000_000), (False, 199_000_000),
    ]  # fmt: skip
    assert {(paper.name, paper.size) for paper in BidPaper.objects.filter(bid=first.bid)} == {
        ("附件1.bin", 1_500_000), ("附件2.bin", 1_500_000),
    }  # fmt: skip
    opening = line.purchase.pk
    page.wait_for_url(f"**/purchases/{opening}/opening/")
    walker.does("opening.read", purchaser, purchase=line.purchase, subject=first.bid.tender.opening)
    expect(page.locator("#record")).to_contain_text("1,973,456.78")
    hints = ("404", "Multiple forms", "Password forms", "same form")  # of the browser, about fields that hold no login
    assert [said for said in complaints if not any(hint in said for hint in hints)] == []


def line_attempt(line: Line) -> list[str]:
    """What the button does before the deadline, and what is kept of it."""
    from tests.tendering.conftest import attempt, objections

    return objections(attempt(line, "tender.open", line.latest(Tender), clock.now()))
