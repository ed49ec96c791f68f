"""Plan items at each of their points, reached by the real actions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest

from gongyue.budget.models import Fund, PlanItem
from gongyue.clock import LOCAL
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.models import Post, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome, perform
from tests.memory import remembered


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


def city(line: Line) -> Post:
    assert line.cast.city_finance is not None
    return line.cast.city_finance


def district(line: Line) -> Post:
    return line.cast.finances[line.district]


def fund(post: Post) -> Fund:
    """A payer's line of the pilot's grants."""
    return Fund.objects.get(payer=post.organisation, programme="gz-pilot-2010", purpose="programme")


@pytest.fixture
def planned(line: Line) -> Line:
    return plan(line)


@remembered
def plan(line: Line) -> Line:
    """Needs and plan are in place; nothing proposed yet."""
    line.open(date(2010, 8, 20))
    line.act("needs.start", None, date(2010, 8, 23))
    line.assess_needs(date(2010, 9, 10), date(2010, 9, 10))
    line.plan(date(2010, 9, 13), date(2010, 9, 15), date(2010, 9, 20))
    return line


@pytest.fixture
def proposed(planned: Line) -> Line:
    planned.act("item.propose", None, date(2010, 9, 27))
    return planned


@pytest.fixture
def approved(proposed: Line) -> Line:
    proposed.act("item.approve", proposed.latest(PlanItem), date(2010, 10, 8))
    return proposed
