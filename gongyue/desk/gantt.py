"""The earliest lawful timetable drawn: the least times as bars, the days wanted as marks, on one axis of days.

Every row is its words and a strip beside them. Places on a strip are shares of its width, so that it needs neither
script nor style, and fits a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from gongyue.policy import Step, Wait
from gongyue.tendering.timetable import Trial

from .citations import Chip, chip
from .timetable import because, not_later, reached

TICKS = 5  # days written over the axis, at most one more
STRIDES = (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365)
YEAR = 366  # days: over more, month and day alone say nothing
MARGIN = 5  # share of the width left free on either side, in percent
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Axis:
    """The days from the first to the last, as places on a strip."""

    first: date
    last: date

    def at(self, on: date) -> str:
        """Where a day stands, as SVG has it."""
        return f"{self._share(on):.2f}%"

    def wide(self, since: date, until: date) -> str:
        return f"{max(self._share(until) - self._share(since), 0.5):.2f}%"

    def _share(self, on: date) -> float:
        return MARGIN + (100 - 2 * MARGIN) * (on - self.first).days / max(1, (self.last - self.first).days)

    @cached_property
    def ticks(self) -> list[tuple[str, str]]:
        """(place, words) of the days written over the axis: month and day, or year and month where it takes years."""
        span = (self.last - self.first).days
        stride = next((few for few in STRIDES if few * TICKS >= span), -(-span // TICKS))
        days = [self.first + few * DAY for few in range(0, span + 1, stride)]
        return [(self.at(on), f"{on:%Y-%m}" if span > YEAR else f"{on:%m-%d}") for on in days]


@dataclass(frozen=True)
class Line:
    """A day that goes through every row. `tone`: today, target."""

    at: str
    tone: str
    words: str
    on: date


@dataclass(frozen=True)
class Row:
    """One strip. `kind`: step (a point), bar (a least time), gate (no sooner than a day), ceiling (no later than one).

    `tone` of a step: done or coming; of a bar: binding where the last day rests on it."""

    kind: str
    words: str
    on: date | None
    at: str = ""
    wide: str = ""
    tone: str = ""
    cite: Chip | None = None


@dataclass(frozen=True)
class Gantt:
    """A trial as its component draws it."""

    axis: Axis
    lines: list[Line]
    rows: list[Row]


def drawn(trial: Trial, today: date) -> Gantt:
    """The chart of a timetable."""
    days = list(_days(trial))
    axis = Axis(min(days), max(days))
    binding = trial.binding
    rows = [row for step in trial.table.steps for row in _rows(step, trial, axis, binding)]
    return Gantt(axis, list(_lines(trial, today, axis)), rows)


def _days(trial: Trial) -> Iterator[date]:
    """Every day that has a place on it."""
    yield trial.start
    for step in trial.table.steps:
        if step.on is not None:
            yield step.on
        for wait in step.waits:
            yield wait.since
    yield from (one.on for one in trial.ceilings)
    if trial.target is not None:
        yield trial.target


def _lines(trial: Trial, today: date, axis: Axis) -> Iterator[Line]:
    if axis.first <= today <= axis.last:
        yield Line(axis.at(today), "today", _("今天"), today)
    if trial.target is not None:
        words = _("希望完成") if trial.wished else _("规定完成")
        yield Line(axis.at(trial.target), "target", words, trial.target)


def _rows(step: Step, trial: Trial, axis: Axis, binding: Iterable[Wait]) -> Iterator[Row]:
    """A step, what it waits for over it and by when it is wanted under it."""
    regime = trial.setting.regime
    for wait in step.waits:
        bar = wait.ends is not None and wait.value is not None
        wide = axis.wide(wait.since, wait.ends) if bar and wait.ends else ""
        tone = "binding" if wait in binding else ""
        yield Row(
            "bar" if bar else "gate", because(wait, trial.setting.way), wait.ends, axis.at(wait.since), wide, tone,
            chip(regime, wait.cite),
        )  # fmt: skip
    place = axis.at(step.on) if step.on else ""
    words = reached(step.milestone, trial.setting.way)
    yield Row("step", words, step.on, place, tone="done" if step.done else "coming")
    for one in trial.ceilings:
        if one.to == step.milestone:
            yield Row(
                "ceiling", not_later(one, regime), one.on, axis.at(one.on), cite=chip(regime, one.rule.cite)
            )  # fmt: skip
