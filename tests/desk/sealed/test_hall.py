"""开标大厅的地址: for those with a part in the opening; each wrap for its next holder alone."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS
from gongyue.demonstration.line import Line
from gongyue.tendering.models import Opening, SealedBid
from tests.desk.conftest import Desk
from tests.tendering.conftest import OPENING

from .conftest import Clock, post_json

pytestmark = pytest.mark.django_db


def state(line: Line) -> str:
    return reverse("desk:hall-state", args=[line.purchase.pk])


def test_strangers_find_no_hall(begun: Line, desk: Desk, legal: Clock) -> None:
    """Finance holds no key; nor does an organisation that has not bid, nor one from elsewhere."""
    legal(OPENING)
    strangers = [begun.cast.finances[begun.district], begun.cast.social[2], begun.cast.experts[0]]
    assert [desk(post).get(state(begun)).status_code for post in strangers] == [404, 404, 404]
    unknown = reverse("desk:hall-state", args=[begun.purchase.pk + 1])
    assert desk(story.holder(begun, "purchaser")).get(unknown).status_code == 404


def test_each_wrap_goes_to_its_next_holder_alone(begun: Line, desk: Desk, legal: Clock) -> None:
    legal(OPENING)
    bidder = desk(begun.cast.social[0]).get(state(begun)).json()
    assert (bidder["todo"], bidder["recipient"], len(bidder["bids"])) == ([], "", 3)
    for name, wraps in (("city_bureau", 6), ("purchaser", 3), ("street_office", 0)):
        todo = desk(story.holder(begun, name)).get(state(begun)).json()["todo"]
        assert ([row["wrap"].split("+")[0] for row in todo]) == [name] * wraps


def test_finance_holds_no_key_and_takes_no_step(begun: Line, desk: Desk, legal: Clock) -> None:
    legal(OPENING)
    opening, row = begun.latest(Opening), SealedBid.objects.order_by("pk")[0]
    story.use_key(begun, "city_bureau", OPENING)
    client = desk(begun.cast.finances[begun.district])
    url = reverse("desk:hall-step", args=[begun.purchase.pk])
    found = story.layers(opening, "purchaser", KEYS["purchaser"])
    for name, pk, data in (("opening.unlock", opening.pk, {"layers": found}), ("sealedbid.open", row.pk, {})):
        seen = Opening.objects.get().version if name == "opening.unlock" else row.version
        sent = {"name": name, "pk": pk, "seen": seen, "request_id": str(uuid4()), "data": data}
        answer = post_json(client, url, sent)
        assert answer.status_code == 404 or answer.json()["done"] is False
    assert SealedBid.objects.exclude(identity="").count() == 0


@pytest.mark.parametrize("name", ["tender.award", "opening.read", "", None, 7])
def test_the_hall_does_only_its_own_steps(begun: Line, desk: Desk, legal: Clock, name: object) -> None:
    legal(OPENING)
    url = reverse("desk:hall-step", args=[begun.purchase.pk])
    sent = {"name": name, "pk": begun.latest(Opening).pk, "seen": 1, "request_id": str(uuid4()), "data": {}}
    assert post_json(desk(story.holder(begun, "purchaser")), url, sent).status_code == 404


def test_two_holders_open_step_by_step_through_the_endpoints(begun: Line, desk: Desk, legal: Clock) -> None:
    legal(OPENING)
    url = reverse("desk:hall-step", args=[begun.purchase.pk])
    clients = {name: desk(story.holder(begun, name)) for name in ("city_bureau", "purchaser")}
    for name, client in clients.items():
        told = client.get(state(begun)).json()
        layers = story.layers(begun.latest(Opening), name, KEYS[name])
        sent = {"name": "opening.unlock", "pk": told["opening"], "seen": told["version"], "data": {"layers": layers}}
        assert post_json(client, url, sent | {"request_id": str(uuid4())}).json()["done"] is True
    for number, bid in enumerate(clients["purchaser"].get(state(begun)).json()["bids"]):
        assert bid["keyed"] is True
        sent = {"name": "sealedbid.open", "pk": bid["sealed"], "seen": bid["version"], "data": {}}
        done = [post_json(clients["purchaser"], url, sent | {"request_id": str(uuid4())}).json() for _again in range(2)]
        assert [(one["done"], one["stale"]) for one in done] == [(True, False), (False, True)]
        rows = clients["purchaser"].get(state(begun)).json()["bids"]
        assert sum(row["state"] == "opened" for row in rows) == number + 1
