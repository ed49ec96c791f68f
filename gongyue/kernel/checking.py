"""Checking the rows of a batch with their form: what was seen before in a column is not cleaned a second time."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, repeat
from operator import itemgetter
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget, Widget
from django.utils.translation import override

from gongyue.ledger.append import commitment
from gongyue.ledger.canonical import canonical, plain

LONGEST = 200  # signs of a reason that are kept: it may quote what was typed
REMEMBERED = 20_000  # different values of a column
CHUNK = 5000  # rows checked, written, and read, at once
T = TypeVar("T")


Checked = tuple[str, str]  # a row as canonical JSON, and what is wrong with it: a line for each thing, "" for nothing


def rows(form: forms.Form, given: Iterable[Mapping[str, str]]) -> Iterator[Checked]:
    """One form serves all rows: to make one costs several times as much as to clean one."""
    if not _by_field(form):
        yield from (_whole(form, row) for row in given)
        return
    quick = _Quick(form)
    for several in chunks(given):
        for row, text in zip(several, quick.texts(several), strict=True):
            yield _whole(form, row) if text is None else (text, "")


def personal(form: forms.Form | type[forms.Form]) -> list[str]:
    """The fields that are about a person."""
    return [name for name, field in form.base_fields.items() if getattr(field, "personal", False)]


def rows_apart(form: forms.Form, given: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str, str | None]]:
    """As `rows`, of a form with personal fields: what they hold stands in the row as a salted commitment, as it would
    in an entry, and salts and values come beside it as JSON (None: the row says nothing about a person)."""
    for row in given:
        text, fault = _whole(form, row)
        values = json.loads(text)
        opened = {
            name: {"salt": secrets.token_hex(16), "value": values[name]} for name in personal(form) if values[name]
        }  # fmt: skip
        hidden = {name: _hidden(one) for name, one in opened.items()}
        yield written(values | hidden), fault, written(opened) if opened else None


def _hidden(opened: Mapping[str, Any]) -> dict[str, str]:
    return {"commitment": commitment(opened["salt"], opened["value"])}


def revealed(row: Mapping[str, Any], opened: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its personal values in their place. ValueError: one of them is not what the row commits to."""
    for name, one in opened.items():
        if row.get(name) != _hidden(one):
            raise ValueError(f"{name} is not what was staged")
    return {**row, **{name: one["value"] for name, one in opened.items()}}


def chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    """As many at a time as are written at once."""
    several = iter(rows)
    while chunk := list(islice(several, CHUNK)):
        yield chunk


def written(data: Any) -> str:
    """The canonical text of a row read back from JSON: nothing in it needs to be made plain any more."""
    return _dumps(data)


def read(texts: list[str]) -> list[Any]:
    """Several rows from their JSON: one list is read several times as fast as its parts are."""
    return list(json.loads(f"[{','.join(texts)}]"))


_dumps = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def _by_field(form: forms.Form) -> bool:
    """Whether each field is cleaned by itself: the form looks at no row as a whole."""
    whole = type(form).clean is not forms.Form.clean or any(hasattr(form, f"clean_{name}") for name in form.fields)
    return not whole and all(_as_typed(field.widget) for field in form.fields.values())


def _as_typed(widget: Widget) -> bool:
    """Whether a widget gives its field what stands under its name, as it stands there."""
    if isinstance(widget, ChoiceWidget):
        return not widget.allow_multiple_selected
    return type(widget).value_from_datadict is Widget.value_from_datadict


class _Quick:
    """Cleans column by column and remembers; a row that does not pass is left to the form, which says why."""

    def __init__(self, form: forms.Form) -> None:
        self.names = sorted(form.fields)
        self.fields = [form.fields[name] for name in self.names]
        self.keys = [f"{',' if number else '{'}{_dumps(name)}:" for number, name in enumerate(self.names)]
        self.seen: list[dict[Any, str | None]] = [{} for _name in self.names]

    def texts(self, rows: list[Mapping[str, str]]) -> list[str | None]:
        """Canonical JSON of each cleaned row; None: something is wrong with it."""
        columns = enumerate(zip(*self._values(rows), strict=True))
        parts = zip(*(self._parts(number, column) for number, column in columns), repeat("}"), strict=False)
        return [None if None in row else "".join(row) for row in parts]

    def _values(self, rows: list[Mapping[str, str]]) -> list[tuple[Any, ...]]:
        """What stands under each name; None where a row has nothing there."""
        try:
            several = list(map(itemgetter(*self.names), rows))
        except KeyError:
            return [tuple(map(row.get, self.names)) for row in rows]
        return several if len(self.names) > 1 else [(value,) for value in several]

    def _parts(self, column: int, values: tuple[Any, ...]) -> list[str | None]:
        """One field of several rows, with its name and the sign before it; None where it does not take the value."""
        known = self.seen[column]
        if new := set(values).difference(known):
            known = known | {value: self._part(column, value) for value in new}
            if len(known) <= REMEMBERED:
                self.seen[column] = known
        return list(map(known.__getitem__, values))

    def _part(self, column: int, value: str | None) -> str | None:
        try:
            return self.keys[column] + _dumps(plain(self.fields[column].clean(value)))
        except ValidationError:
            return None


def _whole(form: forms.Form, row: Mapping[str, str]) -> Checked:
    form.data, form.is_bound = dict(row), True
    form.full_clean()
    if form.errors:
        typed = {name: str(row.get(name, "")).replace("\0", "\ufffd") for name in form.fields}
        return canonical(typed), _fault(form)
    return canonical(form.cleaned_data), ""


def _fault(form: forms.Form) -> str:
    with override("zh-hans"):
        return "\n".join(
            " ".join(f"{_label(form, name)}{str(reason)[:LONGEST]}".replace("\0", "\ufffd").split())
            for name, reasons in form.errors.items()
            for reason in reasons
        )


def _label(form: forms.Form, name: str) -> str:
    return f"{form.fields[name].label or name}：" if name in form.fields else ""
