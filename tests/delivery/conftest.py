from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongyue import clock
from gongyue.demonstration.line import Line
from gongyue.demonstration.written.delivery import ITEMS
from gongyue.kernel.models import Post
from gongyue.needs.models import NeedsAssessment, ServiceNeed
from tests.contracts import stages


@pytest.fixture
def filed(line: Line) -> Line:
    """A contract from 2010-11-01 to 2011-10-31, filed; three services were measured."""
    stages.filed(stages.awarded(line))
    needs = NeedsAssessment.objects.create(purchase=line.purchase, assessor="街道", method="survey", state="concluded")
    for item, volume in zip(ITEMS, (120, 2400, 48), strict=True):
        ServiceNeed.objects.create(assessment=needs, service=item, target="居民", volume=volume, unit_cost_fen=100)
    return line


@pytest.fixture
def staffed(filed: Line) -> Line:
    """Two workers, a client and a partner since the first day."""
    for _number in range(2):
        filed.act("worker.join", None, date(2010, 11, 1))
    filed.act("client.register", None, date(2010, 11, 1))
    filed.act("partner.list", None, date(2010, 11, 1))
    return filed


@pytest.fixture
def today(settings: Any, db: None) -> Callable[[str], date]:
    def to(text: str) -> date:
        settings.GONGYUE_DEMONSTRATION = True
        clock.advance(date.fromisoformat(text))
        return date.fromisoformat(text)

    return to


@pytest.fixture
def desk(db: None) -> Callable[[Post], Client]:
    def seated(post: Post) -> Client:
        client = Client()
        client.force_login(post.person)
        session = client.session
        session["post"] = post.pk
        session.save()
        return client

    return seated
