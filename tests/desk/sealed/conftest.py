"""A sealed call at each of its points, and browsers that send what their scripts send, at a moment of legal time."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from gongyue import clock
from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import SealedUpload, Tender
from gongyue.tendering.sealing import Part
from tests.desk.conftest import Desk
from tests.tendering.conftest import drafting
from tests.tendering.sealed.conftest import DAY, PRICE, TEXTS, begun, called, files, handed, prepared

__all__ = ["begun", "called", "drafting", "files", "handed", "prepared"]

Clock = Callable[[datetime], None]


@pytest.fixture
def legal(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set legal time to the second."""

    def to(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return to


def post_json(client: Client, url: str, document: Any) -> Any:
    return client.post(url, json.dumps(document), content_type="application/json")


@dataclass
class Browser:
    """One bidder's browser: begins an upload, seals, declares, sends."""

    client: Client
    actor: Post
    tender: Tender
    told: dict[str, Any]
    sealed: sealing.SealedBid | None = None

    @property
    def upload(self) -> SealedUpload:
        return SealedUpload.objects.get(token=self.told["token"])

    def declare(self, extra: Sequence[Part] = ()) -> Any:
        given = [*story.parts(self.actor, DAY.date(), PRICE, TEXTS), *extra]
        lock = self.told["lock"].encode()
        self.sealed = sealing.seal(lock=lock, bid=self.told["bid"], parts=given)
        profile = self.client.get(self.told["profile"]).content
        wraps = {name: b64encode(file).decode() for name, file in self.sealed.wraps.items()}
        sent = {"receipt": self.sealed.receipt.decode(), "wraps": wraps, "snapshot": sealing.digest(profile)}
        return post_json(self.client, self.told["url"], sent)

    def piece(self, name: str, offset: int | str, content: bytes, kind: str = "part") -> Any:
        url = reverse("desk:sealed-piece", args=[self.told["token"], kind, name])
        return self.client.post(f"{url}?offset={offset}", content, content_type="application/octet-stream")

    def send(self, name: str, begin: int = 0) -> None:
        assert self.sealed is not None
        content = self.sealed.parts[name]
        for offset in range(begin, len(content), staging.CHUNK):
            answer = self.piece(name, offset, content[offset : offset + staging.CHUNK])
            assert answer.status_code == 200, answer.content

    def send_all(self) -> None:
        assert self.sealed is not None
        for name in self.sealed.parts:
            self.send(name)


Browse = Callable[..., Browser]


@pytest.fixture
def browse(called: Line, desk: Desk, legal: Clock) -> Browse:
    """A bidder's browser that has begun an upload on the twenty-fifth of November."""

    def seated(index: int = 0) -> Browser:
        legal(DAY)
        actor, tender = called.cast.social[index], called.latest(Tender)
        client = desk(actor)
        answer = client.post(reverse("desk:sealed-begin", args=[tender.pk]))
        return Browser(client, actor, tender, answer.json())

    return seated


def error(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["error"]
