"""Findings in words: the rule's sentence with its figures, each shown as people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PLACE = re.compile(r"\{([^{}]*)\}")
FEN = 100
TIME = {
    "day": ("日", "days"),
    "workday": ("个工作日", "working days"),
    "month": ("个月", "months"),
    "year": ("年", "years"),
}
NONE = {"zh": "无", "en": "none"}
YES = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}
UNKNOWN = {"zh": "未知", "en": "unknown"}


def named_in(message: str) -> list[str]:
    """The names in braces."""
    return [name.strip() for name in PLACE.findall(message)]


def fill(message: str, figures: Mapping[str, Any], units: Mapping[str, str], lang: str) -> str:
    """The message with its figures. `units` gives the unit of each `param.*`."""

    def one(found: re.Match[str]) -> str:
        name = found[1].strip()
        return shown(figures.get(name), units.get(name, _unit_of(name)), lang)

    return PLACE.sub(one, message)


def shown(value: Any, unit: str, lang: str) -> str:
    """One figure: money with its fen, a percentage, a yes or no, a list, or the plain value."""
    zh = lang != "en"
    if value is None:
        return UNKNOWN["zh" if zh else "en"]
    if isinstance(value, bool):
        return YES["zh" if zh else "en"][value]
    if isinstance(value, Mapping):
        return ("，" if zh else ", ").join(f"{key} {shown(each, unit, lang)}" for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return ("、" if zh else ", ").join(shown(each, unit, lang) for each in value) or NONE["zh" if zh else "en"]
    if unit == "fen":
        return f"{money(value)} 元" if zh else f"CNY {money(value)}"
    return percent(value) if unit == "bp" else str(value)


def money(fen: int) -> str:
    """`1,000,000.00`"""
    sign, rest = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{rest // FEN:,}.{rest % FEN:02d}"


def percent(bp: int) -> str:
    """`50%`, `2.5%`, `0.25%`"""
    sign, rest = ("-" if bp < 0 else ""), abs(bp)
    fraction = f".{rest % FEN:02d}".rstrip("0").rstrip(".")
    return f"{sign}{rest // FEN}{fraction}%"


def length(value: int | None, unit: str, lang: str) -> str:
    """`15 日`, `1 month`, `unknown`"""
    if value is None:
        return UNKNOWN["en" if lang == "en" else "zh"]
    zh, en = TIME[unit]
    if lang != "en":
        return f"{value} {zh}"
    return f"{value} {en.removesuffix('s') if value == 1 else en}"


def _unit_of(name: str) -> str:
    """The unit a fact's name tells: `_fen`, `_bp`."""
    ending = name.rpartition("_")[2]
    return ending if ending in ("fen", "bp") else ""
