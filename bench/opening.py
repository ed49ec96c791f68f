"""Opening sealed bids: how long a hundred of ten megabytes take, and how much of it is the cryptographic library's own.

python bench/opening.py [--bids 100] [--megabytes 10]

No database: what is measured is what `sealedbid.open` does within its transaction, file by file
as the server does it (read, digest, decrypt, compare with the receipt, write).
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

import pyrage
from pyrage import x25519

from gongyue.tendering import sealing
from gongyue.tendering.sealing import Part, SealedBid

THRESHOLD = 2
PARTS = 10


def sealed(folder: Path, lock: bytes, number: int, megabytes: int) -> tuple[SealedBid, dict[str, Path]]:
    """One bid of ten files, its ciphertexts on the disk and out of the memory."""
    size = megabytes * 1024 * 1024 // PARTS
    parts = [Part(f"file_{n:02d}", f"{n}.pdf", os.urandom(size)) for n in range(PARTS)]
    bid = sealing.seal(lock=lock, bid=f"1-{number}", parts=parts)
    paths = {}
    for name, content in bid.parts.items():
        paths[name] = folder / f"{number}-{name}"
        paths[name].write_bytes(content)
    return SealedBid(bid.receipt, bid.wraps, {}, {}), paths


class Timed:
    """Counts the seconds within the library."""

    def __init__(self, inner: Callable[..., Any]) -> None:
        self.inner, self.seconds = inner, 0.0

    def __call__(self, *given: Any) -> Any:
        begun = perf_counter()
        try:
            return self.inner(*given)
        finally:
            self.seconds += perf_counter() - begun


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--bids", type=int, default=100)
    asked.add_argument("--megabytes", type=int, default=10)
    given = asked.parse_args()
    keys = {name: x25519.Identity.generate() for name in ("agent", "purchaser", "supervisor")}
    holders = {name: str(key.to_public()) for name, key in keys.items()}
    lock = sealing.make_lock(tender="tender:1", holders=holders, threshold=THRESHOLD)
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place), count()
        begun = perf_counter()
        bids = [sealed(folder, lock, number, given.megabytes) for number in range(given.bids)]
        prepared = perf_counter() - begun
        library = Timed(pyrage.decrypt)
        pyrage.decrypt = library
        begun = perf_counter()
        both = {name: str(keys[name]) for name in ("agent", "purchaser")}
        identities = [sealing.unlock(bid.receipt, bid.wraps, both) for bid, _paths in bids]
        unlocked = perf_counter() - begun
        for (bid, paths), identity in zip(bids, identities, strict=True):
            known = {row["part"]: row["sha256"] for row in sealing.parse(bid.receipt)["parts"]}
            for name, path in paths.items():
                ciphertext = path.read_bytes()
                assert sealing.digest(ciphertext) == known[name]
                part = sealing.open_part(receipt=bid.receipt, part=name, ciphertext=ciphertext, identity=identity)
                (folder / f"out-{next(out)}").write_bytes(part.content)
                path.unlink()
        opened = perf_counter() - begun
    whole = given.bids * given.megabytes
    print(f"{given.bids} bids of {given.megabytes} MB, {PARTS} files each; sealed in {prepared:.1f} s")
    print(f"keys of {given.bids} bids, {THRESHOLD} layers each: {unlocked:.2f} s")
    print(f"opened in {opened:.1f} s ({whole / opened:.0f} MB/s), the library's own {library.seconds:.1f} s "
          f"({100 * library.seconds / opened:.0f} %)")  # fmt: skip


if __name__ == "__main__":
    main()
