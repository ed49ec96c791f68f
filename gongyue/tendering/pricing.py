"""What is done with a price before it is scored: arithmetical errors put right in order, abnormally low ones found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

WHOLE_BP = 10_000
TENFOLDS = [10**places for places in range(1, 7)]
SHIFTS = [Fraction(tenfold) for tenfold in TENFOLDS] + [Fraction(1, tenfold) for tenfold in TENFOLDS]


@dataclass(frozen=True)
class Priced:
    """A line of the price table: so many, at so much each (fen)."""

    quantity: int
    unit_fen: int

    @property
    def sum_fen(self) -> int:
        return self.quantity * self.unit_fen


@dataclass(frozen=True)
class Quoted:
    """A price as the bid states it, in fen. `table`: the opening schedule in figures; `words`: the same in words;
    `body`: the total elsewhere in the bid; None where the bid does not state it. `misplaced`: the line whose unit price
    the panel finds to have an obviously misplaced point, counted from 0."""

    table: int
    words: int | None = None
    body: int | None = None
    lines: tuple[Priced, ...] = ()
    misplaced: int | None = None


@dataclass(frozen=True)
class Corrected:
    """The price that follows; `steps`: which of the four corrections were made, in their order."""

    price_fen: int
    steps: tuple[int, ...]
    lines: tuple[Priced, ...]


def corrected(quoted: Quoted) -> Corrected:
    """The four corrections in order: (1) the opening schedule over the rest of the bid; (2) words over figures; (3) a
    misplaced point in a unit price is moved so that the total of the schedule holds; (4) else the sum of the unit
    prices over the total. Raises ValueError where moving the point of the line named does not give the total."""
    total, lines, steps = quoted.table, quoted.lines, []
    if quoted.body is not None and quoted.body != total:
        steps.append(1)
    if quoted.words is not None and quoted.words != total:
        total = quoted.words
        steps.append(2)
    if quoted.misplaced is not None:
        lines = _moved(lines, quoted.misplaced, total)
        steps.append(3)
    if lines and (summed := sum(line.sum_fen for line in lines)) != total:
        total = summed
        steps.append(4)
    return Corrected(total, tuple(steps), lines)


def _moved(lines: tuple[Priced, ...], index: int, total: int) -> tuple[Priced, ...]:
    """The lines with the point of one unit price moved so that they sum to the total."""
    line = lines[index]
    rest = sum(other.sum_fen for place, other in enumerate(lines) if place != index)
    for shift in SHIFTS:
        unit = line.unit_fen * shift
        if unit * line.quantity + rest == total and unit.denominator == 1:
            return (*lines[:index], replace(line, unit_fen=int(unit)), *lines[index + 1 :])
    raise ValueError("no place of the point gives the total")


@dataclass(frozen=True)
class Marks:
    """Below which a price must be explained, in basis points of the three things it is compared with."""

    average_bp: int
    second_bp: int
    ceiling_bp: int


AVERAGE, SECOND, CEILING = "average", "second", "ceiling"


def low(price: int, prices: Sequence[int], ceiling: int, marks: Marks) -> tuple[str, ...]:
    """Which of the three marks a price lies below, strictly: what lies on a mark is not below it.

    `prices`: those of every bid that conforms, this one among them (fen). With a single price nothing is second.
    """
    found = []
    if price * len(prices) * WHOLE_BP < sum(prices) * marks.average_bp:
        found.append(AVERAGE)
    if len(prices) > 1 and price * WHOLE_BP < sorted(prices)[1] * marks.second_bp:
        found.append(SECOND)
    if price * WHOLE_BP < ceiling * marks.ceiling_bp:
        found.append(CEILING)
    return tuple(found)
