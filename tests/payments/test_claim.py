from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract, Instalment
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Purchase
from gongyue.kernel.offers import panel
from gongyue.payments.forms import CheckForm
from gongyue.payments.models import Claim, Payment
from tests.contracts.stages import SIGNED, attempt, moment, rules

SUBMITTED, CHECKED = date(2010, 11, 22), date(2010, 11, 25)


def unborn(line: Line, on: date) -> list[str]:
    return [claim.seed for claim in Claim.unborn(line.dossier(on), line.actor("claim.submit"))]


def submitted(line: Line, number: int = 1, on: date = SUBMITTED) -> Claim:
    line.act("claim.submit", None, on, seed=str(number))
    claim: Claim = line.latest(Claim)
    return claim


def claim_errors(line: Line, name: str, subject: Claim | None, on: date, **data: Any) -> dict[str, list[str]]:
    outcome = attempt(line, name, subject, on, **data)
    assert outcome.entry is None
    assert outcome.findings == []
    return {field: [str(error) for error in found] for field, found in outcome.form.errors.items()}


def test_no_claim_before_the_signature(line: Line) -> None:
    from tests.contracts import stages

    stages.accepted(stages.awarded(line))
    assert unborn(line, SIGNED) == []


@pytest.mark.clause("GZ-P-3.3.2c")
def test_a_claim_is_offered_after_the_signature_and_refused_until_the_contract_is_filed(signed: Line) -> None:
    assert unborn(signed, SUBMITTED) == ["1"]
    offers = panel(signed.purchase, actor=signed.actor("claim.submit"), at=moment(SUBMITTED))
    (offer,) = [offer for offer in offers if offer.action.name == "claim.submit"]
    assert [finding.rule for finding in offer.findings] == ["approved-and-filed"]
    outcome = attempt(signed, "claim.submit", None, SUBMITTED, seed="1")
    assert rules(outcome) == ["approved-and-filed"]
    assert outcome.findings[0].cite == "gz-procedure-2010#三(三)2"
    assert not Claim.objects.filter(purchase=signed.purchase).exists()


def test_a_claim_keeps_its_invoice_and_its_instalment(filed: Line) -> None:
    data = {"invoice_number": "04401001", "invoice_on": "2010-11-20", "progress": "按计划开展"}
    outcome = attempt(filed, "claim.submit", None, SUBMITTED, seed="1", **data)
    assert outcome.entry is not None
    claim = filed.latest(Claim)
    assert (claim.seed, claim.state, claim.submitted_on) == ("1", "submitted", SUBMITTED)
    assert (claim.invoice_number, claim.invoice_on, claim.invoice_fen) == ("04401001", date(2010, 11, 20), 78_000_000)
    assert outcome.form.initial["invoice_amount"] == 78_000_000
    assert unborn(filed, SUBMITTED) == ["2"]


@pytest.mark.clause("GZ-P-1.1c")
def test_an_instalment_waits_for_its_assessment(filed: Line) -> None:
    submitted(filed)
    day = date(2011, 5, 20)
    assert rules(attempt(filed, "claim.submit", None, day, seed="2")) == ["assessment-before-instalment"]
    filed.assess("yearend", day, day)
    assert rules(attempt(filed, "claim.submit", None, day, seed="2")) == ["assessment-before-instalment"]
    filed.assess("midterm", day, day)
    assert attempt(filed, "claim.submit", None, day, seed="2").entry is not None


@pytest.mark.clause("GZ-P-3.3.3a")
def test_instalments_are_claimed_in_order(filed: Line) -> None:
    claim = submitted(filed)
    filed.act("claim.return", claim, CHECKED, reason="发票抬头有误")
    day = date(2011, 5, 20)
    filed.assess("midterm", day, day)
    assert rules(attempt(filed, "claim.submit", None, day, seed="2")) == ["instalments-in-order"]
    third = Claim(purchase=filed.purchase, instalment=Instalment.objects.get(contract=filed.contract(), number=3))
    outcome = attempt(filed, "claim.submit", third, day)
    figures = next(f for f in outcome.findings if f.rule == "instalments-in-order").figures
    assert figures["instalment.earlier_open"] == 2


@pytest.mark.clause("GZ-P-1.1c")
def test_an_invoice_for_another_amount_is_refused(filed: Line) -> None:
    outcome = attempt(filed, "claim.submit", None, SUBMITTED, seed="1", invoice_amount="779999.99")
    assert rules(outcome) == ["invoice-matches"]


