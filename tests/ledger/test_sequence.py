from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from gongyue.ledger import merkle, proofs
from gongyue.ledger.models import Entry, Leaf, Pending, TreeHead
from gongyue.ledger.sequence import sequence

from .conftest import Write


@pytest.fixture(autouse=True)
def sequenced_before(db: None) -> None:
    sequence()


def test_leaves_are_numbered_on_and_the_head_is_their_root(write: Write) -> None:
    start = Leaf.objects.count()
    entries = [write() for _ in range(5)]
    head = sequence()
    assert head is not None
    assert head.size == start + 5
    rows = list(Leaf.objects.order_by("seq").values_list("seq", "hash"))
    assert [seq for seq, _hash in rows] == list(range(start + 5))
    assert [digest for _seq, digest in rows[start:]] == [entry.digest for entry in entries]
    assert head.root == merkle.root([bytes.fromhex(digest) for _seq, digest in rows]).hex()
    assert (Pending.objects.count(), sequence()) == (0, None)


def test_anyone_can_check_a_proof_without_the_site(write: Write) -> None:
    entry = write()
    write()
    head = sequence()
    assert head is not None
    proof = proofs.inclusion(entry)
    assert proof is not None
    leaf = merkle.leaf_hash(proof["text"].encode())
    path = [bytes.fromhex(node) for node in proof["path"]]
    assert merkle.verify_inclusion(leaf, proof["index"], proof["size"], path, bytes.fromhex(head.root))


def test_an_entry_waiting_for_its_leaf_has_no_proof(write: Write) -> None:
    assert proofs.inclusion(write()) is None


def test_an_older_head_is_the_beginning_of_a_newer_one(write: Write) -> None:
    write()
    first = sequence()
    write()
    write()
    second = sequence()
    assert first is not None and second is not None
    proof = proofs.consistency(first, second)
    path = [bytes.fromhex(node) for node in proof["path"]]
    roots = bytes.fromhex(first.root), bytes.fromhex(second.root)
    assert merkle.verify_consistency(first.size, second.size, *roots, path)


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_sequencers_leave_no_gap(write: Write) -> None:
    def act(number: int) -> None:
        try:
            write(f"contract:{1000 + number}")
            sequence()
        finally:
            connections.close_all()

    before = Entry.objects.count()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(24)))
    sequence()
    rows = list(Leaf.objects.order_by("seq").values_list("seq", "hash"))
    assert [seq for seq, _hash in rows] == list(range(before + 24))
    head = TreeHead.objects.order_by("-size").first()
    assert head is not None
    assert head.root == merkle.root([bytes.fromhex(digest) for _seq, digest in rows]).hex()
