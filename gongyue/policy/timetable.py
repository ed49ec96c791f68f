"""The earliest lawful timetable: how soon each milestone can be reached by the least times that must lie between them.

Only minima push a schedule; a ceiling is compared with what comes of it. Nothing is rolled to a working day: a
statutory wait may end on a day of rest.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from .entries import Minimum, Order

if TYPE_CHECKING:
    from .regime import Regime

HORIZON = 730  # days within which a day is looked for
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wait:
    """What keeps a milestone from coming sooner: `value` `unit`s after the day `since`, as the article has it; without
    a value it merely comes no sooner."""

    minimum: Minimum
    since: date
    value: int | None
    unit: str
    cite: str
    ends: date | None


@dataclass(frozen=True)
class Step:
    """A milestone, and the first day it can lawfully be reached (None: not known); `done`: the day it was, where that
    day is kept."""

    milestone: str
    on: date | None
    done: bool
    waits: tuple[Wait, ...] = ()


@dataclass(frozen=True)
class Timetable:
    """The steps of one kind of subject, as early as the law allows."""

    steps: tuple[Step, ...]

    @property
    def finish(self) -> date | None:
        return self.steps[-1].on

    def fits(self, ceiling: date) -> bool:
        """Whether it can end by this day. What is not known does not fit."""
        return self.finish is not None and self.finish <= ceiling

    def binding(self) -> tuple[Wait, ...]:
        """The least times that the last day rests on, the first to run first: followed back from the last step, each
        from what it counts from."""
        found: list[Wait] = []
        at = len(self.steps) - 1
        while at >= 0 and not self.steps[at].done and self.steps[at].on is not None:
            wait = self._holding(at)
            if wait is not None:
                found.insert(0, wait)
            at = at - 1 if wait is None else self._place(wait.minimum.after, at)
        return tuple(found)

    def _holding(self, at: int) -> Wait | None:
        """What holds a step back to its very day; None where it comes with the step before it."""
        step, before = self.steps[at], self.steps[at - 1].on if at else None
        ends = [wait for wait in step.waits if wait.ends == step.on]
        pushing = [wait for wait in ends if wait.value is not None]
        return max(pushing, key=lambda wait: wait.since, default=None if step.on == before or not ends else ends[0])

    def _place(self, after: str, at: int) -> int:
        """Where a step stands before another; -1 where it is none of this timetable's."""
        return next((n for n in range(at) if self.steps[n].milestone == after), -1)


def earliest(
    regime: Regime, order: Order, kind: str, *, start: date, known: Mapping[str, date],
    floors: Mapping[str, date] | None = None, undated: Collection[str] = (),
) -> Timetable:  # fmt: skip
    """Every milestone of `order` as soon as its minima allow, none of those still to come before `start`.

    `known`: the days of what has happened, by `kind.milestone`, of other kinds too; `floors`: days before which one
    cannot come because they were set so; `undated`: milestones that were reached on a day that is not kept. Each
    minimum is the one in force on the day that it holds back.
    """
    days, steps, cursor, lost = dict(known), [], start, False
    for milestone in order.milestones:
        name = f"{kind}.{milestone}"
        if name in known:
            steps.append(Step(milestone, known[name], True))
            cursor = max(cursor, known[name])  # what is still to come comes after what has been
            continue
        if milestone in undated:
            steps.append(Step(milestone, None, True))
            continue
        minima = [m for m in order.minima if m.to == milestone]
        found = None if lost else _first(regime, minima, kind, days, max(cursor, (floors or {}).get(name, cursor)))
        lost = found is None
        if found is not None:
            days[name] = cursor = found
        waits = [w for m in minima if found and (w := _wait(regime, m, kind, days, found))]
        steps.append(Step(milestone, found, False, tuple(waits)))
    return Timetable(tuple(steps))


def latest_start(
    regime: Regime, order: Order, kind: str, *, ceiling: date, known: Mapping[str, date],
    floors: Mapping[str, date] | None = None, undated: Collection[str] = (),
) -> date | None:  # fmt: skip
    """The last day on which what is still to come may begin and end by the ceiling; None where none is early enough."""
    soonest = ceiling - HORIZON * DAY

    def fits(start: date) -> bool:
        table = earliest(regime, order, kind, start=start, known=known, floors=floors, undated=undated)
        return table.fits(ceiling)

    return (
        next((day for back in range(HORIZON) if fits(day := ceiling - back * DAY)), soonest) if fits(soonest) else None
    )


def _first(regime: Regime, minima: list[Minimum], kind: str, days: Mapping[str, date], start: date) -> date | None:
    """The first day from `start` on that no minimum in force on that very day holds back."""
    day = start
    while day < start + HORIZON * DAY:
        waits = [w for m in minima if (w := _wait(regime, m, kind, days, day))]
        if any(wait.ends is None for wait in waits):
            return None
        ends = max((wait.ends for wait in waits if wait.ends), default=day)
        if ends <= day:
            return day
        day = min(ends, regime.turn_after(day))
    return None


def _wait(regime: Regime, minimum: Minimum, kind: str, days: Mapping[str, date], on: date) -> Wait | None:
    """What a minimum asks on a day; None where it is not in force then, or what it counts from is not known."""
    since = days.get(minimum.after if "." in minimum.after else f"{kind}.{minimum.after}")
    if since is None:
        return None
    if not minimum.least:
        held = regime.instruments[minimum.cite.partition("#")[0]].in_force(on)
        return Wait(minimum, since, None, "", minimum.cite, since) if held else None
    dated = regime.parameter(minimum.least, on)
    if dated is None:
        return None
    ends = regime.calendar.add(since, dated.value, dated.unit, roll=False).on
    return Wait(minimum, since, dated.value, dated.unit, dated.cite, ends)
