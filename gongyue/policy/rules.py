"""Rules that are compiled, and what asking them finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from .cel import LOCAL, Activation, Condition, Undetermined, local_day
from .entries import Text, within

Severity = Literal["block", "warn", "undetermined"]


@dataclass(frozen=True)
class Finding:
    """What a rule says against an action. `figures` are the values of its names, fit for JSON; `missing` says what
    an undetermined one lacked. The sentence is written by Regime.say."""

    rule: str
    severity: Severity
    cite: str
    figures: Mapping[str, Any]
    missing: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the action may not be done. What cannot be judged blocks too; a warning does not."""
        return self.severity != "warn"


@dataclass(frozen=True)
class Asked:
    """One rule compiled for one action."""

    when: Condition | None
    require: Condition
    figures: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """What must hold when one of `on` is done, from `from_` to `until` (both inclusive), as `pack` gives it."""

    id: str
    on: tuple[str, ...]
    severity: Severity
    cite: str
    when: str
    require: str
    message: Text
    reading: Text | None
    clauses: tuple[str, ...]
    from_: date | None
    until: date | None
    pack: str
    as_of: str
    where: str
    names: frozenset[str] = frozenset()
    guarded: frozenset[str] = frozenset()
    asked: Mapping[str, Asked] = field(default_factory=dict, repr=False, compare=False)

    def in_force(self, on: date) -> bool:
        return within(on, self.from_, self.until)

    @property
    def sources(self) -> dict[str, str]:
        """The CEL text of `when` (where there is one) and `require`."""
        return {"when": self.when, "require": self.require} if self.when else {"require": self.require}

    def compiled(self, asked: Mapping[str, Asked]) -> Rule:
        """The rule with its conditions, one pair an action."""
        conditions = [c for each in asked.values() for c in (each.when, each.require) if c]
        return replace(
            self,
            asked=dict(asked),
            names=frozenset().union(*(each.figures for each in asked.values())),
            guarded=frozenset().union(*(c.guarded for c in conditions)),
        )

    def ask(
        self, action: str, activation: Activation, values: Mapping[str, Any], *, soften: bool = False
    ) -> Finding | None:
        """None where the rule is satisfied or does not apply."""
        asked = self.asked[action]
        try:
            if (asked.when and not asked.when.holds(activation)) or asked.require.holds(activation):
                return None
        except Undetermined as reason:
            return self.undetermined(action, values, reason.missing)
        return Finding(self.id, "warn" if soften else self.severity, self.cite, self.figures(action, values))

    def excused(self, action: str, activation: Activation) -> bool:
        """Whether `when` certainly leaves this action out."""
        when = self.asked[action].when
        try:
            return when is not None and not when.holds(activation)
        except Undetermined:
            return False

    def undetermined(self, action: str, values: Mapping[str, Any], missing: str) -> Finding:
        return Finding(self.id, "undetermined", self.cite, self.figures(action, values), missing)

    def figures(self, action: str, values: Mapping[str, Any]) -> dict[str, Any]:
        now = values.get("action.at")
        return {name: _figure(values.get(name), now) for name in sorted(self.asked[action].figures)}


def _figure(value: Any, now: Any) -> Any:
    """As `jsonable`; another moment of the very day with its hour: the day alone would not tell whether it has come."""
    moments = isinstance(value, datetime) and isinstance(now, datetime)
    if moments and value != now and local_day(value) == local_day(now):
        return f"{value.astimezone(LOCAL):%Y-%m-%d %H:%M}"
    return jsonable(value)


def jsonable(value: Any) -> Any:
    """A fact's value as JSON keeps it; of a moment the day in China."""
    if isinstance(value, date):
        return local_day(value).isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
