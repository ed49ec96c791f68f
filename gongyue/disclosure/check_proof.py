"""Checks a notice's proof without trusting the site that gave it. Python alone: `python check_proof.py proof.json`.

What it prints is the root the proof leads to: compare it with the tree head of the same size, published or noted down.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(proof: dict[str, Any]) -> bytes | None:
    """The root that text and path lead to (RFC 9162, 2.1.3.2); None where the path does not fit the tree's size."""
    node = _hash(b"\0", proof["text"].encode())
    first, last = proof["index"], proof["size"] - 1
    for step in map(bytes.fromhex, proof["path"]):
        if last == 0:
            return None
        if first % 2 or first == last:
            node = _hash(b"\1", step, node)
            while first and first % 2 == 0:
                first, last = first // 2, last // 2
        else:
            node = _hash(b"\1", node, step)
        first, last = first // 2, last // 2
    return node if last == 0 else None


def holds(proof: dict[str, Any]) -> bool:
    root = root_of(proof)
    return root is not None and 0 <= proof["index"] < proof["size"] and root.hex() == proof["root"]


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if not holds(given):
        sys.exit("FAILS: the text is not in the tree with this root")
    sys.stdout.write(f"HOLDS: leaf {given['index']} of the tree of {given['size']} with root {given['root']}\n")
