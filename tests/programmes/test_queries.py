from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.programmes import queries

ON = date(2010, 9, 1)


@pytest.fixture
def told(line: Line) -> Line:
    """广卫街 with an approved plan."""
    line.open(date(2010, 8, 3))
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    return line


def test_the_board_has_every_street_of_the_list(told: Line, cast: Cast) -> None:
    rows = queries.board(cast.programme, cast.registrar, on=ON)
    assert len(rows) == 20
    assert [row.code for row in rows[:2]] == ["440104:广卫街", "440104:建设街"]
    assert (rows[0].unit.street, rows[0].unit.mode, rows[0].unit.total_fen) == ("广卫街", "one", 200_000_000)
    assert (rows[0].purchase, rows[1].purchase) == (told.purchase, None)


def test_the_board_shows_only_what_the_reader_may_see(told: Line, cast: Cast) -> None:
    rows = queries.board(cast.programme, cast.streets["440104:建设街"], on=ON)
    assert [row.purchase for row in rows] == [None] * 20


def test_the_board_takes_two_queries(told: Line, cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        queries.board(cast.programme, cast.registrar, on=ON)


def test_a_plan_comes_with_its_panel(told: Line, django_assert_num_queries: Any) -> None:
    purchase = told.purchase
    with django_assert_num_queries(2):
        plan = queries.plan_of(purchase)
        assert plan is not None
        assert [member.name for member in plan.panel.all()] == ["区某", "孔某"]


def test_there_may_be_no_plan(line: Line) -> None:
    assert queries.plan_of(line.open(date(2010, 8, 3))) is None
