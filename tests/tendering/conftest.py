"""A tender at each of its points, reached by the real actions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest

from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.models import Post, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome, perform
from gongyue.tendering.models import Bid, Tender
from tests.memory import remembered

PRICES = {0: "1980000", 1: "1950000", 3: "1990000"}  # organisations of the cast, yuan
POINTS = {0: ("35", "24", "15.25"), 1: ("34.5", "25", "16"), 3: ("30", "20.75", "12")}
DUE = datetime(2010, 12, 1, 9, 30, tzinfo=LOCAL)
OPENING = datetime(2010, 12, 1, 10, tzinfo=LOCAL)


def moment(text: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(text), time(hour), LOCAL)


def attempt(
    line: Line, name: str, subject: Subject | None, at: datetime, *, actor: Post | None = None, **data: Any
) -> Outcome:
    """As `line.act`, but a refusal comes back as the value it is."""
    actor = actor or line.actor(name)
    subject = subject or find(name, actor=actor, at=at, purchase=line.purchase)
    assert subject is not None, f"nothing to {name}"
    paper = PAPERS[name](line, subject, at.astimezone(LOCAL).date()) if name in PAPERS else {}
    return perform(name, subject, actor=actor, at=at, data={**paper, **data}, seen=subject.version, request_id=uuid4())


def objections(outcome: Outcome) -> list[str]:
    """The rules that stood in the way; nothing may have been done."""
    assert outcome.entry is None, outcome.entry
    return [finding.rule for finding in outcome.findings]


@remembered
def budgeted(line: Line) -> Line:
    """Needs, plan, item and money are in place by the twelfth of October 2010."""
    line.open(date(2010, 8, 20))
    line.act("needs.start", None, date(2010, 8, 23))
    line.assess_needs(date(2010, 9, 10), date(2010, 9, 10))
    line.plan(date(2010, 9, 13), date(2010, 9, 15), date(2010, 9, 20))
    line.budget(date(2010, 9, 27), date(2010, 10, 8), date(2010, 10, 12))
    return line


@remembered
def publish(line: Line) -> Line:
    """Drafted, briefed, a panel of three, published on the eighth of November 2010 for the first of December."""
    line.act("tender.draft", None, date(2010, 10, 15))
    line.act("tender.brief", line.latest(Tender), date(2010, 10, 20))
    line.act("tender.appoint", line.latest(Tender), date(2010, 11, 5))
    line.act("tender.publish", line.latest(Tender), date(2010, 11, 8), bids_due_at=DUE.strftime("%Y-%m-%dT%H:%M"))
    return line


@remembered
def submit_bids(line: Line, prices: dict[int, str] = PRICES) -> Line:
    for index, price in prices.items():
        line.act("bid.submit", None, date(2010, 11, 25), actor=line.cast.social[index], price=price)
    return line


@remembered
def open_bids(line: Line) -> Line:
    line.act("tender.open", line.latest(Tender), OPENING)
    for bid in Bid.objects.filter(tender=line.latest(Tender), state="submitted").order_by("pk"):
        line.act("bid.qualify", bid, OPENING)
    return line


def scores(line: Line, points: dict[int, tuple[str, ...]] = POINTS) -> dict[str, dict[str, str]]:
    """The same points for every expert, by the index of the bidder in the cast."""
    bids = {bid.organisation_id: bid for bid in Bid.objects.filter(tender=line.latest(Tender))}
    return {
        str(bids[line.cast.social[index].organisation_id].pk): {str(n): text for n, text in enumerate(row, 1)}
        for index, row in points.items()
    }


def submit_sheet(line: Line, expert: Post, points: dict[int, tuple[str, ...]] = POINTS, **data: Any) -> None:
    sheet = {"scores": scores(line, points), "independent": True} | data
    line.act("sheet.submit", None, date(2010, 12, 2), actor=expert, **sheet)


@remembered
def score(line: Line, points: dict[int, tuple[str, ...]] = POINTS) -> Line:
    for expert in line.cast.experts[:3]:
        submit_sheet(line, expert, points)
    line.act("tender.score", line.latest(Tender), date(2010, 12, 3))
    return line


@pytest.fixture
def drafting(line: Line) -> Line:
    """Everything a tender needs is there; no tender yet."""
    return budgeted(line)


@pytest.fixture
def announced(drafting: Line) -> Line:
    return publish(drafting)


@pytest.fixture
def bidden(announced: Line) -> Line:
    """Three sealed bids, of the organisations 0, 1 and 3 of the cast."""
    return submit_bids(announced)


@pytest.fixture
def opened(bidden: Line) -> Line:
    """Opened, and all three found qualified."""
    return open_bids(bidden)


@pytest.fixture
def scored(opened: Line) -> Line:
    return score(opened)


@pytest.fixture
def awarded(scored: Line) -> Line:
    scored.act("tender.award", scored.latest(Tender), date(2010, 12, 6))
    return scored


@pytest.fixture
def ready(drafting: Line) -> Line:
    """Three bids opened in 2018 and found qualified; no committee yet."""
    from . import evaluating  # which takes its beginnings from here

    return evaluating.unseated(drafting)


@pytest.fixture
def sat(ready: Line) -> Line:
    """Its committee has signed in and chosen who leads it."""
    from . import evaluating

    return evaluating.assembled(ready)
