"""卷宗: what each step put on record, field by field, by the names the models give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from gongyue.kernel.actions import kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, PurchaseSubject

from .stages import finished
from .templatetags.gongyue import day, money, percent
from .words import kind_name, subject_name

ELSEWHERE = frozenset({"bid", "sheet", "share", "payment", "claim"})  # shown by a part of the page of their own
LONG = 60  # characters: beyond, a value takes the whole width


@dataclass(frozen=True)
class Field:
    name: str
    value: Any
    wide: bool


@dataclass(frozen=True)
class Section:
    """One subject's paper."""

    kind: str
    title: str
    about: str
    state: str
    done: bool
    fields: list[Field]


def sections(dossier: Dossier) -> list[Section]:
    """The papers of a purchase in the order of the rooms, from its dossier."""
    out = []
    for kind in kinds():
        if not issubclass(kind, PurchaseSubject) or kind.kind in ELSEWHERE:
            continue
        rows = dossier.all(kind)
        out += [_section(row, dossier, told_apart=len(rows) > 1) for row in rows]
    return out


def _section(row: PurchaseSubject, dossier: Dossier, *, told_apart: bool) -> Section:
    return Section(
        kind=row.kind, title=kind_name(row.kind), about=subject_name(row) if told_apart else "",
        state=row.get_state_display(), done=finished(row, dossier.regime), fields=list(_fields(row)),
    )  # fmt: skip


def _fields(row: PurchaseSubject) -> Iterator[Field]:
    """Every field that has a name of its own and a value."""
    for field in row._meta.concrete_fields:
        if field.name in {"purchase", "state", "version"} or _unnamed(field):
            continue
        if field.primary_key or isinstance(field, models.JSONField):
            continue
        if field.is_relation and field.related_model is not Organisation:
            continue
        value = getattr(row, field.name)
        if value in (None, ""):
            continue
        wide = isinstance(value, str) and (len(value) > LONG or "\n" in value)
        yield Field(str(field.verbose_name), _shown(row, field, value), wide)


def _unnamed(field: Any) -> bool:
    return bool(str(field.verbose_name) == field.name.replace("_", " "))


def _shown(row: PurchaseSubject, field: Any, value: Any) -> Any:
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, models.DateField):
        return day(on=value, time=isinstance(field, models.DateTimeField))
    if isinstance(value, int):
        unit = field.name.rpartition("_")[2]
        return money(fen=value) if unit == "fen" else percent(bp=value) if unit == "bp" else str(value)
    return str(value)
