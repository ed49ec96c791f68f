from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import Fund, JournalLine, Share
from gongyue.budget.queries import reconcile
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.payments.models import Breach, Liability, Payment, Refund
from tests.contracts.stages import attempt, rules

CHECKED, LATE, AFTER = date(2010, 11, 25), date(2010, 12, 21), date(2011, 6, 1)


def post_of(line: Line, organisation: int) -> Post:
    return next(post for post in line._payers() if post.organisation_id == organisation)


@pytest.fixture
def half(filed: Line) -> Line:
    """The district pays in time, the city not yet: it is twenty days late on 21 December."""
    claim = filed.claim(1, date(2010, 11, 22), CHECKED)
    district = filed.cast.finances[filed.district].organisation_id
    filed.pay(claim, date(2010, 11, 30), only=lambda payment: payment.payer_id == district)
    return filed


def parts(line: Line) -> tuple[Payment, Payment]:
    city, district = Payment.objects.filter(purchase=line.purchase).order_by("pk")
    return city, district


@pytest.mark.clause("GZ-P-3.3.3b")
def test_who_was_late_and_harmed_the_service_answers_for_it(half: Line) -> None:
    city, _district = parts(half)
    half.act("liability.open", None, LATE, seed=str(city), harm="工资延发")
    case = Liability.objects.get(purchase=half.purchase)
    assert (case.payment, case.days_late, case.harm, case.owner) == (city, 20, "工资延发", city.payer)
    row = Obligation.objects.get(action="liability.answer", is_open=True)
    assert row.organisation_id == city.payer_id
    district = half.cast.finances[half.district]
    assert rules(attempt(half, "liability.answer", case, LATE, actor=district)) == ["kernel.owner"]
    half.act("liability.answer", case, LATE, actor=post_of(half, city.payer_id), answer="指标迟到")
    case.refresh_from_db()
    half.act("liability.conclude", case, LATE, result="liable", reason="影响服务")
    case.refresh_from_db()
    assert (case.state, case.result, case.concluded_on) == ("concluded", "liable", LATE)


@pytest.mark.clause("GZ-P-3.3.3b")
def test_without_lateness_or_without_harm_nobody_is_liable(half: Line) -> None:
    city, district = parts(half)
    case = Liability(purchase=half.purchase, payment=district)
    assert rules(attempt(half, "liability.open", case, LATE)) == ["late-before-liable"]
    outcome = attempt(half, "liability.open", None, LATE, seed=str(city), harm="")
    assert (outcome.entry, list(outcome.form.errors)) == (None, ["harm"])
    dossier = half.dossier(LATE)
    assert [case.payment for case in Liability.unborn(dossier, half.actor("liability.open"))] == [city]


@pytest.fixture
def paid(filed: Line) -> Line:
    filed.pay(filed.claim(1, date(2010, 11, 22), CHECKED), date(2010, 11, 30))
    return filed


def heard(line: Line, **data: Any) -> Breach:
    line.act("breach.open", None, AFTER, seed=line.contract().number, **data)
    line.act("breach.state", line.latest(Breach), AFTER)
    case: Breach = line.latest(Breach)
    return case


@pytest.mark.clause("GZ-P-3.3.3c")
def test_what_was_paid_and_not_accepted_is_recovered_to_the_fen(paid: Line) -> None:
    case = heard(paid)
    paid.act("breach.decide", case, AFTER, accepted="500000.99")
    case.refresh_from_db()
    assert (case.state, case.paid_fen, case.accepted_fen, case.recovery_fen) == (
        "decided", 78_000_000, 50_000_099, 27_999_901,
    )  # fmt: skip
    refunds = list(Refund.objects.filter(breach=case).order_by("pk"))
    assert [refund.amount_fen for refund in refunds] == [13_999_951, 13_999_950]  # the odd fen to the first payer
    assert [(row.subject, row.organisation_id) for row in Obligation.objects.filter(action="refund.receive")] == [
        (refund.key, refund.payer_id) for refund in refunds
    ]
    first = refunds[0]
    paid.act("refund.receive", first, date(2011, 7, 1), actor=post_of(paid, first.payer_id))
    first.refresh_from_db()
    assert (first.state, first.received_on) == ("received", date(2011, 7, 1))
    lines = JournalLine.objects.filter(entry__subject=first.key).order_by("pk")
    assert list(lines.values_list("account", "amount_fen")) == [("paid", -13_999_951), ("available", 13_999_951)]
    assert Share.objects.get(pk=first.share_id).paid_fen == 39_000_000 - 13_999_951
    fund = Fund.objects.get(pk=first.share.fund_id)
    assert {line.fund_id for line in lines} == {fund.pk}  # back to the line it came from
    assert reconcile() == []
    assert Obligation.objects.filter(action="refund.receive", is_open=True).count() == 1


@pytest.mark.clause("GZ-P-3.3.3c")
@pytest.mark.parametrize("data", [{"severity": "ordinary"}, {"effect": ""}])
def test_money_is_recovered_only_where_the_effect_was_serious(paid: Line, data: dict[str, str]) -> None:
    case = heard(paid, **data)
    assert rules(attempt(paid, "breach.decide", case, AFTER)) == ["breach-both"]
    paid.act("breach.drop", case, AFTER, reason="未造成严重影响")
    case.refresh_from_db()
    assert (case.state, Refund.objects.count()) == ("dropped", 0)
    assert not Obligation.objects.filter(action="breach.decide", is_open=True).exists()


@pytest.mark.clause("GZ-P-3.3.3c")
def test_the_provider_is_heard_or_was_told_and_silent(paid: Line) -> None:
    paid.act("breach.open", None, AFTER, seed=paid.contract().number)
    case = paid.latest(Breach)
    assert rules(attempt(paid, "breach.decide", case, AFTER)) == ["kernel.state"]
    early = attempt(paid, "breach.note_silence", case, AFTER, served_on="2011-05-31")
    assert early.form.errors == {"served_on": ["送达日期不能早于提出日期"]}
    paid.act("breach.note_silence", case, AFTER)
    assert not Obligation.objects.filter(action="breach.state", is_open=True).exists()
    more = attempt(paid, "breach.decide", case, AFTER, accepted="780000.01")
    assert more.form.errors == {"accepted": ["认可金额不能超过已拨付的金额"]}
    missing = attempt(paid, "breach.decide", case, AFTER, accepted_record="")
    assert list(missing.form.errors) == ["accepted_record"]


def test_what_was_not_paid_yet_is_not_recovered_from(half: Line) -> None:
    """Only the district has paid; only it gets anything back."""
    case = heard(half)
    half.act("breach.decide", case, AFTER, accepted="0")
    _city, district = parts(half)
    assert [(r.payer, r.amount_fen) for r in Refund.objects.all()] == [(district.payer, 39_000_000)]
