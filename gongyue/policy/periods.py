"""Legal time: calendar days, working days, months and years, never converted into each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5


class NotYetKnown(Exception):
    """The working days of a year are not in the calendar data. `year` is the first year that is missing."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"working days of {year} not yet known")


@dataclass(frozen=True)
class Due:
    """A last day to act. `known` is false where the calendar or a figure is missing; `on` is then the day before any
    rolling forward, or None where not even that can be said."""

    on: date | None
    known: bool = True


def months_later(start: date, months: int) -> date:
    """The corresponding day `months` on (or back), the last day of that month where it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


class Calendar:
    """The working days of consecutive years, from the published holiday arrangements."""

    def __init__(self, years: Mapping[int, tuple[Collection[date], Collection[date]]]) -> None:
        """`years` gives for each year the days off and the rest days worked. Raises ValueError where a year is left
        out between the first and the last."""
        self.years = tuple(sorted(years))
        if self.years and self.years[-1] - self.years[0] + 1 != len(self.years):
            raise ValueError("the years of a calendar must follow each other")
        self._days = [day.toordinal() for year in self.years for day in _workdays(year, *years[year])]
        self._set = frozenset(self._days)

    @property
    def first_year(self) -> int | None:
        return self.years[0] if self.years else None

    @property
    def last_year(self) -> int | None:
        return self.years[-1] if self.years else None

    def covers(self, day: date) -> bool:
        return bool(self.years) and self.years[0] <= day.year <= self.years[-1]

    def is_workday(self, day: date) -> bool:
        """Raises NotYetKnown outside the calendar's years."""
        if not self.covers(day):
            raise NotYetKnown(day.year)
        return day.toordinal() in self._set

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; negative where `end` comes first.
        Raises NotYetKnown where either day is outside the calendar's years."""
        for day in (start, end):
            if not self.covers(day):
                raise NotYetKnown(day.year)
        return bisect_right(self._days, end.toordinal()) - bisect_right(self._days, start.toordinal())

    def workdays_later(self, start: date, count: int) -> date:
        """The `count`-th working day after `start` (before it where negative); `start` itself for 0.
        Raises NotYetKnown where the count leaves the calendar's years."""
        if not count:
            return start
        if not self.covers(start):
            raise NotYetKnown(start.year)
        if count > 0:
            index = bisect_right(self._days, start.toordinal()) + count - 1
        else:
            index = bisect_left(self._days, start.toordinal()) + count
        if index < 0:
            raise NotYetKnown(self.years[0] - 1)
        if index >= len(self._days):
            raise NotYetKnown(self.years[-1] + 1)
        return date.fromordinal(self._days[index])

    def add(self, start: date, count: int, unit: str, roll: bool = True) -> Due:
        """The last day of `count` days, workdays, months or years after `start`, the start day excluded.

        A last day that is a rest day moves forward to the next working day when `roll`; counting backwards never
        rolls. Raises ValueError for another unit.
        """
        if unit == "workday":
            try:
                return Due(self.workdays_later(start, count))
            except NotYetKnown:
                return Due(None, False)
        if unit not in ("day", "month", "year"):
            raise ValueError(f"{unit} is not a unit of time")
        months = {"month": 1, "year": 12}.get(unit)
        last = months_later(start, count * months) if months else start + timedelta(days=count)
        return self.rolled(last) if roll and count >= 0 else Due(last)

    def rolled(self, day: date) -> Due:
        """The day itself where it is a working day, otherwise the next working day."""
        index = bisect_left(self._days, day.toordinal())
        if not self.covers(day) or index == len(self._days):
            return Due(day, False)
        return Due(date.fromordinal(self._days[index]))

    @staticmethod
    def overdue_days(due: date, on: date) -> int:
        """Calendar days by which `on` is later than `due`, 0 when it is not; lateness never rolls."""
        return max(0, (on - due).days)


def _workdays(year: int, off: Collection[date], work: Collection[date]) -> list[date]:
    rest, worked = frozenset(off), frozenset(work)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    return [day for day in days if day in worked or (day.weekday() < SATURDAY and day not in rest)]