def test_only_the_provider_claims(filed: Line) -> None:
    other = next(post for post in filed.cast.social if post.organisation_id != filed.contract().provider_id)
    outcome = attempt(filed, "claim.submit", None, SUBMITTED, seed="1", actor=other)
    assert rules(outcome) == ["kernel.capacity"]


def test_a_returned_claim_is_the_same_claim_sent_again(filed: Line) -> None:
    claim = submitted(filed)
    filed.act("claim.return", claim, CHECKED, reason="发票抬头有误")
    assert unborn(filed, CHECKED) == ["2"]
    outcome = attempt(filed, "claim.submit", claim, CHECKED, invoice_number="04401999")
    assert outcome.entry is not None
    assert outcome.form.initial["progress"] == claim.progress
    claim = filed.latest(Claim)
    assert (claim.version, claim.state, claim.invoice_number) == (3, "submitted", "04401999")
    assert Claim.objects.filter(purchase=filed.purchase).count() == 1


def test_an_invoice_is_past_and_used_once(filed: Line) -> None:
    found = claim_errors(filed, "claim.submit", None, SUBMITTED, seed="1", invoice_on="2010-11-23")
    assert found == {"invoice_on": ["日期不能晚于办理当日"]}
    claim = submitted(filed)
    day = date(2011, 5, 20)
    filed.assess("midterm", day, day)
    again = claim_errors(filed, "claim.submit", None, day, seed="2", invoice_number=claim.invoice_number)
    assert again == {"invoice_number": ["这张发票已用于本项目的另一次请款"]}


def test_checking_bears_one_payment_a_payer(filed: Line) -> None:
    claim = submitted(filed)
    outcome = attempt(filed, "claim.check", claim, CHECKED)
    payments = Payment.objects.filter(claim=claim).order_by("pk")
    assert [child.key for child in outcome.born] == [payment.key for payment in payments]
    shares = Share.objects.filter(purchase=filed.purchase).order_by("pk")
    assert [(p.share, p.payer, p.amount_fen, p.state, p.version) for p in payments] == [
        (share, share.payer, 39_000_000, "due", 0) for share in shares
    ]
    assert {payment.due_on for payment in payments} == {date(2010, 12, 1)}  # the contract's own day
    claim = filed.latest(Claim)
    assert (claim.state, claim.checked_on) == ("checked", CHECKED)


@pytest.mark.clause("GZ-P-3.3.3a")
def test_each_payer_is_bound_to_the_payable_day(filed: Line) -> None:
    outcome = attempt(filed, "claim.check", submitted(filed), CHECKED)
    rows = Obligation.objects.filter(purchase=filed.purchase, action="payment.pay").order_by("pk")
    assert [(row.subject, row.organisation, row.due_on) for row in rows] == [
        (payment.key, payment.owner, date(2010, 12, 1)) for payment in outcome.born
    ]


def test_a_claim_checked_after_the_agreed_day_is_due_at_once(filed: Line) -> None:
    claim = submitted(filed, on=date(2010, 12, 8))
    filed.act("claim.check", claim, date(2010, 12, 10))
    assert set(Payment.objects.filter(claim=claim).values_list("due_on", flat=True)) == {date(2010, 12, 10)}


def test_a_claim_without_payers_is_not_checked(filed: Line) -> None:
    claim, nobody = submitted(filed), Dossier(Purchase(), at=moment(CHECKED), regime=filed.regime)
    form = CheckForm({"opinion": ""}, subject=claim, dossier=nobody, actor=filed.actor("claim.check"))
    assert form.errors == {"__all__": ["本项目尚未安排出资份额，无法确定由谁拨付"]}


def test_a_checked_claim_is_not_returned(filed: Line) -> None:
    claim = submitted(filed)
    filed.act("claim.check", claim, CHECKED)
    assert rules(attempt(filed, "claim.return", claim, CHECKED, reason="再看看")) == ["kernel.state"]


def test_one_claim_an_instalment(filed: Line) -> None:
    claim = submitted(filed)
    again = Claim(purchase=filed.purchase, instalment=claim.instalment)
    outcome = attempt(filed, "claim.submit", again, SUBMITTED, invoice_number="another")
    assert rules(outcome) == ["kernel.conflict"]
    assert Contract.objects.count() == Claim.objects.count() == 1
