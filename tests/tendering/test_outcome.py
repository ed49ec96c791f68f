"""Opening, ranking, award; and the call that ends without one."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import say
from gongyue.kernel.models import Role
from gongyue.ledger.models import Opening
from gongyue.tendering.domain.outcome import award
from gongyue.tendering.domain.outcome import score as total_up
from gongyue.tendering.facts import AwardFacts, TenderFacts
from gongyue.tendering.models import Bid, Ranking, Tender

from .conftest import (
    DUE,
    OPENING,
    POINTS,
    attempt,
    moment,
    objections,
    open_bids,
    score,
    submit_bids,
    submit_sheet,
)

pytestmark = pytest.mark.django_db
DAY = moment("2010-12-03")


def facts(line: Line) -> TenderFacts:
    return TenderFacts.of(Dossier(line.purchase, at=DAY, regime=line.regime))


def places(line: Line) -> list[tuple[str, Fraction, int]]:
    rows = Ranking.objects.filter(tender=line.latest(Tender)).select_related("bid__organisation")
    return [(row.bid.organisation.name, row.total, row.rank) for row in rows]


def names(line: Line, *indices: int) -> list[str]:
    return [line.cast.social[index].organisation.name for index in indices]


# --- opening ----------------------------------------------------------------------------------------------------------


def test_nothing_is_opened_before_the_deadline(bidden: Line) -> None:
    tender = bidden.latest(Tender)
    assert objections(attempt(bidden, "tender.open", tender, DUE - timedelta(seconds=1))) == ["opening-after-deadline"]
    assert attempt(bidden, "tender.open", tender, DUE).entry is not None
    assert bidden.latest(Tender).opened_at == DUE


def test_on_the_day_itself_the_refusal_names_the_hour(bidden: Line) -> None:
    tender = bidden.latest(Tender)
    for before, told in (
        (timedelta(minutes=1), f"{DUE.astimezone(LOCAL):%Y-%m-%d %H:%M}"),
        (timedelta(days=1), DUE.astimezone(LOCAL).date().isoformat()),
    ):
        (found,) = attempt(bidden, "tender.open", tender, DUE - before).findings
        assert say(found, regimes.current(bidden.purchase.regime)) == f"投标截止时间（{told}）未到，不能开标。"


def test_two_bids_are_too_few(announced: Line) -> None:
    submit_bids(announced, {0: "1980000", 1: "1950000"})
    assert objections(attempt(announced, "tender.open", announced.latest(Tender), OPENING)) == ["three-bids"]


def test_a_withdrawn_bid_does_not_count(bidden: Line) -> None:
    bid = Bid.objects.get(organisation=bidden.cast.social[0].organisation)
    bidden.act("bid.withdraw", bid, date(2010, 11, 26), actor=bidden.cast.social[0], reason="误")
    assert objections(attempt(bidden, "tender.open", bidden.latest(Tender), OPENING)) == ["three-bids"]


def test_who_came_to_the_opening_is_personal(bidden: Line) -> None:
    outcome = attempt(bidden, "tender.open", bidden.latest(Tender), OPENING, attendance="投标人代表关某某")
    assert outcome.entry is not None
    assert "关某某" not in outcome.entry.body
    assert Opening.objects.get(entry=outcome.entry, path="input.attendance").value == "投标人代表关某某"


# --- scoring ----------------------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-2.3c")
def test_totals_are_exact(scored: Line) -> None:
    """Every expert gave the same points, so quality is their sum and the price adds lowest ÷ price × 10."""
    first, second, third = names(scored, 1, 0, 3)
    assert places(scored) == [
        (first, Fraction("75.5") + 10, 1),
        (second, Fraction("74.25") + Fraction(10 * 195, 198), 2),
        (third, Fraction("62.75") + Fraction(10 * 195, 199), 3),
    ]
    assert (scored.latest(Tender).state, scored.latest(Tender).tied) == ("scored", False)


def test_every_sheet_is_awaited(opened: Line) -> None:
    for expert in opened.cast.experts[:2]:
        submit_sheet(opened, expert)
    assert (facts(opened).panel, facts(opened).sheets) == (3, 2)
    assert objections(attempt(opened, "tender.score", opened.latest(Tender), DAY)) == ["all-sheets"]


def test_experts_may_differ(opened: Line) -> None:
    submit_sheet(opened, opened.cast.experts[0])
    submit_sheet(opened, opened.cast.experts[1], POINTS | {0: ("40", "30", "20")})
    submit_sheet(opened, opened.cast.experts[2], POINTS | {0: ("40", "30", "20")})
    opened.act("tender.score", opened.latest(Tender), DAY)
    leader = places(opened)[0]
    assert leader == (names(opened, 0)[0], (Fraction("74.25") + 180) / 3 + Fraction(1950, 198), 1)


def test_a_disqualified_bid_is_neither_scored_nor_ranked(announced: Line) -> None:
    submit_bids(announced, {0: "1980000", 1: "1950000", 2: "1500000", 3: "1990000"})
    announced.act("tender.open", announced.latest(Tender), OPENING)
    out = announced.cast.social[2].organisation
    for bid in Bid.objects.filter(purchase=announced.purchase):
        if bid.organisation == out:
            announced.act("bid.disqualify", bid, OPENING, reason="审计报告缺页")
        else:
            announced.act("bid.qualify", bid, OPENING)
    assert (facts(announced).bids, facts(announced).reviewed, facts(announced).qualified) == (4, 4, 3)
    score(announced)
    assert [name for name, _total, _rank in places(announced)] == names(announced, 1, 0, 3)
    assert places(announced)[0][1] == Fraction("85.5")


def test_too_few_qualified_end_the_call(bidden: Line) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    first, second, third = Bid.objects.filter(purchase=bidden.purchase).order_by("pk")
    bidden.act("bid.disqualify", first, OPENING, reason="材料不全")
    bidden.act("bid.qualify", second, OPENING)
    bidden.act("bid.qualify", third, OPENING)
    for expert in bidden.cast.experts[:3]:
        submit_sheet(bidden, expert, {1: POINTS[1], 3: POINTS[3]})
    assert objections(attempt(bidden, "tender.score", bidden.latest(Tender), DAY)) == ["three-bids"]


# --- award ------------------------------------------------------------------------------------------------------------


def test_the_first_placed_bid_wins_and_becomes_the_provider(awarded: Line) -> None:
    tender: Tender = awarded.latest(Tender)
    winner = awarded.cast.social[1].organisation
    assert tender.winner is not None
    assert (tender.state, tender.winner.organisation, tender.awarded_at) == ("awarded", winner, moment("2010-12-06"))
    role = Role.objects.get(purchase=awarded.purchase, capacity="provider")
    assert (role.organisation, role.since) == (winner, date(2010, 12, 6))


def test_the_first_placed_is_a_fact_once_scored(scored: Line) -> None:
    first = {"price_fen": 195_000_000, "winner": str(scored.cast.social[1].organisation), "tied": False}
    first |= {"earlier_signed": False}
    first |= {"way": "", "procured": True, "framework": False, "several": False}
    dossier = Dossier(scored.purchase, at=DAY, regime=scored.regime)
    assert AwardFacts.of(dossier) == AwardFacts(**first, winners=[], falsehoods=0, awarded_on=None)
    scored.act("tender.award", scored.latest(Tender), date(2010, 12, 6))
    dossier = Dossier(scored.purchase, at=DAY, regime=scored.regime)
    told = AwardFacts.of(dossier)
    assert told == AwardFacts(**first, winners=[first["winner"]], falsehoods=0, awarded_on=date(2010, 12, 6))


def test_there_is_no_award_before_there_was_a_tender(line: Line) -> None:
    line.open(date(2010, 8, 20))
    dossier = Dossier(line.purchase, at=DAY, regime=line.regime)
    assert AwardFacts.of(dossier) == AwardFacts(
        price_fen=None, winner=None, way="", procured=True, framework=False, several=False, winners=[], awarded_on=None,
        earlier_signed=False, tied=False, falsehoods=0,
    )  # fmt: skip
    none = facts(line)
    assert (none.state, none.panel, none.sheets, none.bids, none.price_points) == ("", 0, 0, None, None)


def level(announced: Line) -> Line:
    """Two bids equal in points and price."""
    submit_bids(announced, {0: "1950000", 1: "1950000", 3: "1990000"})
    return score(open_bids(announced), {0: POINTS[1], 1: POINTS[1], 3: POINTS[3]})


def test_a_tie_is_not_awarded(announced: Line) -> None:
    level(announced)
    assert announced.latest(Tender).tied
    assert [rank for _name, _total, rank in places(announced)] == [1, 1, 3]
    assert objections(attempt(announced, "tender.award", announced.latest(Tender), DAY)) == ["award-untied"]


def test_whatever_rules_let_pass_the_database_refuses_to_award_a_tie(announced: Line) -> None:
    tender: Tender = level(announced).latest(Tender)
    dossier = Dossier(announced.purchase, at=DAY, regime=announced.regime)
    award(tender, at=DAY, actor=announced.actor("tender.award"), dossier=dossier, opinion="")
    tender.state = "awarded"
    with pytest.raises(IntegrityError, match="tender_awarded_to_somebody"), transaction.atomic():
        tender.save()
    assert not Role.objects.filter(purchase=announced.purchase, capacity="provider").exists()


def test_a_ranking_needs_sheets(opened: Line) -> None:
    tender: Tender = opened.latest(Tender)
    dossier = Dossier(opened.purchase, at=DAY, regime=opened.regime)
    total_up(tender, at=DAY, actor=opened.actor("tender.score"), dossier=dossier, opinion="")
    assert (places(opened), tender.tied) == ([], False)
    award(tender, at=DAY, actor=opened.actor("tender.score"), dossier=dossier, opinion="")
    assert tender.winner is None


# --- no award ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["announced", "opened", "scored"])
def test_a_call_may_fail_at_any_stage_and_another_follow(stage: str, request: pytest.FixtureRequest) -> None:
    line: Line = request.getfixturevalue(stage)
    line.act("tender.fail", line.latest(Tender), moment("2010-12-04"), reason="采购任务取消后恢复")
    tender: Tender = line.latest(Tender)
    assert (tender.state, tender.failed_at) == ("failed", moment("2010-12-04"))
    line.act("tender.draft", None, date(2010, 12, 6))
    again = facts(line)
    assert (line.latest(Tender).pk != tender.pk, again.state, again.failed, again.bids) == (True, "drafted", 1, None)


def test_an_awarded_tender_does_not_fail(awarded: Line) -> None:
    outcome = attempt(awarded, "tender.fail", awarded.latest(Tender), moment("2010-12-07"), reason="反悔")
    assert objections(outcome) == ["kernel.state"]


def test_a_second_call_is_a_tender_of_its_own(bidden: Line) -> None:
    bidden.act("tender.fail", bidden.latest(Tender), date(2010, 11, 26), reason="需求有变")
    bidden.act("tender.draft", None, date(2010, 11, 27))
    bidden.act("tender.brief", bidden.latest(Tender), date(2010, 11, 28))
    bidden.act("tender.appoint", bidden.latest(Tender), date(2010, 11, 29))
    bidden.act("tender.publish", bidden.latest(Tender), date(2010, 12, 14))
    submit_bids_again = {0: "1900000", 1: "1920000", 3: "1940000"}
    for index, price in submit_bids_again.items():
        bidden.act("bid.submit", None, date(2010, 12, 28), actor=bidden.cast.social[index], price=price)
    at = moment("2011-01-05")
    assert TenderFacts.of(Dossier(bidden.purchase, at=at, regime=bidden.regime)).bids == 3
    assert Bid.objects.filter(purchase=bidden.purchase).count() == 6
