"""Whether what a place owes can come up, and can be done by whoever owes it. Asked of packs before they are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .entries import ObligationRule
from .errors import PackError
from .regime import Regime


def wrong_duties(regime: Regime) -> list[PackError]:
    """Duties of a regime that nothing in it opens or that nobody owing them may do, unless it is declared why.

    A parent's duty that never comes up in the place is no mistake; one of its own is. A pack that is only extended
    has no acts of its own to compare: its duties are asked of each place that it governs.
    """
    if not regime.jurisdiction:
        return []
    faults = {(rule.where, rule.id): fault for rule in regime.all_obligations() if (fault := _fault(regime, rule))}
    declared = {name for entry in regime.body.get("idle", ()) for name in entry["duty"]}
    found = [PackError.at(where, f"{name}: {fault}") for (where, name), fault in faults.items() if name not in declared]
    return found + list(_needless(regime, {name for _, name in faults}))


def _needless(regime: Regime, faulty: set[str]) -> Iterator[PackError]:
    """Reasons that the place itself declares for a duty against which nothing stands, or which there is not."""
    for entry in regime.body.get("idle", ()):
        for name in entry["duty"] if entry["pack"] == regime.code else ():
            if name not in faulty:
                yield PackError.at(entry["where"], f"{name}: nothing stands against such a duty in {regime.code}")


def _fault(regime: Regime, rule: ObligationRule) -> str:
    """What is wrong with a duty on the first day on which something is; nothing where it is always in order."""
    first = rule.since or date.min
    turns = [day for day in regime.turning_days if day > first and (rule.until is None or day <= rule.until)]
    days = [day for day in (first, *turns) if regime.holds(rule, day)]
    opened = [day for day in days if any(regime.performed(action, day) for action in rule.after)]
    if days and not opened:
        own = rule.pack == regime.code
        return f"nothing opens it: in {regime.code} nobody may do {' or '.join(rule.after)}" if own else ""
    return next((fault for day in opened if (fault := _closing(regime, rule, day))), "")


def _closing(regime: Regime, rule: ObligationRule, on: date) -> str:
    who = regime.performed(rule.do, on)
    if who is None:
        opens = next(action for action in rule.after if regime.performed(action, on))
        return f"in {regime.code} {opens} opens it on {on}, but nobody may do {rule.do}"
    unable = [capacity for capacity in rule.who if capacity not in who.capacities]
    if unable:
        may = ", ".join(who.capacities)
        return f"in {regime.code} {', '.join(unable)} owes {rule.do} on {on}, but only {may} may do it"
    return ""
