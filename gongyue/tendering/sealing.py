"""密封: locks and sealed bids as docs/sealed-bids.md publishes them. The browser's side is browser/sealing.js.

Pure: no database, no settings. Until the opening the server asks only what needs no secret (`read_receipt`, `faults`);
the rest is for the opening and for whoever repeats it without a browser.
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

LOCK = "gongyue-sealed-lock/2"
RECEIPT = "gongyue-sealed-receipt/2"
MAGIC = b"GYSEAL1\n"
BLOCK = 4096
HEADER = {"bid", "name", "part", "salt", "size", "tender"}
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
SHA256 = re.compile(r"[0-9a-f]{64}")
AGE = b"age-encryption.org/v1\n"


class SealError(Exception):
    """What cannot be opened, or is not what it should be; the text says which thing."""


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was committed to."""

    kind: str  # receipt, wrap, part
    name: str  # agent+purchaser, price; "" for the receipt
    trouble: str  # changed, missing, unlisted


@dataclass(frozen=True)
class Part:
    """One part of a bid in the clear."""

    part: str
    name: str
    content: bytes


@dataclass(frozen=True)
class SealedBid:
    """What a bidder hands in: the receipt, and the files it names by digest. The envelopes, the bidder's
    own copy, leave the bidder's hands never."""

    receipt: bytes
    wraps: dict[str, bytes]
    parts: dict[str, bytes]
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


def make_lock(*, tender: str, holders: Mapping[str, str], threshold: int) -> bytes:
    """Whose keys a bid is sealed for, and how many of them open it. Nothing in it is secret: a bid has its own key."""
    _names(holders)
    if not 1 <= threshold <= len(holders) or len(set(holders.values())) != len(holders):
        raise SealError("threshold or holders")
    for key in holders.values():
        recipient(key)
    return canonical({"format": LOCK, "tender": tender, "threshold": threshold, "holders": dict(holders)})


def recipient(key: str) -> x25519.Recipient:
    """A public key. Raises SealError where it is none."""
    try:
        return x25519.Recipient.from_str(key)
    except (pyrage.RecipientError, ValueError) as error:
        raise SealError("recipient") from error


