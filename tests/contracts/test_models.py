from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import Contract, Instalment
from gongyue.demonstration.line import Line

from . import stages


@pytest.mark.parametrize(
    ("starts", "ends", "middle"),
    [
        (date(2010, 11, 1), date(2011, 10, 31), date(2011, 5, 2)),  # 364 days
        (date(2010, 11, 1), date(2011, 11, 1), date(2011, 5, 2)),  # 365 days, the half day dropped
        (date(2010, 11, 1), None, None),
        (None, date(2010, 11, 1), None),
    ],
)
def test_the_middle_of_the_term(starts: date | None, ends: date | None, middle: date | None) -> None:
    assert Contract(starts_on=starts, ends_on=ends).mid_on == middle


def test_an_absent_contract_reads_as_a_blank_one() -> None:
    facts = ContractFacts.of(None)
    assert (facts.state, facts.amount_fen, facts.mid_on, facts.instalments_fen) == ("", None, None, 0)
    assert facts.missing == list(Contract.MANDATORY.values())


def test_facts_of_a_filed_contract(awarded: Line) -> None:
    contract = stages.filed(awarded)
    facts = ContractFacts.of(contract)
    assert facts == ContractFacts(
        state="filed",
        year_number=1,
        number="YX-2010-01",
        purchaser=str(contract.purchaser),
        provider=str(contract.provider),
        amount_fen=195_000_000,
        starts_on=date(2010, 11, 1),
        ends_on=date(2011, 10, 31),
        mid_on=date(2011, 5, 2),
        approved_on=date(2010, 10, 14),
        accepted_on=date(2010, 10, 16),
        signed_on=date(2010, 10, 20),
        filed_on=date(2010, 10, 27),
        finance_copied_on=None,
        missing=[],
        unstated=list(Contract.FURTHER.values()),
        instalments_fen=195_000_000,
        apart=False,
        others_due=0,
    )


def test_complete_at_the_last_milestone_of_its_regime(awarded: Line) -> None:
    assert not stages.signed(awarded).complete(awarded.regime)
    awarded.act("contract.file", awarded.contract(), stages.FILED)
    assert awarded.contract().complete(awarded.regime)


def test_the_database_refuses_what_no_form_lets_through(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    day = date(2011, 1, 1)
    for number, amount in [(1, 100), (4, 0), (4, -1)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Instalment.objects.create(contract=contract, number=number, due_on=day, amount_fen=amount)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(ends_on=contract.starts_on)
