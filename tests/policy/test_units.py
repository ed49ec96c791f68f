from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.policy import largest_remainder
from gongyue.policy.units import canonical, exact

WEIGHTS = st.lists(st.integers(1, 10_000), min_size=1, max_size=6).map(
    lambda raw: {f"p{n}": weight for n, weight in enumerate(_normalised(raw))}
)


def _normalised(raw: list[int]) -> list[int]:
    """Weights in proportion to these that sum to ten thousand."""
    cuts = [10_000 * sum(raw[:n]) // sum(raw) for n in range(len(raw) + 1)]
    return [after - before for before, after in zip(cuts, cuts[1:], strict=False)]


@pytest.mark.parametrize(
    ("value", "unit", "fen"),
    [
        (200, "wan_yuan", 200_000_000), ("0.0001", "wan_yuan", 100), ("0.000001", "wan_yuan", 1), ("12.34",
         "yuan", 1234),
        ("-3", "yuan", -300), ("50", "percent", 5000), ("2.5", "percent", 250), ("0.01", "percent", 1), (15, "day", 15),
    ],
)  # fmt: skip
def test_authored_numbers_become_whole(value: str | int, unit: str, fen: int) -> None:
    assert exact(value, unit) == fen


@pytest.mark.parametrize(
    ("value", "unit", "reason"),
    [
        ("0.0000001", "wan_yuan", "0.0000001 wan_yuan is not a whole number of fen"),
        ("0.001", "yuan", "0.001 yuan is not a whole number of fen"),
        ("33.333", "percent", "33.333 percent is not a whole number of bp"),
        ("1.5", "day", "1.5 day is not a whole number of day"),
        ("1e3", "fen", "'1e3' is not a number of fen"),
        ("", "fen", "'' is not a number of fen"),
        ("１５", "day", "'１５' is not a number of day"),
        (True, "count", "True is not a number of count"),
        (None, "fen", "None is not a number of fen"),
        (0.5, "fen", "0.5 is not a number of fen"),
    ],
)
def test_what_is_not_whole_is_refused(value: object, unit: str, reason: str) -> None:
    with pytest.raises(ValueError) as error:
        exact(value, unit)
    assert str(error.value) == reason


def test_canonical_units() -> None:
    assert [canonical(u) for u in ("wan_yuan", "yuan", "fen", "percent", "bp", "day")] == [
        "fen",
        "fen",
        "fen",
        "bp",
        "bp",
        "day",
    ]


def test_odd_fen_go_to_the_largest_remainder() -> None:
    assert largest_remainder(101, {"city": 4000, "district": 6000}) == {"city": 40, "district": 61}
    assert largest_remainder(100, {"a": 3333, "b": 3333, "c": 3334}) == {"a": 33, "b": 33, "c": 34}


def test_ties_go_in_declared_order() -> None:
    assert largest_remainder(1, {"district": 5000, "city": 5000}) == {"district": 1, "city": 0}
    assert largest_remainder(1, {"city": 5000, "district": 5000}) == {"city": 1, "district": 0}
    assert largest_remainder(3, {"a": 2500, "b": 2500, "c": 2500, "d": 2500}) == {"a": 1, "b": 1, "c": 1, "d": 0}


def test_a_payer_without_a_share_gets_nothing() -> None:
    assert largest_remainder(7, {"city": 0, "district": 10_000}) == {"city": 0, "district": 7}


@pytest.mark.parametrize("weights", [{}, {"a": 9999}, {"a": 5000, "b": 5001}, {"a": -1, "b": 10_001}])
def test_weights_must_be_whole(weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="^weights must be non-negative and sum to 10000 basis points$"):
        largest_remainder(1, weights)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_shares_are_exact_and_fair(total: int, weights: dict[str, int]) -> None:
    shares = largest_remainder(total, weights)
    assert sum(shares.values()) == total
    assert list(shares) == list(weights)
    assert all(abs(shares[name] - Fraction(total * weights[name], 10_000)) < 1 for name in weights)


@given(st.integers(0, 10**15), WEIGHTS)
def test_nobody_gets_an_odd_fen_before_a_larger_remainder(total: int, weights: dict[str, int]) -> None:
    shares = largest_remainder(total, weights)
    got = {name: shares[name] - total * weight // 10_000 for name, weight in weights.items()}
    with_odd = [total * weights[n] % 10_000 for n in weights if got[n]]
    without = [total * weights[n] % 10_000 for n in weights if not got[n]]
    assert not with_odd or not without or min(with_odd) >= max(without)
