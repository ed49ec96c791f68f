"""预警: what each reader is shown, narrowed, exported, and in how many queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation

from .conftest import Desk, text

Today = Callable[[str], date]
VIEWS = ("now", "met", "holders", "payers")


@pytest.fixture
def started(line: Line, today: Today) -> Line:
    """The site is ten days overdue, the plan came ten days late."""
    line.open(date(2010, 8, 20))
    line.act("needs.start", None, date(2010, 8, 23))
    line.act("implementation.submit", None, date(2010, 9, 10))
    today("2010-09-10")
    return line


def bureau(line: Line, desk: Desk) -> Any:
    return desk(line.cast.bureaus[line.district][0])


def test_what_is_overdue_names_its_holder_its_days_and_its_article(started: Line, desk: Desk) -> None:
    page = bureau(started, desk).get("/warnings/")
    street = started.cast.streets[started.street.pk]
    (one,) = page.context["rows"]
    assert (one.what, one.days, one.url) == ("登记场地", 10, f"/purchases/{started.purchase.pk}/founding/")
    assert one.holder == f"广卫街道办事处 · {street.title} · {street.person.name}"
    assert one.cite["label"] == "穗民〔2010〕213号 四(二)"
    assert "期限 2010-08-31" in text(page)
    total = page.context["total"]
    assert (total.now, total.organisations, total.days, total.met) == (1, 1, 10, 1)
    assert page.context["chart"].rows == [(one.holder, [1, 1])]


def test_the_street_goes_from_here_to_its_work(started: Line, desk: Desk) -> None:
    (one,) = desk(started.cast.streets[started.street.pk]).get("/warnings/").context["rows"]
    assert one.url == f"/do/site.register/new/?purchase={started.purchase.pk}"


def test_what_was_met_late_and_how_often(started: Line, desk: Desk) -> None:
    client = bureau(started, desk)
    (met,) = client.get("/warnings/?view=met").context["rows"]
    assert (met.what, met.days) == ("提交实施方案", 10)
    (held,) = client.get("/warnings/?view=holders").context["rows"]
    assert (held.row["times"], held.row["open"], held.row["met"], held.longest) == (2, 1, 1, 10)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("district=440104", 1), ("district=440103", 0), ("organisation=广卫", 1), ("organisation=财政", 0),
        ("kind=site", 1), ("kind=contract", 0), ("since=2010-08-31&until=2010-08-31", 1), ("since=2010-09-01", 0),
        ("until=2010-08-30", 0),
    ],
)  # fmt: skip
def test_it_is_narrowed(asked: str, found: int, started: Line, desk: Desk) -> None:
    page = desk(started.cast.registrar).get(f"/warnings/?{asked}")
    assert (page.context["form"].errors, len(page.context["rows"])) == ({}, found)


@pytest.mark.parametrize("view", VIEWS)
def test_each_list_is_exported(view: str, started: Line, desk: Desk) -> None:
    sent = bureau(started, desk).get(f"/warnings/?view={view}&export=xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(sent.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + (view != "payers")
    if view == "now":
        assert (rows[1][0], rows[1][2], rows[1][6:]) == (
            "登记场地",
            "广卫街道办事处",
            [10.0, "穗民〔2010〕213号 四(二)"],
        )


def test_whoever_has_no_part_in_it_is_told_nothing(started: Line, desk: Desk) -> None:
    cast = started.cast
    assert list(desk(cast.social[0]).get("/warnings/").context["rows"]) == []
    assert [desk(post).get("/warnings/").status_code for post in (cast.experts[0], cast.legal)] == [404, 404]
    assert 'href="/warnings/"' in text(bureau(started, desk).get("/desk/"))


def test_that_somebody_asked_is_told_to_whoever_answers_only(calling: Line, desk: Desk, today: Today) -> None:
    calling.act("enquiry.ask", None, date(2010, 11, 12), actor=calling.cast.social[4])
    today("2010-11-20")
    Obligation.objects.filter(action="clarification.give").update(due_on=date(2010, 11, 13))
    told = {}
    for post in (calling.actor("clarification.give"), calling.cast.registrar, calling.cast.audits[calling.district]):
        whats = [one.what for one in desk(post).get("/warnings/").context["rows"]]
        told[post.organisation.name] = ("答复询问" in whats, "登记场地" in whats)
    assert list(told.values()) == [(True, True), (False, True), (False, True)]


@pytest.mark.parametrize(("view", "queries"), [("now", 13), ("met", 13), ("holders", 13), ("payers", 13)])
def test_queries(view: str, queries: int, started: Line, desk: Desk, django_assert_num_queries: Any) -> None:
    client = bureau(started, desk)
    client.get(f"/warnings/?view={view}")
    for row in Obligation.objects.filter(rule="register-site"):
        for turn in range(2, 30):
            row.pk, row.turn = None, turn
            row.save()
    with django_assert_num_queries(queries):
        client.get(f"/warnings/?view={view}")
