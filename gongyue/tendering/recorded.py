"""台账所记: the acts of a call as the ledger holds them, with what lies behind its commitments."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from gongyue.ledger.models import Entry, Opening

from . import sealing
from .models import Tender

BEGUN = frozenset({"tender.draft", "tender.prepare"})
LOCKING = BEGUN | {"keyholder.take", "keyholder.lose", "tender.seal", "tender.on_paper", "tender.publish"}


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


@dataclass
class Locking:
    """Whose keys open the bids of the latest call, and the lock that was set from them, as the ledger has both.

    `strange`: names in the lock behind which the ledger holds another key, or none.
    """

    tender: str = ""
    held: dict[str, tuple[str, str]] = field(default_factory=dict)  # by holder: name in the lock, public key
    lock: str = ""
    issued: bool = False
    strange: list[str] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, str]:
        return dict(self.held.values())

    def take(self, act: Act) -> None:
        """What one more act makes of it. A lock not yet issued falls with every key that comes or goes."""
        if act.name in BEGUN:
            self.tender, self.held, self.lock, self.issued, self.strange = act.subject, {}, "", False, []
        elif act.name == "keyholder.take":
            self.held[act.subject] = (act.told("capacity", ""), act.told("recipient", ""))
            self._unlocked()
        elif act.name == "keyholder.lose" and self.held.pop(act.subject, None) is not None:
            self._unlocked()
        elif act.name == "tender.seal":
            told = {name: value for name, value in act.told("lock", {}).items() if name != "sha256"}
            self.lock = sealing.canonical(told).decode()
            self.strange = sorted(n for n, key in told["holders"].items() if self.keys.get(n) != key)
        elif act.name == "tender.on_paper":
            self.lock, self.strange = "", []
        elif act.name == "tender.publish":
            self.issued = True

    def _unlocked(self) -> None:
        if not self.issued:
            self.lock, self.strange = "", []


def locking(found: Iterable[Act], tender: str) -> Locking:
    """How it stands with a call, by the acts of its purchase."""
    one = Locking()
    for act in found:
        if act.name in BEGUN and act.subject != tender and one.tender == tender:
            break  # what follows is of the next call
        one.take(act)
    return one if one.tender == tender else Locking(tender)


def holds_lock(tender: Tender) -> bool:
    """Whether a call's lock is the one set in the ledger, from the keys that are on record there. Two queries."""
    found = locking(acts(tender.purchase_id, LOCKING), tender.key)
    return found.lock == tender.lock and not found.strange
