"""畸高畸低: computed exactly against the mean of the other members; no figure of our own decides."""

from __future__ import annotations

from fractions import Fraction

from gongyue.tendering.extremes import apart
from gongyue.tendering.models import ScoreSheet, Tender

FACTORS = [
    {"name": "方案", "points": 40, "is_price": False}, {"name": "团队", "points": 20, "is_price": False},
    {"name": "价格", "points": 40, "is_price": True},
]  # fmt: skip


def sheet(number: int, *points: tuple[int, int]) -> ScoreSheet:
    """The points for bids 1, 2, …, each for both factors, in hundredths."""
    scores = {str(bid): {"1": first, "2": second} for bid, (first, second) in enumerate(points, 1)}
    return ScoreSheet(pk=number, scores=scores)


def test_each_score_is_held_against_the_mean_of_the_others() -> None:
    """Of 40 points: 12 against 35 and 36, so 23.5 below, 58.75% of the factor; the others 11 and 12.5 above."""
    sheets = [sheet(1, (1200, 1500)), sheet(2, (3500, 1500)), sheet(3, (3600, 1500))]
    found = [(one.sheet.pk, one.factor, one.others, one.share_bp) for one in apart(Tender(factors=FACTORS), sheets)]
    assert found == [
        (1, "方案", Fraction(3550), -5875), (3, "方案", Fraction(2350), 3125), (2, "方案", Fraction(2400), 2750),
    ]  # fmt: skip
    first = apart(Tender(factors=FACTORS), sheets)[0]
    assert (first.given_shown, first.others_shown, first.high) == ("12.00", "35.50", False)


def test_the_edge_belongs_to_what_is_flagged_and_without_a_limit_nothing_is() -> None:
    one = apart(Tender(factors=FACTORS), [sheet(1, (1200, 0)), sheet(2, (3500, 0)), sheet(3, (3600, 0))])[0]
    assert [one.beyond(limit) for limit in (5875, 5876, None)] == [True, False, False]


def test_of_two_members_nothing_can_be_said() -> None:
    assert apart(Tender(factors=FACTORS), [sheet(1, (0, 0)), sheet(2, (4000, 2000))]) == []
