"""In which order a purchase's page offers what may be done, and what waits aside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongyue.demonstration.line import Line
from tests.contracts import stages
from tests.journeys.test_methods import negotiated, recommended

from .conftest import Desk, text

Today = Callable[[str], date]
CHECKED = date(2010, 11, 25)


@pytest.fixture
def claimed(line: Line) -> Line:
    """The first instalment is claimed and checked: its payers have until the first of December."""
    stages.filed(stages.awarded(line))
    line.claim(1, date(2010, 11, 22), CHECKED)
    return line


def labels(rows: list[object]) -> list[str]:
    return [row.label.partition(" · ")[0] for row in rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "day", "ready", "aside"),
    [
        ("breach.open", "2010-11-26", ["拟订补充协议"], ["提出违约"]),
        ("breach.open", "2010-12-21", ["拟订补充协议"], ["提出违约"]),
        ("liability.open", "2010-12-21",
         ["提交年度报告", "提交年度报告", "报送经费预算", "提出拖欠责任", "提出拖欠责任"], []),
    ],
)  # fmt: skip
def test_remedies_wait_aside_until_something_is_late_and_come_last(
    claimed: Line, desk: Desk, today: Today, name: str, day: str, ready: list[str], aside: list[str]
) -> None:
    """What is late stands on another part of the page: the payments are on the line."""
    today(day)
    page = desk(claimed.actor(name)).get(f"/purchases/{claimed.purchase.pk}/money/")
    panel = page.context["case"].panel
    assert (labels(panel.ready), labels(panel.aside)) == (ready, aside)


def test_what_has_a_day_comes_first(claimed: Line, desk: Desk, today: Today) -> None:
    """The budget stands first in the order of the rooms, and no day is set for it: the reports have one."""
    today("2010-11-26")
    provider = desk(claimed.actor("liability.open")).get(f"/purchases/{claimed.purchase.pk}/money/")
    panel = provider.context["case"].panel
    assert labels(panel.ready) == ["提交年度报告", "提交年度报告", "报送经费预算"]
    assert [row.primary for row in panel.ready] == [True, False, False]


def test_a_record_of_false_papers_is_never_the_next_thing_to_do(claimed: Line, desk: Desk, today: Today) -> None:
    today("2010-11-26")
    page = desk(claimed.actor("falsestatement.record")).get(f"/purchases/{claimed.purchase.pk}/supervision/")
    panel = page.context["case"].panel
    assert ("记录不实材料" in labels(panel.ready), "记录不实材料" in labels(panel.aside)) == (False, True)


def test_what_the_next_milestone_waits_for_is_the_thing_to_do(desk: Desk, today: Today, db: None) -> None:
    """Of equal final offers nobody is chosen before they are told apart; where none are equal nothing is settled."""
    town = recommended({0: "270000", 1: "270000", 3: "281000"})
    today("2014-04-03")
    assert town.purchase is not None
    panel = desk(town.purchaser).get(f"/purchases/{town.purchase.pk}/").context["case"].panel
    assert [(row.label, row.primary) for row in panel.ready] == [("并列定序", True)]
    assert "确定成交供应商" in labels(panel.blocked)
    assert "并列定序" not in labels(panel.aside)


def test_a_part_that_nothing_is_due_on_leads_to_what_is_due_in_the_purchase(desk: Desk, today: Today, db: None) -> None:
    """Right above, the panel names what the post has to do on the line."""
    town = negotiated()
    today("2014-03-14")
    assert town.purchase is not None
    client, page = desk(town.purchaser), f"/purchases/{town.purchase.pk}/"
    shown = text(client.get(f"{page}evaluation/"))
    assert "本岗位待办" in shown
    assert f'这一部分没有未办结的时限。 <a href="{page}#deadlines">本项目的全部时限</a>' in shown
    assert "没有未办结的时限。" not in text(client.get(page))
