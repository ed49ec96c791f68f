"""The one place that knows CEL: declared dotted variables in, a truth value or `Undetermined` out.

What the engine gets wrong for us is put right here: errors come back as values and never count as true; a variable
without a value is left unbound and `<name>_known` declared; dates become local midnights, and back inside functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from cel_expr_python import cel

from .periods import Calendar, NotYetKnown, months_later

Activation: TypeAlias = cel.Activation
LOCAL = ZoneInfo("Asia/Shanghai")
TYPES: dict[Any, cel.Type] = {
    bool: cel.Type.BOOL,
    int: cel.Type.INT,
    str: cel.Type.STRING,
    date: cel.Type.TIMESTAMP,
    datetime: cel.Type.TIMESTAMP,
    list[str]: cel.Type.List(cel.Type.STRING),
    dict[str, int]: cel.Type.Map(cel.Type.STRING, cel.Type.INT),
}
KNOWN = "_known"
_LITERALS = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|//[^\n]*", re.DOTALL)
_DOTTED = re.compile(r"(?<![\w.])[a-z_]\w*(?:\s*\.\s*[a-z_]\w*)+")
_REFUSED = (
    (re.compile(r"\bhas\s*\("), "has() reads the value itself: ask for its _known instead"),
    (
        re.compile(r"\bdouble\s*\(|(?<![\w.])[0-9]+\.[0-9]|(?<![\w.])[0-9]+[eE]"),
        "no fractions: use fen and basis points",
    ),
    (
        re.compile(r"\.\s*get[A-Z]\w*\s*\(\s*\)"),
        'name the time zone, as in getMonth("Asia/Shanghai"): without it CEL reads UTC',
    ),
)
_UNBOUND = re.compile(r'No value with name "([^"]+)"')
_CODE = re.compile(r"^[A-Z_]+: ")


class Undetermined(Exception):
    """The expression has no truth value. `missing` names the variable without a value, or says what went wrong."""

    def __init__(self, missing: str) -> None:
        self.missing = missing
        super().__init__(missing)


def local_day(moment: date) -> date:
    """The day in China of a date or of a moment with its time zone."""
    return moment.astimezone(LOCAL).date() if isinstance(moment, datetime) else moment


def midnight(day: date) -> datetime:
    """The beginning of the day in China."""
    return datetime.combine(day, time(), LOCAL)


def bind(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """Those of the values as CEL takes them. One that is None is left unbound and its `<name>_known` is false; one
    that is not given at all leaves both unbound. Raises ValueError for a moment without a time zone."""
    bound: dict[str, Any] = {}
    for name in names:
        if name not in values:
            continue
        value = values[name]
        bound[name + KNOWN] = value is not None
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError(f"{name} has no time zone")
            bound[name] = value
        elif isinstance(value, date):
            bound[name] = midnight(value)
        elif value is not None:
            bound[name] = list(value) if isinstance(value, (tuple, set, frozenset)) else value
    return bound


@dataclass(frozen=True)
class Condition:
    """A compiled boolean expression, the variables it names, and those whose being known it asks."""

    source: str
    program: cel.Expression
    names: frozenset[str]
    guarded: frozenset[str]

    def holds(self, activation: Activation) -> bool:
        """Raises Undetermined where there is no truth value."""
        try:
            value = self.program.eval(activation).value()
        except RuntimeError as error:  # the engine's own limits raise
            raise Undetermined(_CODE.sub("", str(error))) from None
        if value is True or value is False:
            return bool(value)
        found = _UNBOUND.search(str(value))
        raise Undetermined(found[1].removesuffix(KNOWN) if found else _CODE.sub("", str(value)))


class Functions:
    """What expressions may call, over one calendar. Days are days in China; nothing here rolls over rest days."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        moment, whole = cel.Type.TIMESTAMP, cel.Type.INT
        self.declarations = [
            _declare("days_between", whole, [moment, moment], _days_between),
            _declare("workdays_between", whole, [moment, moment], self._workdays_between),
            _declare("add_days", moment, [moment, whole], _add_days),
            _declare("add_workdays", moment, [moment, whole], self._add_workdays),
            _declare("add_months", moment, [moment, whole], _add_months),
            _declare("year_of", whole, [moment], _year_of),
        ]
        self._smoke()

    def _workdays_between(self, start: datetime, end: datetime) -> int:
        return self.calendar.workdays_between(local_day(start), local_day(end))

    def _add_workdays(self, start: datetime, count: int) -> datetime:
        return midnight(self.calendar.workdays_later(local_day(start), count))

    def _smoke(self) -> None:
        """A function that is declared but cannot be called fails only when asked; so ask each once."""
        environment = Environment({"a.b": date}, self)
        activation = environment.activate({"a.b": date(self.calendar.first_year or 2010, 1, 29)})
        calls = ("days_between(a.b, a.b) == 0", "workdays_between(a.b, a.b) == 0", "add_days(a.b, 0) == a.b",
                 "add_workdays(a.b, 0) == a.b", "add_months(a.b, 0) == a.b", "year_of(a.b) > 0")  # fmt: skip
        for call in calls:
            try:
                works = environment.compile(call).holds(activation)
            except Undetermined as reason:
                works = not self.calendar.years and str(reason) == str(NotYetKnown(2010))
            if not works:
                raise RuntimeError(f"CEL does not call {call}")


