"""Whoever changes, removes, adds or reorders a row behind the ledger's back is named."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from gongyue.ledger import triggers
from gongyue.ledger.models import Entry, Leaf, Opening, Pending, TreeHead
from gongyue.ledger.sequence import sequence
from gongyue.ledger.verify import verify

from .conftest import Write


@pytest.fixture
def entries(db: None, write: Write) -> list[Entry]:
    """Three entries of one subject and one of another, sequenced."""
    rows = [write(), write(), write("claim:900"), write()]
    sequence()
    return rows


def found() -> list[tuple[str, str, int, int | None, int | None]]:
    return [(f.kind, f.subject, f.version, f.entry, f.seq) for f in verify()]


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
    assert found() == [("changed", "contract:900", 2, entries[1].pk, None)]


@pytest.mark.parametrize("change", [{"action": "contract.file"}, {"person_id": 9}, {"purchase": 8}, {"regime": "cd"}])
def test_a_changed_column_is_named(entries: list[Entry], change: dict[str, object]) -> None:
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(**change)
    assert found() == [("changed", "contract:900", 2, entries[1].pk, None)]


def test_a_text_changed_with_its_digest_breaks_chain_and_leaf(entries: list[Entry], write: Write) -> None:
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(digest="0" * 64)
    assert found() == [
        ("changed", "contract:900", 2, entries[1].pk, None),
        ("changed", "contract:900", 3, entries[3].pk, None),
        ("changed", "contract:900", 2, entries[1].pk, seq(entries[1])),
    ]


def test_a_removed_entry_is_named(entries: list[Entry]) -> None:
    gone = seq(entries[1])
    with triggers.lifted(connection), connection.constraint_checks_disabled():
        Leaf.objects.filter(entry=entries[1]).delete()
        Entry.objects.filter(pk=entries[1].pk).delete()
    assert found()[:2] == [
        ("removed", "", 0, None, gone + 1),
        ("removed", "contract:900", 3, entries[3].pk, None),
    ]


def test_a_removed_tail_is_missed_by_the_tree_head(entries: list[Entry]) -> None:
    tail = seq(entries[3])
    with triggers.lifted(connection):
        Leaf.objects.filter(entry=entries[3]).delete()
        Entry.objects.filter(pk=entries[3].pk).delete()
    assert found() == [("removed", "", 0, None, tail)]


def test_an_entry_slipped_in_is_named(entries: list[Entry], write: Write) -> None:
    stray = write("contract:901")
    Pending.objects.filter(entry=stray).delete()
    assert found() == [("added", "contract:901", 1, stray.pk, None)]


def test_two_leaves_that_changed_places_are_both_named(entries: list[Entry]) -> None:
    first, second = Leaf.objects.get(entry=entries[0]), Leaf.objects.get(entry=entries[2])
    with triggers.lifted(connection):
        Leaf.objects.filter(pk=first.pk).update(hash=second.hash)
        Leaf.objects.filter(pk=second.pk).update(hash=first.hash)
    assert found() == [
        ("head", "", 0, None, TreeHead.objects.order_by("-size").values_list("size", flat=True)[0] - 1),
        ("reordered", "contract:900", 1, entries[0].pk, first.seq),
        ("reordered", "claim:900", 1, entries[2].pk, second.seq),
    ]


def test_a_changed_head_is_named(entries: list[Entry]) -> None:
    head = TreeHead.objects.order_by("-size").first()
    assert head is not None
    with triggers.lifted(connection):
        TreeHead.objects.filter(pk=head.pk).update(root="0" * 64)
    assert found() == [("head", "", 0, None, head.size - 1)]


def test_a_personal_value_that_was_exchanged_is_named(db: None, write: Write) -> None:
    entry = write("contract:902", request_id=uuid4(), personal={"input.name": "陈婉仪"})
    sequence()
    Opening.objects.filter(entry=entry).update(value="李志强")
    assert found() == [("changed", "contract:902", 1, entry.pk, None)]


def test_the_command_fails_and_says_where(entries: list[Entry]) -> None:
    with triggers.lifted(connection):
        Entry.objects.filter(pk=entries[1].pk).update(action="contract.file")
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("ledger", "verify", stderr=err)
    assert stop.value.code == 1
    assert err.getvalue() == (f"[changed] entry {entries[1].pk} contract:900 v2：表中各列与正文不符\n台账有 1 处不符\n")
