"""凭单, 公益创投 at a browser: issued, shown to the provider that was chosen, refused a second time; several chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.delivery.models import Voucher
from gongyue.kernel.models import Post
from gongyue.tendering.models import Tender
from tests.chengdu import Chengdu, chengdu
from tests.delivery.test_vouchers import CLIENT, SCHEME, pay
from tests.journeys.test_venture import reviewed
from tests.vouchers import framed

from .test_planning import Officer, fits

__all__ = ["chengdu"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Begins = Callable[[date], Officer]


@pytest.fixture
def begins(page: Page, live_server: Any, settings: Any) -> Begins:
    """Somebody at the browser, from a day on."""

    def begin(on: date) -> Officer:
        settings.GONGYUE_DEMONSTRATION = True
        clock.advance(on)
        return Officer(page, live_server.url, None)  # type: ignore[arg-type]  # no line: it walks by itself

    return begin


@pytest.mark.clause("CD-19b")
def test_a_voucher_from_the_scheme_to_the_provider_of_choice(
    chengdu: Chengdu, begins: Begins, phone: Page, complaints: list[str]
) -> None:
    framed(chengdu)
    officer, purchase = begins(date(2018, 5, 2)), chengdu.purchase
    assert purchase is not None
    page, writer, (one, two, _out) = officer.page, chengdu.writer, chengdu.social
    officer.does("voucherscheme.set", writer, purchase=purchase, **SCHEME)
    officer.opens("voucher.issue", purchase)
    officer.fills(CLIENT | {"met": ["1"]})
    officer.sends()
    assert officer.articles() == ["成财采〔2017〕143号 第十九条"]
    officer.fills({"met": ["2"]})
    officer.sends()
    expect(page.locator(".notes .tone-jade")).to_contain_text("已办理")
    voucher = Voucher.objects.get()
    page.goto(f"{officer.address}/purchases/{purchase.pk}/list/voucher/")
    page.get_by_role("link", name=voucher.number).click()
    expect(page.locator("main")).to_contain_text("2018年12月31日")
    expect(page.locator("main")).not_to_contain_text(CLIENT["name"])

    officer.on(date(2018, 5, 10))
    officer.does("redemption.record", two, purchase=purchase, **pay(voucher))
    officer.comes_in(one)
    officer.opens("redemption.record", purchase)
    officer.fills(pay(voucher))
    officer.sends()
    assert officer.refusals() == ["不能办理：这张凭单已经核销过，一张凭单只能支付一次。"]
    page.goto(f"{officer.address}/purchases/{purchase.pk}/list/voucher/")
    expect(page.locator("main")).not_to_contain_text(voucher.number)
    phone.context.add_cookies(page.context.cookies())
    phone.goto(f"{officer.address}/purchases/{purchase.pk}/vouchers/")
    expect(phone.locator("#vouchers")).to_contain_text(two.organisation.name)
    expect(phone.locator("#vouchers")).to_contain_text("120.00")
    assert fits(phone)
    assert [text for text in complaints if "422" not in text] == []


@pytest.mark.clause("SH-2.2b")
def test_a_venture_call_chooses_several_and_tells_who_lost(begins: Begins, complaints: list[str]) -> None:
    town = reviewed()
    officer, purchase = begins(date(2012, 3, 26)), town.purchase
    assert purchase is not None
    page, tender = officer.page, town.latest(Tender)
    officer.comes_in(town.purchaser)
    officer.opens("tender.award", purchase, subject=tender)
    expect(page.locator("main")).to_contain_text("评审立项")
    officer.fills({"places": "4"})
    officer.sends()
    assert "超过本次征集的资金" in officer.refusals()[0]
    officer.fills({"places": "2"})
    officer.sends()
    expect(page.locator(".notes .tone-jade")).to_contain_text("已办理")
    seeds = [_chosen(town.social[index]) for index in (0, 1)]
    for number, seed in enumerate(seeds):
        given = {"number": f"立项{number}", "sent_on": "2012-03-26"}
        officer.does("awardnotice.send", town.purchaser, purchase=purchase, seed=seed, **given)
    officer.comes_in(town.social[3])
    officer.reads(purchase)
    own = page.locator("#tender tr", has_text="本机构").last
    expect(own).to_contain_text("60.00")
    expect(page.locator("#tender").get_by_text("入选", exact=True)).to_have_count(2)
    assert [text for text in complaints if "422" not in text] == []


def _chosen(post: Post) -> str:
    return str(post.organisation_id)