def subsets(lock: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Every way to take as many holders as open a bid, in order."""
    return list(combinations(sorted(lock["holders"]), lock["threshold"]))


# --- A bid ------------------------------------------------------------------------------------------------------------


def seal(*, lock: bytes, bid: str, parts: Sequence[Part]) -> SealedBid:
    """Every part in its envelope, encrypted to a key made for this bid alone; the secret of that key is in no result
    but wrapped, once for each `threshold` of the holders. The receipt commits to everything."""
    _names([part.part for part in parts])
    document = parse(lock)
    identity = x25519.Identity.generate()
    wraps = {"+".join(chosen): _wrapped(identity, chosen, document["holders"]) for chosen in subsets(document)}
    ordered = sorted(parts, key=lambda part: part.part)
    envelopes = {p.part: envelope(tender=document["tender"], bid=bid, part=p) for p in ordered}
    files = {name: pyrage.encrypt(inner, [identity.to_public()]) for name, inner in envelopes.items()}
    receipt = {
        "format": RECEIPT,
        "tender": document["tender"],
        "lock": digest(lock),
        "bid": bid,
        "recipient": str(identity.to_public()),
        "wraps": [{"holders": n.split("+"), "sha256": digest(file), "size": len(file)} for n, file in wraps.items()],
        "parts": [
            {"part": name, "sha256": digest(file), "size": len(file), "envelope": digest(envelopes[name])}
            for name, file in files.items()
        ],
    }
    return SealedBid(canonical(receipt), wraps, files, envelopes)


def _wrapped(identity: x25519.Identity, chosen: Sequence[str], holders: Mapping[str, str]) -> bytes:
    """To the last of them first, so that the outermost layer is the first holder's."""
    wrapped = str(identity).encode()
    for holder in reversed(chosen):
        wrapped = pyrage.encrypt(wrapped, [recipient(holders[holder])])
    return wrapped


def read_receipt(receipt: bytes, *, lock: bytes, bid: str) -> dict[str, Any]:
    """A receipt that fits this lock and this bid, and names every wrap that the lock asks for. Raises SealError."""
    document, asked = parse(receipt), parse(lock)
    if set(document) != {"format", "tender", "lock", "bid", "recipient", "wraps", "parts"}:
        raise SealError("receipt: keys")
    if (document["format"], document["tender"], document["bid"]) != (RECEIPT, asked["tender"], bid):
        raise SealError("receipt: made for another bid")
    if document["lock"] != digest(lock):
        raise SealError("receipt: sealed for another lock")
    recipient(str(document["recipient"]))
    wraps, parts = document["wraps"], document["parts"]
    _listed(wraps, {"holders", "sha256", "size"})
    _listed(parts, {"part", "sha256", "size", "envelope"})
    if [wrap["holders"] for wrap in wraps] != [list(chosen) for chosen in subsets(asked)]:
        raise SealError("receipt: wraps")
    names = [part["part"] for part in parts]
    if not all(isinstance(name, str) for name in names) or names != sorted(names):
        raise SealError("receipt: parts")
    _names(names)
    return document


def _listed(rows: Any, keys: set[str]) -> None:
    """Whether each row of a list names a file: its digests and its size."""
    sound = isinstance(rows, list) and all(isinstance(row, dict) and set(row) == keys for row in rows)
    if not sound or not all(type(row["size"]) is int and row["size"] > 0 for row in rows):
        raise SealError("receipt: files")
    digests = [row[key] for row in rows for key in keys & {"sha256", "envelope"}]
    if not all(isinstance(each, str) and SHA256.fullmatch(each) for each in digests):
        raise SealError("receipt: files")


def unlock(receipt: bytes, wraps: Mapping[str, bytes], keys: Mapping[str, str]) -> str:
    """The secret of a bid, from the first wrap of which every holder's key is here."""
    document = parse(receipt)
    for wrap in document["wraps"]:
        if set(wrap["holders"]) <= set(keys):
            inner = wraps["+".join(wrap["holders"])]
            for holder in wrap["holders"]:
                inner = strip(inner, keys[holder], of=f"wrap {'+'.join(wrap['holders'])}")
            return identity_of(inner, document["recipient"])
    raise SealError(f"keys: {len(document['wraps'][0]['holders'])} holders are needed")


def strip(ciphertext: bytes, identity: str, *, of: str) -> bytes:
    """One layer of age off."""
    try:
        return bytes(pyrage.decrypt(ciphertext, [x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as error:
        raise SealError(of) from error


def identity_of(inner: bytes, recipient: str) -> str:
    """The secret found inside a wrap, if it is this bid's."""
    try:
        identity = inner.decode("ascii")
        fits = str(x25519.Identity.from_str(identity).to_public()) == recipient
    except (UnicodeDecodeError, pyrage.IdentityError) as error:
        raise SealError("wrap: no key inside") from error
    if not fits:
        raise SealError("wrap: another bid's key")
    return identity


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
    """A part in the clear, from the ciphertext and the secret of its bid."""
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


def faults(receipt: bytes, *, wraps: Mapping[str, bytes], parts: Mapping[str, bytes], committed: str) -> list[Fault]:
    """What of a receipt, and of the files that it names, is not as committed; no key is needed for it."""
    if digest(receipt) != committed:
        return [Fault("receipt", "", "changed")]
    document = parse(receipt)
    wrapped = {"+".join(each["holders"]): each["sha256"] for each in document["wraps"]}
    listed = {each["part"]: each["sha256"] for each in document["parts"]}
    return _against("wrap", wrapped, wraps) + _against("part", listed, parts)


def _against(kind: str, listed: Mapping[str, str], files: Mapping[str, bytes]) -> list[Fault]:
    found = [Fault(kind, name, "missing") for name in listed if name not in files]
    found += [Fault(kind, n, "changed") for n, known in listed.items() if n in files and digest(files[n]) != known]
    return found + [Fault(kind, name, "unlisted") for name in sorted(set(files) - set(listed))]


def _names(names: Mapping[str, str] | Sequence[str]) -> None:
    if not names or len(set(names)) != len(names) or not all(NAME.fullmatch(name) for name in names):
        raise SealError("names")
