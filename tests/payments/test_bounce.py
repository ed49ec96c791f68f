from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongyue.budget.domain import journal
from gongyue.budget.models import Fund, JournalLine, Share
from gongyue.budget.queries import reconcile
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.payments.models import Claim, Payment
from gongyue.payments.queries import lateness
from tests.contracts.stages import attempt, line_of_year, moment

CHECKED, PAID, BOUNCED = date(2010, 11, 25), date(2010, 11, 30), date(2010, 12, 8)


def payer(line: Line, payment: Payment) -> Post:
    return next(post for post in line._payers() if post.organisation_id == payment.payer_id)


@pytest.fixture
def paid(filed: Line) -> Payment:
    """The first instalment paid in time by both; the city's part."""
    claim = filed.claim(1, date(2010, 11, 22), CHECKED)
    filed.pay(claim, PAID)
    return Payment.objects.filter(claim=claim).order_by("pk")[0]


@pytest.mark.clause("GZ-P-3.3.3a")
def test_a_bounced_payment_is_owed_again_by_the_same_payer_from_its_first_day(filed: Line, paid: Payment) -> None:
    filed.act("payment.bounce", paid, BOUNCED, actor=payer(filed, paid), reason="账号有误")
    paid.refresh_from_db()
    assert (paid.state, paid.bounced_on, paid.bounce_reason) == ("bounced", BOUNCED, "账号有误")
    assert Share.objects.get(pk=paid.share_id).paid_fen == 0
    lines = JournalLine.objects.filter(entry__subject=paid.key).order_by("pk")
    assert list(lines.values_list("account", "amount_fen")) == [
        ("committed", -39_000_000), ("paid", 39_000_000), ("paid", -39_000_000), ("committed", 39_000_000),
    ]  # fmt: skip
    row = Obligation.objects.get(subject=paid.key, action="payment.pay", is_open=True)
    assert (row.organisation_id, row.due_on) == (paid.payer_id, date(2010, 12, 1))
    assert attempt(filed, "payment.pay", paid, date(2010, 12, 10), actor=payer(filed, paid)).entry is not None
    (late,) = lateness(today=date(2011, 3, 1), purchase=filed.purchase)
    assert (late.payer, late.days, late.open_fen) == (paid.payer, 9, 0)
    assert Fund.objects.get(pk=paid.share.fund_id).paid_fen == 39_000_000
    assert reconcile() == []


def test_the_second_payment_has_a_new_voucher_and_a_later_day(filed: Line, paid: Payment) -> None:
    filed.act("payment.bounce", paid, BOUNCED, actor=payer(filed, paid))
    paid.refresh_from_db()
    data = {"voucher_number": paid.voucher_number, "paid_on": "2010-12-07"}
    outcome = attempt(filed, "payment.pay", paid, date(2010, 12, 10), actor=payer(filed, paid), **data)
    assert outcome.form.errors == {
        "voucher_number": ["重新拨付须使用新的拨款凭证号"],
        "paid_on": ["重新拨付不能早于退票日期（2010-12-08）"],
    }


@pytest.mark.parametrize(
    ("day", "said"),
    [("2010-11-29", "退票日期不能早于拨付日期（2010-11-30）"), ("2010-12-09", "日期不能晚于办理当日")],
)
def test_a_bounce_lies_between_the_payment_and_today(filed: Line, paid: Payment, day: str, said: str) -> None:
    outcome = attempt(filed, "payment.bounce", paid, BOUNCED, actor=payer(filed, paid), bounced_on=day)
    assert (outcome.entry, outcome.form.errors) == (None, {"bounced_on": [said]})


def test_a_claim_keeps_the_buyer_and_how_it_was_paid(filed: Line, paid: Payment) -> None:
    claim = Claim.objects.get(pk=paid.claim_id)
    assert (claim.provider, paid.channel, paid.payee_name) == (
        filed.contract().provider, "direct", str(filed.contract().provider),
    )  # fmt: skip
    form = attempt(filed, "claim.submit", None, date(2011, 5, 20), seed="2", buyer_tax_number="abc").form
    assert form.errors == {"buyer_tax_number": ["请填写 15 至 20 位数字或大写字母"]}
    assert form.initial["buyer_name"] == str(filed.contract().purchaser)


