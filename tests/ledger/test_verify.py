"""Whoever changes, removes, adds or reorders a row behind the ledger's back is named."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections

from gongyue.ledger import proofs, triggers
from gongyue.ledger.append import leaf_digest
from gongyue.ledger.models import Entry, Leaf, Opening, Pending, TreeHead
from gongyue.ledger.sequence import sequence
from gongyue.ledger.verify import verify

from .conftest import NOON, Write


@pytest.fixture
def entries(db: None, write: Write) -> list[Entry]:
    """Three entries of one subject and one of another, sequenced."""
    rows = [write(), write(), write("claim:900"), write()]
    sequence()
    return rows


def found() -> list[tuple[str, str, int, int | None, int | None]]:
    return [(f.kind, f.subject, f.version, f.entry, f.seq) for f in verify()]


def named(kind: str, entry: Entry, at: int | None) -> tuple[str, str, int, int | None, int | None]:
    return kind, entry.subject, entry.version, entry.pk, at


def seq(entry: Entry) -> int:
    return Leaf.objects.get(entry=entry).seq


def test_an_untouched_ledger_is_whole(entries: list[Entry]) -> None:
    out = StringIO()
    call_command("ledger", "verify", stdout=out)
    head = TreeHead.objects.order_by("-size").first()
    assert head is not None
    assert out.getvalue() == f"台账完好：{Entry.objects.count()} 条，树头 {head.size} {head.root}\n"
    assert found() == []


def test_a_changed_text_is_named(entries: list[Entry]) -> None:
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(body=entries[1].body.replace('"n":2', '"n":3'))
    assert found() == [named("changed", entries[1], seq(entries[1]))]


COLUMNS = {
    "action": ("contract.file", "action"), "person_id": (9, "by"), "purchase": (8, "purchase"),
    "regime": ("cd", "regime"), "at": (NOON + timedelta(seconds=1), "at"), "prev": ("0" * 64, "prev"),
    "recorded_at": (NOON + timedelta(microseconds=1), "recorded_at"), "version": (7, "version"),
    "subject": ("contract:800", "subject"), "request_id": (uuid4(), "request"),
}  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_column_is_named(entries: list[Entry], column: str) -> None:
    value, name = COLUMNS[column]
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(**{column: value})
    assert [(f.kind, f.entry, f.seq, f.reason) for f in verify()] == [
        ("changed", entries[1].pk, seq(entries[1]), f"表中各列与正文不符：{name}")
    ]


def test_a_changed_digest_is_named(entries: list[Entry]) -> None:
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(digest="0" * 64)
    assert found() == [named("changed", entries[1], seq(entries[1]))]


def forge(entry: Entry) -> None:
    """Another text, with the digest and the leaf that belong to it."""
    text = entry.body.replace('"n":', '"n":1')
    Entry.objects.filter(pk=entry.pk).update(body=text, digest=leaf_digest(text))
    Leaf.objects.filter(entry=entry).update(hash=leaf_digest(text))


def test_a_text_replaced_with_its_digest_is_named_by_its_leaf(entries: list[Entry]) -> None:
    kept = Leaf.objects.get(entry=entries[1]).hash
    with triggers.lifted(connection):
        forge(entries[1])
        Leaf.objects.filter(entry=entries[1]).update(hash=kept)
    assert found() == [named("changed", entries[1], seq(entries[1]))]


def test_a_text_replaced_with_digest_and_leaf_is_named_by_the_next_one(entries: list[Entry]) -> None:
    with triggers.lifted(connection):
        forge(entries[1])
    assert found() == [named("changed", entries[1], seq(entries[1]))]


def test_the_last_text_replaced_with_digest_and_leaf_is_named_by_the_head(entries: list[Entry], write: Write) -> None:
    last = write("contract:903")
    sequence()
    write("contract:904")
    sequence()
    with triggers.lifted(connection):
        forge(last)
    assert found() == [named("changed", last, seq(last))]


def test_of_leaves_sequenced_together_the_head_names_the_run(entries: list[Entry]) -> None:
    with triggers.lifted(connection):
        forge(entries[3])
    assert found() == [("changed", "", 0, None, seq(entries[0]))]


def remove(entry: Entry) -> None:
    with triggers.lifted(connection):
        Leaf.objects.filter(entry=entry).delete()
        Entry.objects.filter(pk=entry.pk).delete()


def test_a_removed_entry_is_named(entries: list[Entry], write: Write) -> None:
    gone = seq(entries[1])
    write("contract:905")
    sequence()
    remove(entries[1])
    assert found() == [("removed", "contract:900", 2, None, None), ("removed", "", 0, None, gone)]


def test_the_last_leaf_of_a_head_is_missed_once(entries: list[Entry], write: Write) -> None:
    gone = seq(entries[3])
    write("contract:905")
    sequence()
    remove(entries[3])
    assert found() == [("removed", "", 0, None, gone)]


def test_a_removed_tail_is_missed_by_the_tree_head(entries: list[Entry]) -> None:
    tail = seq(entries[3])
    remove(entries[3])
    assert found() == [("removed", "", 0, None, tail)]


@pytest.mark.django_db(transaction=True)
def test_an_entry_removed_from_under_its_leaf_is_named(write: Write) -> None:
    rows = [write(), write(), write()]
    sequence()
    at = seq(rows[1])
    with triggers.lifted(connection), connection.cursor() as cursor, unlinked(cursor):
        cursor.execute("DELETE FROM ledger_entry WHERE id = %s", [rows[1].pk])
    assert found() == [("removed", "contract:900", 2, None, None), ("removed", "", 0, rows[1].pk, at)]
    with triggers.lifted(connection):
        Leaf.objects.filter(seq=at).delete()  # or the tables cannot be emptied after this test


@contextmanager
def unlinked(cursor: Any) -> Iterator[None]:
    """Without foreign keys, as somebody with the rights of the owner may work."""
    off, on = {
        "sqlite": ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
        "postgresql": ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT"),
    }[connection.vendor]
    cursor.execute(off)
    yield
    cursor.execute(on)


def test_an_entry_slipped_in_is_named(entries: list[Entry], write: Write) -> None:
    stray = write("contract:901")
    Pending.objects.filter(entry=stray).delete()
    assert found() == [named("added", stray, None)]


def test_an_entry_put_in_the_queue_again_is_named(entries: list[Entry]) -> None:
    Pending.objects.create(entry=entries[0])
    assert found() == [named("added", entries[0], seq(entries[0]))]


def test_a_leaf_added_past_the_sequencer_is_named(entries: list[Entry], write: Write) -> None:
    stray, size = write("contract:901"), Leaf.objects.count()
    Leaf.objects.create(seq=size, entry=stray, hash=stray.digest)
    Pending.objects.filter(entry=stray).delete()
    assert found() == [("head", "", 0, None, size + 1)]


def test_two_leaves_with_exchanged_hashes_are_both_named(entries: list[Entry]) -> None:
    first, second = Leaf.objects.get(entry=entries[0]), Leaf.objects.get(entry=entries[2])
    with triggers.lifted(connection):
        Leaf.objects.filter(pk=first.pk).update(hash=second.hash)
        Leaf.objects.filter(pk=second.pk).update(hash=first.hash)
    assert found() == [named("reordered", entries[0], first.seq), named("reordered", entries[2], second.seq)]


@pytest.mark.parametrize("apart", [False, True])
def test_two_leaves_that_changed_places_are_both_named(db: None, write: Write, apart: bool) -> None:
    """Entry, hash and all, within one sequencing and across several."""
    rows = []
    for number in range(6):
        rows.append(write(f"claim:{910 + number}"))
        if apart:
            sequence()
    sequence()
    first, second = Leaf.objects.get(entry=rows[1]), Leaf.objects.get(entry=rows[4])
    with triggers.lifted(connection):
        Leaf.objects.filter(pk=first.pk).update(seq=2**40)
        Leaf.objects.filter(pk=second.pk).update(seq=first.seq)
        Leaf.objects.filter(pk=first.pk).update(seq=second.seq)
    assert [(f.kind, f.entry, f.seq, f.reason) for f in verify()] == [
        ("reordered", rows[4].pk, first.seq, f"此处原为第 {second.seq} 号叶"),
        ("reordered", rows[1].pk, second.seq, f"此处原为第 {first.seq} 号叶"),
    ]


CHANGES = {"root": "0" * 64, "peaks": ["0" * 64], "size": 2**40}


@pytest.mark.parametrize("column", ["root", "peaks"])
def test_a_changed_head_is_named_and_no_other(entries: list[Entry], write: Write, column: str) -> None:
    head = TreeHead.objects.order_by("-size").first()
    assert head is not None
    for _ in range(3):
        write("contract:906")
        sequence()
    with triggers.lifted(connection):
        TreeHead.objects.filter(pk=head.pk).update(**{column: CHANGES[column]})
    assert found() == [("head", "", 0, None, head.size)]


@pytest.mark.parametrize("row", [{"hash": "no hash"}, {"hash": "0" * 64}])
def test_a_changed_leaf_is_named_once_whatever_it_holds(
    entries: list[Entry], write: Write, row: dict[str, str]
) -> None:
    write("contract:906")
    sequence()
    with triggers.lifted(connection):
        Leaf.objects.filter(entry=entries[1]).update(**row)
    assert found() == [named("changed", entries[1], seq(entries[1]))]


@pytest.mark.parametrize("column", [{"value": "李志强"}, {"value": 1.5}, {"salt": "no salt"}, {"path": "input.other"}])
def test_a_personal_value_that_was_exchanged_is_named(db: None, write: Write, column: dict[str, object]) -> None:
    entry = write("contract:902", personal={"input.name": "陈婉仪"})
    sequence()
    Opening.objects.filter(entry=entry).update(**column)
    assert found() == [named("changed", entry, None)]


def test_a_personal_value_may_be_erased(db: None, write: Write) -> None:
    entry = write("contract:902", personal={"input.name": "陈婉仪"})
    sequence()
    Opening.objects.filter(entry=entry).delete()
    proof = proofs.inclusion(entry)
    assert proof is not None
    assert (found(), leaf_digest(proof["text"])) == ([], Leaf.objects.get(entry=entry).hash)


def test_the_command_fails_and_says_where(entries: list[Entry]) -> None:
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(action="contract.file")
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("ledger", "verify", stderr=err)
    assert stop.value.code == 1
    assert err.getvalue() == (
        f"被改动：记录 {entries[1].pk}，叶 {seq(entries[1])}，contract:900 第 2 号。表中各列与正文不符：action\n"
        "台账有 1 处不符\n"
    )


def test_the_other_commands_say_where_the_tree_stands(entries: list[Entry], write: Write) -> None:
    size, out = Leaf.objects.count(), StringIO()
    write("contract:906")
    call_command("ledger", "head", stdout=out)
    call_command("ledger", "sequence", stdout=out)
    call_command("ledger", "sequence", stdout=out)
    before, after = TreeHead.objects.filter(size__gte=size).order_by("size").values_list("root", flat=True)
    assert out.getvalue() == f"{size} {before}（待排序 1 条）\n树头 {size + 1} {after}\n没有待排序的记录\n"


@pytest.mark.django_db(transaction=True)
def test_acts_during_verification_raise_no_alarm(write: Write) -> None:
    rows = [write(f"claim:{number // 2}") for number in range(4)]
    sequence()
    remove(rows[0])
    faults = verify()
    first = next(faults)

    def act() -> None:
        try:
            for number in range(4):
                write(f"claim:{number // 2}", 3 + number % 2)
            sequence()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(act).result()
    assert [first.kind, *(fault.kind for fault in faults)] == ["removed", "removed"]
