"""Checking a merged regime against the vocabulary and compiling its conditions. Mistakes are noted, not raised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from .cel import Condition, Environment, Functions
from .choosing import Prevailing, first_in_force
from .entries import ObligationRule, Parameter, day
from .errors import PackError
from .rules import Asked, Rule
from .shapes import guess
from .units import PERIODS, TYPES
from .vocabulary import ActionSpec, Vocabulary
from .words import named_in

MOMENTS = (date, datetime)


class Compiler:
    """Holds one environment an action; `errors` grows."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        functions: Functions,
        parameters: Mapping[str, Parameter],
        over: Mapping[str, list[Prevailing]],
    ) -> None:
        self.vocabulary = vocabulary
        self.functions = functions
        self.parameters = parameters
        self.over = over
        self.types = {f"param.{name}": TYPES[p.unit] for name, p in parameters.items()}
        self.environments: dict[str, Environment] = {}
        self.errors: list[PackError] = []

    def refuse(self, where: str, reason: str) -> None:
        self.errors.append(PackError.at(where, reason))

    def environment(self, action: str) -> Environment:
        if action not in self.environments:
            names = {**self.vocabulary.actions[action].names, **self.types}
            self.environments[action] = Environment(names, self.functions)
        return self.environments[action]

    def known(self, name: str, actions: Iterable[str], where: str) -> list[str]:
        """Those of the actions that exist; the others are refused."""
        all_known = self.vocabulary.actions
        for action in (a for a in actions if a not in all_known):
            self.refuse(where, f"{name}: unknown action {action}{guess(action, all_known)}")
        return [action for action in actions if action in all_known]

    def rule(self, body: Mapping[str, Any]) -> Rule:
        """One entry of a body's `rules`, compiled for each of its actions."""
        rule = Rule(
            body["id"], tuple(body["on"]), body.get("severity", "block"), body["cite"], body.get("when", ""),
            body["require"], body["refuse"], body.get("reading"), tuple(body["clauses"]), day(body["since"]),
            day(body["until"]), body["pack"], body.get("as_of", ""), body["where"],
        )  # fmt: skip
        asked = {
            action: each for action in self.known(rule.id, rule.on, rule.where) if (each := self._asked(rule, action))
        }
        rule = rule.compiled(asked)
        self._covered(rule.id, rule.names - rule.guarded, rule)
        return rule

    def _asked(self, rule: Rule, action: str) -> Asked | None:
        called = f"{rule.id} (on {action})" if len(rule.on) > 1 else rule.id
        when = self.condition(f"{called}: when", rule.when, action, rule.where) if rule.when else None
        require = self.condition(called, rule.require, action, rule.where)
        named = {name for message in rule.message.values() for name in named_in(message)}
        for name in sorted(named - self.environment(action).names):
            self.refuse(rule.where, f"{called}: the message names {name}, which nothing declares")
        if rule.as_of:
            self._moment(f"{called}: as_of", rule.as_of, action, rule.where)
        if require is None or (rule.when and when is None):
            return None
        return Asked(when, require, frozenset(named) | require.names | (when.names if when else frozenset()))

    def condition(self, called: str, source: str, action: str, where: str) -> Condition | None:
        try:
            return self.environment(action).compile(source)
        except ValueError as reason:
            self.refuse(where, f"{called}: {reason}")
            return None

    def _moment(self, called: str, name: str, action: str, where: str) -> None:
        names = self.vocabulary.actions[action].names
        if name not in names:
            self.refuse(where, f"{called}: {action} has no {name}{guess(name, names)}")
        elif names[name] not in MOMENTS:
            self.refuse(where, f"{called}: {name} is not a date")

    def _covered(self, called: str, names: Iterable[str], entry: Rule | ObligationRule) -> None:
        """Every parameter must have a value on every day on which the entry may ask for it."""
        since = entry.from_ if isinstance(entry, Rule) else entry.since
        if since is None or (entry.until and entry.until < since):
            return
        for name in sorted(self.types.keys() & set(names)):
            gap = self._gap(name.removeprefix("param."), since, entry.until)
            if gap:
                until = f"to {entry.until}" if entry.until else "on"
                self.refuse(entry.where, f"{called}: {name} has no value on {gap}, but is needed from {since} {until}")

    def _gap(self, name: str, since: date, until: date | None) -> date | None:
        """The first day of the interval on which the parameter has no value."""
        values = [value for value in self.parameters[name].values if value.value is not None]
        turns = {since, *(v.since for v in values), *(v.until + timedelta(days=1) for v in values if v.until)}
        turns |= {each.since for each in self.over.get(name, ())}
        for turn in sorted(t for t in turns if since <= t and (until is None or t <= until)):
            if first_in_force(values, turn, self.over.get(name, ())) is None:
                return turn
        return None

    def obligation(self, rule: ObligationRule, capacities: Mapping[str, Any]) -> Condition | None:
        """Check one obligation; its compiled `when`, if it has one."""
        after = self.known(rule.id, rule.after, rule.where)
        stops = [name for stop in rule.suspend for name in (stop.by, *stop.until)]
        self.known(rule.id, (rule.do, *stops, *rule.lapse), rule.where)
        self.capacities(rule.id, rule.who, capacities, rule.where)
        whens = [self.condition(f"{rule.id}: when", rule.when, action, rule.where) for action in after if rule.when]
        for action in after if rule.from_ else ():
            self._moment(f"{rule.id}: from", rule.from_, action, rule.where)
        self._limit(rule)
        if whens and whens[0]:
            self._covered(rule.id, whens[0].names - whens[0].guarded, rule)
        return whens[0] if whens else None

    def stops(self, rule: ObligationRule) -> dict[str, Condition]:
        """The compiled conditions of what stops its clock, by the action that does."""
        asked = [stop for stop in rule.suspend if stop.when and stop.by in self.vocabulary.actions]
        found = [(stop.by, self.condition(f"{rule.id}: suspend", stop.when, stop.by, rule.where)) for stop in asked]
        return {action: condition for action, condition in found if condition is not None}

    def _limit(self, rule: ObligationRule) -> None:
        """A limit by parameter must exist, be a length of time, and have a value throughout."""
        name = rule.within.param if rule.within else ""
        if self._length(rule.id, name, rule.where) and name:
            self._covered(rule.id, [f"param.{name}"], rule)

    def _length(self, called: str, name: str, where: str) -> bool:
        """Whether a parameter, where one is named, is there and is a length of time."""
        if name and name not in self.parameters:
            self.refuse(where, f"{called}: unknown parameter {name}{guess(name, self.parameters)}")
            return False
        if name and self.parameters[name].unit not in PERIODS:
            self.refuse(where, f"{called}: {name} is in {self.parameters[name].unit}, not a length of time")
            return False
        return True

    def capacities(self, called: str, who: Iterable[str], capacities: Mapping[str, Any], where: str) -> None:
        for capacity in (c for c in who if c not in capacities):
            self.refuse(where, f"{called}: unknown capacity {capacity}{guess(capacity, capacities)}")

    def roles(self, body: Mapping[str, Any]) -> None:
        for action, entries in body["actions"].items():
            for entry in entries:
                self.known("actions", [action], entry["where"])
                self.capacities(action, entry.get("who", ()), body["capacities"], entry["where"])
        for pair in body["incompatible"]:
            self.known("incompatible", pair["duties"], pair["where"])

    def procedure(self, body: Mapping[str, Any]) -> None:
        milestones = self.vocabulary.milestones
        for key, entries in body["procedure"].items():
            kind, _, method = key.partition(".")
            for entry in entries:
                if kind not in milestones:
                    self.refuse(entry["where"], f"unknown kind of subject {kind}{guess(kind, milestones)}")
                    continue
                variants = self.vocabulary.variants.get(kind)
                if method and variants is not None and method not in variants:
                    self.refuse(entry["where"], f"{kind} has no variant {method}{guess(method, variants)}")
                self._order(key, kind, entry)
            if kind in milestones:
                self._reachable(key, kind, entries[0], body["actions"])

    def _order(self, key: str, kind: str, entry: Mapping[str, Any]) -> None:
        known, order = self.vocabulary.milestones[kind], entry.get("order", [])
        for milestone in sorted({m for m in order if order.count(m) > 1}):
            self.refuse(entry["where"], f"{key}: {milestone} stands twice")
        for milestone in (m for m in order if m not in known):
            self.refuse(entry["where"], f"{key}: unknown milestone {milestone}{guess(milestone, known)}")
        for minimum in entry.get("minima", ()):
            self._minimum(key, kind, order, minimum, entry["where"])
        others = [one for minimum in entry.get("minima", ()) for one in minimum.get("alternatives", ())]
        for twice in sorted({one["id"] for one in others if sum(one["id"] == each["id"] for each in others) > 1}):
            self.refuse(entry["where"], f"{key}: {twice} stands twice")
        for other in others:
            if sorted(other.get("order", order)) != sorted(order):
                self.refuse(entry["where"], f"{key}: {other['id']} orders other milestones")
            for minimum in other.get("minima", ()):
                self._minimum(key, kind, order, minimum, entry["where"])

    def _minimum(self, key: str, kind: str, order: list[str], minimum: Mapping[str, str], where: str) -> None:
        """It holds back a milestone of the order, after one that there is, by a length of time."""
        if minimum["to"] not in order:
            self.refuse(where, f"{key}: a minimum for {minimum['to']}, which is not in the order")
        other, dot, milestone = minimum["after"].rpartition(".")
        if milestone not in self.vocabulary.milestones.get(other if dot else kind, ()):
            self.refuse(where, f"{key}: unknown milestone {minimum['after']}")
        self._length(key, minimum.get("least", ""), where)

    def _reachable(self, key: str, kind: str, entry: Mapping[str, Any], actions: Mapping[str, Any]) -> None:
        """To each milestone of the order that holds, somebody may do an action that leads there."""
        for milestone in entry.get("order", ()):
            if milestone not in self.vocabulary.milestones[kind] or (kind, milestone) in self.vocabulary.born:
                continue
            reach = sorted(a for a, spec in self.vocabulary.actions.items() if _leads(spec, kind, milestone))
            if not reach:
                self.refuse(entry["where"], f"{key}: no action reaches {milestone}")
            elif not any(action in actions and not actions[action][0].get("drop") for action in reach):
                self.refuse(entry["where"], f"{key}: nobody may do {' or '.join(reach)}, which reaches {milestone}")

    def disclosure(self, body: Mapping[str, Any]) -> dict[str, Condition]:
        """Check one disclosure; its compiled `when`, if it has one, by the action."""
        actions = self.known(body["id"], body["on"], body["where"])
        for action in actions:
            names = {*self.vocabulary.actions[action].names, *self.types}
            for name in (n for n in body["fields"] if n not in names):
                self.refuse(body["where"], f"{body['id']}: {action} has no {name}{guess(name, names)}")
        asked = [(one, body["when"]) for one in actions if body.get("when")]
        found = [(one, self.condition(f"{body['id']}: when", when, one, body["where"])) for one, when in asked]
        return {action: condition for action, condition in found if condition is not None}

    def message_units(self) -> dict[str, str]:
        """The unit of each `param.*`, for figures in sentences."""
        return {f"param.{name}": parameter.unit for name, parameter in self.parameters.items()}


def _leads(spec: ActionSpec, kind: str, milestone: str) -> bool:
    """Whether the action is the main way to the milestone."""
    return spec.subject == kind and spec.reaches == milestone and not spec.side
