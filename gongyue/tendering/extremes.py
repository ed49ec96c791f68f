"""畸高畸低: how far each member's points lie from those of the others. Only the committee finds a score extreme.

From how far on it is, no source gives (a slot of the national pack says so): where a place's pack sets
`tender.extreme_share` what lies beyond is flagged, elsewhere a reader may try a share of its own, which changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from .models import ScoreSheet, Tender
from .scoring import HUNDRED, shown

SHARE = "tender.extreme_share"
FEWEST = 3  # with two sheets each is as far from the other
BP = 10_000


@dataclass(frozen=True)
class Apart:
    """One member's points for one bid and factor (hundredths), the mean of the other members' (hundredths), and how
    far apart they are as a share of the factor's points (basis points; negative: lower)."""

    sheet: ScoreSheet
    bid: int
    factor: str
    given: int
    others: Fraction
    share_bp: int

    @property
    def high(self) -> bool:
        return self.share_bp > 0

    @property
    def given_shown(self) -> str:
        return shown(Fraction(self.given, HUNDRED))

    @property
    def others_shown(self) -> str:
        return shown(self.others / HUNDRED)

    def beyond(self, limit_bp: int | None) -> bool:
        """Whether it lies as far from the others as this, or farther; of no limit nothing does."""
        return limit_bp is not None and abs(self.share_bp) >= limit_bp


def apart(tender: Tender, sheets: Iterable[ScoreSheet]) -> list[Apart]:
    """Every score that is not the mean of the others, the farthest first; nothing of fewer than three sheets."""
    given = [(one, one.points()) for one in sheets]
    if len(given) < FEWEST:
        return []
    found = [
        one
        for number, factor in tender.judged
        for bid in sorted(given[0][1])
        for one in _of_factor(given, bid, number, factor["name"], factor["points"])
    ]
    return sorted(found, key=lambda one: (-abs(one.share_bp), one.bid, one.sheet.pk))


def _of_factor(
    given: list[tuple[ScoreSheet, dict[int, dict[int, int]]]], bid: int, number: int, name: str, points: int
) -> Iterable[Apart]:
    total = sum(scores[bid][number] for _sheet, scores in given)
    for sheet, scores in given:
        mine = scores[bid][number]
        others = Fraction(total - mine, len(given) - 1)
        share = (mine - others) * BP / (points * HUNDRED)
        if share:
            yield Apart(sheet, bid, name, mine, others, round(share))
