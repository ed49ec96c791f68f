"""Verifying the ledger against bare SHA-256 over the same bytes, read from the same rows."""

from __future__ import annotations

import hashlib
import time
from uuid import uuid4

from support import ms, site

ENTRIES = 20_000
LIMIT = 0.5


def fill() -> None:
    """Entries of the size a real act leaves (about 1.5 kB), chained and sequenced by the ledger's own code."""
    from django.db import transaction
    from django.utils import timezone

    from gongyue.ledger.append import append
    from gongyue.ledger.sequence import sequence

    now = timezone.now()
    body = {"input": {"text": "服务按合同推进。" * 40}, "facts": {f"fact.{n}": n for n in range(40)}}
    with transaction.atomic():
        for number in range(ENTRIES):
            append(
                subject=f"contract:{number // 10}", version=number % 10 + 1, action="contract.sign", post=1, person=1,
                purchase=number // 10, organisation=1, at=now, recorded_at=now, request_id=uuid4(), regime="0" * 64,
                body=body,
            )  # fmt: skip
        sequence()


def main() -> None:
    from gongyue.ledger.models import Entry
    from gongyue.ledger.verify import verify

    fill()

    def bare_hash() -> int:
        size = 0
        for (body,) in Entry.objects.order_by("pk").values_list("body").iterator(chunk_size=2000):
            data = body.encode()
            size += len(data)
            hashlib.sha256(b"\0" + data).hexdigest()
        return size

    start = time.perf_counter()
    size = bare_hash()
    bare = time.perf_counter() - start
    texts = [body.encode() for (body,) in Entry.objects.values_list("body")]
    start = time.perf_counter()
    for text in texts:
        hashlib.sha256(text).digest()
    memory = time.perf_counter() - start
    start = time.perf_counter()
    faults = list(verify())
    whole = time.perf_counter() - start
    assert faults == []
    print(f"{ENTRIES} entries, {size / 1e6:.0f} MB: verify {ms(whole)}, reading and hashing the same rows {ms(bare)}")
    print(f"hashing alone, from memory: {ms(memory)}")
    ratio = bare / whole
    print(f"speed against read-and-hash: {ratio:.2f} (limit {LIMIT}): {'ok' if ratio >= LIMIT else 'NOT REACHED'}")


if __name__ == "__main__":
    with site():
        main()
