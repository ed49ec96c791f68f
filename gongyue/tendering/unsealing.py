"""解密: the parts of a sealed bid in the clear, each checked against the receipt handed in before the deadline.

Whoever hands over a key or a copy need not be believed: what comes out is what was sealed, or it is named as a fault.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from gongyue.kernel import storage

from . import sealing
from .models import SealedBid, SealedFile
from .sealing import Part, SealError

TEXTS = ("plan", "fund_rules", "profile")
ASKED = ("price", "snapshot", *TEXTS)  # every bid has these; what else there is, is a file
PRICE_MOST = 10**15  # fen, as a price typed in the clear


@dataclass(frozen=True)
class Fault:
    """A part that could not be read: missing, changed (its ciphertext), unreadable, or nonsense (its content)."""

    part: str
    trouble: str


@dataclass(frozen=True)
class Unsealed:
    """What came out. With faults nothing is taken over: a bid is opened whole or not at all."""

    price_fen: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    snapshot: dict[str, Any] = field(default_factory=dict)
    papers: tuple[Part, ...] = ()
    faults: tuple[Fault, ...] = ()
    receipt: str = ""  # digest
    intact: bool = True  # the profile is the one on record when the bid was handed in; another one is not taken over

    def ledger_value(self) -> dict[str, Any]:
        """How the entry names it: by the receipt, and by what is wrong; never a content."""
        return {
            "receipt": self.receipt, "faults": [[one.part, one.trouble] for one in self.faults],
            "profile_intact": self.intact,
        }  # fmt: skip


Read = Callable[[SealedBid, str], Part]


def unseal(sealed: SealedBid, read: Read) -> Unsealed:
    """Every part by `read` (`by_key` or `by_copy`), and what they say."""
    receipt = sealed.upload.receipt.encode()
    names = [part["part"] for part in sealed.upload.document["parts"]]
    found, faults = {}, [Fault(name, "missing") for name in ASKED if name not in names]
    for name in names:
        try:
            found[name] = read(sealed, name)
        except SealError as error:
            faults.append(Fault(name, "changed" if str(error) == "changed" else "unreadable"))
        except FileNotFoundError:
            faults.append(Fault(name, "missing"))
    digest = sealing.digest(receipt)
    if faults:
        return Unsealed(faults=tuple(faults), receipt=digest)
    return _said(sealed, found, digest)


def by_key(sealed: SealedBid, part: str) -> Part:
    """From the ciphertext, once the holders have found the bid's key."""
    row = next(one for one in sealed.upload.document["parts"] if one["part"] == part)
    with storage.open_stored(row["sha256"]) as file:
        ciphertext = file.read()
    if sealing.digest(ciphertext) != row["sha256"]:
        raise SealError("changed")
    receipt = sealed.upload.receipt.encode()
    return sealing.open_part(receipt=receipt, part=part, ciphertext=ciphertext, identity=sealed.identity)


def by_copy(sealed: SealedBid, part: str) -> Part:
    """From the bidder's own copy, whose envelope has the digest of the receipt."""
    file = SealedFile.objects.filter(upload=sealed.upload, kind=SealedFile.Kind.COPY, name=part, whole=True).first()
    if file is None:
        raise FileNotFoundError(part)
    with storage.open_stored(file.sha256) as content:
        inner = content.read()
    return sealing.open_envelope(receipt=sealed.upload.receipt.encode(), part=part, inner=inner)


def _said(sealed: SealedBid, found: dict[str, Part], digest: str) -> Unsealed:
    """The contents as values. What no page of ours would have sealed is a fault too."""
    faults = []
    price = _price(found["price"].content)
    if price is None:
        faults.append(Fault("price", "nonsense"))
    texts = {}
    for name in TEXTS:
        text = _text(found[name].content)
        if text is None or not text.strip():
            faults.append(Fault(name, "nonsense"))
        else:
            texts[name] = text
    papers = tuple(part for name, part in sorted(found.items()) if name not in ASKED)
    if faults or price is None:
        return Unsealed(faults=tuple(faults), receipt=digest)
    kept = found["snapshot"].content
    intact = sealing.digest(kept) == sealed.upload.snapshot
    return Unsealed(price, texts, json.loads(kept) if intact else {}, papers, (), digest, intact)


def _price(content: bytes) -> int | None:
    """`{"price_fen":198000000}`"""
    try:
        document = sealing.parse(content)
    except SealError:
        return None
    fen = document.get("price_fen")
    return fen if set(document) == {"price_fen"} and type(fen) is int and 0 < fen <= PRICE_MOST else None


def _text(content: bytes) -> str | None:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
