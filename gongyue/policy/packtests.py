"""A pack's own tests: named rules put to given facts, as a jurist writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_origin

from .cel import local_day, midnight
from .overlay import merge
from .pack import read_packs
from .regime import Regime
from .rules import Finding
from .shapes import guess
from .vocabulary import Vocabulary


def run_pack_tests(roots: Sequence[Path], code: str, vocabulary: Vocabulary) -> list[str]:
    """Every failure of the pack's `tests/*.yaml`, `file:line: name: what`. Raises PackErrors where it does not load."""
    packs = read_packs(roots, code=code)
    regime = Regime(merge(packs, code), vocabulary)
    return [
        f"{test['where']}: {test['name']}: {fault}"
        for test in packs[code].entries("tests")
        for fault in _faults(regime, test)
    ]


def _faults(regime: Regime, test: Mapping[str, Any]) -> Iterator[str]:
    action = test["on"]
    if action not in regime.vocabulary.actions:
        yield f"unknown action {action}{guess(action, regime.vocabulary.actions)}"
        return
    at = test["at"] if isinstance(test["at"], datetime) else midnight(test["at"])
    if at.tzinfo is None:
        at = at.replace(tzinfo=midnight(at.date()).tzinfo)
    expect, passes = test.get("expect", []), test.get("passes", [])
    asked = test.get("rules") or [*expect, *passes]
    if not asked:
        yield "no rule is asked: name them in expect, passes or rules"
    values, wrong = _values(regime.vocabulary.actions[action].names, test["given"])
    wrong += _unknown(regime, action, asked, [*expect, *passes])
    yield from wrong
    if not wrong:
        found = regime.ask(action, {"action.at": at, **values}, local_day(at))
        yield from _compare(asked, expect, passes, {f.rule: f for f in found}, _in_force(regime, action, at, values))


def _values(names: Mapping[str, type], given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The given facts in their declared types, and what is wrong with them."""
    values: dict[str, Any] = {}
    wrong = []
    for name, value in given.items():
        if name not in names:
            wrong.append(f"nothing declares {name}{guess(name, names)}")
        elif value is None or _fits(value, names[name]):
            moment = names[name] is datetime and isinstance(value, date)
            values[name] = _moment(value) if moment else value
        else:
            wrong.append(f"{name} is given as {value!r}, which is not {_called(names[name])}")
    return values, wrong


def _moment(value: date) -> datetime:
    if not isinstance(value, datetime):
        return midnight(value)
    return value if value.tzinfo else value.replace(tzinfo=midnight(value.date()).tzinfo)


def _fits(value: Any, kind: Any) -> bool:
    if get_origin(kind) is list:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if get_origin(kind) is dict:
        return isinstance(value, dict) and all(type(each) is int for each in value.values())
    if kind in (date, datetime):
        return isinstance(value, date) and (kind is datetime or not isinstance(value, datetime))
    return type(value) is kind


def _called(kind: Any) -> str:
    return str(kind) if get_origin(kind) else str(kind.__name__)


def _unknown(regime: Regime, action: str, asked: Sequence[str], named: Sequence[str]) -> list[str]:
    ids = {rule.id for rule in regime.all_rules() if action in rule.on}
    wrong = [f"no rule {name} on {action}{guess(name, ids)}" for name in asked if name not in ids]
    return wrong + [f"{name} is expected, but not among rules" for name in named if name not in asked]


def _in_force(regime: Regime, action: str, at: datetime, values: Mapping[str, Any]) -> set[str]:
    """The rules asked on the day, those with a day of their own on that."""
    days = {rule.id: values.get(rule.as_of) or at for rule in regime.all_rules() if rule.as_of and action in rule.on}
    ids = {rule.id for rule in regime.rules(action, local_day(at)) if rule.id not in days}
    return ids | {name for name, day in days.items() if name in {r.id for r in regime.rules(action, local_day(day))}}


def _compare(
    asked: Sequence[str], expect: Sequence[str], passes: Sequence[str], found: Mapping[str, Finding], in_force: set[str]
) -> Iterator[str]:
    for name in asked:
        finding = found.get(name)
        if finding is None:
            if name in expect:
                yield f"{name} does not object" if name in in_force else f"{name} is not in force on the day"
            elif name in passes and name not in in_force:
                yield f"{name} is not in force on the day"
        elif finding.severity == "undetermined":
            yield f"{name} cannot be judged: {finding.missing}"
        elif name not in expect:
            yield f"{name} objects, which is not expected: {dict(finding.figures)}"
