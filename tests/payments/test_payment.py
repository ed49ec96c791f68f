from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from gongyue.budget.models import Fund, JournalLine, Share
from gongyue.budget.queries import reconcile
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.kernel.perform import perform
from gongyue.payments.models import Claim, Payment
from tests.contracts.stages import attempt, moment, rules

CHECKED, PAID = date(2010, 11, 25), date(2010, 11, 30)


@pytest.fixture
def due(filed: Line) -> list[Payment]:
    """The first instalment claimed and checked: the city's part and the district's."""
    claim = filed.claim(1, date(2010, 11, 22), CHECKED)
    return list(Payment.objects.filter(claim=claim).order_by("pk"))


def payer(line: Line, payment: Payment) -> Post:
    posts = [line.cast.city_finance, *line.cast.finances.values()]
    return next(post for post in posts if post is not None and post.organisation_id == payment.payer_id)


def test_paying_moves_the_money_in_the_journal(filed: Line, due: list[Payment]) -> None:
    city = due[0]
    data = {"voucher_number": "ZF-17", "paid_on": "2010-11-29", "account": "6218"}
    outcome = attempt(filed, "payment.pay", city, PAID, actor=payer(filed, city), **data)
    assert outcome.entry is not None
    city.refresh_from_db()
    assert (city.state, city.voucher_number, city.paid_on, city.account) == (
        "paid",
        "ZF-17",
        date(2010, 11, 29),
        "6218",
    )
    share = Share.objects.get(pk=city.share_id)
    assert (share.paid_fen, share.amount_fen) == (39_000_000, 100_000_000)
    lines = JournalLine.objects.filter(entry__subject=city.key).order_by("pk")
    assert list(lines.values_list("account", "amount_fen")) == [("committed", -39_000_000), ("paid", 39_000_000)]
    assert Fund.objects.get(pk=share.fund_id).paid_fen == 39_000_000
    assert reconcile() == []


@pytest.mark.clause("GZ-P-4.3")
def test_a_payer_pays_its_own_part_only(filed: Line, due: list[Payment]) -> None:
    city, district = due
    assert rules(attempt(filed, "payment.pay", city, PAID, actor=payer(filed, district))) == ["kernel.owner"]
    assert rules(attempt(filed, "payment.pay", city, PAID, actor=filed.actor("claim.check"))) == ["kernel.capacity"]


def test_the_same_request_pays_once(filed: Line, due: list[Payment]) -> None:
    city, request = due[0], uuid4()
    data = {"voucher_number": "ZF-17", "paid_on": "2010-11-30", "channel": "direct"}
    actor = payer(filed, city)
    first, second = (
        perform("payment.pay", city, actor=actor, at=moment(PAID), data=data, seen=0, request_id=request) for _n in "ab"
    )
    assert (second.repeated, second.entry) == (True, first.entry)
    assert Share.objects.get(pk=city.share_id).paid_fen == 39_000_000
    assert rules(attempt(filed, "payment.pay", city, PAID, actor=actor)) == ["kernel.done"]


@pytest.mark.parametrize(
    ("day", "said"),
    [("2010-12-01", "日期不能晚于办理当日"), ("2010-11-24", "拨付日期不能早于请款核对日期（2010-11-25）")],
)
def test_the_day_of_the_voucher_lies_between_check_and_today(
    filed: Line, due: list[Payment], day: str, said: str
) -> None:
    outcome = attempt(filed, "payment.pay", due[0], PAID, actor=payer(filed, due[0]), paid_on=day)
    assert (outcome.entry, outcome.form.errors) == (None, {"paid_on": [said]})


@pytest.mark.parametrize("account", ["621", "62180", "六二一八", "6218 x"])
def test_only_the_last_four_digits_are_kept(filed: Line, due: list[Payment], account: str) -> None:
    outcome = attempt(filed, "payment.pay", due[0], PAID, actor=payer(filed, due[0]), account=account)
    assert list(outcome.form.errors) == ["account"]


@pytest.mark.clause("GZ-P-3.3.2c")
def test_nothing_is_paid_on_a_contract_that_is_not_filed(filed: Line, due: list[Payment]) -> None:
    Contract.objects.filter(purchase=filed.purchase).update(filed_on=None)
    assert rules(attempt(filed, "payment.pay", due[0], PAID, actor=payer(filed, due[0]))) == ["approved-and-filed"]


def test_an_uncommitted_share_pays_nothing(filed: Line, due: list[Payment]) -> None:
    Share.objects.filter(pk=due[0].share_id).update(state="arranged", fund=None)
    outcome = attempt(filed, "payment.pay", due[0], PAID, actor=payer(filed, due[0]))
    assert outcome.form.errors == {"__all__": ["这一出资份额尚未落实资金，无从拨付"]}


def test_a_late_payment_is_still_made_and_its_days_are_counted(filed: Line, due: list[Payment]) -> None:
    city = due[0]
    assert attempt(filed, "payment.pay", city, date(2010, 12, 21), actor=payer(filed, city)).entry is not None
    row = Obligation.objects.get(subject=city.key, action="payment.pay")
    assert (row.is_open, row.late_days, row.organisation_id) == (False, 20, city.payer_id)
    assert row.post == payer(filed, city)


def test_over_all_instalments_each_payer_pays_its_part_of_the_price(filed: Line, due: list[Payment]) -> None:
    filed.pay(due[0].claim, PAID)
    filed.assess("midterm", date(2011, 5, 2), date(2011, 5, 4))
    filed.pay(filed.claim(2, date(2011, 5, 5), date(2011, 5, 6)), date(2011, 5, 9))
    filed.assess("yearend", date(2011, 11, 1), date(2011, 11, 4))
    filed.pay(filed.claim(3, date(2011, 11, 7), date(2011, 11, 8)), date(2011, 11, 9))
    assert list(Share.objects.filter(purchase=filed.purchase).values_list("paid_fen", flat=True)) == [97_500_000] * 2
    assert Claim.unborn(filed.dossier(date(2011, 11, 10)), filed.actor("claim.submit")) == []
    assert reconcile() == []
