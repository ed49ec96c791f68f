"""Who pays how much of which instalment."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction


def split(
    amounts: Sequence[int], shares: Sequence[int], fixed: Mapping[int, Sequence[int]] | None = None
) -> list[list[int]]:
    """One row an instalment, one column a payer, in fen: the payers' parts in the ratio of their shares.

    The rule is a cumulative largest remainder. Of the money claimed up to and with an instalment each payer owes
    its ratio; from that what the earlier rows already gave it is taken away, whole fen are given, and the odd fen
    go to the largest remainders, ties in the order of the payers. So no part is negative, every row sums to its
    instalment exactly, and every column sums to the payer's total exactly: to its share where the shares sum to the
    contract, and to the largest-remainder apportionment of the contract by the shares where they do not.
    `fixed`: rows that stand as they were claimed, by their place; where the contract was amended since, the others
    make up for the difference as far as they reach.
    Raises ValueError for amounts or shares that are negative, or shares that are all zero.
    """
    if any(figure < 0 for figure in (*amounts, *shares)) or not any(shares):
        raise ValueError("amounts and shares must be non-negative, and some share positive")
    whole, given = sum(amounts), dict(fixed or {})
    totals = _allot(whole, [Fraction(whole * share, sum(shares)) for share in shares], [whole] * len(shares))
    paid = [sum(row[n] for row in given.values()) for n in range(len(shares))]
    rest = whole - sum(paid)
    left = _allot(rest, [Fraction(total - part) for total, part in zip(totals, paid, strict=True)], [rest] * len(paid))
    rows, so_far, had = [], 0, [0] * len(shares)
    for at, amount in enumerate(amounts):
        so_far += amount
        owed = [Fraction(total * so_far, whole or 1) - part for total, part in zip(totals, had, strict=True)]
        row = list(given[at]) if at in given else _allot(amount, owed, left)
        if at not in given:
            left = [more - part for more, part in zip(left, row, strict=True)]
        had = [sum(parts) for parts in zip(had, row, strict=True)]
        rows.append(row)
    return rows


def _allot(amount: int, owed: Sequence[Fraction], most: Sequence[int]) -> list[int]:
    """Whole numbers next to what is `owed`, between 0 and `most`, that sum to `amount`."""
    parts = [min(max(math.floor(claim), 0), limit) for claim, limit in zip(owed, most, strict=True)]
    while odd := amount - sum(parts):
        step = 1 if odd > 0 else -1
        free = [n for n, part in enumerate(parts) if (part < most[n] if odd > 0 else part > 0)]
        free.sort(key=lambda n: step * (parts[n] - owed[n]))
        for n in free[: abs(odd)]:
            parts[n] += step
    return parts
