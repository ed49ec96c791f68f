"""结转: what is unpaid when the year is over goes, once, into the next year's line; promises are paid from there."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from gongyue.budget.domain import journal
from gongyue.budget.models import Fund, JournalLine, Share
from gongyue.budget.queries import reconcile
from gongyue.demonstration.line import Line
from gongyue.kernel.perform import Outcome, perform

from .conftest import attempt, district, moment, objections
from .test_funds import opening

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(approved: Line) -> Line:
    """The district's million is promised to the street; none of it is paid."""
    share = Share.objects.get(purchase=approved.purchase, payer=district(approved).organisation)
    outcome = attempt(approved, "share.commit", share, moment("2010-10-12"), actor=district(approved))
    assert outcome.entry is not None
    return approved


def of_2010(line: Line) -> Fund:
    """The district's line of the pilot's first year."""
    payer = district(line).organisation
    return Fund.objects.get(payer=payer, programme="gz-pilot-2010", purpose="programme", year=2010)


def next_year(line: Line) -> Fund:
    """The district's line of 2011, of 120 000 yuan."""
    codes = {
        "project_code": "440104-2011-07",
        "function_code": "2080299",
        "economic_code": "30227",
        "nature": "general",
    }
    outcome = opening(district(line), **codes)
    assert outcome.entry is not None
    return Fund.objects.get(pk=outcome.subject.pk)


def carry(line: Line, on: str = "2011-01-12", /, **data: Any) -> Outcome:
    row = of_2010(line)
    given = {"number": "穗越财〔2011〕3 号", "amount": row.unpaid_fen} | data
    return perform(
        "fund.carry", row, actor=district(line), at=moment(on), data=given, seen=row.version, request_id=uuid4()
    )


def pay(line: Line, fen: int) -> None:
    share = Share.objects.get(purchase=line.purchase, payer=district(line).organisation)
    with transaction.atomic():
        journal.pay(share, amount_fen=fen, at=moment("2011-02-01"), subject_key="payment:1")


def sums(row: Fund) -> tuple[int, int, int]:
    row.refresh_from_db()
    return row.amount_fen, row.committed_fen, row.paid_fen


def test_a_line_has_its_codes(line: Line) -> None:
    row = next_year(line)
    assert (row.project_code, row.function_code, row.economic_code, row.nature) == (
        "440104-2011-07", "2080299", "30227", "general",
    )  # fmt: skip
    refused = opening(district(line), year="2012", function_code="社会保障")
    assert {k: [str(e) for e in v] for k, v in refused.form.errors.items()} == {
        "function_code": ["只能填写数字、字母和连字符"]
    }


def test_what_is_unpaid_goes_into_the_next_years_line(committed: Line) -> None:
    old, new = of_2010(committed), next_year(committed)
    pay(committed, 40_000_000)
    amount, promised, _paid = sums(old)
    outcome = carry(committed)
    assert outcome.entry is not None
    assert sums(old) == (40_000_000, 40_000_000, 40_000_000)
    assert sums(new) == (12_000_000 + amount - 40_000_000, promised - 40_000_000, 0)
    old.refresh_from_db()
    assert (old.carried_to_id, old.carried_fen, old.carry_number) == (
        new.pk, amount - 40_000_000, "穗越财〔2011〕3 号",
    )  # fmt: skip
    lines = JournalLine.objects.filter(entry__memo="结转 穗越财〔2011〕3 号")
    assert sum(lines.filter(fund=old).values_list("amount_fen", flat=True)) == 0
    assert sum(lines.filter(fund=new).values_list("amount_fen", flat=True)) == 0
    assert reconcile() == []


def test_a_promise_is_paid_from_where_it_went(committed: Line) -> None:
    new = next_year(committed)
    assert carry(committed).entry is not None
    before = sums(of_2010(committed))
    pay(committed, 30_000_000)
    assert sums(of_2010(committed)) == before
    assert sums(new)[2] == 30_000_000
    assert reconcile() == []


def test_not_before_the_year_is_over_and_only_into_a_line_of_its_own(committed: Line) -> None:
    assert objections(carry(committed, "2010-12-31")) == ["carry-after-year", "carry-into-next-line"]
    assert objections(carry(committed)) == ["carry-into-next-line"]


def test_once_and_never_more_than_there_is(committed: Line) -> None:
    next_year(committed)
    row = of_2010(committed)
    assert objections(carry(committed, amount=row.unpaid_fen + 1)) == ["carry-unspent-only"]
    short = carry(committed, amount=row.promised_fen - 1)
    assert (short.entry, list(short.form.errors)) == (None, ["amount"])
    assert carry(committed, amount=row.promised_fen).entry is not None
    assert objections(carry(committed, "2011-01-13", amount=1)) == ["carry-once"]
    assert reconcile() == []


def test_only_its_payer_carries_it(committed: Line) -> None:
    next_year(committed)
    row = of_2010(committed)
    data = {"number": "1", "amount": row.unpaid_fen}
    bureau = committed.cast.bureaus[committed.district][0]
    at = moment("2011-01-12")
    refused = perform("fund.carry", row, actor=bureau, at=at, data=data, seen=row.version, request_id=uuid4())
    assert objections(refused) == ["kernel.capacity"]


def test_nothing_is_promised_from_a_line_that_was_carried(approved: Line) -> None:
    next_year(approved)
    row = of_2010(approved)
    assert carry(approved, amount=row.unpaid_fen - 1).entry is not None
    share = Share.objects.get(purchase=approved.purchase, payer=district(approved).organisation)
    outcome = attempt(approved, "share.commit", share, moment("2011-01-13"), actor=district(approved))
    assert objections(outcome) == ["fund-sufficient"]


@pytest.mark.django_db(transaction=True)
def test_paying_and_carrying_at_once_loses_nothing(committed: Line) -> None:
    new = next_year(committed)
    amount = sum(sums(row)[0] for row in (of_2010(committed), new))

    def pays() -> None:
        try:
            for _n in range(5):
                pay(committed, 1_000_000)
        finally:
            connection.close()

    payer = threading.Thread(target=pays)
    row = of_2010(committed)
    payer.start()
    carry(committed, amount=row.unpaid_fen - 5_000_000)
    payer.join()
    both = [sums(one) for one in (of_2010(committed), new)]
    assert (sum(one[0] for one in both), sum(one[2] for one in both)) == (amount, 5_000_000)
    assert reconcile() == []
