"""核对: whether the result, and everything that it came from, is still what was done, handed in, given and added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model

from gongyue.kernel import storage
from gongyue.ledger.canonical import plain
from gongyue.ledger.models import Entry

from . import recorded, retold, sealing, staging, unsealing
from .models import BidPaper, PanelSeat, Ranking, SealedBid, Tender
from .recorded import ERASED, Act
from .retold import KINDS, UNREAD, Retold
from .sealing import Part
from .unsealing import Unsealed

NAME_MOST = 200  # of a kept file
RANKED = {
    "call": ("tender_id",), "total": ("numerator", "denominator"), "place": ("rank",), "fallen_at": ("fallen_at",),
    "chosen": ("chosen",), "chosen_at": ("chosen_at",),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One thing that is not as the ledger holds it: `where` is a subject and what of it."""

    where: str
    trouble: str  # changed, missing, unlisted; of a part: unreadable, nonsense


def verify() -> Iterator[Change]:
    """Every purchase's call, its keys, committees, bids, sheets and places: told again from the ledger alone, and
    compared column by column. Of sealed bids also receipts, wraps and ciphertexts, and what comes out again. Whether
    the ledger itself is whole `ledger verify` says."""
    begun = Entry.objects.filter(action__in=recorded.BEGUN).values_list("purchase", flat=True)
    found = {*begun, *Tender.objects.values_list("purchase", flat=True)}
    for purchase in sorted(pk for pk in found if pk is not None):
        yield from _Purchase(purchase).changes()


class _Purchase:
    """One purchase's tables beside what its acts make of them."""

    def __init__(self, purchase: int) -> None:
        rows = SealedBid.objects.filter(purchase=purchase).select_related("bid", "upload")
        self.sealed = {row.key: row for row in rows.order_by("pk")}
        self.purchase = purchase
        self.acts = recorded.acts(purchase, retold.NAMES)
        self.out = cache(self._unsealed)
        self.told = Retold(self.acts, self.out)

    def _unsealed(self, key: str, how: str) -> Unsealed | None:
        """What comes out of a sealed bid in the way it was opened; None where that gives nothing."""
        row = self.sealed.get(key)
        if row is None or (how == SealedBid.How.KEYS and not _its_key(row)):
            return None
        out = unsealing.unseal(row, unsealing.by_key if how == SealedBid.How.KEYS else unsealing.by_copy)
        return None if out.faults else out

    def changes(self) -> Iterator[Change]:
        for model in KINDS.values():
            rows = {row.key: row for row in model._default_manager.filter(purchase=self.purchase).order_by("pk")}
            told = {key: row for key, row in self.told.rows.items() if key.startswith(f"{model.kind}:")}
            yield from _listed(told, rows)
            for key in (key for key in told if key in rows):
                yield from _compared(key, told[key], rows[key])
        for tender, names in self.told.strange.items():
            yield from (Change(f"{tender} lock {name}", "changed") for name in names)
        for key, handed in self.told.sealed.items():
            if key in self.sealed:
                yield from self._sealed(self.sealed[key], handed)
            else:
                yield Change(f"{key} upload", "missing")
        yield from self._seats()
        yield from self._places()

    def _sealed(self, row: SealedBid, handed: Act) -> Iterator[Change]:
        """The files against the receipt, the receipt against the ledger; of an opened one what can be read of it."""
        receipt, bid, held = row.upload.receipt.encode(), row.bid.key, handed.told("upload")
        if held["receipt"] != sealing.digest(receipt):
            yield Change(f"{bid} receipt", "changed")
            return
        if held["snapshot"] != row.upload.snapshot:
            yield Change(f"{bid} snapshot", "changed")
        found = sealing.faults(receipt, wraps=_wraps(row), parts=_parts(row), committed=held["receipt"])
        for fault in found:
            yield Change(f"{bid} {fault.kind} {fault.name}", fault.trouble)
        if (how := self.told.opened.get(row.key)) is not None:
            yield from self._opened(row, how, {fault.name for fault in found if fault.kind == "part"})

    def _opened(self, row: SealedBid, how: str, named: set[str]) -> Iterator[Change]:
        """What cannot be read again is named; `named`: parts that were before."""
        if how == SealedBid.How.KEYS and not _its_key(row):
            yield Change(f"{row.key} identity", "changed")
            return
        out = self.out(row.key, how)
        if out is None:
            read = unsealing.by_key if how == SealedBid.How.KEYS else unsealing.by_copy
            faults = [fault for fault in unsealing.unseal(row, read).faults if fault.part not in named]
            yield from (Change(f"{row.bid.key} part {fault.part}", fault.trouble) for fault in faults)
            return
        came = {part.part: _kept(part) for part in out.papers}
        kept = {row.part: (row.name, row.size, row.sha256) for row in BidPaper.objects.filter(bid=row.bid_id)}
        told, stands = ({f"{row.bid.key} paper {name}": one for name, one in rows.items()} for rows in (came, kept))
        yield from _listed(told, stands)
        yield from (Change(key, "changed") for key in sorted(told) if stands.get(key, told[key]) != told[key])

    def _seats(self) -> Iterator[Change]:
        """Who sits: whose sheets count."""
        rows = PanelSeat.objects.filter(tender__purchase=self.purchase, left_at=None)
        sit = {f"tender:{row.tender_id} seat post:{row.post_id}": row for row in rows.order_by("pk")}
        told = {
            f"{tender} seat post:{post}": post for tender, sits in self.told.sitting.items() for post in sorted(sits)
        }
        yield from _listed(told, sit)

    def _places(self) -> Iterator[Change]:
        """Added up again from prices and sheets as the ledger has them. Who of equals was put first is no sum."""
        rows = {row.bid_id: row for row in Ranking.objects.filter(bid__purchase=self.purchase).order_by("bid_id")}
        told = self.told.rankings
        yield from _listed({f"bid:{pk} place": pk for pk in told}, {f"bid:{pk} place": pk for pk in rows})
        for pk in (pk for pk in told if pk in rows):
            for name, columns in RANKED.items():
                if any(_differs(told[pk][one], getattr(rows[pk], one)) for one in columns):
                    yield Change(f"bid:{pk} {name}", "changed")


def _listed(told: dict[str, Any], stands: dict[str, Any]) -> Iterator[Change]:
    """What the ledger knows of and is not there; what is there and the ledger does not know."""
    yield from (Change(key, "missing") for key in told if key not in stands)
    yield from (Change(key, "unlisted") for key in stands if key not in told)


def _compared(key: str, told: dict[str, Any], row: Model) -> Iterator[Change]:
    """Column by column."""
    for column, held in told.items():
        name = column.removesuffix("_id").removesuffix("_fen")
        if held is ERASED:
            yield Change(f"{key} {name}", "missing")
        elif _differs(held, getattr(row, column)):
            yield Change(f"{key} {name}", "changed")


def _differs(held: Any, stands: Any) -> bool:
    """What nobody can tell again is named by what it would follow from."""
    return held is not UNREAD and held != plain(stands)


def _its_key(row: SealedBid) -> bool:
    """Whether what the holders found is the key that this bid was sealed with."""
    try:
        sealing.identity_of(row.identity.encode(), row.upload.document["recipient"])
    except sealing.SealError:
        return False
    return True


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


def _kept(part: Part) -> tuple[str, int, str]:
    """A file as the opening keeps it: name, size and digest."""
    name = (part.name or part.part).rpartition("/")[2][:NAME_MOST]
    return name, len(part.content), sealing.digest(part.content)
