"""A story that many tests begin with is told by the real actions; its rows are laid down again for those after them.

Only from the very same beginning: every row of every table is compared. Never where a test patches something, nor
outside a test's own transaction. What is laid down is what the actions wrote, so nothing is tested less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Model

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story
from gongyue.kernel import regimes
from gongyue.kernel.models import Purchase
from gongyue.policy import Regime

P = ParamSpec("P")
R = TypeVar("R")
Row = tuple[Any, ...]
Key = tuple[str, str, int]


@dataclass(frozen=True)
class _Table:
    columns: tuple[str, ...]
    rows: dict[Any, Row]  # by the first column, which is the key


State = dict[str, _Table]


@dataclass(frozen=True)
class _Told:
    """The rows a telling added and those it changed, by table; the line's purchase and the result, to be read again."""

    added: dict[str, tuple[tuple[str, ...], list[Row]]]
    changed: list[tuple[str, dict[str, Any], str, Any]]
    purchase: int
    result: Any


_told: dict[Key, _Told] = {}
_heard: set[Key] = set()
_asleep: list[str] = []


def remembered(tell: Callable[Concatenate[Line, P], R]) -> Callable[Concatenate[Line, P], R]:
    """Walks a line on and returns nothing, the line or one row. Told twice it is kept, from then on it is laid down."""

    @wraps(tell)
    def again(line: Line, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if _asleep or not connection.in_atomic_block:
            return tell(line, *args, **kwargs)
        before = _state()
        known = line._purchase.pk if line._purchase else None
        told = repr((line.street.pk, known, args, kwargs, settings.MEDIA_ROOT))
        key = (f"{tell.__module__}.{tell.__qualname__}", told, _mark(before))
        if key in _told:
            return cast(R, _lay(_told[key], line))
        result = tell(line, *args, **kwargs)
        if key in _heard:
            _told[key] = _difference(before, _state(), line.purchase.pk, result)
        _heard.add(key)
        return result

    return again


@pytest.fixture(autouse=True, scope="session")
def stories_are_remembered() -> Iterator[None]:
    """The demonstration's stories too."""
    call = Story.__call__

    def tell(line: Line, story: Story, *details: Any) -> None:
        call(story, line, *details)

    again = remembered(tell)

    def told(self: Story, line: Line, *details: Any) -> None:
        again(line, self, *details)

    Story.__call__ = told  # type: ignore[method-assign]
    yield
    Story.__call__ = call  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def own_packs_are_read_once() -> Iterator[None]:
    """They stay as they are while the suite runs; what a test lays in a folder of its own is read each time."""
    read, kept, own = regimes._checked, {}, regimes.roots()

    def checked(code: str) -> tuple[Regime, str]:
        if regimes.roots() != own:
            return read(code)
        if code not in kept:
            kept[code] = read(code)
        return kept[code]

    regimes._checked = checked
    yield
    regimes._checked = read


@pytest.fixture(autouse=True)
def what_is_patched_is_told_anew(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that patches something hears its stories from the actions themselves."""
    if "monkeypatch" in request.node._fixtureinfo.argnames:
        _asleep.append(request.node.name)
    yield
    _asleep.clear()


@cache
def _computed() -> frozenset[tuple[str, str]]:
    """Columns that the database computes."""
    models = apps.get_models(include_auto_created=True)
    return frozenset((m._meta.db_table, f.column) for m in models for f in m._meta.local_fields if f.generated)


def _state() -> State:
    with connection.cursor() as cursor:
        return {table: _read(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def _read(cursor: Any, table: str) -> _Table:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
    columns = tuple(column[0] for column in cursor.description)
    rows = {row[0]: row for row in cursor.fetchall()}
    return _Table(columns, rows)


def _mark(state: State) -> int:
    return hash(tuple((name, tuple(table.rows.values())) for name, table in state.items()))


def _difference(before: State, after: State, purchase: int, result: Any) -> _Told:
    added, changed = {}, []
    for name, table in after.items():
        was = before[name].rows
        kept = [place for place, column in enumerate(table.columns) if (name, column) not in _computed()]
        if fresh := [tuple(row[place] for place in kept) for key, row in table.rows.items() if key not in was]:
            added[name] = (tuple(table.columns[place] for place in kept), fresh)
        for key, row in table.rows.items():
            values = {table.columns[p]: row[p] for p in kept if key in was and row[p] != was[key][p]}
            if values:
                changed.append((name, values, table.columns[0], key))
    gone = [(name, key) for name, table in before.items() for key in table.rows if key not in after[name].rows]
    assert not gone, f"a story that takes rows away cannot be laid down again: {gone}"
    return _Told(added, changed, purchase, (type(result), result.pk) if isinstance(result, Model) else result)


def _lay(told: _Told, line: Line) -> Any:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, rows) in told.added.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)
        for table, values, name, key in told.changed:
            assigned = ", ".join(f"{quote(column)} = %s" for column in values)
            cursor.execute(f"UPDATE {quote(table)} SET {assigned} WHERE {quote(name)} = %s", [*values.values(), key])
    line._purchase = line._purchase or Purchase.objects.get(pk=told.purchase)
    if isinstance(told.result, Line):
        return line
    if isinstance(told.result, tuple):
        kind, pk = told.result
        return kind._default_manager.get(pk=pk)
    return told.result
