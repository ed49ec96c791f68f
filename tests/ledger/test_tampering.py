"""Many random changes to one row of a ledger, each found and the row named; and no alarm on ledgers left alone."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from gongyue.ledger import triggers
from gongyue.ledger.models import Entry, Leaf, Pending, TreeHead
from gongyue.ledger.sequence import sequence
from gongyue.ledger.verify import Fault, verify

from .conftest import NOON, Write

TRIALS = 100


def grow(write: Write, dice: random.Random, prefix: str, acts: int = 40) -> list[Entry]:
    """Acts on a few subjects, sequenced now one by one, now several together."""
    rows = []
    for number in range(acts):
        rows.append(
            write(f"{prefix}:{dice.randrange(8)}", body={"n": dice.randrange(1000), "text": f"第{number}次办理"})
        )
        if dice.random() < 0.6:
            sequence()
    sequence()
    return rows


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def unguarded(db: None) -> Iterator[None]:
    """A ledger whose triggers somebody with the rights to do so has removed."""
    with triggers.lifted(connection):
        yield


def alter(entry: Entry, dice: random.Random) -> None:
    column = dice.choice(["body", "action", "at", "purchase", "person_id", "regime", "request_id", "digest", "prev"])
    last = "1" if entry.digest[-1] == "0" else "0"
    value = {
        "body": entry.body.replace("次", "回"), "action": "contract.other", "at": NOON + timedelta(days=1),
        "purchase": 99, "person_id": 99, "regime": "other", "request_id": UUID(int=dice.getrandbits(128)),
        "digest": entry.digest[:-1] + last, "prev": last * 64,
    }[column]  # fmt: skip
    Entry.objects.filter(pk=entry.pk).update(**{column: value})


def names(fault: Fault, entry: Entry, seq: int) -> bool:
    return (
        fault.entry == entry.pk or fault.seq == seq or (fault.subject, fault.version) == (entry.subject, entry.version)
    )


@pytest.mark.usefixtures("unguarded")
def test_one_changed_row_is_the_one_that_is_named(write: Write) -> None:
    dice = random.Random(20110301)
    rows = grow(write, dice, "claim")
    for _trial in range(TRIALS):
        entry = dice.choice(rows)
        with undone():
            alter(entry, dice)
            found = list(verify())
            assert [(fault.kind, fault.entry) for fault in found] == [("changed", entry.pk)]
    assert list(verify()) == []


@pytest.mark.usefixtures("unguarded")
def test_one_removed_row_is_the_one_that_is_named(write: Write) -> None:
    dice = random.Random(20110302)
    rows = grow(write, dice, "claim")
    for _trial in range(TRIALS):
        entry = dice.choice(rows)
        seq = Leaf.objects.get(entry=entry).seq
        with undone():
            Leaf.objects.filter(entry=entry).delete()
            Entry.objects.filter(pk=entry.pk).delete()
            found = list(verify())
            assert {fault.kind for fault in found} == {"removed"}
            assert all(names(fault, entry, seq) for fault in found)
    assert list(verify()) == []


@pytest.mark.usefixtures("unguarded")
def test_two_rows_that_changed_places_are_the_ones_that_are_named(write: Write) -> None:
    dice = random.Random(20110303)
    rows = grow(write, dice, "claim")
    for _trial in range(TRIALS):
        one, other = (Leaf.objects.get(entry=entry) for entry in dice.sample(rows, 2))
        with undone():
            Leaf.objects.filter(pk=one.pk).update(seq=2**40)
            Leaf.objects.filter(pk=other.pk).update(seq=one.seq)
            Leaf.objects.filter(pk=one.pk).update(seq=other.seq)
            found = list(verify())
            assert {(fault.kind, fault.entry, fault.seq) for fault in found} == {
                ("reordered", one.entry_id, other.seq), ("reordered", other.entry_id, one.seq),
            }  # fmt: skip
    assert list(verify()) == []


@pytest.mark.django_db
def test_one_row_added_beside_the_door_is_the_one_that_is_named(write: Write) -> None:
    dice = random.Random(20110304)
    grow(write, dice, "claim")
    for trial in range(TRIALS):
        with undone():
            stray = write(f"claim:{dice.randrange(8)}" if trial % 2 else f"claim:{100 + trial}")
            Pending.objects.filter(entry=stray).delete()
            found = list(verify())
            assert [(fault.kind, fault.entry) for fault in found] == [("added", stray.pk)]
    assert list(verify()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_a_ledger_left_alone_raises_no_alarm(write: Write, seed: int) -> None:
    dice = random.Random(seed)
    grow(write, dice, "claim", acts=25)
    write("claim:1")  # one that still waits for its leaf
    assert (list(verify()), Pending.objects.count(), TreeHead.objects.count() > 1) == ([], 1, True)
