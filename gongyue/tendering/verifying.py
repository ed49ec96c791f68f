"""核对: whether every sealed bid is still what its bidder handed in, and what was opened still what was sealed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongyue.kernel import storage
from gongyue.ledger.models import Entry

from . import sealing, staging, unsealing
from .models import SealedBid, Tender


@dataclass(frozen=True)
class Change:
    """One thing that is not as the ledger holds it: `where` is a subject and what of it."""

    where: str
    trouble: str  # changed, missing


def verify() -> Iterator[Change]:
    """Locks, receipts, wraps, ciphertexts; of opened bids also what stands in the tables. Decrypts those again."""
    for tender in Tender.objects.exclude(lock="").exclude(announced_at=None).order_by("pk"):
        told = _told("tender.seal", tender.key).get("lock") or {}
        if told.get("sha256") != sealing.digest(tender.lock.encode()):
            yield Change(f"{tender.key} lock", "changed")
    for row in SealedBid.objects.select_related(*SealedBid.related).order_by("pk").iterator(chunk_size=20):
        yield from _sealed(row)


def _told(action: str, subject: str) -> dict[str, Any]:
    """What the latest entry of an action holds of its input."""
    entry = Entry.objects.filter(action=action, subject=subject).order_by("-version").first()
    found: dict[str, Any] = json.loads(entry.body)["content"]["input"] if entry is not None else {}
    return found


def _sealed(row: SealedBid) -> Iterator[Change]:
    receipt, key = row.upload.receipt.encode(), row.bid.key
    committed = (_told("bid.submit", key).get("upload") or {}).get("receipt")
    if committed != sealing.digest(receipt):
        yield Change(f"{key} receipt", "changed")
        return
    for fault in sealing.faults(receipt, wraps=_wraps(row), parts=_parts(row), committed=committed):
        yield Change(f"{key} {fault.kind} {fault.name}", fault.trouble)
    if row.state == SealedBid.State.OPENED:
        yield from _opened(row)


def _wraps(row: SealedBid) -> dict[str, bytes]:
    return {name: staging.unwrapped(text) for name, text in row.upload.wraps.items()}


def _parts(row: SealedBid) -> dict[str, bytes]:
    """The ciphertexts that are still there."""
    found = {}
    for part in row.upload.document["parts"]:
        try:
            with storage.open_stored(part["sha256"]) as file:
                found[part["part"]] = file.read()
        except FileNotFoundError:
            continue
    return found


def _opened(row: SealedBid) -> Iterator[Change]:
    """What the tables say against what comes out again; a price put right in the evaluation has acts of its own."""
    read = unsealing.by_key if row.opened_how == SealedBid.How.KEYS else unsealing.by_copy
    out, bid = unsealing.unseal(row, read), row.bid
    if out.faults:
        return
    texts = {name: getattr(bid, name) for name in unsealing.TEXTS}
    for name in (name for name, text in texts.items() if text != out.texts[name]):
        yield Change(f"{bid.key} {name}", "changed")
    corrected = Entry.objects.filter(action="correction.confirm", purchase=row.purchase_id).exists()
    if bid.price_fen != out.price_fen and not corrected:
        yield Change(f"{bid.key} price", "changed")
    if bid.snapshot != out.snapshot:
        yield Change(f"{bid.key} snapshot", "changed")
