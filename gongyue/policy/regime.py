"""A regime: one merged body, compiled against the vocabulary, and every question that may be put to it."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from .cel import Activation, Condition, Functions, Undetermined, bind, local_day
from .choosing import Entry, Prevailing, first_in_force, ordered, prevailing
from .compiling import Compiler
from .entries import (
    Capacity,
    Citation,
    Dated,
    Disclosure,
    Division,
    Drop,
    Incompatible,
    Instrument,
    ObligationRule,
    Order,
    Parameter,
    Slot,
    Who,
)
from .errors import PackErrors
from .overlay import calendar_of, merge
from .pack import read_packs
from .periods import Due
from .programme import Programme
from .rules import Finding, Rule
from .schema import LEVELS
from .vocabulary import Vocabulary
from .words import fill

T = TypeVar("T")
S = TypeVar("S", bound=Entry)
Several = dict[str, list[T | Drop]]


class Regime:
    """The regulation of one place, answerable for any day. Raises PackErrors where it does not fit the vocabulary."""

    def __init__(self, body: Mapping[str, Any], vocabulary: Vocabulary) -> None:
        self.body = body
        self.vocabulary = vocabulary
        self.code: str = body["code"]
        self.name: dict[str, str] = body["name"]
        self.jurisdiction: str = body["jurisdiction"]
        self.calendar = calendar_of(body["calendar"])
        self.instruments = {name: Instrument.of(name, raw) for name, raw in body["instruments"].items()}
        self.slots = [Slot.of(raw) for raw in body["slots"]]
        self.capacities = {name: Capacity.of(name, raw) for name, raw in body["capacities"].items()}
        self.incompatible = tuple(Incompatible.of(raw) for raw in body["incompatible"])
        self.shared_duties = frozenset(duty for pair in self.incompatible for duty in pair.duties)
        self.programmes = {raw["id"]: Programme.of(raw) for raw in body["programmes"]}
        self.divisions = sorted(map(Division.of, body["divisions"]), key=lambda each: LEVELS.index(each.level))
        self._orders: Several[Order] = {
            key: [_entry(raw, Order.of) for raw in rows] for key, rows in body["procedure"].items()
        }
        self._who: Several[Who] = {key: [_entry(raw, Who.of) for raw in rows] for key, rows in body["actions"].items()}
        self._disclosures = _by_id(body["disclosures"], Disclosure.of)
        self._parameters = {name: Parameter.of(name, rows) for name, rows in body["parameters"].items()}
        self._over_rules = prevailing(body["conflicts"], "rule")
        self._over_parameters = prevailing(body["conflicts"], "parameter")
        self._over_actions = prevailing(body["conflicts"], "action")
        self._compile()
        self._ids = self._ids_by_action()
        self._turns = sorted(self._turning_days())
        self._params: dict[int, dict[str, Any]] = {}
        self._chosen: dict[tuple[str, int], list[Rule]] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._bound: dict[tuple[str, int], dict[str, Any]] = {}

    @classmethod
    def load(cls, roots: Sequence[Path], code: str, vocabulary: Vocabulary) -> Regime:
        """The regime of pack `code` as the folders give it now. Raises PackErrors."""
        return cls(merge(read_packs(roots, code=code), code), vocabulary)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the body as canonical JSON: under it the regime is stored, and named in every entry."""
        text = json.dumps(self.body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def catalogue(self) -> dict[str, dict[str, Any]]:
        """The kinds of service the regime names, by id, in its order."""
        return {entry["id"]: entry for entry in self.body["catalogue"]}

    @cached_property
    def frameworks(self) -> dict[str, dict[str, Any]]:
        """Forms and lists of items that the regime lays down, by id."""
        return {entry["id"]: entry for entry in self.body["frameworks"]}

    def _compile(self) -> None:
        """Compile every condition; raise all mistakes together."""
        compiler = Compiler(self.vocabulary, Functions(self.calendar), self._parameters, self._over_parameters)
        compiler.roles(self.body)
        compiler.procedure(self.body)
        self._rules = _by_id(self.body["rules"], compiler.rule)
        units = {name: parameter.unit for name, parameter in self._parameters.items()}
        self._obligations = _by_id(self.body["obligations"], lambda raw: ObligationRule.of(raw, units))
        self._whens: dict[str, Condition] = {}
        self._stops: dict[str, dict[str, Condition]] = {}
        for rule in self.all_obligations():
            if when := compiler.obligation(rule, self.capacities):
                self._whens[rule.where] = when
            self._stops[rule.where] = compiler.stops(rule)
        self._open: dict[tuple[str, str, str], Condition] = {}  # by id, condition and action
        for raw in self.body["disclosures"]:
            if not raw.get("drop"):
                asked = compiler.disclosure(raw)
                self._open |= {(raw["id"], raw["when"], action): when for action, when in asked.items()}
        if compiler.errors:
            raise PackErrors(compiler.errors)
        self._environment = compiler.environment
        self._units = compiler.message_units()

    def _ids_by_action(self) -> dict[str, tuple[list[str], list[str]]]:
        """For each action the ids of rules that may be asked: those resolved on the day of acting, and those whose
        day a fact gives."""
        out: dict[str, tuple[list[str], list[str]]] = {}
        for name, entries in self._rules.items():
            rules = [entry for entry in entries if isinstance(entry, Rule)]
            for action in dict.fromkeys(action for rule in rules for action in rule.on):
                out.setdefault(action, ([], []))[any(rule.as_of for rule in rules)].append(name)
        return out

    def _turning_days(self) -> set[date]:
        """The days on which which rules or values hold may change."""
        spans = [
            (e.from_, e.until) if isinstance(e, Rule) else (e.since, e.until) for es in self._rules.values() for e in es
        ]
        spans += [(value.since, value.until) for parameter in self._parameters.values() for value in parameter.values]
        over = [
            each.since
            for several in (self._over_rules, self._over_parameters)
            for es in several.values()
            for each in es
        ]
        return {d for since, until in spans for d in (since, until and until + timedelta(days=1)) if d} | set(over)

    def _epoch(self, on: date) -> int:
        return bisect_right(self._turns, on)

    def turn_after(self, on: date) -> date:
        """The next day after this one on which the law may be another."""
        at = bisect_right(self._changes, on)
        return self._changes[at] if at < len(self._changes) else date.max

    @cached_property
    def _changes(self) -> list[date]:
        spans = [(one.effective, one.expires) for one in self.instruments.values()]
        ends = {d for since, until in spans for d in (since, until and until + timedelta(days=1)) if d}
        return sorted({*self._turns, *ends})

    # Who, and in what order

    def order(self, kind: str, method: str = "", on: date | None = None) -> Order | None:
        """The milestones of a kind of subject (of this method, where that has an order of its own that holds), None
        where the regime does not use it. Without a day: the entry of highest precedence."""
        keys = ([f"{kind}.{method}"] if method else []) + [kind]
        return next((found for key in keys if (found := _holding(self._orders.get(key, ()), on))), None)

    @cached_property
    def _acted_on(self) -> frozenset[str]:
        """The kinds of subject that somebody may do something to."""
        actions = self.vocabulary.actions.items()
        return frozenset(spec.subject for name, spec in actions if self.who(name) is not None)

    def acts(self, kind: str) -> bool:
        """Whether this regime has any action on a kind of subject."""
        return kind in self._acted_on

    def who(self, action: str, on: date | None = None) -> Who | None:
        """The capacities in which an action may be done, None where the regime does not have it. Without a day: the
        entry of highest precedence."""
        return _holding(self._who.get(action, []), on, self._over_actions.get(action, ()))

    def performed(self, action: str, on: date) -> Who | None:
        """Who may do an action on a day, as the kernel asks it: by the law of that day where its subject is dated. None
        where nobody may, or where it reaches a milestone that no order of its subject uses."""
        spec = self.vocabulary.actions[action]
        if spec.reaches is not None and not spec.side and spec.reaches not in self._milestones.get(spec.subject, ()):
            return None
        return self.who(action, on if spec.subject in self.vocabulary.dated else None)

    @cached_property
    def _milestones(self) -> dict[str, set[str]]:
        """Of each kind of subject the milestones in any of its orders."""
        out: dict[str, set[str]] = {}
        for key, entries in self._orders.items():
            used = out.setdefault(key.partition(".")[0], set())
            used.update(*(order.milestones for order in entries if isinstance(order, Order)))
        return out

    @cached_property
    def turning_days(self) -> list[date]:
        """The days on which who may do what, or which duties hold, may change."""
        entries = [each for several in (self._who, self._obligations) for rows in several.values() for each in rows]
        ends = {day for one in entries for day in (one.since, one.until and one.until + timedelta(days=1)) if day}
        return sorted(ends | {over.since for several in self._over_actions.values() for over in several})

    def overruled(self, action: str, on: date | None = None) -> tuple[Who, Prevailing] | None:
        """Whom the place's own text has do this, and the conflict by which higher law has another do it; None where no
        conflict about the action is written, or none holds on the day."""
        over = [one for one in self._over_actions.get(action, ()) if on is None or one.since <= on]
        own = _holding(self._who.get(action, []), on)
        return (own, over[0]) if over and own is not None and own.pack != over[0].pack else None

    @cached_property
    def conflicts(self) -> list[tuple[str, str, Prevailing]]:
        """Where higher law prevails over the regime's own entries: (`rule`, `parameter` or `action`, its name, how)."""
        kinds = {"rule": self._over_rules, "parameter": self._over_parameters, "action": self._over_actions}
        return [(kind, name, one) for kind, over in kinds.items() for name, several in over.items() for one in several]

    # Figures

    def parameters(self) -> list[Parameter]:
        """All of them with their histories, by name."""
        return [self._parameters[name] for name in sorted(self._parameters)]

    def parameter(self, name: str, on: date) -> Dated | None:
        """The value on a day, None where there is none. Raises KeyError for a name no pack declares."""
        values = [value for value in self._parameters[name].values if value.value is not None]
        return first_in_force(values, on, self._over_parameters.get(name, ()))

    def params(self, on: date) -> dict[str, Any]:
        """`param.<name>` of every parameter with its value on a day, None where it has none."""
        epoch = self._epoch(on)
        if epoch not in self._params:
            found = {name: self.parameter(name, on) for name in self._parameters}
            self._params[epoch] = {f"param.{name}": value.value if value else None for name, value in found.items()}
        return self._params[epoch]

    # Rules

    def all_rules(self) -> list[Rule]:
        """Every rule of every pack in it, in order of precedence, whether or not another replaces it."""
        return [entry for entries in self._rules.values() for entry in entries if isinstance(entry, Rule)]

    def rules(self, action: str, on: date) -> list[Rule]:
        """The rules asked of an action on a day; for one that names a day of its own (`as_of`), as if it were `on`."""
        plain, dated = self._ids.get(action, ([], []))
        return [rule for name in plain + dated if (rule := self._rule(name, action, on))]

    def _rule(self, name: str, action: str, on: date) -> Rule | None:
        found = first_in_force(self._rules[name], on, self._over_rules.get(name, ()))
        return found if isinstance(found, Rule) and action in found.on else None

    def ask(self, action: str, values: Mapping[str, Any], on: date, soften: bool = False) -> list[Finding]:
        """What stands against an action with these facts (without parameters) on a day: nothing, or findings.

        `soften`: the action follows some instruments by reference only, whose rules then warn. Raises ValueError for
        a moment without a time zone.
        """
        asking = _Asking(self, action, values, soften)
        plain, dated = self._ids.get(action, ([], []))
        key = (action, self._epoch(on))
        if key not in self._chosen:
            self._chosen[key] = [rule for name in plain if (rule := self._rule(name, action, on))]
        found = [asking.put(rule, on) for rule in self._chosen[key]] + [
            self._ask_dated(name, asking, on) for name in dated
        ]
        return [finding for finding in found if finding]

    def _ask_dated(self, name: str, asking: _Asking, on: date) -> Finding | None:
        """A rule that may resolve on a day of its own: the first entry in force on its own day answers."""
        for entry in ordered(self._rules[name], on, self._over_rules.get(name, ())):
            as_of = entry.as_of if isinstance(entry, Rule) else ""
            moment = asking.values.get(as_of) if as_of else on
            if isinstance(entry, Rule) and moment is None:
                if asking.action not in entry.on or (entry.from_ and entry.from_ > on):
                    continue
                return asking.lost(entry, on)
            if moment is not None and entry.in_force(local_day(moment)):
                applies = isinstance(entry, Rule) and asking.action in entry.on
                return asking.put(entry, local_day(moment)) if isinstance(entry, Rule) and applies else None
        return None

    def bound_params(self, action: str, on: date) -> dict[str, Any]:
        """The parameters an action's rules may name, ready for its environment."""
        key = (action, self._epoch(on))
        if key not in self._bound:
            params = self.params(on)
            self._bound[key] = bind(params, params.keys() & self._named(action))
        return self._bound[key]

    def _named(self, action: str) -> frozenset[str]:
        """Everything that any rule on the action, as_of included, may look at."""
        if action not in self._names:
            plain, dated = self._ids.get(action, ([], []))
            rules = [e for name in plain + dated for e in self._rules[name] if isinstance(e, Rule) and action in e.on]
            self._names[action] = frozenset[str]().union(*(rule.names for rule in rules))
        return self._names[action]

    def activation(self, action: str, facts: Mapping[str, Any], on: date) -> Activation:
        """Bound facts and the day's parameters, for every rule of one asking."""
        return self._environment(action).ready({**facts, **self.bound_params(action, on)})

    def bound_facts(self, action: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The facts an action's rules may look at, ready for its environment."""
        return bind(values, self._named(action))

    def say(self, finding: Finding, lang: str) -> str:
        """The rule's sentence in `zh` or `en`, with the finding's figures. Raises KeyError for an unknown rule."""
        rules = [entry for entry in self._rules[finding.rule] if isinstance(entry, Rule)]
        rule = next((rule for rule in rules if rule.cite == finding.cite), rules[0])
        return fill(rule.message[lang], finding.figures, self._units, lang)

    def citation(self, cite: str) -> Citation:
        """The article behind `instrument#article`. Raises KeyError for an instrument the regime does not have."""
        name, _, article = cite.partition("#")
        return Citation(name, article, self.instruments[name].title, self.instruments[name].number)

    # Obligations

    def all_obligations(self) -> list[ObligationRule]:
        """Every obligation of every pack in it, in order of precedence, whether or not another replaces it."""
        return [
            entry for entries in self._obligations.values() for entry in entries if isinstance(entry, ObligationRule)
        ]

    def obligations_after(self, action: str) -> list[ObligationRule]:
        """Those that an action may open: ask `applies` of each."""
        return [rule for rule in self.all_obligations() if action in rule.after]

    def holds(self, rule: ObligationRule, on: date) -> bool:
        """Whether it is the one of its id in force on a day."""
        return first_in_force(self._obligations[rule.id], on) is rule

    def applies(self, rule: ObligationRule, values: Mapping[str, Any], on: date) -> bool:
        """Whether the action opens it on a day: it is the one of its id in force, and its `when` holds. One whose
        `when` cannot be judged applies: a duty is rather shown than lost."""
        if not self.holds(rule, on):
            return False
        when = self._whens.get(rule.where)
        return when is None or self._true(when, self._known_action(rule), values, on)

    def stops(self, rule: ObligationRule, action: str, values: Mapping[str, Any], on: date) -> bool:
        """Whether an action stops the clock of a duty. What cannot be judged stops nothing: time is rather counted than
        lost."""
        if all(stop.by != action for stop in rule.suspend):
            return False
        when = self._stops[rule.where].get(action)
        return when is None or self._true(when, action, values, on, unknown=False)

    def _true(self, when: Condition, action: str, values: Mapping[str, Any], on: date, *, unknown: bool = True) -> bool:
        facts = {**bind(values, when.names), **bind(self.params(on), when.names & self.params(on).keys())}
        try:
            return when.holds(self._environment(action).ready(facts))
        except Undetermined:
            return unknown

    def _known_action(self, rule: ObligationRule) -> str:
        return next(action for action in rule.after if action in self.vocabulary.actions)

    def due(self, rule: ObligationRule, values: Mapping[str, Any], on: date, turn: int = 1) -> Due:
        """The last day to act: `within` counted from the date named, with parameters as of `on`.

        A date named without a period is the day itself; without either there is no day, and that is known. A
        recurring one falls due every so often: its `turn`-th day is counted from the same start, so that months do
        not drift.
        """
        if rule.fixed_on:
            return Due(rule.fixed_on)
        start, period = values.get(rule.from_), rule.within or rule.every
        if period is None:
            return self._on(rule, start) if rule.from_ else Due(None)
        count = self.params(on)[f"param.{period.param}"] if period.param else period.value
        if start is None or count is None:
            return Due(None, False)
        begun = local_day(start)
        if turn > 1 and rule.every and rule.every.value:
            first = self.calendar.add(begun, count, period.unit, roll=False).on if rule.within else begun
            if first is None:
                return Due(None, False)
            period, count, begun = rule.every, rule.every.value * (turn - bool(rule.within)), first
        return self.calendar.add(begun, count, period.unit, roll=rule.roll)

    def _on(self, rule: ObligationRule, start: date | None) -> Due:
        if start is None:
            return Due(None, False)
        return self.calendar.rolled(local_day(start)) if rule.roll else Due(local_day(start))

    # Publication

    def disclosures_of(self, action: str, on: date | None = None) -> list[Disclosure]:
        """What must be published when an action is done. Without a day: the entries of highest precedence."""
        found = [_holding(entries, on) for entries in self._disclosures.values()]
        return [each for each in found if each and action in each.on]

    def publishes(self, disclosure: Disclosure, action: str, values: Mapping[str, Any], on: date) -> bool:
        """Whether an action done on a day with these facts is published by it. What cannot be judged is: openness is
        rather shown than lost, and an entry says what may be read of it."""
        when = self._open.get((disclosure.id, disclosure.when, action))
        return when is None or self._true(when, action, values, on)


class _Asking:
    """One asking of one action: its facts bound once, an environment's activation for each day asked about."""

    def __init__(self, regime: Regime, action: str, values: Mapping[str, Any], soften: bool) -> None:
        self.regime = regime
        self.action = action
        self.values = values
        self.soften = soften
        self.facts = regime.bound_facts(action, values)
        self.activations: dict[date, Activation] = {}

    def activation(self, on: date) -> Activation:
        if on not in self.activations:
            self.activations[on] = self.regime.activation(self.action, self.facts, on)
        return self.activations[on]

    def put(self, rule: Rule, on: date) -> Finding | None:
        soften = self.soften and self.regime.instruments[rule.cite.partition("#")[0]].by_reference
        everything = ChainMap(self.regime.params(on), dict(self.values))
        return rule.ask(self.action, self.activation(on), everything, soften=soften)

    def lost(self, rule: Rule, on: date) -> Finding | None:
        """The day the rule resolves on is not known: only its `when` can still excuse the action."""
        if rule.excused(self.action, self.activation(on)):
            return None
        return rule.undetermined(self.action, self.values, rule.as_of)


def _entry(raw: Mapping[str, Any], of: Callable[[Mapping[str, Any]], T]) -> T | Drop:
    return Drop.of(raw) if raw.get("drop") else of(raw)


def _by_id(rows: Iterable[Mapping[str, Any]], of: Callable[[Mapping[str, Any]], T]) -> Several[T]:
    out: Several[T] = {}
    for raw in rows:
        out.setdefault(raw["id"], []).append(_entry(raw, of))
    return out


def _holding(entries: Sequence[S | Drop], on: date | None, over: Sequence[Prevailing] = ()) -> S | None:
    """The entry that holds on a day; without a day the first, where a conflict is written the one that prevails."""
    found = first_in_force(entries, on, over) if on else next(iter(ordered(entries, date.max, over)), None)
    return None if isinstance(found, Drop) else found
