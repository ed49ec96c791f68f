"""Two lives in a browser that go another way: money that comes back, and a mode-two street beside a mode-one one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.budget.models import Fund
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import claimed
from gongyue.kernel.models import Obligation, Purchase
from gongyue.payments.models import Breach, Claim, Refund
from gongyue.programmes.models import OperatorEntity, StaffTransfer
from tests.town import DISTRICT, build

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PROCEDURE, SCHEME = "穗民〔2010〕320号附件1", "穗民〔2010〕213号"
TWO = "440113", "桥南街"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def walker(page: Page, line: Line, live_server, settings) -> Iterator[Walker]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    yield Walker(page, live_server.url, line)


@pytest.fixture
def both(page: Page, live_server, settings) -> Iterator[tuple[Walker, Walker]]:  # type: ignore[no-untyped-def]
    """A town of two districts: a street of mode two and one of mode one."""
    settings.GONGYUE_DEMONSTRATION = True
    call_command("flush", interactive=False, verbosity=0)
    cast = build(districts=[DISTRICT, TWO[0]])
    lines = Line(cast, *TWO), Line(cast, DISTRICT, "广卫街")
    yield Walker(page, live_server.url, lines[0]), Walker(page, live_server.url, lines[1])


@pytest.mark.clause("GZ-P-3.3.3c")
def test_a_street_that_ends_in_recovery(walker: Walker, complaints: list[str]) -> None:
    """The provider does not perform: what was paid and not accepted comes back in the ratio of the payers, and each
    half is watched until it is there."""
    line, cast = walker.line, walker.line.cast
    claimed(line, day("2010-09-15"))
    line.pay(line.latest(Claim), day("2010-11-08"))
    purchase, handler = line.purchase, cast.bureaus[line.district][0]
    finance, city_finance = cast.finances[line.district], cast.city_finance
    assert city_finance is not None
    paid = {fund.payer_id: fund.paid_fen for fund in Fund.objects.filter(purpose="programme")}

    walker.on(day("2011-03-01"))
    walker.does("breach.open", handler, purchase=purchase)
    case = line.latest(Breach)
    walker.comes_in(handler)
    _shows(walker, purchase, "money", f"{PROCEDURE} 三(三)3")
    walker.does("breach.state", line.actor("breach.state"), purchase=purchase, subject=case)
    walker.on(day("2011-03-10"))
    walker.does("breach.decide", handler, purchase=purchase, subject=case)

    # 792 000 paid, half by each; 500 000 accepted: 292 000 come back, 146 000 to each payer.
    owed = Refund.objects.filter(purchase=purchase).order_by("pk")
    assert sorted((row.payer.name, row.amount_fen) for row in owed) == [
        ("广州市财政局", 14_600_000), ("越秀区财政局", 14_600_000),
    ]  # fmt: skip
    walker.comes_in(line.actor("claim.submit"))
    walker.page.goto(f"{walker.address}/purchases/{purchase.pk}/money/")
    expect(walker.page.locator("main")).to_contain_text("146,000.00")

    walker.on(day("2011-04-20"))
    for payer in (finance, city_finance):
        walker.comes_in(payer)
        walker.page.goto(f"{walker.address}/desk/")
        expect(walker.page.locator(".obligation", has_text=purchase.title).first).to_be_visible()
        walker.does("refund.receive", payer, purchase=purchase, subject=owed.get(payer=payer.organisation))
        fund = Fund.objects.get(payer=payer.organisation, purpose="programme")
        assert fund.paid_fen == paid[payer.organisation_id] - 14_600_000
    assert set(owed.values_list("state", flat=True)) == {"received"}
    assert not Obligation.objects.filter(purchase=purchase, action="refund.receive", is_open=True).exists()
    assert complaints == []


@pytest.mark.clause("GZ-S-3.2a", "GZ-S-3.2b", "GZ-P-5.1")
def test_what_differs_in_a_mode_two_street(both: tuple[Walker, Walker], complaints: list[str]) -> None:
    """It may found its own operator and take in staff of the old centre, and says whom that concerns; only what it
    buys goes to tender. The same steps are refused in mode one, with the article."""
    two, one = both
    line = two.line
    street, handler = line.cast.streets[line.street.pk], line.cast.bureaus[line.district][0]
    clock.advance(day("2010-08-06"))
    two.comes_in(street)
    two.opens("purchase.open", None)
    two.fills({"title": "桥南街家庭综合服务中心"})
    two.page.locator("form[data-draft-url] [name='bought']").uncheck()
    two.fills({"scope": "project"})
    two.sends()
    expect(two.page.locator(".notes .tone-jade")).to_contain_text("已办理")
    purchase = Purchase.objects.get(division=line.street)
    line._purchase = purchase
    assert (purchase.mode, purchase.bought) == ("two", False)
    two.reads(purchase)
    expect(two.page.locator(".page-note").first).to_contain_text("模式二")

    # Its own operator, founded and supervised by the street itself: said as a conflict, and kept with the reason.
    two.on(day("2010-08-23"))
    two.opens("entity.record", purchase)
    paper = two.paper("entity.record", street, purchase, None, "")
    reason = paper.pop("acknowledge-founder-supervises")
    two.fills(paper)
    two.sends()
    expect(two.page.locator(".finding .cite").first).to_contain_text(f"{SCHEME} 三模式二")
    assert OperatorEntity.objects.count() == 0
    two.page.locator("[name='acknowledge-founder-supervises']").fill(reason)
    two.sends()
    expect(two.page.locator(".notes .tone-jade")).to_contain_text("已办理")
    assert OperatorEntity.objects.get(purchase=purchase).conflict
    two.does("transfer.record", street, purchase=purchase)
    two.does("secondment.begin", street, purchase=purchase)

    # Not bought, so nothing to tender under the norm, which is assumed to bind from the last day of August.
    two.on(day("2010-09-06"))
    two.comes_in(handler)
    _shows(two, purchase, "", f"{PROCEDURE} 五第1款")

    # The same in mode one.
    line = one.line
    street = line.cast.streets[line.street.pk]
    other = line.open(day("2010-09-03"))
    one.comes_in(street)
    one.page.goto(f"{one.address}/purchases/{other.pk}/")
    expect(one.page.locator(".page-note").first).to_contain_text("模式一")
    _shows(one, other, "founding", f"{SCHEME} 三模式二")
    one.does("transfer.record", street, purchase=other, posts="6", staff="5", placements=[])
    _shows(one, other, "founding", f"{SCHEME} 三模式一")
    assert line.latest(StaffTransfer).state == "recorded"
    assert [text for text in complaints if "422" not in text] == []  # a page that comes back with a warning


def _shows(walker: Walker, purchase: Purchase, section: str, article: str) -> None:
    """Among what stands in the way on this part of the purchase's page is this article."""
    walker.page.goto(f"{walker.address}/purchases/{purchase.pk}/{section and section + '/'}")
    expect(walker.page.locator("main")).to_contain_text(article)
