"""提前开启: refused by the article, and kept: who, when, which article."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Refused
from gongyue.oversight.queries import refusals
from gongyue.tendering.models import Layer, SealedBid, Tender
from tests.desk.conftest import Desk, text
from tests.tendering.conftest import DUE, OPENING
from tests.tendering.sealed.conftest import DAY

from .conftest import Browse, Clock, post_json

pytestmark = pytest.mark.django_db
EARLY = DUE - timedelta(seconds=1)
SAID = "投标截止时间（2010-12-01 09:30）未到，不能开标。（《中华人民共和国政府采购法》 第三十五条）"


def kept() -> list[tuple[str, str, Any, Any, list[tuple[str, str]]]]:
    rows = Refused.objects.order_by("pk")
    return [(row.action, row.subject, row.post, row.at, [(f["rule"], f["cite"]) for f in row.findings]) for row in rows]


def step(client: Any, line: Line, name: str, pk: int) -> Any:
    sent = {"name": name, "pk": pk, "seen": 1, "request_id": str(uuid4()), "data": {"layers": []}}
    return post_json(client, reverse("desk:hall-step", args=[line.purchase.pk]), sent)


@pytest.mark.parametrize("name", ["city_bureau", "purchaser", "street_office"])
def test_a_holder_who_asks_for_the_wraps_early_is_refused_and_recorded(
    handed: Line, desk: Desk, legal: Clock, name: str
) -> None:
    legal(EARLY)
    holder, tender = story.holder(handed, name), handed.latest(Tender)
    answer = desk(holder).get(reverse("desk:hall-state", args=[handed.purchase.pk]))
    assert (answer.status_code, answer.json()) == (409, {"done": False, "stale": False, "said": [SAID]})
    article = [("opening-after-deadline", "procurement-law#第三十五条")]
    assert kept() == [("opening.unlock", tender.key, holder, EARLY, article)]


@pytest.mark.parametrize("name", ["opening.unlock", "sealedbid.open", "sealedbid.fault"])
def test_every_step_of_the_hall_tried_early_is_recorded_under_its_name(
    handed: Line, desk: Desk, legal: Clock, name: str
) -> None:
    legal(EARLY)
    holder, row = story.holder(handed, "purchaser"), SealedBid.objects.order_by("pk")[0]
    answer = step(desk(holder), handed, name, row.pk)
    assert (answer.status_code, answer.json()["said"]) == (409, [SAID])
    assert [(found[0], found[2]) for found in kept()] == [(name, holder)]
    assert (Layer.objects.count(), SealedBid.objects.exclude(identity="").count()) == (0, 0)


def test_finance_has_no_part_in_the_hall_and_its_try_is_kept(handed: Line, desk: Desk, legal: Clock) -> None:
    legal(EARLY)
    finance = handed.cast.finances[handed.district]
    assert desk(finance).get(reverse("desk:hall-state", args=[handed.purchase.pk])).status_code == 404
    assert [(found[0], found[2]) for found in kept()] == [("opening.unlock", finance)]


def test_between_the_deadline_and_the_opening_there_is_no_hall_and_nothing_to_record(
    handed: Line, desk: Desk, legal: Clock
) -> None:
    legal(DUE)
    holder = story.holder(handed, "purchaser")
    assert desk(holder).get(reverse("desk:hall-state", args=[handed.purchase.pk])).status_code == 404
    assert kept() == []


def test_a_call_on_paper_has_no_hall(calling: Line, desk: Desk, legal: Clock) -> None:
    legal(DAY - timedelta(days=10))
    officer = calling.actor("tender.open")
    assert desk(officer).get(reverse("desk:hall-state", args=[calling.purchase.pk])).status_code == 404
    assert kept() == []


def test_a_suppliers_try_tells_nobody_that_it_bids(handed: Line, desk: Desk, legal: Clock) -> None:
    """Officers read the holder's try on the purchase's page; the bidder's only once the call is decided."""
    legal(EARLY)
    bidder, officer = handed.cast.social[0], story.holder(handed, "purchaser")
    url = reverse("desk:hall-state", args=[handed.purchase.pk])
    assert desk(bidder).get(url).json()["said"] == [SAID]
    desk(story.holder(handed, "city_bureau")).get(url)
    page = text(desk(officer).get(reverse("desk:purchase", args=[handed.purchase.pk])))
    assert "投标截止时间（2010-12-01 09:30）未到，不能开标" in page
    assert bidder.organisation.name not in page
    found = refusals(type(handed.purchase).objects.filter(pk=handed.purchase.pk))
    assert [row.post for row in found] == [story.holder(handed, "city_bureau")]
    Tender.objects.filter(pk=handed.latest(Tender).pk).update(state="failed", failed_at=OPENING)
    assert {row.post for row in found.all()} == {bidder, story.holder(handed, "city_bureau")}


@pytest.mark.parametrize("token", ["own", ""])
def test_an_incomplete_upload_handed_in_late_is_refused_as_late_and_recorded(
    called: Line, browse: Browse, legal: Clock, token: str
) -> None:
    """The script fills the token in only once all is there: a late form may come without it."""
    browser = browse()
    browser.declare()
    browser.send("price")
    legal(DUE)
    url = reverse("desk:begin", args=["bid.submit"]) + f"?purchase={called.purchase.pk}"
    sent = {"upload": browser.told["token"] if token else "", "seen": "0", "request_id": str(uuid4())}
    answer = browser.client.post(url, sent)
    assert answer.status_code == 422
    assert "投标文件只能在发标之后、截止之前递交或撤回" in text(answer)
    article = ("bid-in-time", "procurement-law#第三十五条")
    ((name, _subject, who, at, findings),) = kept()
    assert (name, who, at, findings) == ("bid.submit", browser.actor, DUE, [article])
    assert SealedBid.objects.count() == 0
