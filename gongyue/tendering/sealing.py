"""密封: locks and sealed bids as docs/sealed-bids.md publishes them. The browser's side is browser/sealing.js.

Pure: no database, no settings. The server only ever asks `faults` and `open_envelope`, for which no secret is needed;
the rest is for whoever repeats an opening without a browser.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Any

import pyrage
from pyrage import x25519

LOCK = "gongyue-sealed-tender/1"
RECEIPT = "gongyue-sealed-receipt/1"
MAGIC = b"GYSEAL1\n"
BLOCK = 4096
HEADER = {"bid", "name", "part", "salt", "size", "tender"}
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class SealError(Exception):
    """What cannot be opened, or is not what it should be; the text says which thing."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was committed to."""

    kind: str  # manifest, wrap, part
    name: str  # agent+purchaser, price; "" for the manifest
    trouble: str  # changed, missing, unlisted


@dataclass(frozen=True)
class Part:
    """One part of a bid in the clear."""

    part: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Manifest:
    """A lock or a receipt, and the files that it names by digest."""

    manifest: bytes
    files: dict[str, bytes]


@dataclass(frozen=True)
class SealedBid(Manifest):
    """A receipt with its ciphertexts; the envelopes are the bidder's own copy and leave the bidder's hands never."""

    envelopes: dict[str, bytes]


