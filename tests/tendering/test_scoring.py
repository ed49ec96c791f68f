"""Exact scoring, held against a small calculator that shares no line with it."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.tendering.scoring import Offered, Placed, price_score, quality_score, rank, shown, tied


def test_the_lowest_price_earns_all_the_points() -> None:
    assert price_score(195_000_000, 195_000_000, 10) == 10
    assert price_score(198_000_000, 195_000_000, 10) == Fraction(325, 33)


def test_a_bids_quality_is_the_experts_average() -> None:
    sheets = [{7: {1: 3850, 2: 2700}}, {7: {1: 3600, 2: 2500}}, {7: {1: 4000, 2: 3000}}]
    assert quality_score(7, [1, 2], sheets) == Fraction(19_650, 300)


def test_no_sheets_are_no_score() -> None:
    with pytest.raises(ValueError, match="nobody has scored"):
        quality_score(7, [1], [])


def test_nobody_is_ranked_where_nobody_bid() -> None:
    assert rank([], price_points=10, factors=[1], sheets=[{}]) == []


def test_the_best_total_comes_first() -> None:
    sheets = [{1: {1: 8000}, 2: {1: 7000}}, {1: {1: 8100}, 2: {1: 7100}}]
    bids = [Offered(1, 200_000_000), Offered(2, 100_000_000)]
    assert rank(bids, price_points=10, factors=[1], sheets=sheets) == [
        Placed(1, Fraction(171, 2), 1),
        Placed(2, Fraction(161, 2), 2),
    ]


def test_the_lower_price_goes_first_where_totals_are_equal() -> None:
    sheets = [{1: {1: 5000}, 2: {1: 5000}}]
    placed = rank([Offered(1, 200), Offered(2, 199)], price_points=0, factors=[1], sheets=sheets)
    assert placed == [Placed(2, Fraction(50), 1), Placed(1, Fraction(50), 2)]
    assert not tied(placed)


def test_equal_in_both_is_a_tie_and_the_next_place_is_left_out() -> None:
    sheets = [{1: {1: 5000}, 2: {1: 5000}, 3: {1: 4000}}]
    placed = rank([Offered(n, 200) for n in (1, 2, 3)], price_points=0, factors=[1], sheets=sheets)
    assert [(row.bid, row.rank) for row in placed] == [(1, 1), (2, 1), (3, 3)]
    assert tied(placed)


def test_price_alone_needs_no_sheets() -> None:
    assert rank([Offered(1, 300), Offered(2, 200)], price_points=100, factors=[], sheets=[]) == [
        Placed(2, Fraction(100), 1),
        Placed(1, Fraction(200, 3), 2),
    ]


@pytest.mark.parametrize(
    ("points", "text"), [(Fraction(85), "85.00"), (Fraction(200, 3), "66.67"), (Fraction(1, 200), "0.01")]
)
def test_pages_show_two_decimals(points: Fraction, text: str) -> None:
    assert shown(points) == text


# --- the independent calculator: decimals with sixty digits, pairwise comparison -----------------------------

Case = tuple[dict[int, int], int, list[int], list[dict[int, dict[int, int]]]]
CLOSE = Decimal("1e-40")


def calculated(prices: dict[int, int], price_points: int, sheets: list[dict[int, dict[int, int]]]) -> dict[int, int]:
    """Places by counting, for each bid, how many are better."""
    with localcontext() as context:
        context.prec = 60
        totals: dict[int, Decimal] = {}
        for bid, price in prices.items():
            total = Decimal(min(prices.values())) / Decimal(price) * price_points
            for sheet in sheets:
                for points in sheet[bid].values():
                    total += Decimal(points) / 100 / len(sheets)
            totals[bid] = total

        def better(one: int, other: int) -> bool:
            if abs(totals[one] - totals[other]) > CLOSE:
                return totals[one] > totals[other]
            return prices[one] < prices[other]

        return {bid: 1 + sum(better(other, bid) for other in prices) for bid in prices}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Few distinct values, so that ties are common."""
    bids = draw(st.lists(st.integers(1, 50), min_size=1, max_size=6, unique=True))
    price_points = draw(st.sampled_from([0, 10, 30, 100]))
    factors = draw(st.lists(st.integers(1, 9), max_size=4, unique=True))
    prices = {bid: draw(st.sampled_from([100, 150, 200]) | st.integers(1, 10**15)) for bid in bids}
    cell = st.sampled_from([0, 1, 1000, 2500]) | st.integers(0, 4000)
    experts = draw(st.integers(1, 5))
    sheets = [{bid: {factor: draw(cell) for factor in factors} for bid in bids} for _expert in range(experts)]
    return prices, price_points, factors, sheets


@settings(max_examples=400)
@given(case=cases())
def test_places_are_those_of_the_calculator(case: Case) -> None:
    prices, price_points, factors, sheets = case
    bids = [Offered(bid, price) for bid, price in prices.items()]
    placed = rank(bids, price_points=price_points, factors=factors, sheets=sheets)
    assert {row.bid: row.rank for row in placed} == calculated(prices, price_points, sheets)
    assert tied(placed) == (list(calculated(prices, price_points, sheets).values()).count(1) > 1)


@settings(max_examples=100)
@given(case=cases(), seed=st.randoms(use_true_random=False))
def test_the_order_of_handing_in_does_not_matter(case: Case, seed: object) -> None:
    prices, price_points, factors, sheets = case
    bids = [Offered(bid, price) for bid, price in prices.items()]
    straight = rank(bids, price_points=price_points, factors=factors, sheets=sheets)
    assert rank(bids[::-1], price_points=price_points, factors=factors, sheets=sheets[::-1]) == straight
