"""Which of several entries of one id holds on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar


class Entry(Protocol):
    @property
    def pack(self) -> str: ...

    def in_force(self, on: date) -> bool: ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Prevailing:
    """From this day the entry of this pack comes before all others, where it has one in force. `reading`: why, in the
    words of whoever wrote the pack."""

    pack: str
    since: date
    cite: str
    reading: Mapping[str, str] | None = None


def prevailing(conflicts: Iterable[Mapping[str, Any]], kind: str) -> dict[str, list[Prevailing]]:
    """The conflicts of one kind (`rule`, `parameter` or `action`) by name, the latest first."""
    out: dict[str, list[Prevailing]] = {}
    for conflict in conflicts:
        if kind in conflict:
            since = date.fromisoformat(conflict["from"])
            how = Prevailing(conflict["prevails"], since, conflict["cite"], conflict.get("reading"))
            out.setdefault(conflict[kind], []).append(how)
    for several in out.values():
        several.sort(key=lambda each: each.since, reverse=True)
    return out


def ordered(entries: Sequence[E], on: date, over: Sequence[Prevailing] = ()) -> Sequence[E]:
    """The entries in the order in which they hold on this day: those that prevail first."""
    packs = [each.pack for each in over if each.since <= on]
    return sorted(entries, key=lambda e: packs.index(e.pack) if e.pack in packs else len(packs)) if packs else entries


def first_in_force(entries: Sequence[E], on: date, over: Sequence[Prevailing] = ()) -> E | None:
    """The entry that holds on this day, None where none is in force."""
    return next((entry for entry in ordered(entries, on, over) if entry.in_force(on)), None)
