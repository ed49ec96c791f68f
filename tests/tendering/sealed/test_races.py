"""Two at once in the opening hall: each step is done once, and whoever comes second is told so."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post, Subject
from gongyue.kernel.perform import perform
from gongyue.ledger.models import Entry
from gongyue.ledger.verify import verify
from gongyue.tendering.models import Bid, Layer, Opening, SealedBid, Tender
from tests.kernel.test_races import Act, at_once, what
from tests.tendering.conftest import OPENING

pytestmark = pytest.mark.django_db(transaction=True)


def act(name: str, subject: Subject, actor: Post, **data: Any) -> Act:
    given = {"data": data, "seen": subject.version, "request_id": uuid4()}
    return lambda: perform(name, subject, actor=actor, at=OPENING, **given)


def test_two_openers_at_once(handed: Line) -> None:
    officers = handed.cast.bureaus[handed.district]
    tender = handed.latest(Tender)
    begun = at_once(*(act("tender.open", handed.latest(Tender), post, attendance="到场。") for post in officers))
    assert (what(begun), Opening.objects.filter(tender=tender).count()) == (["done", "kernel.stale"], 1)

    opening = handed.latest(Opening)
    name = "city_bureau"
    found = story.layers(opening, name, KEYS[name])
    bureau = story.holder(handed, name)
    used = at_once(*(act("opening.unlock", handed.latest(Opening), bureau, layers=found) for _number in range(2)))
    assert (what(used), Layer.objects.count()) == (["done", "kernel.stale"], 6)
    story.use_key(handed, "purchaser", OPENING)

    rows = SealedBid.objects.select_related(*SealedBid.related).order_by("pk")
    opened = at_once(*(act("sealedbid.open", row, post) for row in rows[:1] for post in officers))
    assert what(opened) == ["done", "kernel.stale"]
    several = at_once(*(act("sealedbid.open", row, officers[0]) for row in rows[1:]))
    assert what(several) == ["done", "done"]
    assert Bid.objects.filter(unread=True).count() == 0
    assert Entry.objects.filter(action="sealedbid.open").count() == 3
    assert list(verify()) == []
