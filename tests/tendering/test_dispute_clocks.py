"""Dated examples of the periods for enquiries, challenges and complaints, each counted by hand in its comment, with the
figure that is law on the day it runs from. The day of the beginning is not counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import gongyue
from gongyue.kernel.actions import vocabulary
from gongyue.policy import Due, Regime


@pytest.fixture(scope="module")
def national() -> Regime:
    return Regime.load([Path(gongyue.__file__).parent / "packs"], "cn-national", vocabulary())


CLOCKS = [
    # 2010: Spring Festival 13 to 19 February, worked on the 20th and 21st; 1 to 7 October off, worked on the 9th
    ("challenge.within", "2010-02-10", "2010-02-24"),  # 11, 12, Saturday 20, Sunday 21, 22, 23, 24
    ("challenge.within", "2010-09-30", "2010-10-15"),  # 8, Saturday 9, 11, 12, 13, 14, 15
    ("challenge.answer_within", "2010-09-15", "2010-09-26"),  # 16, 17, Sunday 19, 20, 21, Saturday 25, Sunday 26
    # 16, 17, 19, 20, 21, 25 to 30 are eleven; then 8, 9, 11 and 12 October
    ("complaint.within", "2010-09-15", "2010-10-12"),
    # 2 and 3; 6 to 10; 13 to 17; 19 to 21; 25 to 30 (twenty-one); 8, 9, 11 to 15, 18, 19 October
    ("complaint.decide_within", "2010-09-01", "2010-10-19"),
    # 2017: Spring Festival 27 January to 2 February, worked on 22 January and 4 February; 1 to 8 October off
    ("challenge.within", "2017-01-20", "2017-02-04"),  # Sunday 22, 23, 24, 25, 26, 3 February, Saturday 4
    ("challenge.within", "2017-09-25", "2017-10-10"),  # 26 to 29, Saturday 30, then 9 and 10 October
    ("question.answer_within", "2017-03-30", "2017-04-05"),  # 31, Saturday 1 April, and after Qingming the 5th
    ("challenge.answer_within", "2017-05-25", "2017-06-06"),  # 26, Saturday 27, 31, 1 and 2 June, 5, 6
    ("complaint.within", "2017-12-20", "2018-01-11"),  # 21, 22, 25 to 29 (seven); 2 to 5, 8 to 11 January
    # 2018: Spring Festival 15 to 21 February; Qingming 5 to 7 April, worked on the 8th; Mid-Autumn 22 to 24 September,
    # worked on the 29th and 30th
    ("challenge.within", "2018-02-12", "2018-02-27"),  # 13, 14, 22, 23, Saturday 24, 26, 27
    ("tender.result_notice_days", "2018-09-21", "2018-09-25"),  # Friday; after Mid-Autumn Tuesday the 25th
    ("tender.result_notice_days", "2018-09-30", "2018-10-08"),  # the Sunday is worked, then a week is off
    ("complaint.decide_within", "2018-03-01", "2018-04-13"),  # 2; four weeks of five; 2 to 4 April, Sunday 8, 9 to 13
    ("complaint.examine_within", "2018-09-20", "2018-09-28"),  # 21, 25, 26, 27, 28
    ("complaint.notify_within", "2018-09-20", "2018-10-08"),  # those five, Saturday 29, Sunday 30, 8 October
    ("complaint.tell_within", "2018-04-27", "2018-05-03"),  # Saturday 28 is worked; then 2 and 3 May
    # 2026: Spring Festival 15 to 23 February, worked on the 14th and 28th; 1 to 5 May, worked on the 9th; Dragon Boat
    # 19 to 21 June; Mid-Autumn 25 to 27 September, worked on the 20th; 1 to 7 October, worked on the 10th
    ("challenge.within", "2026-02-12", "2026-02-28"),  # 13, Saturday 14, 24, 25, 26, 27, Saturday 28
    ("challenge.within", "2026-09-17", "2026-09-28"),  # 18, Sunday 20, 21 to 24, 28
    ("challenge.answer_within", "2026-04-30", "2026-05-13"),  # 6, 7, 8, Saturday 9, 11, 12, 13
    ("complaint.within", "2026-06-10", "2026-07-02"),  # 11, 12, 15 to 18, 22 to 26, 29, 30, 1 and 2 July
    ("complaint.reply_within", "2026-09-29", "2026-10-12"),  # 30, then 8, 9, Saturday 10, 12
    # 21 to 23; 26 to 30; 2 to 6; 9 to 13; Saturday 14 (nineteen); 24 to 27, Saturday 28; 2 to 6 March, 9
    ("complaint.decide_within", "2026-01-20", "2026-03-09"),
    ("tender.notice_days", "2026-09-29", "2026-10-12"),  # as the reply above
]


@pytest.mark.clause("CD-39a")
@pytest.mark.parametrize(("figure", "start", "last"), CLOCKS)
def test_a_period_ends_on_its_day(national: Regime, figure: str, start: str, last: str) -> None:
    begun = date.fromisoformat(start)
    dated = national.parameter(figure, begun)
    assert dated is not None
    assert national.calendar.add(begun, int(dated.value or 0), dated.unit) == Due(date.fromisoformat(last))


@pytest.mark.parametrize(
    ("figure", "before", "first"),
    [
        ("question.answer_within", "2015-02-28", "2015-03-01"),  # the Law says promptly, and no number
        ("challenge.start_defined", "2015-02-28", "2015-03-01"),
        ("challenge.stops_signing", "2015-02-28", "2015-03-01"),
        ("tender.result_notice_days", "2017-09-30", "2017-10-01"),  # Order 19 is not loaded
        ("complaint.examine_within", "2018-02-28", "2018-03-01"),  # nor is Order 20
        ("complaint.notify_within", "2018-02-28", "2018-03-01"),
        ("complaint.baseless_most", "2018-02-28", "2018-03-01"),
    ],
)
def test_no_figure_is_law_before_its_instrument(national: Regime, figure: str, before: str, first: str) -> None:
    assert national.parameter(figure, date.fromisoformat(before)) is None
    assert national.parameter(figure, date.fromisoformat(first)) is not None


def test_which_days_of_rest_put_off_the_end_is_kept_as_each_order_says_it(national: Regime) -> None:
    on = date(2018, 9, 20)
    words = [national.parameter(name, on) for name in ("challenge.rest_days", "tender.rest_days")]
    assert [(one.value, one.cite) for one in words if one] == [
        ("节假日", "order-94#第四十二条"), ("国家法定节假日", "order-87#第八十五条"),
    ]  # fmt: skip
