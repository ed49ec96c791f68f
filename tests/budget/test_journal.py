"""The journal: balanced, written once, and what the running totals must agree with."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongyue.budget.domain import journal
from gongyue.budget.domain.journal import Account, Line, Unbalanced
from gongyue.budget.models import Fund, JournalEntry, JournalLine, Share
from gongyue.budget.queries import Difference, reconcile
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line as Story

from .conftest import city, district, fund, moment

pytestmark = pytest.mark.django_db
AT = moment("2010-11-01")


@pytest.fixture
def share(approved: Story) -> Share:
    """A committed share of a million yuan."""
    share = Share.objects.get(purchase=approved.purchase, payer=city(approved).organisation)
    approved.act("share.commit", share, date(2010, 10, 12), actor=city(approved))
    return Share.objects.select_related("purchase", "payer").get(pk=share.pk)


def test_an_entry_that_does_not_balance_is_refused(approved: Story) -> None:
    line = fund(city(approved))
    before = JournalEntry.objects.count()
    five, four = Line(Account.AVAILABLE, line, 5), Line(Account.PAID, line, -4)
    for lines in ([], [five], [five, four]):
        with pytest.raises(Unbalanced):
            journal.post(lines, at=AT, memo="误", subject_key="fund:1")
    assert JournalEntry.objects.count() == before


def test_money_does_not_cross_from_one_line_to_another(approved: Story) -> None:
    ours, theirs = fund(city(approved)), fund(district(approved))
    lines = [Line(Account.AVAILABLE, ours, -5), Line(Account.AVAILABLE, theirs, 5)]
    with pytest.raises(Unbalanced):
        journal.post(lines, at=AT, memo="误", subject_key="fund:1")


def test_paying_moves_what_was_committed(share: Share) -> None:
    journal.pay(share, amount_fen=40_000_000, at=AT, subject_key="payment:1")
    journal.pay(share, amount_fen=60_000_000, at=AT, subject_key="payment:2")
    assert share.paid_fen == 100_000_000
    line = Fund.objects.get(pk=share.fund_id)
    assert (line.committed_fen, line.paid_fen) == (100_000_000, 100_000_000)
    rows = JournalLine.objects.filter(entry__subject="payment:1").order_by("pk").values_list("account", "amount_fen")
    assert list(rows) == [("committed", -40_000_000), ("paid", 40_000_000)]
    assert reconcile() == []


def test_no_share_is_overpaid(share: Share) -> None:
    journal.pay(share, amount_fen=100_000_000, at=AT, subject_key="payment:1")
    with pytest.raises(IntegrityError, match="share_paid_within_amount"), transaction.atomic():
        journal.pay(share, amount_fen=1, at=AT, subject_key="payment:2")
    assert reconcile() == []


def test_a_share_grows_and_gives_back_what_it_grew_by(share: Share) -> None:
    line = Fund.objects.get(pk=share.fund_id)
    free = line.available_fen
    journal.raise_share(share, amount_fen=5_000_001, at=AT, subject_key="topup:1")
    line.refresh_from_db()
    assert (share.amount_fen, line.committed_fen, line.available_fen) == (105_000_001, 105_000_001, free - 5_000_001)
    journal.release(share, amount_fen=5_000_001, at=AT, subject_key="topup:1")
    line.refresh_from_db()
    assert (share.amount_fen, line.committed_fen, line.available_fen) == (100_000_000, 100_000_000, free)
    assert reconcile() == []


def test_a_share_grows_no_further_than_its_line_and_gives_back_nothing_that_was_paid(share: Share) -> None:
    line = Fund.objects.get(pk=share.fund_id)
    with pytest.raises(IntegrityError, match="fund_committed_within_amount"), transaction.atomic():
        journal.raise_share(share, amount_fen=line.available_fen + 1, at=AT, subject_key="topup:1")
    share.refresh_from_db()
    journal.pay(share, amount_fen=100_000_000, at=AT, subject_key="payment:1")
    with pytest.raises(IntegrityError, match="share_paid_within_amount"), transaction.atomic():
        journal.release(share, amount_fen=1, at=AT, subject_key="topup:1")
    for move in (journal.raise_share, journal.release):
        with pytest.raises(ValueError, match="cannot be"):
            move(share, amount_fen=0, at=AT, subject_key="topup:1")


def test_no_share_is_paid_before_it_is_committed(approved: Story) -> None:
    share = Share.objects.get(purchase=approved.purchase, payer=district(approved).organisation)
    with pytest.raises(IntegrityError, match="share_paid_once_committed"), transaction.atomic():
        journal.pay(share, amount_fen=1, at=AT, subject_key="payment:1")


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_positive(share: Share, amount: int) -> None:
    with pytest.raises(ValueError, match="cannot be paid"):
        journal.pay(share, amount_fen=amount, at=AT, subject_key="payment:1")


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("committed_fen", 1_700_000_001, "fund_committed_within_amount"),
        ("paid_fen", 100_000_001, "fund_paid_within_committed"),
        ("paid_fen", -1, "fund_paid_not_negative"),
    ],
)
def test_the_database_is_the_last_guard(share: Share, field: str, value: int, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Fund.objects.filter(pk=share.fund_id).update(**{field: value})


def test_an_overspent_line_keeps_neither_entry_nor_total(share: Share) -> None:
    line, before = Fund.objects.get(pk=share.fund_id), JournalEntry.objects.count()
    lines = [Line(Account.AVAILABLE, line, -1_600_000_001), Line(Account.COMMITTED, line, 1_600_000_001)]
    with pytest.raises(IntegrityError, match="fund_committed_within_amount"), transaction.atomic():
        journal.post(lines, at=AT, memo="误", subject_key="share:1")
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budget_journalentry SET memo = ''",
        "UPDATE budget_journalline SET amount_fen = 1",
        "DELETE FROM budget_journalentry",
        "DELETE FROM budget_journalline",
    ],
)
def test_what_was_written_stays(share: Share, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_total_that_was_tampered_with_is_found(share: Share) -> None:
    Fund.objects.filter(pk=share.fund_id).update(amount_fen=1_700_000_007, committed_fen=100_000_001)
    Share.objects.filter(pk=share.pk).update(paid_fen=3)
    assert reconcile() == [
        Difference(f"fund:{share.fund_id}", "amount_fen", 1_700_000_007, 1_700_000_000),
        Difference(f"fund:{share.fund_id}", "committed_fen", 100_000_001, 100_000_000),
        Difference(share.key, "paid_fen", 3, 0),
    ]


def test_lines_written_past_the_journal_are_found(share: Share) -> None:
    entry = JournalEntry.objects.create(at=AT, memo="误", subject="fund:1")
    JournalLine.objects.create(entry=entry, account="available", fund=share.fund, amount_fen=9)
    assert reconcile() == [Difference(f"journal:{entry.pk}", "balance", 0, 9)]


def test_the_command_says_what_it_found(share: Share) -> None:
    out, err = StringIO(), StringIO()
    call_command("money", "verify", stdout=out)
    assert out.getvalue() == f"{JournalEntry.objects.count()} 笔，全部一致\n"
    Fund.objects.filter(pk=share.fund_id).update(amount_fen=1_700_000_007)
    with pytest.raises(CommandError, match="1 处不一致"):
        call_command("money", "verify", stdout=out, stderr=err)
    assert err.getvalue() == f"fund:{share.fund_id} amount_fen: 1700000007 ≠ 1700000000\n"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_posted_totals_and_journal_agree(data: st.DataObject, cast: Cast) -> None:
    """Random commitments and payments, many of them too large: refused ones leave no trace."""
    assert cast.city_finance is not None
    with transaction.atomic():
        line = Fund(payer=cast.city_finance.organisation, year=2020, name="试", state="opened")
        line.save()
        journal.appropriate(line, amount_fen=data.draw(st.integers(1, 1000)), at=AT)
        for amount in data.draw(st.lists(st.integers(-50, 400).filter(bool), max_size=8)):
            source, target = (Account.AVAILABLE, Account.COMMITTED) if amount % 3 else (Account.COMMITTED, Account.PAID)
            lines = [Line(source, line, -amount), Line(target, line, amount)]
            with suppress(IntegrityError), transaction.atomic():
                journal.post(lines, at=AT, memo="试", subject_key=line.key)
        line.refresh_from_db()
        assert 0 <= line.paid_fen <= line.committed_fen <= line.amount_fen
        assert reconcile() == []
        transaction.set_rollback(True)
