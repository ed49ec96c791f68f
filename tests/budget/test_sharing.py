"""Who bears how much, to the fen."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.budget.sharing import split
from gongyue.policy import Unit, largest_remainder

FEN = 10**15


def unit(city_bp: int, total_fen: int = 200_000_000) -> Unit:
    city = total_fen * city_bp // 10_000
    shares = {"city": city, "district": total_fen - city}
    return Unit("440104", "广卫街", "one", total_fen, shares, {"city": city_bp, "district": 10_000 - city_bp}, "cite")


@pytest.mark.clause("GZ-S-4.3c")
@pytest.mark.parametrize(
    ("city_bp", "expected"),
    [
        (5000, {"city": 100_000_000, "district": 100_000_000}),
        (4000, {"city": 80_000_000, "district": 120_000_000}),
        (8000, {"city": 160_000_000, "district": 40_000_000}),
        (6000, {"city": 120_000_000, "district": 80_000_000}),
        (0, {"district": 200_000_000}),
    ],
)
def test_the_whole_grant_is_shared_as_the_annex_says(city_bp: int, expected: dict[str, int]) -> None:
    assert split(200_000_000, unit(city_bp)) == expected


def test_part_of_a_grant_is_shared_by_its_ratio_and_the_odd_fen_has_an_owner() -> None:
    assert split(99, unit(5000)) == {"city": 50, "district": 49}
    assert split(101, unit(4000)) == {"city": 40, "district": 61}


def test_a_street_outside_the_annex_is_the_districts_own() -> None:
    assert split(12_345, None) == {"district": 12_345}


@given(amount=st.integers(1, FEN), city_bp=st.integers(0, 10_000))
def test_parts_sum_to_the_amount_and_stray_less_than_a_fen(amount: int, city_bp: int) -> None:
    row = unit(city_bp)
    parts = split(amount, row)
    assert sum(parts.values()) == amount
    assert all(fen > 0 for fen in parts.values())
    for level, weight in row.ratio_bp.items():
        assert abs(parts.get(level, 0) - Fraction(amount * weight, 10_000)) < 1


@given(amount=st.integers(0, FEN), cuts=st.lists(st.integers(0, 10_000), min_size=1, max_size=5))
def test_any_number_of_payers_shares_exactly(amount: int, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), 10_000]
    weights = {str(n): high - low for n, (low, high) in enumerate(zip(edges, edges[1:], strict=False))}
    parts = largest_remainder(amount, weights)
    assert sum(parts.values()) == amount
    assert all(abs(parts[n] - Fraction(amount * weights[n], 10_000)) < 1 for n in weights)
