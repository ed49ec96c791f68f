"""The calendar of 2010 to 2026, every day of it against an independent calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from gongyue.policy import Due, NotYetKnown, Regime

YEARS = tuple(range(2010, 2027))
NUMBERS = {
    2010: "国办发明电〔2009〕27号",
    2011: "国办发明电〔2010〕40号",
    2012: "国办发明电〔2011〕45号",
    2013: "国办发明电〔2012〕33号",
    2014: "国办发明电〔2013〕28号",
    2015: "国办发明电〔2014〕28号",
    2016: "国办发明电〔2015〕18号",
    2017: "国办发明电〔2016〕17号",
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}


def days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_no_year_is_missing(national: Regime) -> None:
    assert national.calendar.years == YEARS


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_another_calendar(national: Regime, year: int) -> None:
    differ = [d for d in days(year) if national.calendar.is_workday(d) != chinese_calendar.is_workday(d)]
    assert differ == []


@pytest.mark.parametrize("year", YEARS)
def test_days_off_that_are_no_weekend_and_days_worked_that_are_one_agree(national: Regime, year: int) -> None:
    listed = national.body["calendar"][str(year)]
    off = {date.fromisoformat(d) for d in listed["off"]}
    assert {d for d in off if d.weekday() < 5} == {
        d for d in days(year) if d.weekday() < 5 and not chinese_calendar.is_workday(d)
    }
    assert [date.fromisoformat(d) for d in listed["work"]] == [
        d for d in days(year) if d.weekday() >= 5 and chinese_calendar.is_workday(d)
    ]


def test_each_year_cites_its_own_notice(national: Regime) -> None:
    cited = {int(year): national.citation(row["cite"]) for year, row in national.body["calendar"].items()}
    assert {year: each.number for year, each in cited.items()} == NUMBERS
    assert {year: each.title["zh"] for year, each in cited.items()} == {
        year: f"国务院办公厅关于{year}年部分节假日安排的通知" for year in YEARS
    }


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2010, 9, 25), True),  # 中秋节调休
        (date(2010, 10, 8), True),
        (date(2011, 12, 31), True),  # by the notice for 2012
        (date(2015, 9, 3), False),  # 抗战胜利纪念日
        (date(2015, 9, 6), True),
        (date(2018, 12, 31), False),  # by the notice for 2019
        (date(2019, 5, 2), False),  # as rearranged
        (date(2020, 1, 31), False),  # the Spring Festival extended
        (date(2020, 2, 1), False),
        (date(2020, 2, 3), True),
        (date(2026, 2, 23), False),
    ],
)
def test_days_that_one_gets_wrong(national: Regime, day: date, worked: bool) -> None:
    assert national.calendar.is_workday(day) is worked


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2027, 1, 1)])
def test_beyond_the_notices_nothing_is_guessed(national: Regime, day: date) -> None:
    with pytest.raises(NotYetKnown):
        national.calendar.is_workday(day)


def test_seven_working_days_over_the_national_day_of_2010(national: Regime) -> None:
    """Signed on Wednesday 29 September: the 30th, then the 8th, Saturday the 9th worked, and the 11th to the 14th."""
    assert national.calendar.add(date(2010, 9, 29), 7, "workday") == Due(date(2010, 10, 14))


def test_thirty_days_that_end_in_the_spring_festival_move_on(national: Regime) -> None:
    """7 January and thirty days is Sunday 6 February 2011; the holiday ends on the 8th."""
    assert national.calendar.add(date(2011, 1, 7), 30, "day") == Due(date(2011, 2, 9))


def test_a_deadline_beyond_the_notices_is_not_known(national: Regime) -> None:
    assert national.calendar.add(date(2026, 12, 25), 7, "workday") == Due(None, known=False)
