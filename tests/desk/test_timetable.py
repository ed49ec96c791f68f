"""Trying a timetable from a purchase: drawn, with what it rests on, under every reading."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import awarded, prepared
from gongyue.desk.gantt import Axis, drawn
from gongyue.tendering.timetable import Setting, trials

from .conftest import Desk, text

Today = Callable[[str], date]
APPROVED = date(2010, 9, 20)


def test_days_have_places_on_the_axis_and_a_few_are_written() -> None:
    axis = Axis(date(2010, 9, 20), date(2010, 10, 25))
    assert (axis.at(axis.first), axis.at(axis.last), axis.wide(axis.first, axis.last)) == ("5.00%", "95.00%", "90.00%")
    assert [words for _at, words in axis.ticks] == ["09-20", "09-27", "10-04", "10-11", "10-18", "10-25"]
    assert Axis(APPROVED, APPROVED).at(APPROVED) == "5.00%"
    assert Axis(APPROVED, APPROVED).ticks == [("5.00%", "09-20")]


def test_over_years_the_axis_names_them_and_no_more_days_than_it_has_room_for() -> None:
    axis = Axis(date(2010, 10, 15), date(2018, 4, 11))
    assert [words for _at, words in axis.ticks] == ["2010-10", "2012-04", "2013-10", "2015-04", "2016-10", "2018-04"]


@pytest.mark.clause("GZ-S-4.4")
def test_least_times_are_bars_and_the_month_is_a_mark(line: Line) -> None:
    prepared(line, APPROVED)
    setting = Setting.of(line.dossier(APPROVED))
    assert setting is not None
    chart = drawn(trials(setting, APPROVED)[0], APPROVED)
    assert [(row.kind, row.tone, str(row.on)) for row in chart.rows] == [
        ("step", "coming", "2010-09-20"), ("step", "coming", "2010-09-20"),
        ("bar", "binding", "2010-10-05"), ("gate", "", "2010-09-20"), ("step", "coming", "2010-10-05"),
        ("bar", "binding", "2010-10-25"), ("step", "coming", "2010-10-25"), ("step", "coming", "2010-10-25"),
        ("step", "coming", "2010-10-25"), ("ceiling", "", "2010-10-20"),
    ]  # fmt: skip
    assert [(line.tone, str(line.on)) for line in chart.lines] == [("today", "2010-09-20"), ("target", "2010-10-20")]
    bars = [(row.at, row.wide) for row in chart.rows if row.kind == "bar"]
    assert bars == [("5.00%", "38.57%"), ("43.57%", "51.43%")]


@pytest.mark.clause("GZ-S-4.4")
def test_the_card_leads_to_a_page_where_other_days_and_readings_are_tried(line: Line, desk: Desk, today: Today) -> None:
    prepared(line, APPROVED)
    today("2010-09-20")
    client, pk = desk(line.actor("tender.draft")), line.purchase.pk
    address = f"/purchases/{pk}/timetable/"
    assert f'href="{address}"' in text(client.get(f"/purchases/{pk}/"))
    page = text(client.get(address))
    assert "最早 2010-10-25 才能确定供应商，超过 2010-10-20 5 天" in page
    assert "要在 2010-10-20 以前完成，最迟 2010-09-15 就须开始。" in page
    assert page.count('class="gantt-row gantt-bar gantt-binding"') == 2
    assert _fares(page) == [("2010-10-25", "来不及"), ("2010-10-10", "来得及"), ("2010-10-10", "来得及")]
    assert "取沟通会到发标不少于十五日" in page
    wished = text(client.get(f"{address}?start=2010-09-22&end=2010-10-11&reading=within-bids"))
    assert "最早 2010-10-12 才能确定供应商，超过 2010-10-11 1 天" in wished
    assert "start=2010-09-22&amp;end=2010-10-11&amp;reading=after-issue" in wished


def _fares(page: str) -> list[tuple[str, str]]:
    """The end and the verdict of each reading."""
    table = page.partition('id="readings"')[2]
    return re.findall(r'data-label="最早完成">([-\d—]+)</td>.*?badge-state[^>]*>(?:<[^>]+>)*([^<]+)', table, re.DOTALL)


@pytest.mark.clause("GZ-S-4.4")
def test_it_is_reckoned_again_as_things_happen(line: Line, desk: Desk, today: Today) -> None:
    """Once the briefing was held before the issue, the readings that have it afterwards are gone."""
    prepared(line, APPROVED, True)
    today("2010-09-21")
    page = text(desk(line.actor("tender.draft")).get(f"/purchases/{line.purchase.pk}/timetable/"))
    assert "最早 2010-10-11 可以确定供应商，不超过 2010-10-20。 最迟 2010-09-30 须开始。" in page
    assert 'id="readings"' not in page
    assert page.count("gantt-step gantt-done") == 2


@pytest.mark.parametrize("asked", ["?start=x", "?start=2010-09-20&end=10", "?start=0001-01-01"])
def test_what_is_no_day_is_said_and_nothing_is_drawn(line: Line, desk: Desk, today: Today, asked: str) -> None:
    prepared(line, APPROVED)
    today("2010-09-20")
    page = text(desk(line.actor("tender.draft")).get(f"/purchases/{line.purchase.pk}/timetable/{asked}"))
    assert 'role="alert"' in page
    assert "gantt-row" not in page


def test_whoever_may_not_see_the_purchase_finds_none_and_nor_does_one_after_the_award(
    line: Line, desk: Desk, today: Today
) -> None:
    awarded(line, APPROVED)
    today("2010-11-01")
    address = f"/purchases/{line.purchase.pk}/timetable/"
    assert desk(line.actor("tender.draft")).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_reading_nobody_knows_is_the_one_as_written(line: Line, desk: Desk, today: Today) -> None:
    prepared(line, APPROVED)
    today("2010-09-20")
    client = desk(line.actor("tender.draft"))
    page = text(client.get(f"/purchases/{line.purchase.pk}/timetable/?reading=none"))
    assert "最早 2010-10-25 才能确定供应商" in page
