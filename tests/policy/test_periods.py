from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.policy import Calendar, Due, NotYetKnown
from gongyue.policy.periods import months_later


def days(*spans: str) -> list[date]:
    out = []
    for span in spans:
        first, _, last = span.partition("..")
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
        out += [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return out


CALENDAR = Calendar(
    {
        2010: (days("2010-10-01..2010-10-07"), days("2010-09-26", "2010-10-09")),
        2011: (days("2011-01-03", "2011-10-03..2011-10-07"), days("2011-10-08", "2011-10-09")),
    }
)
INSIDE = st.dates(date(2010, 1, 1), date(2011, 12, 30))  # 2011-12-31 is a Saturday with nothing known behind it


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (date(2010, 8, 31), 1, date(2010, 9, 30)), (date(2011, 1, 31), 1, date(2011, 2, 28)),
        (date(2012, 1, 31), 1, date(2012, 2, 29)), (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2010, 12, 15), 1, date(2011, 1, 15)), (date(2011, 3, 31), -1, date(2011, 2, 28)),
        (date(2011, 1, 1), -1, date(2010, 12, 1)),
    ],
)  # fmt: skip
def test_the_corresponding_day(start: date, months: int, last: date) -> None:
    assert months_later(start, months) == last


def test_workdays_follow_the_published_arrangement() -> None:
    assert [CALENDAR.is_workday(d) for d in days("2010-09-25..2010-09-27", "2010-10-01", "2010-10-09..2010-10-10")] == [
        False, True, True, False, True, False,
    ]  # fmt: skip


def test_outside_its_years_a_calendar_says_so() -> None:
    for day in (date(2009, 12, 31), date(2012, 1, 1)):
        with pytest.raises(NotYetKnown, match=f"^working days of {day.year} not yet known$"):
            CALENDAR.is_workday(day)
        with pytest.raises(NotYetKnown):
            CALENDAR.workdays_between(date(2010, 6, 1), day)
        with pytest.raises(NotYetKnown):
            CALENDAR.workdays_later(day, 1)
    assert (CALENDAR.first_year, CALENDAR.last_year) == (2010, 2011)
    assert (Calendar({}).first_year, Calendar({}).last_year) == (None, None)


def test_years_must_follow_each_other() -> None:
    with pytest.raises(ValueError, match="^the years of a calendar must follow each other$"):
        Calendar({2010: ([], []), 2012: ([], [])})


def test_workdays_are_counted_from_the_day_after() -> None:
    assert CALENDAR.workdays_between(date(2010, 9, 30), date(2010, 10, 11)) == 3
    assert CALENDAR.workdays_between(date(2010, 10, 11), date(2010, 9, 30)) == -3
    assert CALENDAR.workdays_between(date(2010, 10, 1), date(2010, 10, 7)) == 0


def test_workdays_are_added_over_a_holiday_and_counted_back() -> None:
    assert CALENDAR.add(date(2010, 9, 30), 2, "workday") == Due(date(2010, 10, 9))
    assert CALENDAR.add(date(2010, 9, 30), 3, "workday") == Due(date(2010, 10, 11))
    assert CALENDAR.workdays_later(date(2010, 10, 9), -1) == date(2010, 10, 8)
    assert CALENDAR.workdays_later(date(2010, 10, 8), -1) == date(2010, 9, 30)
    assert CALENDAR.workdays_later(date(2010, 10, 2), 0) == date(2010, 10, 2)


def test_a_last_day_on_a_holiday_rolls_forward() -> None:
    assert CALENDAR.add(date(2010, 9, 26), 5, "day") == Due(date(2010, 10, 8))
    assert CALENDAR.add(date(2010, 9, 26), 5, "day", roll=False) == Due(date(2010, 10, 1))
    assert CALENDAR.add(date(2010, 9, 2), 1, "month") == Due(date(2010, 10, 8))
    assert CALENDAR.add(date(2010, 10, 1), 1, "year") == Due(date(2011, 10, 8))


def test_counting_backwards_never_rolls() -> None:
    assert CALENDAR.add(date(2010, 10, 11), -5, "day") == Due(date(2010, 10, 6))
    assert CALENDAR.add(date(2010, 11, 2), -1, "month") == Due(date(2010, 10, 2))


def test_beyond_the_last_year_the_day_is_not_yet_known() -> None:
    assert CALENDAR.add(date(2011, 12, 20), 15, "day") == Due(date(2012, 1, 4), False)
    assert CALENDAR.add(date(2011, 12, 20), 1, "year") == Due(date(2012, 12, 20), False)
    assert CALENDAR.add(date(2011, 12, 20), 11, "day") == Due(date(2011, 12, 31), False)
    assert CALENDAR.add(date(2011, 12, 20), 15, "day", roll=False) == Due(date(2012, 1, 4))
    assert CALENDAR.add(date(2011, 12, 20), 30, "workday") == Due(None, False)
    assert CALENDAR.add(date(2010, 1, 4), -5, "workday") == Due(None, False)
    assert Calendar({}).add(date(2010, 1, 4), 1, "day") == Due(date(2010, 1, 5), False)


def test_another_unit_is_refused() -> None:
    with pytest.raises(ValueError, match="^week is not a unit of time$"):
        CALENDAR.add(date(2010, 1, 4), 1, "week")


def test_lateness_is_in_calendar_days_and_does_not_roll() -> None:
    assert Calendar.overdue_days(date(2010, 9, 30), date(2010, 10, 8)) == 8
    assert Calendar.overdue_days(date(2010, 9, 30), date(2010, 9, 30)) == 0
    assert Calendar.overdue_days(date(2010, 9, 30), date(2010, 9, 1)) == 0


@given(INSIDE, st.integers(1, 800), st.sampled_from(["day", "month", "year"]))
def test_a_known_rolled_day_is_a_workday_at_or_after_the_last_day(start: date, count: int, unit: str) -> None:
    plain, rolled = CALENDAR.add(start, count, unit, roll=False).on, CALENDAR.add(start, count, unit)
    assert plain is not None and rolled.on is not None and rolled.on >= plain
    if rolled.known:
        assert CALENDAR.is_workday(rolled.on)
        assert not any(CALENDAR.is_workday(plain + timedelta(days=n)) for n in range((rolled.on - plain).days))
    else:
        assert rolled.on == plain


@given(INSIDE, INSIDE, st.integers(1, 300), st.sampled_from(["day", "workday", "month", "year"]))
def test_later_starts_and_longer_periods_end_no_earlier(one: date, other: date, count: int, unit: str) -> None:
    first, second = sorted([one, other])
    ends = [CALENDAR.add(first, count, unit), CALENDAR.add(second, count, unit), CALENDAR.add(second, count + 1, unit)]
    known = [due.on for due in ends if due.known and due.on]
    assert known == sorted(known)


@given(INSIDE, st.integers(1, 300))
def test_adding_workdays_lands_on_one_and_counts_back(start: date, count: int) -> None:
    due = CALENDAR.add(start, count, "workday")
    if due.on is not None:
        assert CALENDAR.is_workday(due.on)
        assert CALENDAR.workdays_between(start, due.on) == count


@given(INSIDE, INSIDE)
def test_counting_agrees_with_looking_at_every_day(one: date, other: date) -> None:
    start, end = sorted([one, other])
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert CALENDAR.workdays_between(start, end) == sum(CALENDAR.is_workday(day) for day in between)
    assert CALENDAR.workdays_between(end, start) == -CALENDAR.workdays_between(start, end)
