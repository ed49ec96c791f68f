"""The earliest timetable of a tender beside its deadlines, and on the forms that it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import announced, awarded, prepared
from gongyue.programmes.models import ImplementationPlan

from .conftest import Desk, text

Today = Callable[[str], date]
APPROVED = date(2010, 9, 20)
SHORT = "按规定的最短时间，从今天起最早 2010-10-25 才能确定供应商，超过期限 5 天。"


@pytest.mark.clause("GZ-S-4.4")
def test_the_page_and_the_form_warn_that_the_month_is_too_short(line: Line, desk: Desk, today: Today) -> None:
    prepared(line, APPROVED)
    today("2010-09-20")
    client, pk = desk(line.actor("tender.draft")), line.purchase.pk
    for url in (f"/purchases/{pk}/", f"/do/tender.draft/new/?purchase={pk}"):
        shown = text(client.get(url))
        assert "“批准实施方案”已于 2010-09-20 办理，采购要在此后 1 个月内完成，即不迟于 2010-10-20。" in shown
        assert f"{SHORT} 要在期限内完成，本来最迟 2010-09-15 就须“已开信息沟通会”。" in shown
        assert "距“已开信息沟通会”（2010-09-20）至少 15 日" in shown
        assert "距“已发标”（2010-10-05）至少 20 日" in shown
        assert "只是发标" in shown
        for cite in ("穗民〔2010〕213号 四(四)", "穗民〔2010〕320号附件1 三(二)2", "第三十五条"):
            assert cite in shown


@pytest.mark.clause("GZ-S-4.4")
def test_whoever_approves_the_plan_sees_what_must_come_before(line: Line, desk: Desk, today: Today) -> None:
    line.open(date(2010, 9, 1))
    line.through(ImplementationPlan, "reviewed", date(2010, 9, 2), date(2010, 9, 3))
    today("2010-09-20")
    plan = line.latest(ImplementationPlan)
    shown = text(desk(line.actor("implementation.approve")).get(f"/do/implementation.approve/{plan.pk}/"))
    assert f"{SHORT} 要在期限内完成，“批准实施方案”的 5 天以前就须“已开信息沟通会”。" in shown
    assert "一个月是完成招标的期限，不妨碍方案批准前先作准备、先开沟通会；要等批准的只是发标" in shown


@pytest.mark.clause("GZ-S-4.4")
def test_what_fits_is_told_with_the_last_day_to_go_on(line: Line, desk: Desk, today: Today) -> None:
    prepared(line, APPROVED, True)
    today("2010-09-21")
    shown = text(desk(line.actor("tender.draft")).get(f"/purchases/{line.purchase.pk}/"))
    assert "按规定的最短时间，最早 2010-10-11 可以确定供应商。 最迟 2010-09-30 须“已发标”。" in shown
    assert "才能确定供应商" not in shown


def test_nothing_of_it_stands_on_other_forms_nor_after_the_award(line: Line, desk: Desk, today: Today) -> None:
    announced(line, APPROVED)
    today("2010-09-22")
    client, pk = desk(line.actor("tender.draft")), line.purchase.pk
    pages = [f"/purchases/{pk}/", f"/do/publication.log/new/?purchase={pk}"]
    assert ["最早采购日程" in text(client.get(url)) for url in pages] == [True, False]


def test_once_awarded_the_page_has_no_timetable(line: Line, desk: Desk, today: Today) -> None:
    awarded(line, APPROVED)
    today("2010-11-01")
    assert "最早采购日程" not in text(desk(line.actor("tender.draft")).get(f"/purchases/{line.purchase.pk}/"))