def canonical(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def parse(manifest: bytes) -> dict[str, Any]:
    """What stands in a manifest or a header, which is written in one way only."""
    try:
        document = json.loads(manifest.decode())
        sound = isinstance(document, dict) and canonical(document) == manifest
    except (ValueError, RecursionError) as error:
        raise SealError("not canonical") from error
    if not sound:
        raise SealError("not canonical")
    return dict(document)


# --- The lock of a tender ---------------------------------------------------------------------------------------------


def make_lock(*, tender: str, holders: Mapping[str, str], threshold: int) -> Manifest:
    """A new key for a tender; its secret is in no result but wrapped, once for each `threshold` of the holders."""
    _names(holders)
    if not 1 <= threshold <= len(holders) or len(set(holders.values())) != len(holders):
        raise SealError("threshold or holders")
    identity = x25519.Identity.generate()
    files: dict[str, bytes] = {}
    for chosen in combinations(sorted(holders), threshold):
        wrapped = str(identity).encode()
        for holder in reversed(chosen):
            wrapped = pyrage.encrypt(wrapped, [x25519.Recipient.from_str(holders[holder])])
        files["+".join(chosen)] = wrapped
    manifest = {
        "format": LOCK,
        "tender": tender,
        "recipient": str(identity.to_public()),
        "threshold": threshold,
        "holders": dict(holders),
        "wraps": [
            {"holders": name.split("+"), "sha256": digest(file), "size": len(file)} for name, file in files.items()
        ],
    }
    return Manifest(canonical(manifest), files)


def unlock(lock: bytes, wraps: Mapping[str, bytes], keys: Mapping[str, str]) -> str:
    """The tender's secret, from the first wrap of which every holder's key is here."""
    document = parse(lock)
    for wrap in document["wraps"]:
        if set(wrap["holders"]) <= set(keys):
            inner = wraps["+".join(wrap["holders"])]
            for holder in wrap["holders"]:
                inner = strip(inner, keys[holder], of=f"wrap {'+'.join(wrap['holders'])}")
            return _expected(inner, document["recipient"])
    raise SealError(f"keys: {document['threshold']} holders are needed")


def strip(ciphertext: bytes, identity: str, *, of: str) -> bytes:
    """One layer of age off."""
    try:
        return bytes(pyrage.decrypt(ciphertext, [x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise SealError(of) from error


def _expected(inner: bytes, recipient: str) -> str:
    try:
        identity = inner.decode("ascii")
        fits = str(x25519.Identity.from_str(identity).to_public()) == recipient
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise SealError("wrap: no key inside") from error
    if not fits:
        raise SealError("wrap: another tender's key")
    return identity


# --- A bid ------------------------------------------------------------------------------------------------------------


def seal(*, lock: bytes, bid: str, parts: Sequence[Part]) -> SealedBid:
    """Every part in its envelope, encrypted to the tender's key, with the receipt that commits to all of them."""
    _names([part.part for part in parts])
    document = parse(lock)
    recipient = x25519.Recipient.from_str(document["recipient"])
    ordered = sorted(parts, key=lambda part: part.part)
    envelopes = {p.part: envelope(tender=document["tender"], bid=bid, part=p) for p in ordered}
    files = {name: pyrage.encrypt(inner, [recipient]) for name, inner in envelopes.items()}
    receipt = {
        "format": RECEIPT,
        "tender": document["tender"],
        "lock": digest(lock),
        "bid": bid,
        "parts": [
            {"part": name, "sha256": digest(file), "size": len(file), "envelope": digest(envelopes[name])}
            for name, file in files.items()
        ],
    }
    return SealedBid(canonical(receipt), files, envelopes)


def envelope(*, tender: str, bid: str, part: Part) -> bytes:
    """Magic, length of the header, header, content, zeros up to the block: what is inside the age file."""
    header = canonical(
        {
            "tender": tender,
            "bid": bid,
            "part": part.part,
            "name": part.name,
            "size": len(part.content),
            "salt": secrets.token_hex(32),
        }
    )
    body = MAGIC + len(header).to_bytes(4, "big") + header + part.content
    return body + bytes(-len(body) % BLOCK)


def open_part(*, receipt: bytes, part: str, ciphertext: bytes, identity: str) -> Part:
    """A part in the clear, from the ciphertext and the tender's secret."""
    return open_envelope(receipt=receipt, part=part, inner=strip(ciphertext, identity, of=f"part {part}"))


def open_envelope(*, receipt: bytes, part: str, inner: bytes) -> Part:
    """A part in the clear, from its envelope: whoever handed it over, it is what the receipt commits to."""
    document = parse(receipt)
    committed = {entry["part"]: entry["envelope"] for entry in document["parts"]}
    if committed.get(part) != digest(inner):
        raise SealError(f"part {part}: not the envelope of the receipt")
    header, content = _read(inner, f"part {part}")
    if (header["tender"], header["bid"], header["part"]) != (document["tender"], document["bid"], part):
        raise SealError(f"part {part}: made for another bid")
    return Part(part, header["name"], content)


def _read(inner: bytes, of: str) -> tuple[dict[str, Any], bytes]:
    start = len(MAGIC) + 4
    end = start + int.from_bytes(inner[len(MAGIC) : start], "big")
    if not inner.startswith(MAGIC) or len(inner) % BLOCK:
        raise SealError(f"{of}: no envelope")
    try:
        header = parse(inner[start:end])
    except SealError as error:
        raise SealError(f"{of}: header") from error
    size = header.get("size")
    if set(header) != HEADER or type(size) is not int or not 0 <= size <= len(inner) - end:
        raise SealError(f"{of}: header")
    padding = inner[end + size :]
    if len(padding) >= BLOCK or any(padding):
        raise SealError(f"{of}: padding")
    return header, inner[end : end + size]


# --- What has been changed --------------------------------------------------------------------------------------------


def faults(manifest: bytes, files: Mapping[str, bytes], *, committed: str) -> list[Fault]:
    """What of a lock or a receipt, and of the files that it names, is not as committed; no key is needed for it."""
    if digest(manifest) != committed:
        return [Fault("manifest", "", "changed")]
    document = parse(manifest)
    kind = "wrap" if document["format"] == LOCK else "part"
    listed = {
        "+".join(entry["holders"]) if kind == "wrap" else entry["part"]: entry["sha256"]
        for entry in document[f"{kind}s"]
    }
    found = [Fault(kind, name, "missing") for name in listed if name not in files]
    found += [Fault(kind, n, "changed") for n, known in listed.items() if n in files and digest(files[n]) != known]
    return found + [Fault(kind, name, "unlisted") for name in sorted(set(files) - set(listed))]


def _names(names: Mapping[str, str] | Sequence[str]) -> None:
    if not names or len(set(names)) != len(names) or not all(NAME.fullmatch(name) for name in names):
        raise SealError("names")
