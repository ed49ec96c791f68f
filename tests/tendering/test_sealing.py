"""密封: who can open what, and that whatever has been changed is named. The browser's side: tests/browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from json import loads
from pathlib import Path
from typing import Any

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.tendering import sealing
from gongyue.tendering.sealing import Fault, Part, SealedBid, SealError

VECTORS = Path(__file__).parent / "vectors"
KEYS = loads((VECTORS / "holders.json").read_bytes())
HOLDERS = {name: str(pyrage.x25519.Identity.from_str(key).to_public()) for name, key in KEYS.items()}
PARTS = [Part("price", "报价.json", b'{"total":"1980000.00"}'), Part("plan", "方案.pdf", "服务方案".encode() * 3000)]


def only(*names: str) -> dict[str, str]:
    return {name: KEYS[name] for name in names}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.fixture(scope="module")
def lock() -> bytes:
    return sealing.make_lock(tender="穗采2010-001", holders=HOLDERS, threshold=2)


@pytest.fixture(scope="module")
def bid(lock: bytes) -> SealedBid:
    return sealing.seal(lock=lock, bid="b-1", parts=PARTS)


def faults(bid: SealedBid, **changed: Any) -> list[Fault]:
    given = {"receipt": bid.receipt, "wraps": bid.wraps, "parts": bid.parts} | changed
    return sealing.faults(**given, committed=sealing.digest(bid.receipt))


def test_every_two_holders_open_every_part(bid: SealedBid) -> None:
    secrets = [sealing.unlock(bid.receipt, bid.wraps, only(*two)) for two in combinations(sorted(KEYS), 2)]
    assert len(set(secrets)) == 1
    opened = [
        sealing.open_part(receipt=bid.receipt, part=p.part, ciphertext=bid.parts[p.part], identity=secrets[0])
        for p in PARTS
    ]
    assert opened == PARTS


def test_every_bid_has_a_key_of_its_own(lock: bytes, bid: SealedBid) -> None:
    """Nobody but its bidder ever had the whole of it: there is no key of the tender that its maker could keep."""
    other = sealing.seal(lock=lock, bid="b-2", parts=PARTS)
    assert loads(bid.receipt)["recipient"] != loads(other.receipt)["recipient"]
    secret = sealing.unlock(bid.receipt, bid.wraps, KEYS)
    with pytest.raises(SealError, match="^part price$"):
        sealing.open_part(receipt=other.receipt, part="price", ciphertext=other.parts["price"], identity=secret)


@pytest.mark.parametrize("holder", sorted(KEYS))
def test_whoever_holds_everything_stored_and_one_key_reads_nothing(lock: bytes, bid: SealedBid, holder: str) -> None:
    with pytest.raises(SealError, match="keys: 2 holders are needed"):
        sealing.unlock(bid.receipt, bid.wraps, only(holder))
    key = pyrage.x25519.Identity.from_str(KEYS[holder])
    pile, refused = [*bid.wraps.values(), *bid.parts.values()], 0
    while pile:  # whatever the key takes a layer off is tried again
        try:
            pile.append(pyrage.decrypt(pile.pop(), [key]))
        except pyrage.DecryptError:
            refused += 1
    assert refused == len(bid.wraps) + len(bid.parts)
    assert not any(b"AGE-SECRET-KEY" in each for each in (lock, bid.receipt, *bid.wraps.values()))


@pytest.mark.parametrize(("count", "threshold"), [(1, 1), (3, 1), (3, 3), (5, 3)])
def test_as_many_wraps_as_subsets(count: int, threshold: int) -> None:
    made = {f"h{n}": pyrage.x25519.Identity.generate() for n in range(count)}
    lock = sealing.make_lock(
        tender="t", holders={name: str(key.to_public()) for name, key in made.items()}, threshold=threshold
    )
    bid = sealing.seal(lock=lock, bid="b-1", parts=PARTS[:1])
    chosen = ["+".join(each) for each in combinations(sorted(made), threshold)]
    assert list(bid.wraps) == chosen
    for each in chosen:
        sealing.unlock(bid.receipt, bid.wraps, {name: str(made[name]) for name in each.split("+")})
    if threshold > 1:
        with pytest.raises(SealError, match=f"keys: {threshold} holders are needed"):
            sealing.unlock(bid.receipt, bid.wraps, {n: str(made[n]) for n in sorted(made)[: threshold - 1]})


@pytest.mark.parametrize("threshold", [0, 4])
def test_a_threshold_that_cannot_be(threshold: int) -> None:
    with pytest.raises(SealError, match="threshold or holders"):
        sealing.make_lock(tender="t", holders=HOLDERS, threshold=threshold)


def test_one_key_for_two_holders_is_refused() -> None:
    with pytest.raises(SealError, match="threshold or holders"):
        sealing.make_lock(tender="t", holders={**HOLDERS, "agent": HOLDERS["purchaser"]}, threshold=2)


def test_what_is_no_public_key_is_refused() -> None:
    with pytest.raises(SealError, match="^recipient$"):
        sealing.make_lock(tender="t", holders={**HOLDERS, "agent": KEYS["agent"]}, threshold=2)


def test_what_is_whole_has_no_fault(lock: bytes, bid: SealedBid) -> None:
    assert faults(bid) == []
    assert sealing.read_receipt(bid.receipt, lock=lock, bid="b-1")["lock"] == sealing.digest(lock)


FORGED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another-bid": (lambda d: d.update(bid="b-2"), "made for another bid"),
    "another-tender": (lambda d: d.update(tender="t"), "made for another bid"),
    "another-format": (lambda d: d.update(format="gongyue-sealed-receipt/1"), "made for another bid"),
    "another-lock": (lambda d: d.update(lock="0" * 64), "sealed for another lock"),
    "no-key": (lambda d: d.update(recipient="age1"), "recipient"),
    "a-wrap-less": (lambda d: d["wraps"].pop(), "wraps"),
    "wraps-in-disorder": (lambda d: d["wraps"].reverse(), "wraps"),
    "no-parts": (lambda d: d["parts"].clear(), "names"),
    "parts-in-disorder": (lambda d: d["parts"].reverse(), "parts"),
    "a-part-twice": (lambda d: d["parts"].append(d["parts"][-1]), "names"),
    "a-part-that-is-a-path": (lambda d: d["parts"][0].update(part="../plan"), "names"),
    "a-part-that-is-a-number": (lambda d: d["parts"][0].update(part=1), "parts"),
    "no-size": (lambda d: d["parts"][0].update(size=-1), "files"),
    "size-that-is-text": (lambda d: d["parts"][0].update(size="1"), "files"),
    "no-digest": (lambda d: d["parts"][0].update(sha256="A" * 64), "files"),
    "one-key-more": (lambda d: d["parts"][0].update(price=1), "files"),
    "a-key-more": (lambda d: d.update(price=1), "keys"),
    "no-list": (lambda d: d.update(parts={}), "files"),
}


@pytest.mark.parametrize("how", FORGED)
def test_a_receipt_that_does_not_fit_is_not_taken(lock: bytes, bid: SealedBid, how: str) -> None:
    change, said = FORGED[how]
    document = loads(bid.receipt)
    change(document)
    with pytest.raises(SealError, match=said):
        sealing.read_receipt(sealing.canonical(document), lock=lock, bid="b-1")


@settings(max_examples=60)
@given(data=st.data())
def test_a_changed_byte_is_named(bid: SealedBid, data: st.DataObject) -> None:
    files = {"wrap": dict(bid.wraps), "part": dict(bid.parts)}
    kind, name = data.draw(st.sampled_from([("receipt", ""), *((k, n) for k in files for n in files[k])]))
    whole = files[kind][name] if name else bid.receipt
    changed = flipped(whole, data.draw(st.integers(0, len(whole) - 1)))
    if name:
        files[kind][name] = changed
    receipt = bid.receipt if name else changed
    assert faults(bid, receipt=receipt, wraps=files["wrap"], parts=files["part"]) == [Fault(kind, name, "changed")]


def test_a_part_gone_and_a_part_too_many_are_named(bid: SealedBid) -> None:
    parts = {"plan": bid.parts["plan"], "funds": b""}
    assert faults(bid, parts=parts) == [Fault("part", "price", "missing"), Fault("part", "funds", "unlisted")]


@pytest.mark.parametrize("at", [0, 100, -1])
def test_a_changed_ciphertext_does_not_open(bid: SealedBid, at: int) -> None:
    secret = sealing.unlock(bid.receipt, bid.wraps, only("agent", "supervisor"))
    changed = flipped(bid.parts["price"], at % len(bid.parts["price"]))
    with pytest.raises(SealError, match="^part price$"):
        sealing.open_part(receipt=bid.receipt, part="price", ciphertext=changed, identity=secret)


def test_a_changed_wrap_does_not_open(bid: SealedBid) -> None:
    wraps = {**bid.wraps, "agent+purchaser": flipped(bid.wraps["agent+purchaser"], -1 % 300)}
    with pytest.raises(SealError, match=r"^wrap agent\+purchaser$"):
        sealing.unlock(bid.receipt, wraps, only("agent", "purchaser"))
    assert sealing.unlock(bid.receipt, wraps, only("agent", "supervisor"))


def test_another_bids_wraps_are_named(lock: bytes, bid: SealedBid) -> None:
    other = sealing.seal(lock=lock, bid="b-2", parts=PARTS[:1])
    with pytest.raises(SealError, match="wrap: another bid's key"):
        sealing.unlock(bid.receipt, other.wraps, KEYS)


def test_a_rivals_ciphertext_under_ones_own_receipt_is_named(bid: SealedBid) -> None:
    """The thief may copy the ciphertext and both digests; the envelope says whose it is."""
    secret = sealing.unlock(bid.receipt, bid.wraps, KEYS)
    stolen = sealing.canonical({**loads(bid.receipt), "bid": "b-2"})
    with pytest.raises(SealError, match="part price: made for another bid"):
        sealing.open_part(receipt=stolen, part="price", ciphertext=bid.parts["price"], identity=secret)


def test_the_bidders_own_copy_stands_in_only_with_the_right_digest(bid: SealedBid) -> None:
    copy = bid.envelopes["price"]
    assert sealing.open_envelope(receipt=bid.receipt, part="price", inner=copy) == PARTS[0]
    with pytest.raises(SealError, match="part price: not the envelope of the receipt"):
        sealing.open_envelope(receipt=bid.receipt, part="price", inner=copy.replace(b"1980000", b"1880000"))


def test_the_receipt_does_not_tell_a_price_to_whoever_guesses_it(lock: bytes) -> None:
    made = [sealing.seal(lock=lock, bid="b-1", parts=[PARTS[0]]) for _ in range(2)]
    assert loads(made[0].receipt)["parts"][0]["envelope"] != loads(made[1].receipt)["parts"][0]["envelope"]


def test_the_length_does_not_tell_a_price() -> None:
    prices = [replace(PARTS[0], content=text) for text in (b"9", b"1980000.00")]
    assert len({len(sealing.envelope(tender="t", bid="b-1", part=price)) for price in prices}) == 1


@settings(max_examples=25)
@given(
    size=st.one_of(
        st.integers(0, 9000),
        st.integers(-600, 600).map(lambda near: 65536 + near),
        st.sampled_from([3 * 65536, 1_000_003]),
    ),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_any_size_and_any_file_name_comes_back(lock: bytes, size: int, name: str) -> None:
    part = Part("plan", name, (b"\x00\x01\xff" * (size // 3 + 1))[:size])
    sealed = sealing.seal(lock=lock, bid="b-1", parts=[part])
    secret = sealing.unlock(sealed.receipt, sealed.wraps, KEYS)
    assert len(sealed.envelopes["plan"]) % 4096 == 0
    ciphertext = sealed.parts["plan"]
    assert sealing.open_part(receipt=sealed.receipt, part="plan", ciphertext=ciphertext, identity=secret) == part


def reheaded(inner: bytes, **changed: object) -> bytes:
    end = 12 + int.from_bytes(inner[8:12], "big")
    header = sealing.canonical({**loads(inner[12:end]), **changed})
    return inner[:8] + len(header).to_bytes(4, "big") + header + inner[end:]


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "magic": (lambda inner: b"X" + inner[1:], "no envelope"),
    "one-byte-more": (lambda inner: inner + b"\x00", "no envelope"),
    "nothing": (lambda inner: b"", "no envelope"),
    "a-block-more": (lambda inner: inner + bytes(4096), "padding"),
    "padding": (lambda inner: inner[:-1] + b"\x01", "padding"),
    "length-of-header": (lambda inner: inner[:8] + b"\xff" + inner[9:], "header"),
    "not-canonical": (lambda inner: inner.replace(b'{"bid"', b'{ "bid"'), "header"),
    "size": (lambda inner: reheaded(inner, size=-4), "header"),
    "size-too-great": (lambda inner: reheaded(inner, size=9999), "header"),
    "no-number": (lambda inner: reheaded(inner, size="22"), "header"),
    "unknown-key": (lambda inner: inner.replace(b'"size"', b'"sice"'), "header"),
}


@pytest.mark.parametrize("how", SPOILT)
def test_an_envelope_that_the_format_does_not_know(bid: SealedBid, how: str) -> None:
    """Even where the receipt commits to it."""
    spoil, said = SPOILT[how]
    inner = spoil(bid.envelopes["price"])
    assert inner != bid.envelopes["price"]
    inner += bytes(-len(inner) % 4096) if said == "header" else b""
    document = loads(bid.receipt)
    document["parts"] = [{**entry, "envelope": sealing.digest(inner)} for entry in document["parts"]]
    with pytest.raises(SealError, match=f"part price: {said}"):
        sealing.open_envelope(receipt=sealing.canonical(document), part="price", inner=inner)


@pytest.mark.parametrize(
    "manifest",
    [
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b"[]",
        b"\xff",
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":1}\n',
        b"[" * 100_000,
    ],
)
def test_a_manifest_is_written_in_one_way_only(manifest: bytes) -> None:
    with pytest.raises(SealError, match="not canonical"):
        sealing.parse(manifest)


@pytest.mark.parametrize("maker", ["python", "browser"])
def test_the_published_vectors_open(maker: str) -> None:
    lock, bid = vector(maker)
    digests = loads((VECTORS / "digests.json").read_bytes())[maker]
    assert digests == {"lock": sealing.digest(lock), "receipt": sealing.digest(bid.receipt)}
    assert faults(bid) == []
    assert sealing.read_receipt(bid.receipt, lock=lock, bid="b-1")["tender"] == "穗采2010-001"
    given: dict[str, Any] = {"receipt": bid.receipt}
    for two in combinations(sorted(KEYS), 2):
        secret = sealing.unlock(bid.receipt, bid.wraps, only(*two))
        opened = {p: sealing.open_part(**given, part=p, ciphertext=c, identity=secret) for p, c in bid.parts.items()}
        assert opened == {"price": PARTS[0], "funds": Part("funds", "经费.txt", "物价 ≤ 100 万元\n".encode())}


def vector(maker: str) -> tuple[bytes, SealedBid]:
    """A lock, and the bid that was sealed for it; without the bidder's own copy."""
    folder = VECTORS / maker
    wraps, parts = (
        {path.stem: path.read_bytes() for path in sorted((folder / kind).glob("*.age"))} for kind in ("wraps", "parts")
    )
    return (folder / "lock.json").read_bytes(), SealedBid((folder / "receipt.json").read_bytes(), wraps, parts, {})
