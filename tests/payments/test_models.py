from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongyue.assessment.models import Assessment
from gongyue.demonstration.line import Line
from gongyue.payments.models import Claim, Payment


@pytest.mark.parametrize(
    "change", [{"amount_fen": 0}, {"amount_fen": -1}, {"amount_fen": 5, "share_id": None}, {"claim_id": None}]
)
def test_the_database_refuses_a_payment_that_no_verb_would_make(filed: Line, change: dict[str, Any]) -> None:
    claim = filed.claim(1, date(2010, 11, 22), date(2010, 11, 25))
    payment = Payment.objects.filter(claim=claim).first()
    assert payment is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(**change)
    payment.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        payment.save(force_insert=True)


def test_an_invoice_stands_behind_one_claim_of_a_purchase(filed: Line) -> None:
    claim = filed.claim(1, date(2010, 11, 22), date(2010, 11, 25))
    line = filed.contract().schedule[1]
    again = Claim(
        purchase=filed.purchase, instalment=line, invoice_number=claim.invoice_number, invoice_on=claim.invoice_on
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_quality_is_never_above_the_whole(filed: Line) -> None:
    assessment = Assessment(purchase=filed.purchase, contract=filed.contract(), moment="midterm", quality_bp=10_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        assessment.save()
