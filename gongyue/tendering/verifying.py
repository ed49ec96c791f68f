"""核对: whether bids, scores and places are still what was handed in, given and added up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gongyue.kernel import storage
from gongyue.ledger.models import Entry, Opening

from . import recorded, scoring, sealing, staging, unsealing
from .models import Bid, KeyHolder, ScoreSheet, SealedBid, Tender

HOW = {"sealedbid.open": SealedBid.How.KEYS, "sealedbid.stand_in": SealedBid.How.COPY}
PLAIN = {"price": "price_fen", "plan": "plan", "fund_rules": "fund_rules"}  # of a bid handed in unsealed: input, column


@dataclass(frozen=True)
class Change:
    """One thing that is not as the ledger holds it: `where` is a subject and what of it."""

    where: str
    trouble: str  # changed, missing, unlisted; of a part: unreadable, nonsense


def verify() -> Iterator[Change]:
    """Sealed bids: locks, receipts, wraps, ciphertexts; of opened ones also what stands in the tables, decrypted again.
    Bids handed in unsealed and score sheets: against what the ledger's commitments open to, which `ledger verify` holds
    to the commitments. Places: added up again from the sheets and prices."""
    for tender in Tender.objects.order_by("pk"):
        yield from _lock(tender)
    for holder in KeyHolder.objects.order_by("pk"):
        told = _told("keyholder.take", holder.key)
        yield from _held(holder.key, "recipient", told.get("recipient"), holder.recipient)
        yield from _held(holder.key, "capacity", told.get("capacity"), holder.capacity)
    for row in SealedBid.objects.select_related(*SealedBid.related).order_by("pk").iterator(chunk_size=20):
        yield from _sealed(row)
    for bid in Bid.objects.filter(tender__lock="").exclude(state=Bid.State.WITHDRAWN).order_by("pk").iterator():
        yield from _unsealed(bid)
    for sheet in ScoreSheet.objects.filter(state=ScoreSheet.State.SUBMITTED).order_by("pk").iterator():
        yield from _held(sheet.key, "scores", _opened_input("sheet.submit", sheet.key).get("scores"), sheet.scores)
    for tender in Tender.objects.exclude(scored_at=None).order_by("pk"):
        yield from _places(tender)


def _lock(tender: Tender) -> Iterator[Change]:
    """The lock itself, and each key in it: the one that its holder put on record."""
    found = recorded.locking(recorded.acts(tender.purchase_id, recorded.LOCKING), tender.key)
    if found.lock != tender.lock:
        yield Change(f"{tender.key} lock", "changed")
    for name in found.strange:
        yield Change(f"{tender.key} lock {name}", "changed")


def _unsealed(bid: Bid) -> Iterator[Change]:
    """A price put right in the evaluation has acts of its own."""
    given = _opened_input("bid.submit", bid.key)
    for name, column in PLAIN.items():
        if name != "price" or not _corrected(bid.purchase_id):
            yield from _held(bid.key, name, given.get(name), getattr(bid, column))


def _held(where: str, what: str, told: Any, stands: Any) -> Iterator[Change]:
    if told is None:
        yield Change(f"{where} {what}", "missing")
    elif told != stands:
        yield Change(f"{where} {what}", "changed")


def _places(tender: Tender) -> Iterator[Change]:
    """Who of equals was put first is no sum: it is in the ledger."""
    rows = list(tender.rankings.select_related("bid"))
    bids = [scoring.Offered(row.bid_id, row.bid.price) for row in rows]
    sheets = [sheet.points() for sheet in tender.sheets.filter(state=ScoreSheet.State.SUBMITTED)]
    factors = [number for number, _factor in tender.judged]
    if factors and not sheets:
        bids = []
    placed = scoring.rank(bids, price_points=tender.price_points, factors=factors, sheets=sheets)
    again, shared = {row.bid: row for row in placed}, Counter(row.rank for row in placed)
    for row in rows:
        found = again.get(row.bid_id)
        if found is None or found.total != row.total:
            yield Change(f"{row.bid.key} total", "changed")
        elif found.rank != row.rank and not (tender.tie_settled and shared[found.rank] > 1):
            yield Change(f"{row.bid.key} place", "changed")


def _opened_input(action: str, subject: str) -> dict[str, Any]:
    """The values behind the commitments of the latest entry of an action; those erased are left out."""
    entry = Entry.objects.filter(action=action, subject=subject).order_by("-version").first()
    return {opening.path.removeprefix("input."): opening.value for opening in Opening.objects.filter(entry=entry)}


def _corrected(purchase: int) -> bool:
    return Entry.objects.filter(action="correction.confirm", purchase=purchase).exists()


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
    found = sealing.faults(receipt, wraps=_wraps(row), parts=_parts(row), committed=committed)
    for fault in found:
        yield Change(f"{key} {fault.kind} {fault.name}", fault.trouble)
    done = recorded.latest(recorded.acts(row.purchase_id, HOW, subject=row.key), *HOW)
    if done is None and row.state == SealedBid.State.OPENED:
        yield Change(f"{row.key} state", "changed")
    elif done is not None:
        yield from _opened(row, HOW[done.name], {fault.name for fault in found if fault.kind == "part"})


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


def _opened(row: SealedBid, how: str, told: set[str]) -> Iterator[Change]:
    """What the tables say against what comes out again, read in the way that the ledger says it was opened; a price
    put right in the evaluation has acts of its own. What cannot be read again is named; `told`: parts named before."""
    for name, stands, held in (("state", row.state, SealedBid.State.OPENED), ("opened_how", row.opened_how, how)):
        if stands != held:
            yield Change(f"{row.key} {name}", "changed")
    if how == SealedBid.How.KEYS and not _its_key(row):
        yield Change(f"{row.key} identity", "changed")
        return
    out, bid = unsealing.unseal(row, unsealing.by_key if how == SealedBid.How.KEYS else unsealing.by_copy), row.bid
    for fault in out.faults:
        if fault.part not in told:
            yield Change(f"{bid.key} part {fault.part}", fault.trouble)
    if out.faults:
        return
    texts = {name: getattr(bid, name) for name in unsealing.TEXTS}
    for name in (name for name, text in texts.items() if text != out.texts[name]):
        yield Change(f"{bid.key} {name}", "changed")
    if bid.price_fen != out.price_fen and not _corrected(row.purchase_id):
        yield Change(f"{bid.key} price", "changed")
    if bid.snapshot != out.snapshot:
        yield Change(f"{bid.key} snapshot", "changed")


def _its_key(row: SealedBid) -> bool:
    """Whether what the holders found is the key that this bid was sealed with."""
    try:
        sealing.identity_of(row.identity.encode(), row.upload.document["recipient"])
    except sealing.SealError:
        return False
    return True
