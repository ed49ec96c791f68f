"""Checking the rows of a batch with their form: what was seen before in a column is not cleaned a second time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget, Widget
from django.utils.translation import override

from gongyue.ledger.canonical import canonical, plain

LONGEST = 200  # signs of a reason that are kept: it may quote what was typed
REMEMBERED = 20_000  # different values of a column


@dataclass(frozen=True, slots=True)
class Checked:
    """A row as canonical JSON, and what is wrong with it: a line for each thing, "" where nothing is."""

    text: str
    fault: str = ""


def rows(form: forms.Form, given: Iterable[Mapping[str, str]]) -> Iterator[Checked]:
    """One form serves all rows: to make one costs several times as much as to clean one."""
    quick = _Quick(form) if _by_field(form) else None
    for row in given:
        text = quick.text(row) if quick else None
        yield _whole(form, row) if text is None else Checked(text)


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
    """Cleans field by field and remembers; what does not pass is left to the form, which says why."""

    def __init__(self, form: forms.Form) -> None:
        self.names = sorted(form.fields)
        self.fields = [form.fields[name] for name in self.names]
        self.keys = [f"{_dumps(name)}:" for name in self.names]
        self.seen: list[dict[Any, str]] = [{} for _name in self.names]

    def text(self, row: Mapping[str, str]) -> str | None:
        """Canonical JSON of the cleaned row; None: something is wrong with it."""
        values = list(map(row.get, self.names))
        try:
            return "{" + ",".join([seen[value] for seen, value in zip(self.seen, values, strict=True)]) + "}"
        except KeyError:
            pass
        try:
            return "{" + ",".join(map(self.part, range(len(values)), values)) + "}"
        except ValidationError:
            return None

    def part(self, column: int, value: str | None) -> str:
        """One field with its name. ValidationError: the field does not take the value."""
        seen = self.seen[column]
        part = seen.get(value)
        if part is None:
            part = self.keys[column] + _dumps(plain(self.fields[column].clean(value)))
            if len(seen) < REMEMBERED:
                seen[value] = part
        return part


def _whole(form: forms.Form, row: Mapping[str, str]) -> Checked:
    form.data, form.is_bound = dict(row), True
    form.full_clean()
    if form.errors:
        typed = {name: str(row.get(name, "")).replace("\0", "\ufffd") for name in form.fields}
        return Checked(canonical(typed), _fault(form))
    return Checked(canonical(form.cleaned_data))


def _fault(form: forms.Form) -> str:
    with override("zh-hans"):
        return "\n".join(
            " ".join(f"{_label(form, name)}{str(reason)[:LONGEST]}".replace("\0", "\ufffd").split())
            for name, reasons in form.errors.items()
            for reason in reasons
        )


def _label(form: forms.Form, name: str) -> str:
    return f"{form.fields[name].label or name}：" if name in form.fields else ""
