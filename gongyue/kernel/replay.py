"""换一地看: what another regime would have said of a purchase, act by act. Nothing is changed by asking.

The ledger keeps with each act the facts it was judged by; the same facts are put to the other regime's procedure,
incompatible duties and rules. Law has its dates, so the whole purchase may be moved to begin on another day: every date
in it moves by the same number of whole weeks, and falls on the same day of the week. Who held which capacity there is
not asked: offices are not the same from place to place.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from gongyue.clock import LOCAL
from gongyue.ledger.models import Entry
from gongyue.policy import Finding, Regime

from .actions import ACTIONS, BORN, Action
from .findings import kernel
from .models import Purchase, Subject

WEEK = 7


@dataclass(frozen=True)
class Replayed:
    """One act under the other regime. `on`: the day it is moved to; no findings: it would have been done as it was."""

    entry: Entry
    action: Action
    on: date
    findings: list[Finding]

    @property
    def unused(self) -> bool:
        """The other regime's procedure has no such step: there it would not have been asked for."""
        return any(finding.rule == "kernel.procedure" for finding in self.findings)

    @property
    def refused(self) -> bool:
        return not self.unused and any(finding.blocks for finding in self.findings)


def replay(purchase: Purchase, regime: Regime, *, begin: date | None = None) -> Iterator[Replayed]:
    """The purchase's acts in their order. `begin`: the first of them is moved to this day, or to the next one that is
    the same day of the week. One query, and one for each subject.

    An act whose name the house no longer knows is left out. What the other regime asks and the ledger does not hold is
    said as undetermined, never guessed.
    """
    entries = [entry for entry in Entry.objects.filter(purchase=purchase.pk).order_by("pk") if entry.action in ACTIONS]
    moved = _Moved.to(begin, entries[0]) if entries else _Moved(timedelta())
    so_far = _SoFar(regime)
    for entry in entries:
        act = ACTIONS[entry.action]
        on = moved.day(entry.at.astimezone(LOCAL).date())
        found = list(so_far.objections(act, entry, on))
        content = json.loads(entry.body)["content"]
        values = moved.values(act, content) | {"action.at": moved.moment(entry.at)}
        yield Replayed(entry, act, on, found + regime.ask(act.name, values, on, soften=purchase.by_reference))
        so_far.note(act, entry, content.get("born", []))


@dataclass(frozen=True)
class _Moved:
    by: timedelta

    @classmethod
    def to(cls, begin: date | None, first: Entry) -> _Moved:
        if begin is None:
            return cls(timedelta())
        days = (begin - first.at.astimezone(LOCAL).date()).days
        return cls(timedelta(days=-(-days // WEEK) * WEEK))

    def day(self, day: date) -> date:
        return day + self.by

    def moment(self, at: datetime) -> datetime:
        """Legal time is that of one place, without summer time: whole days keep the hour."""
        return at + self.by

    def values(self, act: Action, content: Mapping[str, Any]) -> dict[str, Any]:
        """The facts and the input as they were judged, in their declared types."""
        given = content.get("facts", {}) | {f"input.{name}": value for name, value in content.get("input", {}).items()}
        return {name: self._value(given[name], kind) for name, kind in act.vocabulary().items() if name in given}

    def _value(self, value: Any, kind: type) -> Any:
        if value is None or kind not in (date, datetime):
            return value
        return self.day(date.fromisoformat(value)) if kind is date else self.moment(datetime.fromisoformat(value))


def recorded(act: Action, content: Mapping[str, Any]) -> dict[str, Any]:
    """The facts and the input that an entry of this act keeps, as it was judged by them."""
    return _Moved(timedelta()).values(act, content)


class _SoFar:
    """What the purchase has come to, as far as the other regime's procedure and roles ask for it."""

    def __init__(self, regime: Regime) -> None:
        self.regime = regime
        self.reached: dict[str, set[str]] = defaultdict(set)  # a subject by its key
        self.done: list[tuple[str, int | None, str]] = []  # action, person, subject
        self.methods: dict[str, str] = {}

    def note(self, act: Action, entry: Entry, born: list[str]) -> None:
        if act.reaches is not None:
            self.reached[entry.subject].add(str(act.reaches))
        for key in born:
            self.reached[key].update(state for kind, state in BORN if kind == key.partition(":")[0])
        self.done.append((act.name, entry.person_id, entry.subject))

    def objections(self, act: Action, entry: Entry, on: date) -> Iterator[Finding]:
        """The first that the procedure has, and every pair of duties in force that one person joined."""
        who = self.regime.who(act.name)
        if who is None:
            yield kernel("procedure", action=act.name)
            return
        if act.sources is None and act.reaches is not None and (wrong := self._misplaced(act, entry)):
            yield wrong
        for pair in self.regime.incompatible:
            if act.name in pair.duties and pair.in_force(on):
                first = pair.duties[1] if act.name == pair.duties[0] else pair.duties[0]
                same = [subject for name, person, subject in self.done if (name, person) == (first, entry.person_id)]
                if entry.subject in same if pair.within == "subject" else same:
                    yield kernel("incompatible", pair.cite, first=first, second=act.name)

    def _misplaced(self, act: Action, entry: Entry) -> Finding | None:
        kind = act.subject.kind
        order = self.regime.order(kind, self._method(act.subject, entry.subject))
        if order is None or act.reaches not in order.milestones:
            return kernel("procedure", action=act.name)
        place = order.milestones.index(act.reaches)
        before = order.milestones[place - 1] if place else ""
        if not before or self.reached[entry.subject] & {before, *map(str, act.also_from)}:
            return None
        latest = next((m for m in reversed(order.milestones) if m in self.reached[entry.subject]), "")
        return kernel(
            "state", order.cite, action=act.name, state=f"{kind}:{latest}" if latest else "—", before=f"{kind}:{before}"
        )

    def _method(self, model: type[Subject], key: str) -> str:
        if key not in self.methods:
            row = model._default_manager.filter(pk=key.rpartition(":")[2]).first()
            self.methods[key] = row.method if row is not None else ""
        return self.methods[key]
