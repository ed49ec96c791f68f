"""Whole purchases in a browser: one from its plan to the second-year agreement, one against ten refusals, one past a
deadline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.assessment.models import Assessment, Evaluation
from gongyue.budget.models import PlanItem, Share
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import filed, funds
from gongyue.kernel.models import Post, Purchase
from gongyue.needs.models import NeedsAssessment, ServiceProposal
from gongyue.payments.models import Claim, Payment
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Bid, Tender

from .walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def walker(page: Page, line: Line, live_server, settings) -> Iterator[Walker]:  # type: ignore[no-untyped-def]
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(day("2010-08-03"))
    yield Walker(page, live_server.url, line)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_from_the_plan_to_the_second_year_agreement(walker: Walker, complaints: list[str]) -> None:
    """One mode-one street, every step by the account that holds the capacity."""
    line = walker.line
    cast = line.cast
    street, city, head = cast.streets[line.street.pk], cast.city[0], cast.city[1]
    handler, reviewer = cast.bureaus[line.district]
    finance, city_finance = cast.finances[line.district], cast.city_finance
    assert city_finance is not None and cast.evaluator is not None

    walker.on(day("2010-08-06"))
    walker.does("purchase.open", street, purchase=None)
    purchase = Purchase.objects.get(division=line.street)
    line._purchase = purchase
    walker.does("needs.start", street, purchase=purchase)
    walker.on(day("2010-08-18"))
    walker.does("needs.conclude", street, purchase=purchase, subject=line.latest(NeedsAssessment))
    walker.does("inventory.record", street, purchase=purchase)
    walker.does("service_proposal.submit", street, purchase=purchase)
    walker.does("service_proposal.argue", street, purchase=purchase, subject=line.latest(ServiceProposal))
    walker.does("implementation.submit", street, purchase=purchase)
    plan = line.latest(ImplementationPlan)
    walker.does("item.propose", street, purchase=purchase)
    walker.on(day("2010-08-25"))
    walker.does("implementation.review", reviewer, purchase=purchase, subject=plan)
    walker.does("item.approve", finance, purchase=purchase, subject=line.latest(PlanItem))
    for payer in (finance, city_finance):
        share = Share.objects.get(purchase=purchase, payer=payer.organisation)
        walker.does("share.commit", payer, purchase=purchase, subject=share)
    walker.does("authority.record", handler, purchase=purchase)
    walker.does("standardgroup.record", handler, purchase=purchase)
    walker.does("tender.draft", handler, purchase=purchase)
    tender = line.latest(Tender)
    walker.does("tender.brief", handler, purchase=purchase, subject=tender)
    walker.on(day("2010-09-15"))
    walker.does("implementation.approve", head, purchase=purchase, subject=plan)
    walker.does("tender.appoint", handler, purchase=purchase, subject=tender)
    walker.does("tender.publish", handler, purchase=purchase, subject=tender)
    walker.on(day("2010-09-30"))
    for number, price in ((0, "1980000"), (1, "1950000"), (3, "1990000")):
        _bids(walker, purchase, cast.social[number], price)
    walker.on(day("2010-10-07"))
    walker.does("tender.open", handler, purchase=purchase, subject=tender)
    for bid in Bid.objects.filter(tender=tender):
        walker.does("bid.qualify", handler, purchase=purchase, subject=bid)
    for expert in cast.experts[:3]:
        walker.does("sheet.submit", expert, purchase=purchase)
    walker.does("tender.score", handler, purchase=purchase, subject=tender)
    walker.does("tender.award", handler, purchase=purchase, subject=tender)
    walker.on(day("2010-10-12"))
    walker.does("contract.draft", handler, purchase=purchase)
    contract = line.latest(Contract)
    walker.does("contract.approve", reviewer, purchase=purchase, subject=contract)
    provider = line.actor("contract.accept")
    walker.does("contract.accept", provider, purchase=purchase, subject=contract)
    walker.does("contract.sign", handler, purchase=purchase, subject=contract)
    walker.does("contract.copy_finance", handler, purchase=purchase, subject=contract)
    walker.does("contract.file", city, purchase=purchase, subject=contract)

    _instalment(walker, purchase, 1, day("2010-11-05"))
    walker.on(day("2011-04-26"))
    walker.does("assessment.open", city, purchase=purchase, seed="midterm")
    walker.does("assessment.conclude", cast.evaluator, purchase=purchase, subject=line.latest(Assessment))
    _instalment(walker, purchase, 2, day("2011-04-27"))

    paid = Payment.objects.filter(purchase=purchase, state="paid").order_by("pk")
    assert [(p.payer.name, p.amount_fen) for p in paid] == [
        ("广州市财政局", 39_600_000), ("越秀区财政局", 39_600_000),
        ("广州市财政局", 39_600_000), ("越秀区财政局", 39_600_000),
    ]  # fmt: skip
    walker.comes_in(street)
    walker.reads(purchase)
    expect(walker.page.locator("main")).to_contain_text("第 2 期")

    _year_ends(walker, purchase, contract)
    _goes_on(walker, purchase, contract)
    assert complaints == []


def _year_ends(walker: Walker, purchase: Purchase, contract: Contract) -> None:
    """The year-end assessment and its instalment; then the centre as a whole: go on."""
    line, cast = walker.line, walker.line.cast
    city, handler = cast.city[0], cast.bureaus[line.district][0]
    assert cast.evaluator is not None
    walker.on(day("2011-10-20"))
    walker.does("assessment.open", city, purchase=purchase, seed="yearend")
    walker.does("assessment.conclude", cast.evaluator, purchase=purchase, subject=line.assessment("yearend"))
    _instalment(walker, purchase, 3, day("2011-10-21"))
    walker.comes_in(handler)
    walker.page.goto(f"{walker.address}/purchases/{purchase.pk}/supervision/")
    for folded in walker.page.locator("details:not([open]) > summary", has_text="其他可办事项").all():
        folded.click()
    _stands(walker, "综合评估的结论", "穗民〔2010〕213号 四(五)")
    walker.on(day("2011-11-07"))
    walker.does("evaluation.commission", city, purchase=purchase, seed="comprehensive")
    evaluation = line.latest(Evaluation)
    walker.does("evaluation.report", cast.evaluator, purchase=purchase, subject=evaluation)
    walker.does("evaluation.conclude", line.actor("evaluation.conclude"), purchase=purchase, subject=evaluation)


def _goes_on(walker: Walker, purchase: Purchase, first: Contract) -> None:
    """An agreement for another year with the same provider, on money of that year, through the same hands."""
    line, cast = walker.line, walker.line.cast
    handler, reviewer = cast.bureaus[line.district]
    finance, city_finance = cast.finances[line.district], cast.city_finance
    assert city_finance is not None
    funds(cast, day("2011-11-08"), 2011)
    walker.on(day("2011-11-10"))
    walker.does("contract.renew", line.actor("contract.renew"), purchase=purchase, subject=first)
    second = line.latest(Contract)
    item = line.latest(PlanItem)
    walker.does("item.approve", finance, purchase=purchase, subject=item)
    for share in Share.objects.filter(item=item):
        payer = finance if share.payer_id == finance.organisation_id else city_finance
        walker.does("share.commit", payer, purchase=purchase, subject=share)
    walker.does("contract.approve", reviewer, purchase=purchase, subject=second)
    walker.does("contract.accept", line.actor("contract.accept"), purchase=purchase, subject=second)
    walker.does("contract.sign", handler, purchase=purchase, subject=second)
    walker.does("contract.copy_finance", handler, purchase=purchase, subject=second)
    walker.does("contract.file", cast.city[0], purchase=purchase, subject=second)
    second.refresh_from_db()
    assert (second.year_number, second.state, second.provider_id) == (2, "filed", first.provider_id)
    walker.comes_in(line.actor("claim.submit"))
    walker.reads(purchase)
    expect(walker.page.locator("main")).to_contain_text(second.number)


def _bids(walker: Walker, purchase: Purchase, post: Post, price: str) -> None:
    """A social organisation finds the call in the list of open ones; the purchase is not its own yet."""
    walker.comes_in(post)
    walker.page.goto(f"{walker.address}/calls/")
    walker.page.locator("a[href*='/do/bid.submit/new/']").first.click()
    walker.fills(walker.paper("bid.submit", post, purchase, None, "") | {"price": price})
    walker.sends()
    expect(walker.page.locator(".notes .tone-jade")).to_contain_text("已办理")


def _instalment(walker: Walker, purchase: Purchase, number: int, on: date) -> None:
    """Claimed by the provider, checked by the bureau, paid by both payers."""
    line, cast = walker.line, walker.line.cast
    walker.on(on)
    walker.does("claim.submit", line.actor("claim.submit"), purchase=purchase, seed=str(number))
    claim = line.latest(Claim)
    walker.does("claim.check", cast.bureaus[line.district][0], purchase=purchase, subject=claim)
    for payment in Payment.objects.filter(claim=claim):
        payer = next(p for p in line._payers() if p.organisation_id == payment.payer_id)
        walker.does("payment.pay", payer, purchase=purchase, subject=payment)


def test_ten_refusals_and_their_articles(walker: Walker) -> None:
    """What stands in the way is said where it happens, with its article; the purchase is as before."""
    line = walker.line
    cast = line.cast
    street, handler = cast.streets[line.street.pk], cast.bureaus[line.district][0]
    procedure, scheme, law = "穗民〔2010〕320号附件1", "穗民〔2010〕213号", "《中华人民共和国政府采购法》"

    # 1. No project without a concluded needs assessment: said before anyone fills the form.
    purchase = line.open(day("2010-09-01"))
    line.act("needs.start", None, day("2010-09-01"))
    walker.on(day("2010-09-02"))
    walker.comes_in(street)
    walker.reads(purchase)
    _stands(walker, "需求评估", f"{procedure} 二(一)")

    # 2. More than the annex gives the street.
    line.act("needs.conclude", line.latest(NeedsAssessment), day("2010-09-02"))
    line.act("inventory.record", None, day("2010-09-02"))
    line.through(ServiceProposal, "argued", day("2010-09-02"))
    walker.on(day("2010-09-03"))
    walker.opens("item.propose", purchase)
    walker.fills(walker.paper("item.propose", street, purchase, None, "") | {"amount": "2000000.01"})
    walker.sends()
    _refused(walker, purchase, f"{scheme} 附件2")
    assert PlanItem.objects.filter(purchase=purchase).count() == 0

    # 3. No call before the city approved the plan.
    line.act("implementation.submit", None, day("2010-09-03"))
    line.budget(day("2010-09-03"), day("2010-09-03"), day("2010-09-03"))
    line.through(Tender, "briefed", day("2010-09-04"))
    walker.on(day("2010-09-06"))
    walker.comes_in(handler)
    walker.reads(purchase)
    _stands(walker, "实施方案", f"{scheme} 四(一)")

    # 4. The meeting must be fifteen days before the issue: said with the reading this regime takes.
    line.through(ImplementationPlan, "approved", day("2010-09-06"))
    walker.on(day("2010-09-07"))
    walker.reads(purchase)
    _stands(walker, "沟通会", f"{procedure} 三(二)2")
    expect(walker.page.locator("main")).to_contain_text("有歧义")

    # 5. Bids stay open for twenty days at least.
    tender = line.latest(Tender)
    walker.on(day("2010-09-20"))
    walker.opens("tender.publish", purchase, subject=tender)
    walker.fills({"bids_due_at": "2010-10-09T09:30", "opening_place": "开标室"})
    walker.sends()
    _refused(walker, purchase, f"{law} 第三十五条")

    # 6. A foundation is not one of the two kinds that may provide.
    line.act("tender.appoint", tender, day("2010-09-20"))
    line.act("tender.publish", tender, day("2010-09-20"))
    walker.on(day("2010-09-30"))
    walker.comes_in(cast.social[4])
    walker.page.goto(f"{walker.address}/calls/")
    walker.page.locator("a[href*='/do/bid.submit/new/']").first.click()
    walker.fills(walker.paper("bid.submit", cast.social[4], purchase, None, ""))
    walker.sends()
    _refused(walker, purchase, f"{procedure} 一(三)")
    assert Bid.objects.filter(purchase=purchase).count() == 0

    # 7. Nobody opens before the deadline.
    walker.comes_in(handler)
    walker.reads(purchase)
    _stands(walker, "截止", f"{law} 第三十五条")

    # 8. Fewer than three: no opening.
    line.bid(day("2010-10-05"), {0: "1980000", 1: "1950000"})
    walker.on(day("2010-10-12"))
    walker.reads(purchase)
    _stands(walker, "不足", f"{law} 第三十六条")

    # 9. One fen short: the schedule says by how much, at its place; nothing is drafted.
    line.act("tender.fail", tender, day("2010-10-12"), reason="只有两家投标")
    again = _awarded_again(line)
    walker.on(day("2010-12-01"))
    walker.comes_in(handler)
    paper = walker.paper("contract.draft", handler, again, None, "")
    paper["instalments"][0]["amount"] = "779999.99"
    walker.opens("contract.draft", again)
    walker.fills(paper)
    walker.sends()
    expect(walker.page.locator("main")).to_contain_text("0.01")
    assert Contract.objects.filter(purchase=again).count() == 0

    # 10. The officer who drafted a contract does not approve it.
    line.act("contract.draft", None, day("2010-12-01"))
    walker.on(day("2010-12-02"))
    walker.reads(again)
    _stands(walker, "同一人不得既办理", f"{procedure} 三(三)2")

    # 11. No claim before the contract is filed.
    line.through(Contract, "signed", day("2010-12-02"))
    walker.on(day("2010-12-03"))
    walker.comes_in(line.actor("claim.submit"))
    walker.reads(again)
    _stands(walker, "备案", f"{procedure} 三(三)2")


def _awarded_again(line: Line) -> Purchase:
    """The second call of the same street, brought to its award."""
    line.through(Tender, "briefed", day("2010-10-13"))
    line.act("tender.appoint", line.latest(Tender), day("2010-10-13"))
    line.act("tender.publish", line.latest(Tender), day("2010-10-29"))
    line.bid(day("2010-11-10"), {0: "1980000", 1: "1950000", 3: "1990000"})
    line.open_bids(day("2010-11-25"))
    line.score(day("2010-11-25"))
    line.through(Tender, "awarded", day("2010-11-26"))
    return line.purchase


def _stands(walker: Walker, words: str, article: str) -> None:
    """The panel names what stands in the way, and its article."""
    block = walker.page.locator(".finding", has_text=words).first
    expect(block).to_be_visible()
    assert article in block.locator(".cite").inner_text()


def _refused(walker: Walker, purchase: Purchase, article: str) -> None:
    """The form comes back with the refusal, its article and what was typed; the purchase is as it was."""
    before = Purchase.objects.get(pk=purchase.pk)
    expect(walker.page.locator("form[data-draft-url] .finding").first).to_be_visible()
    assert article in " ".join(walker.articles())
    after = Purchase.objects.get(pk=purchase.pk)
    assert (before.version, before.stage, before.last_at) == (after.version, after.stage, after.last_at)


@pytest.mark.clause("GZ-P-3.3.3a")
def test_the_clock_moves_until_a_payment_is_late_and_says_whose(walker: Walker) -> None:
    """The city's half is not paid: its payer's inbox shows it red, and the purchase names the post that holds it."""
    line = walker.line
    cast = line.cast
    filed(line, day("2010-09-15"))
    on = day("2010-10-27")
    claim = line.claim(1, on + timedelta(days=7), on + timedelta(days=9))
    line.pay(claim, on + timedelta(days=10), only=lambda p: p.payer_id == cast.finances[line.district].organisation_id)
    clock.advance(on + timedelta(days=11))
    payer = cast.city_finance
    assert payer is not None
    walker.comes_in(payer)
    _moves(walker, "next-deadline")
    assert clock.today() == day("2010-11-11")
    expect(walker.page.locator(".obligation.tone-cinnabar")).to_have_count(0)
    _moves(walker, "week")
    _moves(walker, "month")
    assert clock.today() == day("2010-12-18")
    row = walker.page.locator(".obligation", has_text=line.purchase.title).first
    expect(row).to_contain_text("37")
    expect(row).to_contain_text("已逾期")
    walker.comes_in(cast.streets[line.street.pk])
    walker.reads(line.purchase)
    expect(walker.page.locator("main")).to_contain_text(f"广州市财政局 {payer.title}")
    walker.comes_in(payer)
    payment = Payment.objects.get(claim=claim, payer=payer.organisation)
    walker.opens("payment.pay", line.purchase, subject=payment)
    walker.fills(walker.paper("payment.pay", payer, line.purchase, payment, ""))
    walker.sends()
    expect(walker.page.locator(".notes .tone-ochre")).to_contain_text("本次办理已逾期 37 天")


def _moves(walker: Walker, step: str) -> None:
    """The training clock in the top bar."""
    walker.page.goto(f"{walker.address}/desk/")
    walker.page.locator(".top-clock").click()
    walker.page.locator(f"button[name='step'][value='{step}']").click()
    expect(walker.page.locator(".notes")).to_contain_text("训练时钟已走到")
