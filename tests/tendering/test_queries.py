"""Who reads what, when: nothing of a bid before its opening, no name of the panel before the award."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post, Role
from gongyue.tendering import queries
from gongyue.tendering.models import Bid, ScoreSheet, Tender

from .conftest import DUE, OPENING, moment, open_bids, submit_bids, submit_sheet

pytestmark = pytest.mark.django_db
BEFORE = DUE - timedelta(hours=1)
AFTER = moment("2010-12-02", 18)
LATER = moment("2010-12-07")

READERS: dict[str, Callable[[Line], Post]] = {
    "street": lambda line: line.cast.streets[line.street.pk],
    "purchaser": lambda line: line.cast.bureaus[line.district][0],
    "second officer": lambda line: line.cast.bureaus[line.district][1],
    "city bureau": lambda line: line.cast.city[0],
    "district finance": lambda line: line.cast.finances[line.district],
    "city finance": lambda line: line.cast.city_finance or pytest.fail("no city finance"),
    "seated expert": lambda line: line.cast.experts[0],
    "other expert": lambda line: line.cast.experts[4],
    "bidder": lambda line: line.cast.social[0],
    "other bidder": lambda line: line.cast.social[1],
    "other organisation": lambda line: line.cast.social[2],
    "evaluator": lambda line: line.cast.evaluator or pytest.fail("no evaluator"),
}
JUDGES = {"purchaser", "second officer", "city bureau", "seated expert"}
BIDDERS = {"bidder": 0, "other bidder": 1}


def seen(line: Line, reader: str, at: Any) -> list[tuple[int, int | None, bool]]:
    """Whose bid (index of the cast), its price, and whether its plan can be read."""
    index = {post.organisation_id: n for n, post in enumerate(line.cast.social)}
    rows = queries.visible_bids(line.purchase, READERS[reader](line), at)
    return [(index[row.organisation.pk], row.price_fen, row.plan is not None) for row in rows]


EVERYTHING = [(0, 198_000_000, True), (1, 195_000_000, True), (3, 199_000_000, True)]
OWN = {reader: [row for row in EVERYTHING if row[0] == BIDDERS.get(reader)] for reader in READERS}


def test_before_the_opening_a_bid_is_its_makers_alone(bidden: Line) -> None:
    """Also once the deadline has passed: the bids are open when they were opened."""
    for at in (BEFORE, DUE, OPENING):
        assert {reader: seen(bidden, reader, at) for reader in READERS} == OWN


def test_after_the_opening_those_who_judge_read_all_and_bidders_their_own(opened: Line) -> None:
    expected = OWN | dict.fromkeys(JUDGES, EVERYTHING)
    assert {reader: seen(opened, reader, AFTER) for reader in READERS} == expected


def test_after_the_award_bidders_read_each_others_prices(awarded: Line) -> None:
    assert seen(awarded, "bidder", LATER) == [(0, 198_000_000, True), (1, 195_000_000, False), (3, 199_000_000, False)]
    assert seen(awarded, "other organisation", LATER) == []
    others = [row for row in queries.visible_bids(awarded.purchase, awarded.cast.social[0], LATER) if not row.own]
    assert [(row.profile, row.fund_rules, row.evidence, row.submitted_at) for row in others] == [(None,) * 4] * 2


def test_a_withdrawn_bid_is_never_opened_to_others(announced: Line) -> None:
    submit_bids(announced, {0: "1980000", 1: "1950000", 2: "1970000", 3: "1990000"})
    bid = Bid.objects.get(organisation=announced.cast.social[2].organisation)
    announced.act("bid.withdraw", bid, date(2010, 11, 26), actor=announced.cast.social[2], reason="误")
    open_bids(announced)
    assert [index for index, _price, _plan in seen(announced, "purchaser", AFTER)] == [0, 1, 3]
    assert [index for index, _price, _plan in seen(announced, "other organisation", AFTER)] == [2]
    bid.refresh_from_db()
    assert (bid.visible_to(READERS["purchaser"](announced)), bid.visible_to(announced.cast.social[2])) == (False, True)


def test_bids_of_a_call_that_failed_unopened_stay_sealed(bidden: Line) -> None:
    bidden.act("tender.fail", bidden.latest(Tender), date(2010, 11, 26), reason="需求有变")
    assert seen(bidden, "purchaser", LATER) == []
    hidden = queries.secrets(bidden.purchase, None, LATER)
    assert hidden.subjects == frozenset(bid.key for bid in Bid.objects.filter(purchase=bidden.purchase))


def test_a_bid_may_be_shown_to_its_maker_then_to_others(bidden: Line) -> None:
    bid = Bid.objects.get(organisation=bidden.cast.social[0].organisation)
    assert (bid.visible_to(bidden.cast.social[0]), bid.visible_to(READERS["purchaser"](bidden))) == (True, False)
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.get(pk=bid.pk)
    assert bid.visible_to(READERS["purchaser"](bidden))


# --- what lists, timelines and feeds leave out --------------------------------------------------------------------


def hidden_roles(line: Line, post: Post | None, at: Any) -> list[tuple[str, int]]:
    """Hidden capacities, and how many of each."""
    rows = Role.objects.filter(pk__in=queries.secrets(line.purchase, post, at).roles).values_list("capacity", flat=True)
    return sorted((capacity, list(rows).count(capacity)) for capacity in set(rows))


def test_bidders_and_experts_are_nobodys_business_before_the_opening(bidden: Line) -> None:
    keys = {bid.organisation_id: bid.key for bid in Bid.objects.filter(purchase=bidden.purchase)}
    bidder = bidden.cast.social[0]
    assert queries.secrets(bidden.purchase, None, BEFORE).subjects == set(keys.values())
    others = {key for organisation, key in keys.items() if organisation != bidder.organisation_id}
    assert queries.secrets(bidden.purchase, bidder, BEFORE).subjects == others
    assert hidden_roles(bidden, None, BEFORE) == [("bidder", 3), ("expert", 3)]
    assert hidden_roles(bidden, bidder, BEFORE) == [("bidder", 2), ("expert", 3)]
    assert hidden_roles(bidden, bidden.cast.experts[0], BEFORE) == [("bidder", 3), ("expert", 2)]
    assert hidden_roles(bidden, READERS["purchaser"](bidden), BEFORE) == [("bidder", 3)]


def test_after_the_opening_sheets_and_experts_remain_hidden_until_the_award(opened: Line) -> None:
    submit_sheet(opened, opened.cast.experts[0])
    sheet = ScoreSheet.objects.get(purchase=opened.purchase)
    for reader in ("city bureau", "bidder", "other expert", "street"):
        post = READERS[reader](opened)
        assert (queries.secrets(opened.purchase, post, AFTER).subjects, sheet.visible_to(post)) == ({sheet.key}, False)
        assert hidden_roles(opened, post, AFTER) == [("expert", 3)]
    assert queries.secrets(opened.purchase, opened.cast.experts[0], AFTER).subjects == set()
    assert queries.secrets(opened.purchase, READERS["purchaser"](opened), AFTER).roles == set()


def test_after_the_award_nothing_is_hidden(awarded: Line) -> None:
    for post in (None, awarded.cast.social[2]):
        assert queries.secrets(awarded.purchase, post, LATER) == queries.Secrets(frozenset(), frozenset())
    assert ScoreSheet.objects.filter(purchase=awarded.purchase)[0].visible_to(awarded.cast.social[2])


def test_the_panel_is_the_purchasers_secret_until_the_award(scored: Line) -> None:
    members = {post.pk for post in scored.cast.experts[:3]}

    def told(at: Any) -> set[str]:
        """The readers who are given the names."""
        found = {reader: queries.panel(scored.latest(Tender), post(scored), at) for reader, post in READERS.items()}
        assert all(row is None or {post.pk for post in row} == members for row in found.values())
        return {reader for reader, row in found.items() if row is not None}

    assert told(AFTER) == {"purchaser", "second officer"}
    scored.act("tender.award", scored.latest(Tender), date(2010, 12, 6))
    assert told(LATER) == set(READERS)


# --- for pages ------------------------------------------------------------------------------------------------------


def test_the_result_is_for_judges_once_scored_and_for_everybody_once_awarded(scored: Line) -> None:
    found = {reader: queries.ranking(scored.purchase, post(scored), AFTER) for reader, post in READERS.items()}
    assert {reader for reader, rows in found.items() if rows} == JUDGES
    assert queries.ranking(scored.purchase, None, AFTER) == []
    scored.act("tender.award", scored.latest(Tender), date(2010, 12, 6))
    rows = queries.ranking(scored.purchase, None, LATER)
    assert [(row.rank, row.price_fen, row.shown, row.tied, row.won) for row in rows] == [
        (1, 195_000_000, "85.50", False, True),
        (2, 198_000_000, "84.10", False, False),
        (3, 199_000_000, "72.55", False, False),
    ]


def test_there_is_no_result_without_a_tender(drafting: Line) -> None:
    assert queries.ranking(drafting.purchase, None, LATER) == []
    assert queries.summary(drafting.purchase, None, LATER) is None
    assert queries.own_bid(drafting.purchase, drafting.cast.social[0]) is None


def test_a_summary_counts_bids_once_the_deadline_has_passed(bidden: Line) -> None:
    post = READERS["street"](bidden)
    before, after = (queries.summary(bidden.purchase, post, at) for at in (BEFORE, DUE))
    assert before and after
    assert (before.bids, before.qualified, before.panel_size, before.panel) == (None, None, 3, None)
    assert (after.bids, after.qualified, after.sheets, after.winner, after.earlier) == (3, 0, 0, None, [])


def test_a_summary_names_the_winner_and_the_calls_before(bidden: Line) -> None:
    bidden.act("tender.fail", bidden.latest(Tender), date(2010, 11, 26), reason="需求有变")
    former = bidden.latest(Tender)
    publish_again = {"tender.draft": 27, "tender.brief": 28}
    for name, day in publish_again.items():
        bidden.act(name, None if name == "tender.draft" else bidden.latest(Tender), date(2010, 11, day))
    found = queries.summary(bidden.purchase, None, LATER)
    assert found
    assert (found.tender, found.earlier) == (bidden.latest(Tender), [former])


def test_a_summary_of_an_award(awarded: Line) -> None:
    found = queries.summary(awarded.purchase, None, LATER)
    assert found
    assert (found.winner, found.price_fen) == (awarded.cast.social[1].organisation, 195_000_000)
    early = queries.summary(awarded.purchase, None, AFTER)
    assert early
    assert (early.winner, early.price_fen, early.panel) == (None, None, None)


def test_ones_own_bid_is_found_until_withdrawn(bidden: Line) -> None:
    bidder = bidden.cast.social[0]
    own = queries.own_bid(bidden.purchase, bidder)
    assert own is not None
    assert own.organisation == bidder.organisation
    bidden.act("bid.withdraw", own, date(2010, 11, 26), actor=bidder, reason="误")
    assert queries.own_bid(bidden.purchase, bidder) is None


@pytest.mark.parametrize(("at", "expected"), [(BEFORE, 1), (DUE, 1), (DUE + timedelta(seconds=1), 0)])
def test_open_calls_are_those_that_take_bids(announced: Line, at: Any, expected: int) -> None:
    assert list(queries.open_calls(at, 1)) == [announced.latest(Tender)][:expected]


def test_open_calls_are_read_in_two_queries_by_their_index(announced: Line, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert [str(tender.purchase.division) for tender in queries.open_calls(BEFORE, 1)] == ["广卫街"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "tender_open_calls" in queries.open_calls(BEFORE, 1).explain()


def test_reading_bids_takes_two_queries(opened: Line, django_assert_num_queries: Any) -> None:
    purchase, post = opened.purchase, READERS["purchaser"](opened)
    with django_assert_num_queries(2):
        assert len(queries.visible_bids(purchase, post, AFTER)) == 3
