"""Dated examples of counting, each reasoned in its comment, against the calendar of the national pack.

The start day is not counted. A last day to act that is a day of rest moves on to the next working day; a least time
that must pass does not move, nor does a count backwards, nor the days by which something is late.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import gongyue
from gongyue.kernel.actions import vocabulary
from gongyue.policy import Calendar, Due, Regime


@pytest.fixture(scope="module")
def national() -> Regime:
    return Regime.load([Path(gongyue.__file__).parent / "packs"], "cn-national", vocabulary())


@pytest.fixture(scope="module")
def calendar(national: Regime) -> Calendar:
    return national.calendar


WORKDAYS = [
    # 2010. Mid-Autumn 22 to 24 September, worked on the 19th, 25th and 26th; National Day 1 to 7 October, worked on the
    # 9th.
    ("2010-09-03", 2, "2010-09-07"),  # a Friday; Monday the 6th, Tuesday the 7th
    ("2010-09-17", 2, "2010-09-20"),  # a Friday; Sunday the 19th is worked, Monday the 20th
    ("2010-09-21", 1, "2010-09-25"),  # the 22nd to 24th are off, Saturday the 25th is worked
    ("2010-09-21", 2, "2010-09-26"),  # and Sunday the 26th
    ("2010-09-15", 7, "2010-09-26"),  # 16, 17, Sunday 19, 20, 21, Saturday 25, Sunday 26
    ("2010-09-30", 1, "2010-10-08"),  # the week is off, the 8th is a Friday
    ("2010-09-30", 2, "2010-10-09"),  # Saturday the 9th is worked
    ("2010-09-30", 3, "2010-10-11"),  # Sunday the 10th is not
    ("2010-10-08", -3, "2010-09-28"),  # back: 30, 29, 28 September
    # 2017. Spring Festival 27 January to 2 February, worked on 22 January and 4 February; Qingming 2 to 4 April, worked
    # on the 1st; Dragon Boat 28 to 30 May, worked on the 27th; 1 to 8 October, worked on 30 September.
    ("2017-01-20", 5, "2017-01-26"),  # a Friday; Sunday the 22nd is worked, 23, 24, 25, 26
    ("2017-01-26", 1, "2017-02-03"),  # the first day after the festival is a Friday
    ("2017-01-26", 2, "2017-02-04"),  # Saturday the 4th is worked
    ("2017-01-26", 3, "2017-02-06"),  # Sunday the 5th is not
    ("2017-03-31", 2, "2017-04-05"),  # Saturday 1 April is worked; 2 to 4 are off
    ("2017-05-26", 2, "2017-05-31"),  # Saturday the 27th is worked; 28 to 30 are off
    ("2017-09-22", 7, "2017-10-09"),  # 25 to 29, Saturday 30 is worked, and after eight days off Monday the 9th
    ("2017-12-29", 1, "2018-01-02"),  # over the end of the year: Monday 1 January is off
    # 2018. Spring Festival 15 to 21 February, worked on the 11th and 24th; Qingming 5 to 7 April, worked on the 8th;
    # Mid-Autumn 22 to 24 September, worked on the 29th and 30th; 30 and 31 December off, worked on the 29th.
    ("2018-02-09", 2, "2018-02-12"),  # Sunday the 11th is worked
    ("2018-02-14", 5, "2018-02-27"),  # 22, 23, Saturday 24, 26, 27
    ("2018-04-02", 15, "2018-04-24"),  # 3, 4, Sunday 8, 9 to 13, 16 to 20, 23, 24
    ("2018-09-21", 5, "2018-09-29"),  # 25 to 28, and Saturday 29
    ("2018-09-21", 6, "2018-09-30"),  # Sunday 30 is worked as well
    ("2018-09-21", 7, "2018-10-08"),  # then the week is off
    ("2018-12-28", 1, "2018-12-29"),  # Saturday the 29th is worked for the New Year
    # 2026. New Year 1 to 3 January, worked on the 4th; Spring Festival 15 to 23 February, worked on the 14th and 28th;
    # 1 to 5 May, worked on the 9th; Mid-Autumn 25 to 27 September, worked on the 20th; 1 to 7 October, worked on the
    # 10th.
    ("2025-12-31", 2, "2026-01-05"),  # Sunday the 4th is worked, Monday the 5th
    ("2026-02-13", 5, "2026-02-27"),  # Saturday 14 is worked; then 24, 25, 26, 27
    ("2026-02-13", 6, "2026-02-28"),  # Saturday 28 is worked
    ("2026-04-30", 7, "2026-05-13"),  # 6, 7, 8, Saturday 9, 11, 12, 13
    ("2026-09-18", 2, "2026-09-21"),  # Sunday 20 is worked
    ("2026-09-24", 1, "2026-09-28"),  # three days off, Monday the 28th
    ("2026-09-29", 5, "2026-10-12"),  # 30, then 8, 9, Saturday 10, 12
]


@pytest.mark.parametrize(("start", "count", "last"), WORKDAYS)
def test_working_days(calendar: Calendar, start: str, count: int, last: str) -> None:
    assert calendar.add(date.fromisoformat(start), count, "workday") == Due(date.fromisoformat(last))
    assert calendar.workdays_between(date.fromisoformat(start), date.fromisoformat(last)) == count


TO_ACT = [
    # 2010
    ("2010-09-01", 30, "day", "2010-10-08"),  # 1 October is off, as are the days to the 7th
    ("2010-09-08", 30, "day", "2010-10-08"),  # the 8th is worked: it stays
    ("2010-09-09", 30, "day", "2010-10-09"),  # a Saturday, but worked: it stays
    ("2010-09-10", 30, "day", "2010-10-11"),  # a Sunday moves to Monday
    ("2010-08-31", 1, "month", "2010-09-30"),  # September has no 31st: its last day, a Thursday
    ("2010-01-31", 1, "month", "2010-03-01"),  # the last of February is a Sunday
    ("2010-01-15", 1, "month", "2010-02-20"),  # 15 February is in the festival; Saturday the 20th is worked
    ("2010-12-31", 1, "month", "2011-01-31"),  # a Monday
    ("2010-06-14", 1, "year", "2011-06-14"),  # a Tuesday
    # 2017
    ("2017-03-03", 30, "day", "2017-04-05"),  # 2 April is off, to the 4th
    ("2017-09-01", 30, "day", "2017-10-09"),  # 1 October and the seven days after it are off
    ("2017-09-08", 30, "day", "2017-10-09"),  # 8 October, the last day off
    ("2017-01-31", 1, "month", "2017-02-28"),  # a Tuesday
    ("2017-11-30", 3, "month", "2018-02-28"),  # a Wednesday after the festival
    # 2018
    ("2018-01-16", 30, "day", "2018-02-22"),  # 15 February begins the festival, which ends on the 21st
    ("2018-03-29", 30, "day", "2018-04-28"),  # a Saturday, but worked
    ("2018-03-30", 30, "day", "2018-05-02"),  # Sunday 29 April, off to 1 May
    ("2018-08-31", 1, "month", "2018-09-30"),  # a Sunday, but worked
    ("2018-11-30", 30, "day", "2019-01-02"),  # 30 and 31 December and New Year's Day are off
    # 2026
    ("2026-01-20", 30, "day", "2026-02-24"),  # 19 February; the festival ends on the 23rd
    ("2026-01-29", 1, "month", "2026-02-28"),  # no 29th: the 28th, a Saturday that is worked
    ("2025-02-19", 1, "year", "2026-02-24"),  # the corresponding day lies in the festival
    ("2026-05-20", 30, "day", "2026-06-22"),  # 19 June, Dragon Boat, off to Sunday the 21st
    ("2026-05-31", 1, "month", "2026-06-30"),  # a Tuesday
    ("2026-09-05", 30, "day", "2026-10-08"),  # 5 October, off to the 7th
]


@pytest.mark.parametrize(("start", "count", "unit", "last"), TO_ACT)
def test_a_time_to_act_ends_on_a_working_day(calendar: Calendar, start: str, count: int, unit: str, last: str) -> None:
    assert calendar.add(date.fromisoformat(start), count, unit) == Due(date.fromisoformat(last))


LEAST = [
    ("2010-09-11", 20, "2010-10-01"),  # the twentieth day is National Day, and the wait is over all the same
    ("2010-10-08", 20, "2010-10-28"),  # a Thursday
    ("2010-10-20", -15, "2010-10-05"),  # fifteen days before: in the holiday, and not moved either way
    ("2017-05-12", 20, "2017-06-01"),  # a plan of 12 May 2017 can have no deadline for bids before June
    ("2017-09-12", 20, "2017-10-02"),  # in the eight days off
    ("2018-01-26", 20, "2018-02-15"),  # the first day of the festival
    ("2026-01-28", 20, "2026-02-17"),  # New Year's Day of the old calendar
]


@pytest.mark.parametrize(("start", "count", "ends"), LEAST)
def test_a_least_time_does_not_move(calendar: Calendar, start: str, count: int, ends: str) -> None:
    assert calendar.add(date.fromisoformat(start), count, "day", roll=False) == Due(date.fromisoformat(ends))
    assert count > 0 or calendar.add(date.fromisoformat(start), count, "day") == Due(date.fromisoformat(ends))


def test_lateness_counts_every_day(calendar: Calendar) -> None:
    """Due on Thursday 30 September 2010, done on 8 October: eight days, the holiday among them. Done in time: none."""
    assert calendar.overdue_days(date(2010, 9, 30), date(2010, 10, 8)) == 8
    assert calendar.overdue_days(date(2010, 9, 30), date(2010, 9, 30)) == 0


def test_what_no_notice_has_arranged_yet_is_said(calendar: Calendar) -> None:
    """10 December 2026 and thirty days is 9 January 2027, of which no notice tells; nor of the third working day."""
    assert calendar.add(date(2026, 12, 10), 30, "day") == Due(date(2027, 1, 9), known=False)
    assert calendar.add(date(2026, 12, 30), 3, "workday") == Due(None, known=False)


def test_the_figures_are_those_of_the_pack(national: Regime) -> None:
    """Awarded on 2 September 2010: thirty days to sign end on Saturday 2 October, hence the 8th; signed on that day,
    the seven working days for finance are the 9th, 11th to 15th and the 18th."""
    sign, copy = (
        national.parameter(name, date(2010, 9, 2)) for name in ("contract.sign_within", "contract.copy_within")
    )
    assert sign is not None and copy is not None
    assert national.calendar.add(date(2010, 9, 2), sign.value, sign.unit) == Due(date(2010, 10, 8))
    assert national.calendar.add(date(2010, 10, 8), copy.value, copy.unit) == Due(date(2010, 10, 18))
