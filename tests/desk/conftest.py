"""Somebody at the desk on a day of the training clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import announced, opened
from gongyue.kernel.models import Post, Subject
from gongyue.ledger.sequence import sequence

Desk = Callable[[Post], Client]


@pytest.fixture
def today(settings: Any, db: None) -> Callable[[str], date]:
    """Set the training clock to a day; the site is a demonstration from then on."""

    def to(text: str) -> date:
        settings.GONGYUE_DEMONSTRATION = True
        clock.advance(date.fromisoformat(text))
        return date.fromisoformat(text)

    return to


@pytest.fixture
def desk(db: None) -> Desk:
    """A browser in which the holder of this post is logged in and acts from it."""

    def seated(post: Post) -> Client:
        client = Client()
        client.force_login(post.person)
        session = client.session
        session["post"] = post.pk
        session.save()
        return client

    return seated


@pytest.fixture
def calling(line: Line) -> Line:
    """A call that takes bids: issued on 2010-11-02, due on 2010-11-23; two organisations have bid."""
    announced(line, date(2010, 11, 1))
    line.bid(date(2010, 11, 10), {0: "1960000", 1: "1985000"})
    sequence()
    return line


@pytest.fixture
def judging(line: Line) -> Line:
    """Three bids opened on 2010-11-23; the experts have not scored."""
    opened(line, date(2010, 11, 1), {0: "1960000", 1: "1985000", 3: "1990000"})
    sequence()
    return line


def typed(line: Line, name: str, subject: Subject, on: date, **changes: Any) -> dict[str, Any]:
    """What the demonstration would write into an action's form, as a browser sends it."""
    paper = {**(PAPERS[name](line, subject, on) if name in PAPERS else {}), **changes}
    return flat(paper) | {"seen": str(subject.version), "request_id": str(uuid4())}


def flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Rows as `name-0-column`, ticks as `on`, what is empty left out."""
    out: dict[str, Any] = {}
    for name, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            out |= {f"{name}-{n}-{key}": cell for n, row in enumerate(value) for key, cell in row.items()}
        elif value is True:
            out[name] = "on"
        elif value is not False:
            out[name] = value
    return out


def text(answer: Any) -> str:
    return str(answer.content.decode())


def notes(answer: Any) -> list[str]:
    """The messages that the page it led to will show."""
    return [str(message) for message in answer.wsgi_request._messages]
