from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.payments.domain.split import split

fen = st.integers(min_value=0, max_value=10**12)
few = st.integers(min_value=0, max_value=9)
amounts = st.lists(fen | few, min_size=1, max_size=8)
payers = st.lists(fen | few, min_size=1, max_size=5).filter(any)


@st.composite
def funded(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Instalments of a contract that uses up its shares, cut anywhere."""
    shares = draw(payers)
    cuts = sorted(draw(st.lists(st.integers(0, sum(shares)), max_size=7)))
    return [after - before for before, after in zip([0, *cuts], [*cuts, sum(shares)], strict=True)], shares


def test_the_grant_of_a_street_in_three_instalments() -> None:
    """Two million, shared 1:1; 40, 40 and 20 per cent."""
    assert split([80_000_000, 80_000_000, 40_000_000], [100_000_000, 100_000_000]) == [
        [40_000_000, 40_000_000],
        [40_000_000, 40_000_000],
        [20_000_000, 20_000_000],
    ]


def test_the_odd_fen_goes_round_and_the_totals_come_out() -> None:
    assert split([1, 1, 1, 1], [2, 2]) == [[1, 0], [0, 1], [1, 0], [0, 1]]
    assert split([33, 33, 34], [80, 20]) == [[26, 7], [27, 6], [27, 7]]


def test_a_price_below_the_shares_keeps_their_ratio() -> None:
    assert split([101, 100], [800, 200]) == [[81, 20], [80, 20]]


@given(funded())
def test_over_all_instalments_each_payer_pays_its_share_exactly(case: tuple[list[int], list[int]]) -> None:
    instalments, shares = case
    rows = split(instalments, shares)
    assert [sum(row) for row in rows] == instalments
    assert [sum(column) for column in zip(*rows, strict=True)] == shares
    assert all(part >= 0 for row in rows for part in row)


@given(amounts, payers)
def test_any_contract_is_shared_to_the_fen(instalments: list[int], shares: list[int]) -> None:
    rows = split(instalments, shares)
    assert [sum(row) for row in rows] == instalments
    assert all(part >= 0 for row in rows for part in row)
    exact = [Fraction(sum(instalments) * share, sum(shares)) for share in shares]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    assert all(abs(total - right) < 1 for total, right in zip(totals, exact, strict=True))


@given(amounts, st.tuples(fen, fen).filter(any))
def test_between_two_payers_no_instalment_runs_a_fen_ahead(instalments: list[int], shares: tuple[int, int]) -> None:
    rows = split(instalments, shares)
    first = sum(row[0] for row in rows)
    whole, so_far, given_ = sum(instalments), 0, 0
    for amount, row in zip(instalments, rows, strict=True):
        so_far, given_ = so_far + amount, given_ + row[0]
        assert abs(Fraction(first * so_far, whole or 1) - given_) < 1


@given(amounts, payers, st.integers(0, 4))
def test_who_bears_nothing_pays_nothing(instalments: list[int], shares: list[int], place: int) -> None:
    place %= len(shares) + 1
    rows = split(instalments, [*shares[:place], 0, *shares[place:]])
    assert [row[place] for row in rows] == [0] * len(instalments)


@pytest.mark.parametrize(("instalments", "shares"), [([1], []), ([1], [0, 0]), ([-1], [1]), ([1], [-1, 2])])
def test_nonsense_is_refused(instalments: list[int], shares: list[int]) -> None:
    with pytest.raises(ValueError, match="non-negative"):
        split(instalments, shares)
