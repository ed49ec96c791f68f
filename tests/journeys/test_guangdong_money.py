"""Guangdong in 2012: who tenders what is major, and how money is paid that no department's budget holds."""

from __future__ import annotations

from datetime import datetime

import pytest

from gongyue.budget.models import Fund, PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Examination
from gongyue.demonstration.cast import Refused
from gongyue.kernel.models import Obligation
from gongyue.payments.models import Claim, Payment
from gongyue.tendering.models import Agency, Commission, Tender
from tests.outside import City, fund
from tests.parties.acts import attempt, refusals

from .test_guangdong import Futian, contracted, day, futian, line
from .test_guangdong_planning import DECISION

__all__ = ["City", "futian", "line"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
AGENCY = {
    "entrusted": "鹏城招标有限公司", "number": "FT-WT-2012-01", "signed_on": "2012-06-12",
    "entrusted_with": "组织公开招标，至定标为止。",
}  # fmt: skip


def major(line: Futian) -> None:
    """A major item that was decided on and approved, its money committed."""
    line.start(day(6, 4), service_class="social")
    line.act("item.propose", None, day(6, 5), year="2012", amount="500000", source="general")
    line.act("item.mark", line.latest(PlanItem), day(6, 6), major="livelihood", reason="区十件民生实事之一")
    line.act("decision.record", None, day(6, 6), **DECISION)
    line.act("item.approve", line.latest(PlanItem), day(6, 8))
    fund(line.money, 2012, "500000", day(6, 8))
    line.commit(day(6, 11))


@pytest.mark.clause("GD-7.2.1")
def test_a_major_item_is_tendered_openly_by_a_third_party_that_the_purchaser_entrusts(line: Futian) -> None:
    major(line)
    owed = Obligation.objects.get(purchase=line.purchase, action="commission.tender")
    assert (owed.organisation.name, owed.capacity) == ("福田区残联", "purchaser")
    choice = {"category": "社会工作服务", "year_fen": "500000"}
    with pytest.raises(Refused, match="major-open-tender"):
        line.act("method.choose", None, day(6, 11), way="negotiation", ground="urgent", reason="时间紧。", **choice)
    line.act("method.choose", None, day(6, 11), way="open", **choice)
    line.act("tender.draft", None, day(6, 12), ceiling="500000")
    with pytest.raises(Refused, match="major-by-third-party"):
        line.act("tender.publish", line.latest(Tender), day(6, 12), bids_due_at="2012-07-04T09:00")

    unborn = Commission(purchase=line.purchase, principal=line.money.organisation)
    assert refusals(attempt("commission.tender", unborn, line.money, "2012-06-12", **AGENCY)) == ["kernel.capacity"]
    line.act("commission.tender", None, day(6, 12), **AGENCY)
    line.act("tender.publish", line.latest(Tender), day(6, 13), bids_due_at="2012-07-04T09:00")
    agency = Commission.objects.get(purchase=line.purchase)
    assert (agency.body, agency.principal.name, agency.task) == ("鹏城招标有限公司", "福田区残联", "tender")
    owed.refresh_from_db()
    assert not owed.is_open


def test_the_third_party_runs_the_open_tender_in_its_own_account(line: Futian) -> None:
    major(line)
    line.act("method.choose", None, day(6, 11), way="open", category="社会工作服务", year_fen="500000")
    line.act("tender.draft", None, day(6, 12), ceiling="500000")
    house = line.cast.seats["鹏城招标公司"][0]
    terms = {
        "organisation": house.organisation_id, "agreement_number": "FT-DL-2012-01", "powers": ["publish", "open"],
        "entrusted_with": "组织公开招标。", "begins_on": "2012-06-12", "ends_on": "2012-12-31", "fee_payer": "none",
    }  # fmt: skip
    unborn = Agency(purchase=line.purchase, principal=line.money.organisation)
    assert refusals(attempt("agency.propose", unborn, line.money, "2012-06-12", **terms)) == ["kernel.capacity"]
    line.act("agency.propose", None, day(6, 12), **terms)
    line.act("agency.accept", line.latest(Agency), day(6, 12), actor=house, apart="on")
    assert not Obligation.objects.filter(purchase=line.purchase, action="commission.tender", is_open=True).exists()
    line.act("tender.publish", line.latest(Tender), day(6, 13), actor=house, bids_due_at="2012-07-04T09:00")
    line.bid(day(6, 28), {0: "486000", 1: "492000", 3: "498000"})
    line.act("tender.open", line.latest(Tender), datetime(2012, 7, 4, 10, tzinfo=LOCAL), actor=house)
    assert line.latest(Tender).state == "opened"


@pytest.mark.clause("GD-8.2")
def test_special_money_is_paid_directly_once_finance_has_examined_the_contract(line: Futian) -> None:
    contracted(line, "special")
    held = Share.objects.get(purchase=line.purchase).fund
    assert held is not None and held.nature == Fund.Nature.SPECIAL
    owed = Obligation.objects.get(purchase=line.purchase, action="examination.record")
    assert owed.organisation.name == "福田区财政局"
    line.claim(1, day(10, 15), day(10, 16))
    payment = Payment.objects.get(claim=line.latest(Claim))
    with pytest.raises(Refused, match="special-examined"):
        line.pay(line.latest(Claim), day(10, 17))

    line.act("examination.record", None, day(10, 17), result="objected", opinion="支付条款与批复的用途不一致。")
    with pytest.raises(Refused, match="special-examined"):
        line.pay(line.latest(Claim), day(10, 18))
    line.act("examination.record", None, day(10, 18), result="passed", opinion="已说明，一致。")
    with pytest.raises(Refused, match="special-paid-directly"):
        line.act("payment.pay", payment, day(10, 19), actor=line.money, channel="authorised")
    line.pay(line.latest(Claim), day(10, 19))
    payment.refresh_from_db()
    assert (payment.state, payment.channel, payment.amount_fen) == ("paid", "direct", 48_600_000)
    held.refresh_from_db()
    assert (held.paid_fen, held.committed_fen) == (48_600_000, 50_000_000)
    looked = Examination.objects.filter(purchase=line.purchase).order_by("pk")
    assert [(row.result, row.examiner and row.examiner.name) for row in looked] == [
        ("objected", "福田区财政局"), ("passed", "福田区财政局"),
    ]  # fmt: skip


def test_budgeted_money_follows_the_contract_and_needs_no_further_look(line: Futian) -> None:
    contracted(line)
    assert not Obligation.objects.filter(purchase=line.purchase, action="examination.record").exists()
    claim = line.claim(1, day(10, 15), day(10, 16))
    line.act("payment.pay", Payment.objects.get(claim=claim), day(10, 17), actor=line.money, channel="authorised")
    assert Payment.objects.get(claim=claim).state == "paid"
