"""No page pushes a phone's screen sideways: what is wide scrolls within itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import city_pays_late, opened
from gongyue.kernel.models import Post
from gongyue.ledger.sequence import sequence
from gongyue.oversight.models import SpotCheck

from .walker import Walker, moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAKES = "[document.scrollingElement.scrollWidth, innerWidth]"
PARTS = ("", "founding/", "service/", "supervision/", "money/", "openness/", "papers/", "duties/", "binder/")
LISTS = ("desk", "desk/?tab=done", "purchases", "dashboard", "warnings", "warnings/?view=payers", "search/?q=街")


@pytest.fixture
def running(line: Line, settings: Any) -> Line:
    """A street under contract whose city pays late; a check was drawn there."""
    settings.GONGYUE_DEMONSTRATION = True
    city_pays_late(line)
    clock.advance(moment("2011-03-01", 9).date())
    line.act("spot_check.commit", None, moment("2011-03-01", 9))
    line.act("spot_check.draw", SpotCheck.objects.get(), moment("2011-03-01", 10))
    sequence()
    clock.advance(moment("2011-03-02", 9).date())
    return line


def paths(line: Line, names: tuple[str, ...]) -> list[str]:
    own = [f"purchases/{line.purchase.pk}/{part}" for part in PARTS]
    return [*own, *LISTS, *names]


WALKS: list[tuple[str, Callable[[Line], Post], tuple[str, ...]]] = [
    ("bureau", lambda line: line.cast.bureaus[line.district][0],
     ("funds/", "funds/1/", "instalments/", "organisations/", "posts/", "programme/", "frameworks/", "feedback-desk/",
      "recommendations/", "do/breach.open/new/?purchase=1", "do/standardgroup.record/new/?purchase=1")),
    ("city", lambda line: line.cast.registrar,
     ("do/framework.draft/new/", "do/organisation.register/new/", "batches/organisations.import/")),
    ("provider", lambda line: line.actor("record.enter"),
     ("calls/", "records/new/?purchase=1", "purchases/1/list/record/", "do/spending.report/new/?purchase=1",
      "batches/delivery.records/?purchase=1")),
    ("audit", lambda line: line.cast.audits[line.district], ("audit/", "audit/?only=refused", "audit/entries/9/")),
]  # fmt: skip


@pytest.mark.parametrize(("who", "names"), [(walk[1], walk[2]) for walk in WALKS], ids=[walk[0] for walk in WALKS])
def test_no_page_of_the_workbench_overflows_a_phone(
    who: Callable[[Line], Post], names: tuple[str, ...], running: Line, live_server: Any, phone: Page
) -> None:
    Walker(phone, live_server.url, running).comes_in(who(running))
    wide = {}
    for path in paths(running, names):
        answer = phone.goto(f"{live_server.url}/{path}")
        takes, has = phone.evaluate(TAKES)
        if answer is None or answer.status >= 500 or takes > has:
            wide[path] = (answer.status if answer else None, takes)
    assert wide == {}


def test_no_public_page_overflows_a_phone(running: Line, live_server: Any, phone: Page) -> None:
    pk, provider = running.purchase.pk, running.actor("record.enter").organisation_id
    names = ("", "notices/", "regimes/", "regimes/cn-gd-guangzhou/", "streets/", "projects/", f"projects/{pk}/",
             f"projects/{pk}/feedback/", f"providers/{provider}/", "login/")  # fmt: skip
    wide = {}
    for path in names:
        answer = phone.goto(f"{live_server.url}/{path}")
        takes, has = phone.evaluate(TAKES)
        if answer is None or answer.status >= 400 or takes > has:
            wide[path] = (answer.status if answer else None, takes)
    assert wide == {}
    phone.goto(f"{live_server.url}/regimes/cn-gd-guangzhou/#gz-procedure-2010--二(一)")  # folded until linked to
    linked, other = (phone.locator(f"[id='gz-procedure-2010--{article}']") for article in ("二(一)", "二(二)"))
    expect(linked).to_be_in_viewport()
    phone.goto(f"{live_server.url}/regimes/cn-gd-guangzhou/")
    expect(other).to_be_hidden()


def test_who_bid_and_at_what_price_is_read_without_pushing_a_table_sideways(
    running: Line, live_server: Any, phone: Page
) -> None:
    Walker(phone, live_server.url, running).comes_in(running.cast.bureaus[running.district][0])
    phone.goto(f"{live_server.url}/purchases/{running.purchase.pk}/")
    hidden = "found => found.map(one => one.scrollWidth - one.clientWidth)"
    assert phone.locator("#tender .table-scroll").evaluate_all(hidden) == [0, 0]


def test_an_expert_scores_on_a_phone_beside_the_name_of_each_bidder(
    line: Line, settings: Any, live_server: Any, phone: Page
) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    opened(line, date(2010, 11, 1), {0: "1960000", 1: "1985000", 3: "1990000"})
    clock.advance(date(2010, 11, 24))
    Walker(phone, live_server.url, line).comes_in(line.cast.experts[0])
    phone.goto(f"{live_server.url}/do/sheet.submit/new/?purchase={line.purchase.pk}")
    sheet = phone.locator(".scores")
    assert sheet.evaluate("one => one.scrollWidth - one.clientWidth") == 0
    named = "cells => cells.map(one => getComputedStyle(one, '::before').content)"
    shown = sheet.locator("tr:has(input)").first.locator("td:has(input)").evaluate_all(named)
    assert shown == [f'"{line.cast.social[index].organisation}"' for index in (0, 1, 3)]
