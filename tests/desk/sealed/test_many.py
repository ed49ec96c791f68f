"""许多份投标: one opening, bid by bid, with progress.

Twenty bids by default; `SEALED_BIDS=100 pytest tests/desk/sealed/test_many.py` opens a hundred (half a minute in all).
"""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from django.urls import reverse

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Organisation, Person, Post
from gongyue.tendering.models import Bid, Opening, Tender
from tests.desk.conftest import Desk
from tests.tendering.conftest import OPENING
from tests.tendering.sealed.conftest import DAY

from .conftest import Clock, post_json

pytestmark = pytest.mark.django_db
MANY = int(os.environ.get("SEALED_BIDS", "20"))


def bidders(line: Line) -> list[Post]:
    """Organisations like the first of the cast, each with one post; their rows are written here."""
    model = line.cast.social[0]
    found = []
    for number in range(MANY):
        body = Organisation.objects.get(pk=model.organisation_id)
        body.pk, body.name, body.credit_code = None, f"社会工作服务中心{number:03d}（测试）", None
        body.save(force_insert=True)
        person = Person.objects.create_user(f"many-{number}", f"投标人{number}")
        found.append(
            Post.objects.create(
                organisation=body, person=person, title="项目主任", since=model.since, state=model.state, version=1
            )
        )
    return found


def test_many_sealed_bids_are_opened_with_progress(called: Line, desk: Desk, legal: Clock) -> None:
    for number, actor in enumerate(bidders(called)):
        story.hand_in(called, actor, DAY, str(1_900_000 + number))
    legal(OPENING)
    called.act("tender.open", called.latest(Tender), OPENING)
    look, url = (reverse(f"desk:hall-{name}", args=[called.purchase.pk]) for name in ("state", "step"))
    clients = {name: desk(story.holder(called, name)) for name in ("city_bureau", "purchaser")}
    for name, client in clients.items():
        told = client.get(look).json()
        assert len(told["todo"]) == 2 * MANY
        layers = story.layers(called.latest(Opening), name, KEYS[name])
        sent = {"name": "opening.unlock", "pk": told["opening"], "seen": told["version"], "data": {"layers": layers}}
        assert post_json(client, url, sent | {"request_id": str(uuid4())}).json()["done"] is True
    purchaser, progress = clients["purchaser"], []
    bids = purchaser.get(look).json()["bids"]
    for number, bid in enumerate(bids, 1):
        sent = {"name": "sealedbid.open", "pk": bid["sealed"], "seen": bid["version"], "data": {}}
        assert post_json(purchaser, url, sent | {"request_id": str(uuid4())}).json()["done"] is True
        if number % (MANY // 4) == 0:
            rows = purchaser.get(look).json()["bids"]
            progress.append(sum(row["state"] == "opened" for row in rows))
    assert progress == [MANY // 4, MANY // 2, MANY * 3 // 4, MANY]
    called.act("opening.read", called.latest(Opening), OPENING)
    assert sorted(row["price_fen"] for row in called.latest(Opening).record) == [
        (1_900_000 + number) * 100 for number in range(MANY)
    ]
    assert Bid.objects.filter(tender=called.latest(Tender), unread=True).count() == 0
