"""What a piece of YAML must look like. A shape reads a value into plain, JSON-able data and notes every mistake."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from .errors import PackError
from .units import PERIODS
from .yaml12 import Items, Node

CITE = re.compile(r"([a-z0-9][a-z0-9-]*)#(.+)")


@dataclass
class Sheet:
    """One file being read: its name relative to the root, what is wrong with it, and the citations met."""

    file: str
    errors: list[PackError] = field(default_factory=list)
    cites: list[tuple[int, str, bool]] = field(default_factory=list)  # line, citation, must its text be loaded?

    def refuse(self, line: int, reason: str) -> None:
        self.errors.append(PackError(self.file, line, reason))

    def where(self, line: int) -> str:
        return f"{self.file}:{line}"


Shape = Callable[[Any, int, Sheet], Any]


def shown(value: Any) -> str:
    """A value as an author would recognise it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return (
        {None: "nothing", True: "true", False: "false"}[value]
        if value is None or isinstance(value, bool)
        else str(value)
    )


def guess(word: str, known: Iterable[str]) -> str:
    """` (did you mean x?)`, or nothing."""
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def text(value: Any, line: int, sheet: Sheet) -> Any:
    if isinstance(value, str) and value.strip():
        return value.strip()
    hint = ": put it in quotes" if isinstance(value, (int, date)) and not isinstance(value, bool) else ""
    sheet.refuse(line, f"expected text, not {shown(value)}{hint}")
    return ""


def pattern(expression: str, what: str) -> Shape:
    compiled = re.compile(expression)

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            sheet.refuse(line, f"{shown(value)} is not {what}")
        return value

    return read


ident = pattern(r"[a-z0-9][a-z0-9_-]*", "an id (small letters, digits, - and _)")
dotted = pattern(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+", "a dotted name")
kind = pattern(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?", "a kind of subject, or kind.method")
word = pattern(r"[a-z][a-z0-9_]*", "a name (small letters, digits and _)")
region = pattern(r"[0-9]{6}", "a division code of six digits in quotes")
place = pattern(r"[0-9]{6}(?::[^\s:]+)?", "a division code of six digits in quotes")


def whole(value: Any, line: int, sheet: Sheet) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        sheet.refuse(line, f"expected a whole number, not {shown(value)}")
        return 0
    return value


def positive(value: Any, line: int, sheet: Sheet) -> Any:
    number = whole(value, line, sheet)
    if isinstance(value, int) and not isinstance(value, bool) and value <= 0:
        sheet.refuse(line, f"expected a number above 0, not {value}")
    return number


def flag(value: Any, line: int, sheet: Sheet) -> Any:
    if not isinstance(value, bool):
        sheet.refuse(line, f"expected true or false, not {shown(value)}")
    return value


def day(value: Any, line: int, sheet: Sheet) -> Any:
    if isinstance(value, datetime) or not isinstance(value, date):
        sheet.refuse(line, f"{shown(value)} is not a date: write year-month-day as 2010-08-31")
        return "2000-01-01"
    return value.isoformat()


def _citation(loaded: bool) -> Shape:
    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if not isinstance(value, str) or not CITE.fullmatch(value):
            sheet.refuse(line, f"{shown(value)} is not a citation: write instrument#article in quotes")
            return ""
        sheet.cites.append((line, value, loaded))
        return value

    return read


cite = _citation(loaded=True)
mention = _citation(loaded=False)  # may also name an instrument whose text is not loaded


def choice(*words: str) -> Shape:
    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if value not in words:
            sheet.refuse(line, f"{shown(value)} is not one of {', '.join(words)}{guess(str(value), words)}")
        return value

    return read


def each(shape: Shape, least: int = 0) -> Shape:
    """A list, of at least so many."""

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if not isinstance(value, Items):
            sheet.refuse(line, f"expected a list, not {shown(value)}")
            return []
        if len(value) < least:
            sheet.refuse(line, f"expected at least {least} entries, not {len(value)}")
        return [shape(item, at, sheet) for item, at in zip(value, value.lines, strict=True)]

    return read


def once(shape: Shape, *keys: str) -> Shape:
    """A list in which no two entries have the same under these keys: of the two one would be lost."""

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        seen: dict[tuple[tuple[str, str], ...], int] = {}
        for item, at in zip(value, value.lines, strict=True) if isinstance(value, Items) else ():
            name = tuple((key, _called_by(item[key])) for key in keys if key in item) if isinstance(item, Node) else ()
            if name and name in seen:
                called = " ".join(part for _, part in name)
                sheet.refuse(at, f"{called} is also given at {sheet.where(seen[name])}")
            seen.setdefault(name, at)
        return shape(value, line, sheet)

    return read


def _called_by(value: Any) -> str:
    """What tells an entry from others; of a list what is in it, in any order."""
    return ", ".join(sorted(map(str, value))) if isinstance(value, list) else str(value)


def some(shape: Shape) -> Shape:
    """One, or a list of at least one; read as a list."""
    several = each(shape, 1)

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        return several(value, line, sheet) if isinstance(value, Items) else [shape(value, line, sheet)]

    return read


def keyed(key: Shape, shape: Shape) -> Shape:
    """A mapping with free keys of one shape and values of one shape."""

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if not isinstance(value, Node):
            sheet.refuse(line, f"expected a mapping, not {shown(value)}")
            return {}
        return {key(k, value.lines[k], sheet): shape(v, value.lines[k], sheet) for k, v in value.items()}

    return read


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *, placed: bool = True) -> Shape:
    """A mapping with these keys and no others; `where` is added when `placed`."""
    known = {**required, **(optional or {})}

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if not isinstance(value, Node):
            sheet.refuse(line, f"expected a mapping with {', '.join(required) or 'keys'}, not {shown(value)}")
            return {}
        for missing in (name for name in required if name not in value):
            sheet.refuse(line, f"{_called(value)}{missing} is missing")
        for name in value:
            if name not in known:
                sheet.refuse(value.lines[name], f"{_called(value)}unknown key {name}{guess(str(name), known)}")
        out = {name: known[name](v, value.lines[name], sheet) for name, v in value.items() if name in known}
        return {**out, "where": sheet.where(line)} if placed else out

    return read


def _called(node: Node) -> str:
    name = node.get("id")
    return f"{name}: " if isinstance(name, str) else ""


def plain(value: Any, line: int, sheet: Sheet) -> Any:
    """Anything, as plain data."""
    if isinstance(value, Node):
        return {str(k): plain(v, value.lines[k], sheet) for k, v in value.items()}
    if isinstance(value, Items):
        return [plain(v, at, sheet) for v, at in zip(value, value.lines, strict=True)]
    return value.isoformat() if isinstance(value, date) else value


both = record({"zh": text, "en": text}, placed=False)
period = record({"value": positive, "unit": choice(*PERIODS)}, placed=False)
