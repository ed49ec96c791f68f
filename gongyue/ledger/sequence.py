"""One sequencer numbers committed entries: readers that follow the numbers never skip a late commit."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from . import merkle
from .models import Leaf, Pending, TreeHead

_LOCK = 0x676F6E67  # an advisory lock of the ledger's own


def sequence() -> TreeHead | None:
    """Give every pending entry its leaf and publish one new tree head; None when nothing was pending.

    Safe to run at any time and from several processes: they take turns.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        pending = list(Pending.objects.order_by("entry_id").values_list("entry_id", "entry__digest"))
        if not pending:
            return None
        last = TreeHead.objects.order_by("-size").first()
        size = last.size if last else 0
        peaks = merkle.regrown(size, [bytes.fromhex(node) for node in last.peaks] if last else [])
        leaves = []
        for number, (entry, digest) in enumerate(pending, size):
            leaves.append(Leaf(seq=number, entry_id=entry, hash=digest))
            merkle.grow(peaks, bytes.fromhex(digest))
        Leaf.objects.bulk_create(leaves, batch_size=2000)
        for start in range(0, len(pending), 2000):
            Pending.objects.filter(entry_id__in=[entry for entry, _digest in pending[start : start + 2000]]).delete()
        return TreeHead.objects.create(
            size=size + len(leaves), root=merkle.fold([node for _size, node in peaks]).hex(),
            peaks=[node.hex() for _size, node in peaks], at=timezone.now(),
        )  # fmt: skip
