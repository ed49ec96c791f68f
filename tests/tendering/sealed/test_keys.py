"""密封锁: whose keys open the bids of a call."""

from __future__ import annotations

from datetime import date

import pyrage
import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS, PUBLIC
from gongyue.demonstration.line import Line
from gongyue.tendering import sealing
from gongyue.tendering.models import (
    KeyHolder,
    Tender,
)
from tests.tendering.conftest import attempt, objections

from .conftest import DAY, bodies

pytestmark = pytest.mark.django_db


def test_the_lock_is_set_from_the_keys_on_record_and_stands_in_ledger_and_notice(called: Line) -> None:
    tender = called.latest(Tender)
    lock = sealing.parse(tender.lock.encode())
    assert lock == {"format": sealing.LOCK, "tender": tender.key, "threshold": 2, "holders": PUBLIC}
    assert bodies("tender.seal")[-1]["input"]["lock"] == {"sha256": sealing.digest(tender.lock.encode()), **lock}
    facts = bodies("tender.publish")[-1]["facts"]
    assert (facts["tender.sealed"], facts["tender.lock"], facts["tender.keys_needed"], facts["tender.own_copy"]) == (
        True, sealing.digest(tender.lock.encode()), 2, True,
    )  # fmt: skip


def test_one_office_holds_one_key(prepared: Line) -> None:
    story.lock(prepared, date(2010, 11, 4))
    bureau = prepared.cast.bureaus[prepared.district][1]
    holder = KeyHolder(purchase=prepared.purchase, tender=prepared.latest(Tender), organisation=bureau.organisation)
    key = str(pyrage.x25519.Identity.generate().to_public())
    outcome = attempt(prepared, "keyholder.take", holder, DAY, actor=bureau, recipient=key, kept=True)
    assert outcome.form.errors == {"capacity": ["以这一身份保管的钥匙已有单位登记"]}


def test_two_offices_do_not_share_a_key(prepared: Line) -> None:
    story_key = {"recipient": PUBLIC["purchaser"], "kept": True}
    prepared.act("keyholder.take", None, date(2010, 11, 4), actor=story.holder(prepared, "purchaser"), **story_key)
    outcome = attempt(prepared, "keyholder.take", None, DAY, actor=story.holder(prepared, "city_bureau"), **story_key)
    assert outcome.form.errors == {"recipient": ["另一单位已用这把钥匙登记。每个单位须用自己的钥匙"]}


@pytest.mark.parametrize("key", ["age1", KEYS["purchaser"], "x" * 81])
def test_a_secret_key_is_not_taken_for_a_public_one(prepared: Line, key: str) -> None:
    outcome = attempt(
        prepared, "keyholder.take", None, DAY, actor=story.holder(prepared, "purchaser"), recipient=key, kept=True
    )
    assert list(outcome.form.errors) == ["recipient"]


def test_finance_holds_no_key(prepared: Line) -> None:
    finance = prepared.cast.finances[prepared.district]
    outcome = attempt(prepared, "keyholder.take", None, DAY, actor=finance, recipient=PUBLIC["purchaser"], kept=True)
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.parametrize("threshold", ["1", "4"])
def test_one_key_is_too_few_and_four_of_three_too_many(prepared: Line, threshold: str) -> None:
    story.lock(prepared, date(2010, 11, 4))
    outcome = attempt(prepared, "tender.seal", prepared.latest(Tender), DAY, threshold=threshold, own_copy=False)
    assert list(outcome.form.errors) == ["threshold"]


def test_a_key_lost_before_the_issue_takes_the_lock_off(prepared: Line) -> None:
    story.lock(prepared, date(2010, 11, 4))
    key = story.key_of(prepared, "city_bureau")
    prepared.act("keyholder.lose", key, date(2010, 11, 5), actor=prepared.cast.city[0], reason="存放钥匙的优盘遗失。")
    assert prepared.latest(Tender).lock == ""
    story_key = str(pyrage.x25519.Identity.generate().to_public())
    prepared.act("keyholder.take", None, date(2010, 11, 5), actor=prepared.cast.city[0], recipient=story_key, kept=True)
    prepared.act("tender.seal", prepared.latest(Tender), date(2010, 11, 5), threshold="2", own_copy=False)
    assert sealing.parse(prepared.latest(Tender).lock.encode())["holders"]["city_bureau"] == story_key


def test_a_lock_is_not_changed_once_the_call_is_issued(called: Line) -> None:
    tender = called.latest(Tender)
    assert objections(attempt(called, "tender.seal", tender, DAY, threshold="3", own_copy=False)) == ["kernel.state"]
    assert objections(attempt(called, "tender.on_paper", tender, DAY, reason="改主意。")) == ["kernel.state"]
    called.act("keyholder.lose", story.key_of(called, "city_bureau"), DAY, actor=called.cast.city[0], reason="遗失。")
    assert called.latest(Tender).lock == tender.lock


@pytest.mark.parametrize("way", ["negotiation", "consultation", "single_source", "venture"])
def test_what_is_no_tender_has_neither_keys_nor_a_lock(prepared: Line, way: str) -> None:
    """What is sealed is opened before all who bid; of talks nobody but purchaser and group knows who takes part."""
    for name in ("purchaser", "city_bureau"):
        given = {"recipient": PUBLIC[name], "kept": True}
        prepared.act("keyholder.take", None, date(2010, 11, 4), actor=story.holder(prepared, name), **given)
    street = story.holder(prepared, "street_office")
    assert len(KeyHolder.unborn(prepared.dossier(date(2010, 11, 4)), street)) == 1
    Tender.objects.update(way=way)
    tried = attempt(prepared, "tender.seal", prepared.latest(Tender), DAY, threshold="2", own_copy=False)
    assert objections(tried) == ["kernel.procedure"]
    assert KeyHolder.unborn(prepared.dossier(date(2010, 11, 4)), street) == []
