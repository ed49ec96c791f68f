"""台账所记的钥匙: no lock is made of keys, and no bid sealed for a lock, that the ledger does not hold."""

from __future__ import annotations

from datetime import date

import pytest
from pyrage import x25519

from gongyue.demonstration import sealed as story
from gongyue.demonstration.keys import KEYS, PUBLIC
from gongyue.demonstration.line import Line
from gongyue.tendering import sealing
from gongyue.tendering.models import KeyHolder, Tender
from gongyue.tendering.recorded import LOCKING, acts, locking
from gongyue.tendering.verifying import Change, verify
from tests.tendering.conftest import DUE, attempt

from .conftest import DAY

pytestmark = pytest.mark.django_db

SEALING = date(2010, 11, 4)
FOREIGN = "登记的钥匙与台账所记不符，不能据以设定密封锁。请立即核对；各保管单位可以报失后重新登记"
STRANGE = "密封锁与台账所记不符，不能据以发标。请立即核对，必要时重新设定密封锁"


def key() -> str:
    return str(x25519.Identity.generate().to_public())


@pytest.fixture
def held(prepared: Line) -> Line:
    """Three offices have put their keys on record; no lock yet."""
    for name in KEYS:
        given = {"recipient": PUBLIC[name], "kept": True}
        prepared.act("keyholder.take", None, SEALING, actor=story.holder(prepared, name), **given)
    return prepared


def test_no_lock_is_made_of_a_key_exchanged_in_the_table(held: Line) -> None:
    """Whoever can write the database puts a key of its own in a holder's place before the lock is set."""
    mine = story.key_of(held, "city_bureau")
    KeyHolder.objects.filter(pk=mine.pk).update(recipient=key())
    outcome = attempt(held, "tender.seal", held.latest(Tender), DAY, threshold="2", own_copy=False)
    assert (outcome.entry, outcome.form.errors) == (None, {"__all__": [FOREIGN]})
    assert list(verify()) == [Change(f"{mine.key} recipient", "changed")]


@pytest.mark.parametrize("change", [{"capacity": "agent"}, {"state": "lost"}])
def test_nor_where_the_table_names_other_holders(held: Line, change: dict[str, str]) -> None:
    KeyHolder.objects.filter(pk=story.key_of(held, "city_bureau").pk).update(**change)
    outcome = attempt(held, "tender.seal", held.latest(Tender), DAY, threshold="2", own_copy=False)
    assert (outcome.entry, outcome.form.errors) == (None, {"__all__": [FOREIGN]})


def test_a_key_put_on_record_anew_is_taken(held: Line) -> None:
    """As the refusal says: who finds its key exchanged reports it lost and takes another."""
    mine, new = story.key_of(held, "city_bureau"), key()
    KeyHolder.objects.filter(pk=mine.pk).update(recipient=key())
    actor = story.holder(held, "city_bureau")
    held.act("keyholder.lose", mine, SEALING, actor=actor, reason="台账中的公钥不是本单位登记的。")
    held.act("keyholder.take", None, SEALING, actor=actor, recipient=new, kept=True)
    held.act("tender.seal", held.latest(Tender), SEALING, threshold="2", own_copy=False)
    holders = sealing.parse(held.latest(Tender).lock.encode())["holders"]
    assert holders == {name: PUBLIC[name] for name in KEYS if name != "city_bureau"} | {"city_bureau": new}


def exchanged(line: Line) -> str:
    """The lock with a key of somebody else's in it."""
    lock = sealing.parse(line.latest(Tender).lock.encode())
    return sealing.canonical(lock | {"holders": lock["holders"] | {"city_bureau": key()}}).decode()


@pytest.mark.parametrize("emptied", [True, False])
def test_no_call_is_issued_with_a_lock_exchanged_in_the_table(held: Line, emptied: bool) -> None:
    held.act("tender.seal", held.latest(Tender), SEALING, threshold="2", own_copy=False)
    tender = held.latest(Tender)
    Tender.objects.filter(pk=tender.pk).update(lock="" if emptied else exchanged(held))
    held.act("tender.appoint", held.latest(Tender), date(2010, 11, 5))
    due = DUE.strftime("%Y-%m-%dT%H:%M")
    outcome = attempt(held, "tender.publish", held.latest(Tender), DAY, bids_due_at=due)
    assert (outcome.entry, outcome.form.errors["__all__"]) == (None, [STRANGE])
    assert list(verify()) == [Change(f"{tender.key} lock", "changed")]


def test_a_lock_of_other_keys_than_were_put_on_record_is_named(called: Line) -> None:
    """By its entries alone: one that set a lock from a key that no holder had taken."""
    tender = called.latest(Tender)
    found = acts(called.purchase.pk, LOCKING)
    taken = story.key_of(called, "city_bureau").key
    assert locking(found, tender.key).strange == []
    assert locking([act for act in found if act.subject != taken], tender.key).strange == ["city_bureau"]
