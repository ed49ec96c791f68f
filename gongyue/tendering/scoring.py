"""Exact scoring. No rounding until a page shows two decimals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

HUNDRED = 100  # experts give hundredths of a point


@dataclass(frozen=True)
class Offered:
    """A bid as scoring sees it: its number and its price in fen (positive)."""

    bid: int
    price_fen: int


@dataclass(frozen=True)
class Placed:
    """A bid's total in points and its place; bids equal in total and in price share a place."""

    bid: int
    total: Fraction
    rank: int


Sheet = Mapping[int, Mapping[int, int]]  # bid → factor → hundredths of a point


def price_score(price_fen: int, lowest_fen: int, points: int) -> Fraction:
    """The lowest price earns all the points, any other in proportion: lowest ÷ price × points."""
    return Fraction(lowest_fen * points, price_fen)


def quality_score(bid: int, factors: Iterable[int], sheets: Sequence[Sheet]) -> Fraction:
    """The sum over the factors of the experts' average. Raises KeyError where a sheet has a gap, ValueError without
    sheets."""
    if not sheets:
        raise ValueError("nobody has scored")
    given = sum(sheet[bid][factor] for factor in factors for sheet in sheets)
    return Fraction(given, HUNDRED * len(sheets))


def rank(
    bids: Sequence[Offered], *, price_points: int, factors: Sequence[int], sheets: Sequence[Sheet]
) -> list[Placed]:
    """Best first: by total, then by lower price; what is equal in both is tied and shares the place.

    `price_points`: what the price may earn (0: it is not a factor). `factors`: the numbers of those the experts
    scored. Raises ValueError where there are such factors and no sheets.
    """
    if not bids:
        return []
    lowest = min(bid.price_fen for bid in bids)
    totals = {
        offered.bid: price_score(offered.price_fen, lowest, price_points)
        + (quality_score(offered.bid, factors, sheets) if factors else 0)
        for offered in bids
    }
    order = sorted(bids, key=lambda offered: (-totals[offered.bid], offered.price_fen, offered.bid))
    placed: list[Placed] = []
    for place, offered in enumerate(order, 1):
        before = order[place - 2] if place > 1 else None
        equal = before and (totals[before.bid], before.price_fen) == (totals[offered.bid], offered.price_fen)
        placed.append(Placed(offered.bid, totals[offered.bid], placed[-1].rank if equal else place))
    return placed


def tied(placed: Sequence[Placed]) -> bool:
    """Whether more than one bid stands first."""
    return sum(row.rank == 1 for row in placed) > 1


def shown(points: Fraction) -> str:
    """Two decimals, half up, for reading only: the order never depends on it."""
    hundredths = int(points * HUNDRED + Fraction(1, 2))
    return f"{hundredths // HUNDRED}.{hundredths % HUNDRED:02d}"