def _declare(name: str, returns: cel.Type, takes: list[cel.Type], impl: Callable[..., Any]) -> cel.FunctionDecl:
    overload = "_".join([name, *("ts" if kind == cel.Type.TIMESTAMP else "int" for kind in takes)])
    return cel.FunctionDecl(name, [cel.Overload(overload, returns, takes, impl=impl)])


def _days_between(start: datetime, end: datetime) -> int:
    return (local_day(end) - local_day(start)).days


def _add_days(start: datetime, count: int) -> datetime:
    return midnight(local_day(start) + timedelta(days=count))


def _add_months(start: datetime, count: int) -> datetime:
    return midnight(months_later(local_day(start), count))


def _year_of(moment: datetime) -> int:
    return local_day(moment).year


class Environment:
    """The variables that one action's rules may name, each with its Python type (one of TYPES; else TypeError)."""

    def __init__(self, variables: Mapping[str, Any], functions: Functions) -> None:
        self.names = frozenset(variables)
        for name, kind in variables.items():
            if kind not in TYPES:
                raise TypeError(f"{name} is {kind}, which a rule cannot take")
        declared = {name: TYPES[kind] for name, kind in variables.items()}
        declared |= {name + KNOWN: cel.Type.BOOL for name in variables}
        self._env = cel.NewEnv(variables=declared, functions=functions.declarations)

    def activate(self, values: Mapping[str, Any]) -> Activation:
        """The values bound once, for any number of expressions of this environment."""
        return self.ready(bind(values, self.names))

    def ready(self, bound: Mapping[str, Any]) -> Activation:
        """The same from values that `bind` has already turned."""
        return self._env.Activation(bound)

    def compile(self, source: str) -> Condition:
        """Raises ValueError (`line:column: reason`, within the expression) for anything but a boolean expression."""
        bare = _LITERALS.sub(lambda found: '"' + " " * (len(found[0]) - 2) + '"', source)
        for pattern, reason in _REFUSED:
            if found := pattern.search(bare):
                raise ValueError(f"{_place(bare, found.start())}: {reason}")
        try:
            program = self._env.compile(source)
        except RuntimeError as error:
            where = re.search(r"<input>:(\d+):(\d+): (.*?)(?: \(in container|\n|$)", str(error))
            raise ValueError(f"{where[1]}:{where[2]}: {where[3]}" if where else str(error)) from None
        if program.return_type() != cel.Type.BOOL:
            raise ValueError(f"1:1: a condition must be true or false, this is {program.return_type().name()}")
        asked = {name for match in _DOTTED.findall(bare) if (name := self._longest("".join(match.split())))}
        return Condition(
            source,
            program,
            frozenset(name.removesuffix(KNOWN) if name not in self.names else name for name in asked),
            frozenset(name.removesuffix(KNOWN) for name in asked if name not in self.names),
        )

    def _longest(self, dotted: str) -> str | None:
        """The variable in `tender.on.getMonth`: the longest beginning that is one."""
        parts = dotted.split(".")
        beginnings = (".".join(parts[:end]) for end in range(len(parts), 1, -1))
        return next((b for b in beginnings if b in self.names or b.removesuffix(KNOWN) in self.names), None)


def _place(text: str, index: int) -> str:
    before = text[:index]
    return f"{before.count(chr(10)) + 1}:{index - before.rfind(chr(10))}"
