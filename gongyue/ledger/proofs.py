"""What anyone may check without trusting the site: that an entry is in the tree, and that the tree only ever grew."""

from __future__ import annotations

from typing import TypedDict

from . import merkle
from .models import Entry, Leaf, TreeHead


class Inclusion(TypedDict):
    """`sha256(0x00 ‖ text)` is the leaf; `path` leads from leaf `index` of `size` to `root` (RFC 9162, 2.1.3)."""

    text: str
    leaf: str
    index: int
    size: int
    root: str
    path: list[str]


class Consistency(TypedDict):
    """`path` shows that the tree of `first` leaves is the beginning of the tree of `second` (RFC 9162, 2.1.4)."""

    first: int
    second: int
    first_root: str
    second_root: str
    path: list[str]


def inclusion(entry: Entry, head: TreeHead | None = None) -> Inclusion | None:
    """The proof of an entry against a tree head (the latest by default); None: not sequenced under it."""
    leaf = Leaf.objects.filter(entry=entry).first()
    head = head or TreeHead.objects.order_by("-size").first()
    if leaf is None or head is None or leaf.seq >= head.size:
        return None
    path = merkle.inclusion_proof(leaf.seq, _leaves(head.size))
    return Inclusion(
        text=entry.body, leaf=leaf.hash, index=leaf.seq, size=head.size, root=head.root, path=[n.hex() for n in path]
    )


def consistency(first: TreeHead, second: TreeHead) -> Consistency:
    path = merkle.consistency_proof(first.size, _leaves(second.size))
    return Consistency(
        first=first.size, second=second.size, first_root=first.root, second_root=second.root,
        path=[n.hex() for n in path],
    )  # fmt: skip


def _leaves(size: int) -> list[bytes]:
    rows = Leaf.objects.filter(seq__lt=size).order_by("seq").values_list("hash", flat=True)
    return [bytes.fromhex(row) for row in rows.iterator(chunk_size=5000)]
