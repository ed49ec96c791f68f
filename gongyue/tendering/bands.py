"""区间: points by interval, as the documents write them: 以上, 以下, 以内 include the number, 不足, 超过 exclude it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

NUMBER = r"\d+(?:\.\d+)?"
LOWER = re.compile(rf"({NUMBER})以上|超过({NUMBER})")
UPPER = re.compile(rf"({NUMBER})(?:以下|以内)|不足({NUMBER})")
BAND = re.compile(
    rf"(?P<lower>{NUMBER}以上|超过{NUMBER})?(?P<upper>{NUMBER}(?:以下|以内)|不足{NUMBER})?得(?P<points>{NUMBER})分"
)
Edge = tuple[Fraction, bool]  # the number, and whether it is included


@dataclass(frozen=True)
class Band:
    """An interval and its points; None: open on that side."""

    lower: Edge | None
    upper: Edge | None
    points: Fraction

    def holds(self, value: Fraction) -> bool:
        above = self.lower is None or value > self.lower[0] or (value == self.lower[0] and self.lower[1])
        below = self.upper is None or value < self.upper[0] or (value == self.upper[0] and self.upper[1])
        return above and below

    @property
    def empty(self) -> bool:
        """Whether no number lies in it."""
        if self.lower is None or self.upper is None:
            return False
        return self.lower[0] > self.upper[0] or (
            self.lower[0] == self.upper[0] and not (self.lower[1] and self.upper[1])
        )


def read(text: str) -> list[Band]:
    """`10以上得5分；5以上不足10得3分；不足5得0分`. Raises ValueError with the part that is not understood."""
    bands = []
    for part in re.split(r"[；;，,、\n]", "".join(text.split(" "))):
        if not part.strip():
            continue
        found = BAND.fullmatch(part.strip())
        if found is None or not (found["lower"] or found["upper"]):
            raise ValueError(part.strip())
        band = Band(_edge(LOWER, found["lower"]), _edge(UPPER, found["upper"]), Fraction(found["points"]))
        if band.empty:
            raise ValueError(part.strip())
        bands.append(band)
    return bands


def _edge(pattern: re.Pattern[str], text: str | None) -> Edge | None:
    """The first group of the pattern includes its number, the second does not."""
    found = pattern.fullmatch(text) if text else None
    if found is None:
        return None
    return (Fraction(found[1]), True) if found[1] else (Fraction(found[2]), False)


def points(bands: Sequence[Band], value: Fraction | int) -> Fraction:
    """What a number earns. Raises ValueError where it lies in none, or in more than one."""
    found = [band for band in bands if band.holds(Fraction(value))]
    if len(found) != 1:
        raise ValueError(f"{value} lies in {len(found)} intervals")
    return found[0].points


def overlaps(bands: Sequence[Band]) -> list[Fraction]:
    """Edges at which two intervals hold the same number, or run into each other."""
    return [edge for edge, times in _tried(bands) if times > 1]


def holes(bands: Sequence[Band]) -> list[Fraction]:
    """Edges at or beside which a number, from the smallest edge to the largest, lies in no interval."""
    return [edge for edge, times in _tried(bands) if times == 0]


def _tried(bands: Sequence[Band]) -> list[tuple[Fraction, int]]:
    """Every edge with how many intervals hold it, then the middle of each pair of edges, told by the lower of them.

    Below the smallest edge and above the largest nothing is asked: what is counted may have an end of its own.
    """
    edges = sorted({edge[0] for band in bands for edge in (band.lower, band.upper) if edge is not None})
    tried = [(edge, edge) for edge in edges]
    tried += [(one, (one + other) / 2) for one, other in zip(edges, edges[1:], strict=False)]
    return sorted({(told, sum(band.holds(value) for band in bands)) for told, value in tried})


def plain(number: Fraction) -> str:
    """As people write it: what an interval says has an end."""
    return f"{number.numerator}" if number.denominator == 1 else f"{float(number):g}"
