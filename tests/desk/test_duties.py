"""各方职责与用时: each party's steps, the days they took, what is open and since when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation

from .conftest import Desk, text

Today = Callable[[str], date]


@pytest.fixture
def started(line: Line) -> Line:
    """Opened on 20 August 2010, its needs assessment started on the 23rd, its plan sent in on the 30th."""
    line.open(date(2010, 8, 20))
    line.act("needs.start", None, date(2010, 8, 23))
    line.act("implementation.submit", None, date(2010, 8, 30))
    return line


def page(line: Line, desk: Desk) -> Any:
    return desk(line.cast.bureaus[line.district][0]).get(f"/purchases/{line.purchase.pk}/duties/")


def party(line: Line, desk: Desk, name: str) -> Any:
    return next(one for one in page(line, desk).context["parties"] if one.name == name)


@pytest.mark.clause("GZ-P-2.2")
def test_each_party_has_its_days_its_steps_and_what_is_open(started: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    street = party(started, desk, "广卫街道办事处")
    assert street.days == 21  # from the opening to today without a break: some step was always its own
    took = {step.deadline.row.rule: (step.since, step.met_on, step.days) for step in street.steps}
    assert took["start-needs"] == (date(2010, 8, 20), date(2010, 8, 23), 3)
    assert took["submit-plan"] == (date(2010, 8, 20), date(2010, 8, 30), 10)
    assert took["conclude-needs"] == (date(2010, 8, 23), None, 18)
    bureau = party(started, desk, "越秀区民政局")
    assert (bureau.days, bureau.done, [(s.deadline.row.rule, s.since) for s in bureau.open]) == (
        11, 0, [("review-plan", date(2010, 8, 30))],
    )  # fmt: skip


@pytest.mark.clause("GZ-P-2.2")
def test_what_is_late_is_counted_to_its_party(started: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    row = Obligation.objects.get(purchase=started.purchase, rule="register-site")
    assert row.due_on == date(2010, 8, 31)
    street = party(started, desk, "广卫街道办事处")
    assert {s.deadline.row.rule: s.late for s in street.steps if s.late} == {"register-site": 10}
    assert (street.late, party(started, desk, "越秀区民政局").late) == (10, 0)


@pytest.mark.clause("GZ-P-2.2")
def test_suspended_days_are_nobodys(started: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    rows = Obligation.objects.filter(purchase=started.purchase, rule="review-plan")
    rows.update(suspended_days=4)
    assert party(started, desk, "越秀区民政局").days == 7
    rows.update(suspended_on=date(2010, 9, 6))
    assert party(started, desk, "越秀区民政局").days == 3


@pytest.mark.clause("GZ-P-2.2")
def test_the_overview_leads_to_the_table_and_its_drawing(started: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    url = f"/purchases/{started.purchase.pk}/duties/"
    client = desk(started.cast.bureaus[started.district][0])
    assert f'href="{url}"' in text(client.get(f"/purchases/{started.purchase.pk}/"))
    chart = client.get(url).context["chart"]
    assert ("越秀区民政局", [11]) in chart.rows


def test_experts_stay_unnamed(judging: Line, desk: Desk, today: Today) -> None:
    today("2010-11-24")
    shown = text(page(judging, desk))
    assert [expert.organisation.name in shown for expert in judging.cast.experts[:3]] == [False] * 3


def test_a_foreign_purchase_does_not_exist(started: Line, desk: Desk, today: Today) -> None:
    today("2010-09-10")
    stranger = desk(started.cast.social[0])
    assert stranger.get(f"/purchases/{started.purchase.pk}/duties/").status_code == 404


def test_queries(judging: Line, desk: Desk, today: Today, django_assert_num_queries: Any) -> None:
    today("2010-11-24")
    client = desk(judging.cast.bureaus[judging.district][0])
    with django_assert_num_queries(12):
        client.get(f"/purchases/{judging.purchase.pk}/duties/")
