"""资金落实: a payer's own share, against its own line, never beyond what the line has."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongyue.budget.facts import ItemFacts, LineFacts, ShareFacts
from gongyue.budget.models import Fund, JournalLine, Share
from gongyue.budget.queries import committed_fen, money, movements, reconcile, shares_of
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier

from .conftest import attempt, city, district, fund, moment, objections

pytestmark = pytest.mark.django_db
DAY = moment("2010-10-12")


def share(line: Line, level: str = "city") -> Share:
    payer = city(line) if level == "city" else district(line)
    return Share.objects.get(purchase=line.purchase, payer=payer.organisation)


def test_committing_holds_the_money_in_the_payers_line(approved: Line) -> None:
    before = fund(city(approved)).available_fen
    approved.act("share.commit", share(approved), DAY.date(), actor=city(approved))
    committed, line = share(approved), fund(city(approved))
    assert (committed.state, committed.fund, committed.committed_on) == ("committed", line, DAY.date())
    assert (line.committed_fen, line.available_fen, line.paid_fen) == (100_000_000, before - 100_000_000, 0)
    rows = [(row.account, row.amount_fen, row.share, row.entry.subject) for row in movements(approved.purchase)]
    assert rows == [
        ("available", -100_000_000, committed, committed.key),
        ("committed", 100_000_000, committed, committed.key),
    ]
    assert reconcile() == []


@pytest.mark.clause("GZ-P-4.3")
def test_a_line_that_does_not_suffice_refuses(approved: Line) -> None:
    Fund.objects.filter(pk=fund(district(approved)).pk).update(amount_fen=99_999_999)
    outcome = attempt(approved, "share.commit", share(approved, "district"), DAY, actor=district(approved))
    assert objections(outcome) == ["fund-sufficient"]
    assert (outcome.findings[0].figures, share(approved, "district").state) == (
        {"share.amount_fen": 100_000_000, "fund.available_fen": 99_999_999}, "arranged",
    )  # fmt: skip


@pytest.mark.clause("GZ-P-4.3")
def test_no_line_is_no_money(approved: Line) -> None:
    Fund.objects.filter(pk=fund(district(approved)).pk).update(year=2009)
    outcome = attempt(approved, "share.commit", share(approved, "district"), DAY, actor=district(approved))
    assert objections(outcome) == ["fund-sufficient"]


def test_a_payer_commits_its_own_share(approved: Line) -> None:
    outcome = attempt(approved, "share.commit", share(approved, "district"), DAY, actor=city(approved))
    assert objections(outcome) == ["kernel.owner"]


@pytest.mark.clause("GZ-P-4.3")
def test_only_finance_commits(approved: Line) -> None:
    for actor in (approved.cast.bureaus[approved.district][0], approved.cast.city[0]):
        assert objections(attempt(approved, "share.commit", share(approved), DAY, actor=actor)) == ["kernel.capacity"]


def test_a_share_is_committed_once(approved: Line) -> None:
    approved.act("share.commit", share(approved), DAY.date(), actor=city(approved))
    outcome = attempt(approved, "share.commit", share(approved), DAY, actor=city(approved))
    assert objections(outcome) == ["kernel.done"]
    assert fund(city(approved)).committed_fen == 100_000_000


def test_whatever_rules_let_pass_the_database_refuses_a_share_without_a_line(approved: Line) -> None:
    with pytest.raises(IntegrityError, match="share_committed_against_a_fund"), transaction.atomic():
        Share.objects.filter(pk=share(approved).pk).update(state="committed")


def test_shares_and_money_are_read_per_payer(approved: Line) -> None:
    approved.act("share.commit", share(approved, "district"), DAY.date(), actor=district(approved))
    rows = [(row.payer.name, row.arranged_fen, row.committed_fen, row.open_fen, row.paid_fen, row.ratio_bp)
            for row in money(approved.purchase)]  # fmt: skip
    assert rows == [
        ("广州市财政局", 100_000_000, 0, 0, 0, 5000),
        ("越秀区财政局", 100_000_000, 100_000_000, 100_000_000, 0, 5000),
    ]
    dossier = Dossier(approved.purchase, at=DAY, regime=approved.regime)
    assert sum(map(committed_fen, shares_of(dossier))) == 100_000_000
    item = ItemFacts.of(dossier)
    assert (item.state, item.amount_fen, item.committed_fen, item.shares) == ("approved", 200_000_000, 100_000_000, 2)


def test_facts_of_a_share_name_its_payers_level(approved: Line) -> None:
    assert ShareFacts.of(share(approved)) == ShareFacts(amount_fen=100_000_000, payer_level="city", year=2010)
    assert ShareFacts.of(share(approved, "district")).payer_level == "district"
    assert LineFacts.of(share(approved)) == LineFacts(amount_fen=1_700_000_000, available_fen=1_700_000_000)


def test_a_failed_act_moves_no_money(approved: Line) -> None:
    """The second of two acts on one page is stale, and the journal knows only the first."""
    stale = share(approved)
    approved.act("share.commit", share(approved), DAY.date(), actor=city(approved))
    assert objections(attempt(approved, "share.commit", stale, DAY, actor=city(approved))) == ["kernel.stale"]
    assert JournalLine.objects.filter(share=stale).count() == 2


def test_money_is_not_committed_before_it_was_arranged(approved: Line) -> None:
    outcome = attempt(approved, "share.commit", share(approved), moment("2010-10-01"), actor=city(approved))
    assert objections(outcome) == ["kernel.backdated"]
