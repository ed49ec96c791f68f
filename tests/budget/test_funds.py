"""资金指标: a payer's own line, once a year, programme and purpose, its money through the journal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from gongyue.budget.facts import ProgrammeFacts
from gongyue.budget.models import Fund, JournalLine
from gongyue.budget.queries import funds_of, reconcile
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Purchase
from gongyue.kernel.perform import Outcome, perform

from .conftest import city, district, moment, objections

pytestmark = pytest.mark.django_db
PAPER = {
    "name": "社会工作服务", "year": "2011", "purpose": "programme", "programme": "gz-pilot-2010",
    "indicator_number": "穗财社〔2011〕7 号", "amount": "120000",
}  # fmt: skip


def opening(post: Post, *, payer: Post | None = None, **data: Any) -> Outcome:
    unborn = Fund(payer=(payer or post).organisation)
    at = moment("2011-01-10")
    return perform("fund.open", unborn, actor=post, at=at, data=PAPER | data, seen=0, request_id=uuid4())


@pytest.mark.clause("GZ-S-4.3a")
def test_a_line_receives_its_money_through_the_journal(line: Line) -> None:
    outcome = opening(city(line))
    assert outcome.entry is not None
    fund = Fund.objects.get(pk=outcome.subject.pk)
    assert (fund.state, fund.payer, fund.year, fund.purpose) == ("opened", city(line).organisation, 2011, "programme")
    assert (fund.amount_fen, fund.committed_fen, fund.paid_fen, fund.available_fen) == (12_000_000, 0, 0, 12_000_000)
    rows = JournalLine.objects.filter(fund=fund).order_by("pk").values_list("account", "amount_fen", "entry__subject")
    assert list(rows) == [("appropriation", -12_000_000, fund.key), ("available", 12_000_000, fund.key)]
    assert reconcile() == []


@pytest.mark.clause("GZ-P-4.3", "GZ-S-4.3a")
def test_only_finance_opens_lines(line: Line) -> None:
    for post in (line.cast.bureaus[line.district][0], line.cast.city[0], line.cast.streets[line.street.pk]):
        assert objections(opening(post)) == ["kernel.capacity"]


def test_a_payer_opens_its_own_lines_only(line: Line) -> None:
    assert objections(opening(city(line), payer=district(line))) == ["kernel.owner"]
    assert objections(opening(district(line), payer=city(line))) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-4.3a")
def test_a_line_is_opened_once(line: Line) -> None:
    assert opening(city(line)).entry is not None
    assert objections(opening(city(line), name="重复")) == ["one-fund-line"]
    for other in ({"year": "2012"}, {"programme": ""}, {"purpose": "evaluation"}):
        assert opening(city(line), **other).entry is not None
    assert opening(district(line)).entry is not None


def test_the_database_keeps_a_line_once(line: Line) -> None:
    fund = Fund.objects.get(payer=city(line).organisation, purpose="programme")
    with pytest.raises(IntegrityError), transaction.atomic():
        Fund.objects.create(payer=fund.payer, year=fund.year, programme=fund.programme, purpose=fund.purpose)


@pytest.mark.clause("GZ-S-4.3e")
def test_the_evaluation_fee_is_the_annexs(line: Line) -> None:
    Fund.objects.filter(purpose="evaluation").update(year=2009)
    outcome = opening(city(line), year="2010", purpose="evaluation", amount="800001")
    assert objections(outcome) == ["evaluation-fee"]
    assert opening(city(line), year="2010", purpose="evaluation", amount="800000").entry is not None


def test_a_programme_the_regime_does_not_have_cannot_be_chosen(line: Line) -> None:
    outcome = opening(city(line), programme="gz-pilot-2030")
    assert list(outcome.form.errors) == ["programme"]


def test_facts_give_the_annexs_totals(line: Line) -> None:
    programme = line.cast.programme
    ours = ProgrammeFacts.of(Fund(payer=district(line).organisation), programme)
    assert (ours.city_total_fen, ours.district_total_fen, ours.evaluation_fen) == (
        1_700_000_000, 400_000_000, 80_000_000,
    )  # fmt: skip
    assert ProgrammeFacts.of(Fund(payer=city(line).organisation), programme).district_total_fen is None
    assert ProgrammeFacts.of(Fund(payer=city(line).organisation), None).city_total_fen is None


def test_an_organisation_may_open_a_line_outside_any_purchase(line: Line) -> None:
    (unborn,) = Fund.unborn(None, city(line))
    assert (unborn.payer, unborn.place.code) == (city(line).organisation, "440100")
    assert Fund.unborn(line_dossier(line), city(line)) == []


def test_lines_are_listed_latest_year_first(line: Line) -> None:
    opening(city(line))
    rows = funds_of(city(line).organisation).values_list("year", "purpose")
    assert list(rows) == [(2011, "programme"), (2010, "evaluation"), (2010, "programme")]


def line_dossier(line: Line) -> Dossier:
    return Dossier(Purchase(), at=moment("2011-01-10"), regime=line.regime)
