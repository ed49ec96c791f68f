"""密封: who can open what, and that whatever has been changed is named. The browser's side: tests/browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from json import loads
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.tendering import sealing
from gongyue.tendering.sealing import Fault, Manifest, Part, SealedBid, SealError

VECTORS = Path(__file__).parent / "vectors"
KEYS = loads((VECTORS / "holders.json").read_bytes())
HOLDERS = {name: str(pyrage.x25519.Identity.from_str(key).to_public()) for name, key in KEYS.items()}
PARTS = [Part("price", "报价.json", b'{"total":"1980000.00"}'), Part("plan", "方案.pdf", "服务方案".encode() * 3000)]


def only(*names: str) -> dict[str, str]:
    return {name: KEYS[name] for name in names}


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.fixture(scope="module")
def lock() -> Manifest:
    return sealing.make_lock(tender="穗采2010-001", holders=HOLDERS, threshold=2)


@pytest.fixture(scope="module")
def bid(lock: Manifest) -> SealedBid:
    return sealing.seal(lock=lock.manifest, bid="b-1", parts=PARTS)


def test_every_two_holders_open_every_part(lock: Manifest, bid: SealedBid) -> None:
    secrets = [sealing.unlock(lock.manifest, lock.files, only(*two)) for two in combinations(sorted(KEYS), 2)]
    assert len(set(secrets)) == 1
    opened = [
        sealing.open_part(receipt=bid.manifest, part=p.part, ciphertext=bid.files[p.part], identity=secrets[0])
        for p in PARTS
    ]
    assert opened == PARTS


@pytest.mark.parametrize("holder", sorted(KEYS))
def test_whoever_holds_everything_stored_and_one_key_reads_nothing(lock: Manifest, bid: SealedBid, holder: str) -> None:
    with pytest.raises(SealError, match="keys: 2 holders are needed"):
        sealing.unlock(lock.manifest, lock.files, only(holder))
    key = pyrage.x25519.Identity.from_str(KEYS[holder])
    pile, refused = [*lock.files.values(), *bid.files.values()], 0
    while pile:  # whatever the key takes a layer off is tried again
        try:
            pile.append(pyrage.decrypt(pile.pop(), [key]))
        except pyrage.DecryptError:
            refused += 1
    assert refused == len(lock.files) + len(bid.files)
    assert not any(b"AGE-SECRET-KEY" in each for each in (lock.manifest, bid.manifest, *lock.files.values()))


@pytest.mark.parametrize(("count", "threshold"), [(1, 1), (3, 1), (3, 3), (5, 3)])
def test_as_many_wraps_as_subsets(count: int, threshold: int) -> None:
    made = {f"h{n}": pyrage.x25519.Identity.generate() for n in range(count)}
    lock = sealing.make_lock(
        tender="t", holders={name: str(key.to_public()) for name, key in made.items()}, threshold=threshold
    )
    chosen = ["+".join(each) for each in combinations(sorted(made), threshold)]
    assert list(lock.files) == chosen
    for each in chosen:
        sealing.unlock(lock.manifest, lock.files, {name: str(made[name]) for name in each.split("+")})
    if threshold > 1:
        with pytest.raises(SealError, match=f"keys: {threshold} holders are needed"):
            sealing.unlock(lock.manifest, lock.files, {n: str(made[n]) for n in sorted(made)[: threshold - 1]})


@pytest.mark.parametrize("threshold", [0, 4])
def test_a_threshold_that_cannot_be(threshold: int) -> None:
    with pytest.raises(SealError, match="threshold or holders"):
        sealing.make_lock(tender="t", holders=HOLDERS, threshold=threshold)


def test_one_key_for_two_holders_is_refused() -> None:
    with pytest.raises(SealError, match="threshold or holders"):
        sealing.make_lock(tender="t", holders={**HOLDERS, "agent": HOLDERS["purchaser"]}, threshold=2)


def test_what_is_whole_has_no_fault(lock: Manifest, bid: SealedBid) -> None:
    assert sealing.faults(lock.manifest, lock.files, committed=sealing.digest(lock.manifest)) == []
    assert sealing.faults(bid.manifest, bid.files, committed=sealing.digest(bid.manifest)) == []
    assert loads(bid.manifest)["lock"] == sealing.digest(lock.manifest)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_changed_byte_is_named(lock: Manifest, bid: SealedBid, data: st.DataObject) -> None:
    whole, kind = data.draw(st.sampled_from([(lock, "wrap"), (bid, "part")]))
    name = data.draw(st.sampled_from(["", *whole.files]))
    manifest, files, committed = whole.manifest, dict(whole.files), sealing.digest(whole.manifest)
    if name:
        files[name] = flipped(files[name], data.draw(st.integers(0, len(files[name]) - 1)))
    else:
        manifest = flipped(manifest, data.draw(st.integers(0, len(manifest) - 1)))
    expected = Fault(kind, name, "changed") if name else Fault("manifest", "", "changed")
    assert sealing.faults(manifest, files, committed=committed) == [expected]


def test_a_part_gone_and_a_part_too_many_are_named(bid: SealedBid) -> None:
    files = {"plan": bid.files["plan"], "funds": b""}
    assert sealing.faults(bid.manifest, files, committed=sealing.digest(bid.manifest)) == [
        Fault("part", "price", "missing"),
        Fault("part", "funds", "unlisted"),
    ]


@pytest.mark.parametrize("at", [0, 100, -1])
def test_a_changed_ciphertext_does_not_open(lock: Manifest, bid: SealedBid, at: int) -> None:
    secret = sealing.unlock(lock.manifest, lock.files, only("agent", "supervisor"))
    changed = flipped(bid.files["price"], at % len(bid.files["price"]))
    with pytest.raises(SealError, match="^part price$"):
        sealing.open_part(receipt=bid.manifest, part="price", ciphertext=changed, identity=secret)


def test_a_changed_wrap_does_not_open(lock: Manifest) -> None:
    wraps = {**lock.files, "agent+purchaser": flipped(lock.files["agent+purchaser"], -1 % 300)}
    with pytest.raises(SealError, match=r"^wrap agent\+purchaser$"):
        sealing.unlock(lock.manifest, wraps, only("agent", "purchaser"))
    assert sealing.unlock(lock.manifest, wraps, only("agent", "supervisor"))


def test_another_tenders_wraps_are_named(lock: Manifest) -> None:
    other = sealing.make_lock(tender="t", holders=HOLDERS, threshold=2)
    with pytest.raises(SealError, match="wrap: another tender's key"):
        sealing.unlock(lock.manifest, other.files, KEYS)


def test_a_rivals_ciphertext_under_ones_own_receipt_is_named(lock: Manifest, bid: SealedBid) -> None:
    """The thief may copy the ciphertext and both digests; the envelope says whose it is."""
    secret = sealing.unlock(lock.manifest, lock.files, KEYS)
    stolen = sealing.canonical({**loads(bid.manifest), "bid": "b-2"})
    with pytest.raises(SealError, match="part price: made for another bid"):
        sealing.open_part(receipt=stolen, part="price", ciphertext=bid.files["price"], identity=secret)


def test_the_bidders_own_copy_stands_in_only_with_the_right_digest(bid: SealedBid) -> None:
    copy = bid.envelopes["price"]
    assert sealing.open_envelope(receipt=bid.manifest, part="price", inner=copy) == PARTS[0]
    with pytest.raises(SealError, match="part price: not the envelope of the receipt"):
        sealing.open_envelope(receipt=bid.manifest, part="price", inner=copy.replace(b"1980000", b"1880000"))


def test_the_receipt_does_not_tell_a_price_to_whoever_guesses_it(lock: Manifest) -> None:
    made = [sealing.seal(lock=lock.manifest, bid="b-1", parts=[PARTS[0]]) for _ in range(2)]
    assert loads(made[0].manifest)["parts"][0]["envelope"] != loads(made[1].manifest)["parts"][0]["envelope"]


def test_the_length_does_not_tell_a_price(lock: Manifest) -> None:
    prices = [replace(PARTS[0], content=text) for text in (b"9", b"1980000.00")]
    assert len({len(sealing.envelope(tender="t", bid="b-1", part=price)) for price in prices}) == 1


@settings(max_examples=25, deadline=None)
@given(
    size=st.one_of(
        st.integers(0, 9000),
        st.integers(-600, 600).map(lambda near: 65536 + near),
        st.sampled_from([3 * 65536, 1_000_003]),
    ),
    name=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
def test_any_size_and_any_file_name_comes_back(lock: Manifest, size: int, name: str) -> None:
    part = Part("plan", name, (b"\x00\x01\xff" * (size // 3 + 1))[:size])
    sealed = sealing.seal(lock=lock.manifest, bid="b-1", parts=[part])
    secret = sealing.unlock(lock.manifest, lock.files, KEYS)
    assert len(sealed.envelopes["plan"]) % 4096 == 0
    assert (
        sealing.open_part(receipt=sealed.manifest, part="plan", ciphertext=sealed.files["plan"], identity=secret)
        == part
    )


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
    document = loads(bid.manifest)
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
    lock, receipt, wraps, parts = vector(maker)
    digests = loads((VECTORS / "digests.json").read_bytes())[maker]
    assert digests == {"lock": sealing.digest(lock), "receipt": sealing.digest(receipt)}
    assert sealing.faults(lock, wraps, committed=digests["lock"]) == []
    assert sealing.faults(receipt, parts, committed=digests["receipt"]) == []
    for two in combinations(sorted(KEYS), 2):
        secret = sealing.unlock(lock, wraps, only(*two))
        opened = {p: sealing.open_part(receipt=receipt, part=p, ciphertext=parts[p], identity=secret) for p in parts}
        assert opened == {"price": PARTS[0], "funds": Part("funds", "经费.txt", "物价 ≤ 100 万元\n".encode())}


def vector(maker: str) -> tuple[bytes, bytes, dict[str, bytes], dict[str, bytes]]:
    folder = VECTORS / maker
    wraps, parts = (
        {path.stem: path.read_bytes() for path in sorted((folder / kind).glob("*.age"))} for kind in ("wraps", "parts")
    )
    return (folder / "lock.json").read_bytes(), (folder / "receipt.json").read_bytes(), wraps, parts