def line_of(line: Line, post: Post, year: int) -> Fund:
    return Fund.objects.get(payer=post.organisation, year=year, programme=line.cast.programme.id, purpose="programme")


def sums(fund: Fund) -> tuple[int, int, int]:
    fund.refresh_from_db()
    return fund.amount_fen, fund.committed_fen, fund.paid_fen


@pytest.mark.clause("GZ-P-3.3.3a")
def test_what_bounces_after_the_year_was_carried_is_promised_and_paid_in_the_next_years_line(
    filed: Line, paid: Payment
) -> None:
    """The old year keeps nothing of it; the other payer's money does not move; no fen is lost or made."""
    post, other = payer(filed, paid), next(p for p in filed._payers() if p.organisation_id != paid.payer_id)
    old, beside = line_of(filed, post, 2010), line_of(filed, other, 2010)
    new = line_of_year(filed, post, 2011, date(2011, 1, 10), amount="0.01")
    whole, untouched = old.amount_fen, sums(beside)
    data = {"number": "财〔2011〕3 号", "amount": old.unpaid_fen}
    filed.act("fund.carry", old, date(2011, 1, 12), actor=post, **data)
    assert sums(old) == (39_000_000, 39_000_000, 39_000_000)
    assert sums(new) == (whole - 39_000_000 + 1, 61_000_000, 0)
    filed.act("payment.bounce", paid, date(2011, 1, 20), actor=post, reason="账户已销户")
    assert sums(old) == (0, 0, 0)
    assert sums(new) == (whole + 1, 100_000_000, 0)
    lines = JournalLine.objects.filter(entry__memo__startswith="退票", entry__subject=paid.key).order_by("pk")
    assert list(lines.values_list("fund", "account", "amount_fen")) == [
        (old.pk, "paid", -39_000_000), (old.pk, "carried", 39_000_000),
        (new.pk, "carried", -39_000_000), (new.pk, "committed", 39_000_000),
    ]  # fmt: skip
    share = Share.objects.get(pk=paid.share_id)
    assert (share.paid_fen, share.fund_id) == (0, old.pk)
    paid.refresh_from_db()
    filed.act("payment.pay", paid, date(2011, 1, 25), actor=post)
    assert (sums(old), sums(new)) == ((0, 0, 0), (whole + 1, 100_000_000, 39_000_000))
    assert sums(beside) == untouched
    share.refresh_from_db()
    assert share.paid_fen == 39_000_000
    assert reconcile() == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["pay", "bounce", "give_back"]), st.integers(0, 1), st.integers(1, 100_000_000)),
        max_size=12,
    )
)
def test_whatever_is_paid_bounced_repaid_and_recovered_the_books_balance(
    filed: Line, moves: list[tuple[str, int, int]]
) -> None:
    """A share's paid money is what was paid less what came back, and the whole of the books reconciles."""
    with transaction.atomic():
        _move(filed, moves)
        transaction.set_rollback(True)


def _move(filed: Line, moves: list[tuple[str, int, int]]) -> None:
    shares = list(Share.objects.filter(purchase=filed.purchase).order_by("pk"))
    held, expected = [share.amount_fen for share in shares], [0, 0]
    for move, which, most in moves:
        amount = min(most, held[which] if move == "pay" else expected[which])
        if amount <= 0:
            continue
        getattr(journal, move)(shares[which], amount_fen=amount, at=moment(PAID), subject_key="payment:0")
        expected[which] += amount if move == "pay" else -amount
        held[which] += {"pay": -amount, "bounce": amount, "give_back": 0}[move]
    assert [Share.objects.get(pk=share.pk).paid_fen for share in shares] == expected
    for share, fen in zip(shares, held, strict=True):
        lines = JournalLine.objects.filter(share=share, account="committed")
        assert sum(lines.values_list("amount_fen", flat=True)) == fen
    assert reconcile() == []


@pytest.mark.parametrize("move", [journal.bounce, journal.give_back])
def test_nothing_comes_back_of_nothing(filed: Line, move: object) -> None:
    share = Share.objects.filter(purchase=filed.purchase)[0]
    with pytest.raises(ValueError, match="cannot come back"):
        move(share, amount_fen=0, at=moment(PAID), subject_key="payment:0")  # type: ignore[operator]
