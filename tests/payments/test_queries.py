from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.payments.models import Claim, Payment
from gongyue.payments.queries import PartState, calendar, claims_of, lateness, money
from tests.contracts import stages

CHECKED = date(2010, 11, 25)


@pytest.fixture
def late(filed: Line) -> Line:
    """The district has paid the first instalment nineteen days late, the city not at all; the second waits."""
    claim = filed.claim(1, date(2010, 11, 22), CHECKED)
    district = filed.cast.finances[filed.district].organisation_id
    filed.pay(claim, date(2010, 12, 20), only=lambda payment: payment.payer_id == district)
    return filed


def states(line: Line, today: date) -> list[list[tuple[int, str, int]]]:
    rows = calendar(line.purchase, today=today)
    return [[(part.amount_fen, part.state, part.days_late) for part in row.parts] for row in rows]


def test_the_calendar_shows_what_is_planned_from_the_first_draft(line: Line) -> None:
    stages.drafted(stages.awarded(line))
    rows = calendar(line.purchase, today=stages.DRAFTED)
    assert [(row.instalment.number, row.claim, row.paid_fen) for row in rows] == [
        (1, None, 0),
        (2, None, 0),
        (3, None, 0),
    ]
    assert states(line, stages.DRAFTED) == [
        [(39_000_000, PartState.PLANNED, 0)] * 2,
        [(39_000_000, PartState.PLANNED, 0)] * 2,
        [(19_500_000, PartState.PLANNED, 0)] * 2,
    ]


def test_no_calendar_without_a_contract(line: Line) -> None:
    line.open(date(2010, 8, 2))
    assert calendar(line.purchase, today=date(2010, 8, 2)) == []
    assert money(line.purchase, today=date(2010, 8, 2)) == []


@pytest.mark.clause("GZ-P-3.3.3a")
def test_the_calendar_follows_a_claim(filed: Line) -> None:
    filed.act("claim.submit", None, date(2010, 11, 22), seed="1")
    assert states(filed, date(2010, 11, 22))[0] == [(39_000_000, PartState.CLAIMED, 0)] * 2
    claim = filed.latest(Claim)
    filed.act("claim.check", claim, CHECKED)
    assert states(filed, date(2010, 12, 1))[0] == [(39_000_000, PartState.DUE, 0)] * 2
    assert states(filed, date(2010, 12, 2))[0] == [(39_000_000, PartState.LATE, 1)] * 2
    filed.pay(claim, date(2010, 11, 30))
    rows = calendar(filed.purchase, today=date(2011, 3, 1))
    assert [(part.state, part.paid_on, part.days_late) for part in rows[0].parts] == [
        (PartState.PAID, date(2010, 11, 30), 0)
    ] * 2
    assert rows[0].paid_fen == 78_000_000


def test_a_returned_claim_counts_as_not_claimed(filed: Line) -> None:
    filed.act("claim.submit", None, date(2010, 11, 22), seed="1")
    filed.act("claim.return", filed.latest(Claim), CHECKED, reason="更正发票")
    assert states(filed, CHECKED)[0] == [(39_000_000, PartState.PLANNED, 0)] * 2


def test_the_calendar_is_read_in_six_queries(late: Line, django_assert_num_queries: Any) -> None:
    purchase = late.purchase
    with django_assert_num_queries(6):
        rows = calendar(purchase, today=date(2010, 12, 31))
        assert [str(part.payer) != "" for row in rows for part in row.parts] == [True] * 6


@pytest.mark.clause("GZ-P-3.3.3b")
def test_the_money_of_each_payer(late: Line) -> None:
    rows = money(late.purchase, today=date(2010, 12, 31))
    assert [
        (r.arranged_fen, r.committed_fen, r.claimed_fen, r.paid_fen, r.late_fen, r.late_days) for r in rows
    ] == [
        (100_000_000, 100_000_000, 39_000_000, 0, 39_000_000, 30),
        (100_000_000, 100_000_000, 39_000_000, 39_000_000, 0, 19),
    ]  # fmt: skip


@pytest.mark.clause("GZ-P-3.3.3b")
def test_lateness_names_payer_days_and_post(late: Line, django_assert_num_queries: Any) -> None:
    city, district = late.cast.city_finance, late.cast.finances[late.district]
    assert city is not None
    purchase = late.purchase
    with django_assert_num_queries(2):
        found = lateness(today=date(2010, 12, 31), purchase=purchase)
        told = [(payer.payer, [(r.days, r.due_on, str(r.post), r.open) for r in payer.payments]) for payer in found]
    due = date(2010, 12, 1)
    assert told == [
        (city.organisation, [(30, due, str(city), True)]),
        (district.organisation, [(19, due, str(district), False)]),
    ]
    assert [(payer.days, payer.open_fen) for payer in found] == [(30, 39_000_000), (19, 0)]
    (own,) = lateness(today=date(2010, 12, 31), organisation=district.organisation)
    assert own.payments[0].payment == Payment.objects.get(purchase=late.purchase, payer=district.organisation)


def test_nobody_is_late_in_time(filed: Line) -> None:
    filed.claim(1, date(2010, 11, 22), CHECKED)
    assert lateness(today=date(2010, 12, 1), purchase=filed.purchase) == []


def test_a_provider_reads_its_claims_with_their_payments(late: Line, django_assert_num_queries: Any) -> None:
    provider = late.contract().provider
    assert provider is not None
    with django_assert_num_queries(3):
        (claim,) = claims_of(provider)
        parts = [(str(p.payer), p.state) for p in claim.payments.all()]
        assert str(claim) == "YX-2010-01 第 1 期"
    assert [state for _payer, state in parts] == ["due", "paid"]
    assert list(claims_of(late.actor("claim.check").organisation)) == []
