"""Anybody can try how soon a tender may be over under a regime, and under which reading of it."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongyue import clock
from gongyue.kernel import regimes

ADDRESS = "/regimes/cn-gd-guangzhou/timetable/"


@pytest.fixture
def page(settings: Any, db: None) -> Callable[[str], str]:
    regimes.load("cn-gd-guangzhou")
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2010, 12, 1))
    client = Client()
    return lambda asked: html.unescape(client.get(f"{ADDRESS}{asked}").content.decode())


@pytest.mark.clause("GZ-S-4.4")
def test_the_month_fails_only_where_the_briefing_must_come_before_the_issue(page: Callable[[str], str]) -> None:
    asked = "?start=2010-09-20"
    assert "最早 2010-10-25 才能确定供应商，超过 2010-10-20 5 天" in page(asked)
    for reading in ("within-bids", "after-issue"):
        told = page(f"{asked}&reading={reading}")
        assert "最早 2010-10-10 可以确定供应商，不超过 2010-10-20。" in told
        assert "《中华人民共和国政府采购法》 第三十五条" in told
    assert page(asked).count('class="reasons"') == 1


def test_the_regimes_page_leads_there_and_without_a_day_it_begins_today(page: Callable[[str], str]) -> None:
    assert f'href="{ADDRESS}"' in html.unescape(Client().get("/regimes/cn-gd-guangzhou/").content.decode())
    assert 'value="2010-12-01"' in page("")


def test_a_regime_nobody_loaded_has_none(page: Callable[[str], str]) -> None:
    assert Client().get("/regimes/cn-xx-none/timetable/").status_code == 404


@pytest.mark.clause("SU-2.2a")
def test_suzhous_end_of_may_cannot_hold_from_the_twelfth_and_the_page_says_why(page: Callable[[str], str]) -> None:
    regimes.load("cn-js-suzhou")
    answer = Client().get("/regimes/cn-js-suzhou/timetable/?start=2017-05-12").content.decode()
    told = html.unescape(answer)
    assert "最早 2017-06-01 才能确定供应商，超过 2017-05-31 1 天" in told
    assert "《中华人民共和国政府采购法》 第三十五条" in told
    before = Client().get("/regimes/cn-js-suzhou/timetable/?start=2017-05-11").content.decode()
    assert "最早 2017-05-31 可以确定供应商，不超过 2017-05-31。" in html.unescape(before)
