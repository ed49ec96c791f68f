"""台账所记: the acts of a call as the ledger holds them, with what lies behind its commitments."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from gongyue.ledger.models import Entry, Opening

BEGUN = frozenset({"tender.draft", "tender.prepare"})


class Erased:
    """What stands behind a commitment whose opening is not there any more: nobody can say what it was."""

    def __repr__(self) -> str:
        return "ERASED"


ERASED: Final = Erased()


@dataclass(frozen=True)
class Act:
    """One entry. `at` is written as the ledger writes a moment."""

    name: str
    subject: str
    version: int
    at: str
    post: int | None
    organisation: int | None
    content: dict[str, Any]
    opened: dict[str, Any]  # by name of the input

    def told(self, name: str, default: Any = None) -> Any:
        """One of its inputs; the default where it was left empty, ERASED where only the commitment is left."""
        given = self.content["input"].get(name, default)
        if not (isinstance(given, dict) and set(given) == {"commitment"}):
            return given
        return self.opened.get(name, ERASED)


def acts(purchase: int | None, names: Collection[str] | None = None, *, subject: str = "") -> list[Act]:
    """The acts of a purchase in their order, those of some names or on one subject only. Two queries."""
    rows = Entry.objects.filter(purchase=purchase)
    if names is not None:
        rows = rows.filter(action__in=names)
    if subject:
        rows = rows.filter(subject=subject)
    found = list(rows.order_by("pk"))
    opened: dict[int, dict[str, Any]] = {}
    for row in Opening.objects.filter(entry__in=[entry.pk for entry in found], path__startswith="input."):
        opened.setdefault(row.entry_id, {})[row.path.removeprefix("input.")] = row.value
    return [_read(entry, opened.get(entry.pk, {})) for entry in found]


def _read(entry: Entry, opened: dict[str, Any]) -> Act:
    said = json.loads(entry.body)
    organisation, _person, post = said["by"]
    content = said["content"]
    return Act(said["action"], said["subject"], said["version"], said["at"], post, organisation, content, opened)


def latest(found: Iterable[Act], *names: str) -> Act | None:
    """The last of some acts."""
    return next((act for act in reversed(list(found)) if act.name in names), None)
