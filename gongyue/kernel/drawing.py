"""A draw that anybody can repeat.

The keys of the population stand in a fixed order. Each gets the number HMAC-SHA256(seed, key), read as hex; the `size`
keys with the smallest numbers are drawn. The digest of the seed and that of the list are in the ledger before.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def list_digest(keys: Sequence[str]) -> str:
    """Of the keys in order, one a line, without a line break after the last."""
    return digest("\n".join(keys))


def number(seed: str, key: str) -> str:
    """What a key is drawn by."""
    return hmac.new(seed.encode(), key.encode(), hashlib.sha256).hexdigest()


def draw(seed: str, keys: Sequence[str], size: int) -> list[str]:
    """The drawn keys, in the order in which they were drawn."""
    return sorted(keys, key=lambda key: number(seed, key))[:size]
