"""Exact figures: the units of parameters, how authors may write them, and sharing money to the fen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

TYPES: dict[str, type] = {
    "day": int,
    "workday": int,
    "month": int,
    "year": int,
    "fen": int,
    "bp": int,
    "count": int,
    "flag": bool,
    "text": str,
    "date": date,
}
AUTHORED = {"wan_yuan": ("fen", 1_000_000), "yuan": ("fen", 100), "percent": ("bp", 100)}
PERIODS = ("day", "workday", "month", "year")
WHOLE = 10_000  # basis points in the whole
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def canonical(unit: str) -> str:
    """The unit a figure is kept in: fen for money, basis points for percentages, otherwise the unit itself."""
    return AUTHORED[unit][0] if unit in AUTHORED else unit


def exact(value: Any, unit: str) -> int:
    """A number as authors write it (`15`, `"0.5"`), in the canonical unit. Raises ValueError unless whole there."""
    if isinstance(value, bool) or not isinstance(value, (int, str)) or not _NUMBER.fullmatch(str(value)):
        raise ValueError(f"{value!r} is not a number of {unit}")
    kept, factor = AUTHORED.get(unit, (unit, 1))
    scaled = Fraction(str(value)) * factor
    if scaled.denominator != 1:
        raise ValueError(f"{value} {unit} is not a whole number of {kept}")
    return int(scaled)


def largest_remainder(total: int, weights_bp: Mapping[str, int]) -> dict[str, int]:
    """Share `total` fen by basis points, exactly: the odd fen go to the largest remainders, ties in declared order.

    Raises ValueError unless the weights are non-negative and sum to 10 000.
    """
    if sum(weights_bp.values()) != WHOLE or any(weight < 0 for weight in weights_bp.values()):
        raise ValueError("weights must be non-negative and sum to 10000 basis points")
    shares = {name: total * weight // WHOLE for name, weight in weights_bp.items()}
    odd = total - sum(shares.values())
    by_remainder = sorted(weights_bp, key=lambda name: -(total * weights_bp[name] % WHOLE))
    for name in by_remainder[:odd]:
        shares[name] += 1
    return shares
