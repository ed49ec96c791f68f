"""Who may not do what about the money, and of whom each next step is owed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post, Subject
from gongyue.kernel.offers import find
from gongyue.payments.models import Breach, Liability, Payment, Refund, UsePlan, YearlyReceipt
from tests.contracts.stages import attempt, moment, rules

ON, CHECKED, LATE = date(2010, 11, 22), date(2010, 11, 25), date(2010, 12, 21)
AFTER, ENDED = date(2011, 6, 1), date(2011, 11, 1)


def refused(line: Line, action: str, subject: Subject, actor: Post, on: date, **data: Any) -> list[str]:
    return rules(attempt(line, action, subject, on, actor=actor, **data))


def unborn(line: Line, action: str, on: date, seed: str) -> Subject:
    """What whoever may do this would begin with."""
    found = find(action, actor=line.actor(action), at=moment(on), purchase=line.purchase, seed=seed)
    assert found is not None
    return found


def street(line: Line) -> Post:
    return line.cast.streets[line.street.pk]


def owed(line: Line, action: str) -> list[tuple[str, date | None]]:
    rows = Obligation.objects.filter(purchase=line.purchase, action=action, is_open=True).order_by("pk")
    return [(str(row.organisation), row.due_on) for row in rows]


@pytest.mark.clause("GZ-P-3.3.3a")
def test_the_provider_does_not_say_that_the_bank_returned_it(filed: Line) -> None:
    claim = filed.claim(1, ON, CHECKED)
    filed.pay(claim, date(2010, 11, 30))
    payment = Payment.objects.filter(claim=claim).order_by("pk")[0]
    assert refused(filed, "payment.bounce", payment, filed.actor("claim.submit"), date(2010, 12, 8)) == [
        "kernel.capacity"
    ]


@pytest.mark.clause("GZ-P-3.3.3b")
def test_the_provider_complains_the_payer_answers_the_city_decides(filed: Line) -> None:
    district, provider = filed.cast.finances[filed.district], filed.actor("claim.submit")
    claim = filed.claim(1, ON, CHECKED)
    filed.pay(claim, date(2010, 11, 30), only=lambda payment: payment.payer_id == district.organisation_id)
    late = Payment.objects.filter(claim=claim).order_by("pk")[0]
    case = Liability(purchase=filed.purchase, payment=late)
    assert refused(filed, "liability.open", case, street(filed), LATE) == ["kernel.capacity"]
    filed.act("liability.open", None, LATE, seed=str(late))
    case = filed.latest(Liability)
    assert refused(filed, "liability.answer", case, provider, LATE) == ["kernel.capacity"]
    assert filed.cast.city_finance is not None
    filed.act("liability.answer", case, LATE, actor=filed.cast.city_finance)
    assert owed(filed, "liability.conclude") == [("广州市民政局", None)]
    assert refused(filed, "liability.conclude", case, provider, LATE) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.3.3c")
def test_the_purchaser_accuses_and_decides_the_provider_is_heard_the_payer_receives(filed: Line) -> None:
    filed.pay(filed.claim(1, ON, CHECKED), date(2010, 11, 30))
    provider, number = filed.actor("claim.submit"), filed.contract().number
    case = unborn(filed, "breach.open", AFTER, number)
    assert refused(filed, "breach.open", case, provider, AFTER) == ["kernel.capacity"]
    filed.act("breach.open", None, AFTER, seed=number)
    case = filed.latest(Breach)
    assert owed(filed, "breach.state") == [(str(provider.organisation), None)]
    assert refused(filed, "breach.state", case, street(filed), AFTER) == ["kernel.capacity"]
    assert refused(filed, "breach.note_silence", case, provider, AFTER) == ["kernel.capacity"]
    filed.act("breach.state", case, AFTER)
    assert owed(filed, "breach.decide") == [("越秀区民政局", None)]
    assert refused(filed, "breach.decide", case, provider, AFTER) == ["kernel.capacity"]
    filed.act("breach.decide", case, AFTER)
    refund = Refund.objects.filter(breach=case).order_by("pk")[0]
    assert refused(filed, "refund.receive", refund, provider, AFTER) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-2.4a")
def test_the_provider_accounts_and_the_purchaser_approves(filed: Line) -> None:
    provider, number = filed.actor("useplan.submit"), filed.contract().number
    assert owed(filed, "useplan.submit") == [(str(provider.organisation), None)]
    plan = unborn(filed, "useplan.submit", ON, number)
    assert refused(filed, "useplan.submit", plan, street(filed), ON) == ["kernel.capacity"]
    filed.act("useplan.submit", None, ON, seed=number)
    assert owed(filed, "useplan.approve") == [("越秀区民政局", None)]
    assert refused(filed, "useplan.approve", filed.latest(UsePlan), provider, ON) == ["kernel.capacity"]
    filed.act("useplan.approve", filed.latest(UsePlan), ON)
    spending = unborn(filed, "spending.report", ON, number)
    assert refused(filed, "spending.report", spending, street(filed), ON) == ["kernel.capacity"]
    filed.act("spending.report", None, date(2010, 11, 30), seed=number)


@pytest.mark.clause("GZ-S-4.5e")
def test_the_provider_reports_and_does_not_sign_for_its_report(filed: Line) -> None:
    report = unborn(filed, "yearly.submit", ENDED, "self")
    assert refused(filed, "yearly.submit", report, street(filed), ENDED) == ["kernel.capacity"]
    filed.act("yearly.submit", None, ENDED, seed="self")
    receipt = YearlyReceipt.objects.order_by("pk")[0]
    assert refused(filed, "yearlyreceipt.sign", receipt, filed.actor("yearly.submit"), ENDED) == ["kernel.capacity"]
