"""卷宗: what each step put on record, field by field, by the names the models give them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongyue.assessment.models import Framework
from gongyue.budget.models import CatalogueEntry, InvestmentProject
from gongyue.contracts.models import Amendment, Contract, Instalment
from gongyue.delivery.models import TeamMember
from gongyue.kernel.actions import kinds, of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import MoneyField, PercentField, RowsField
from gongyue.kernel.models import Organisation, PurchaseSubject, Subject
from gongyue.needs.models import ServiceStandard
from gongyue.oversight.forms import RecordField
from gongyue.oversight.populations import Instalments, record_name
from gongyue.policy import Regime
from gongyue.programmes.models import Norm, NormEdition, Opinion

from .stages import finished
from .templatetags.gongyue import day, money, percent
from .words import kind_name, named, subject_name

# parts of the page show them
ELSEWHERE = frozenset({
    "method", "bid", "sheet", "share", "payment", "claim", "refund", "enquiry", "clarification", "package",
    "falsestatement", "falsereply", "correction", "explanation", "signin", "change", "changereceipt", "termination",
    "consortium", "consortiummember",
    "signature", "evalreport", "recheck", "panelfee", "committee",
})  # fmt: skip
NAMED = (
    Organisation,
    TeamMember,
    Framework,
    CatalogueEntry,
    InvestmentProject,
    ServiceStandard,
)  # of what a subject points at, what its paper names
LONG = 60  # characters: beyond, a value takes the whole width


@dataclass(frozen=True)
class Field:
    """A value by its name; `table`: rows of a small form, with the names of their columns first."""

    name: str
    value: Any
    wide: bool
    table: list[list[Any]] | None = None


@dataclass(frozen=True)
class Section:
    """One subject's paper."""

    kind: str
    title: str
    about: str
    state: str
    done: bool
    fields: list[Field]

    @property
    def tone(self) -> str:
        return "jade" if self.done else "indigo"


def sections(dossier: Dossier, section: str, hidden: Container[str] = ()) -> list[Section]:
    """The papers of one section of a purchase in the order of the rooms, from its dossier, but none of these keys;
    numerous ones have their own pages."""
    out = []
    for kind in kinds():
        if not issubclass(kind, PurchaseSubject) or kind.kind in ELSEWHERE:
            continue
        if kind.numerous or kind.section != section or not dossier.regime.acts(kind.kind):
            continue
        rows = [row for row in dossier.all(kind) if row.key not in hidden]
        out += [paper(row, dossier.regime, told_apart=len(rows) > 1) for row in rows]
    return out


def paper(row: PurchaseSubject, regime: Regime, *, told_apart: bool) -> Section:
    """One subject's fields, as its page shows them."""
    return Section(
        kind=row.kind, title=str(row.says.get("") or kind_name(row.kind)),
        about=subject_name(row) if told_apart else "",
        state=row.get_state_display(), done=finished(row, regime), fields=list(_fields(row)),
    )  # fmt: skip


def terms(row: Subject, regime: Regime) -> Section | None:
    """What is decided on, in full, for whoever approves, accepts, signs or files it, or gives an opinion: a contract
    with its instalments, an amendment, an edition of a norm; None for anything else, and what is not drafted yet."""
    if row.pk is not None and isinstance(row, Norm | Opinion):
        return _edition(row)
    if row.pk is None or not isinstance(row, Contract | Amendment):
        return None
    found = paper(row, regime, told_apart=True)
    if isinstance(row, Contract) and row.schedule:
        found.fields.append(Field(_("分期支付"), "", True, [_columns(), *map(_instalment, row.schedule)]))
    return found


def _edition(row: Norm | Opinion) -> Section | None:
    """The edition of a norm that an opinion is asked about, or the latest that was drafted."""
    norm = row if isinstance(row, Norm) else row.norm
    edition = norm.editions.filter(number=row.edition).first()
    if edition is None:
        return None
    said = [(name, getattr(edition, name)) for name in ("number", "drafted_on", "change", "text")]
    names = {name: named(NormEdition, name) for name, _value in said}
    return Section(
        kind=norm.kind, title=kind_name(norm.kind), about=norm.title, state=norm.get_state_display(),
        done=norm.state == Norm.State.ISSUED,
        fields=[
            Field(names[name], day(on=value) if isinstance(value, date) else value, isinstance(value, str))
            for name, value in said
            if value
        ],
    )  # fmt: skip


def _columns() -> list[Any]:
    return [_("期次"), _("应付日期"), _("金额"), _("付款前须完成")]


def _instalment(one: Instalment) -> list[Any]:
    required = one.get_requires_display() if one.requires else "—"
    return [one.number, day(on=one.due_on), money(fen=one.amount_fen), required]


def _fields(row: PurchaseSubject) -> Iterator[Field]:
    """Every field that has a name of its own and a value."""
    tables = _tables(type(row))
    for field in row._meta.concrete_fields:
        label = str(row.says.get(f"field:{field.name}", field.verbose_name))
        if field.name in {"purchase", "state", "version"} or _unnamed(field) or not label:
            continue
        if field.name in tables and getattr(row, field.name):
            rows = _table(tables[field.name], getattr(row, field.name), row.purchase_id)
            yield Field(label, "", True, rows)
            continue
        if field.primary_key or isinstance(field, models.JSONField):
            if words := getattr(row, f"{field.name}_shown", ""):  # a list of words has a text where it is for reading
                yield Field(str(field.verbose_name), words, len(words) > LONG)
            continue
        if field.is_relation and field.related_model not in NAMED:
            continue
        value = getattr(row, field.name)
        if value in (None, ""):
            continue
        wide = isinstance(value, str) and (len(value) > LONG or "\n" in value)
        yield Field(label, _shown(row, field, value), wide)


def _tables(kind: type[PurchaseSubject]) -> dict[str, type[forms.Form]]:
    """The row forms of its actions, by the field that keeps their rows under the same name."""
    found = {name: field for act in of(kind) for name, field in act.form.base_fields.items()}
    return {name: field.row for name, field in found.items() if isinstance(field, RowsField)}


def _table(row_form: type[forms.Form], rows: list[dict[str, Any]], purchase: int) -> list[list[Any]]:
    fields = row_form.base_fields
    head = [str(field.label or name).removesuffix("（元）").removesuffix("（%）") for name, field in fields.items()]
    return [head, *([_cell(field, row.get(name), purchase) for name, field in fields.items()] for row in rows)]


def _cell(field: forms.Field, value: Any, purchase: int) -> Any:
    if value in (None, ""):
        return "—"
    if isinstance(field, RecordField):
        return record_link(purchase, value)
    if isinstance(field, MoneyField | PercentField):
        return money(fen=value) if isinstance(field, MoneyField) else percent(bp=value)
    if isinstance(field, forms.BooleanField):
        return _("是") if value else _("否")
    if isinstance(field, forms.ChoiceField):
        return dict(field.choices).get(value, value)  # type: ignore[arg-type]
    return value


def record_link(purchase: int, key: str) -> SafeString:
    """A record that was drawn, by its name, leading to its page; an instalment to the money of the purchase."""
    kind, _colon, number = key.partition(":")
    if kind == Instalments.name or not number.isdigit():
        url = f"{reverse('desk:purchase', args=[purchase])}#money"
    else:
        url = reverse("desk:subject", args=[purchase, kind, number])
    return format_html('<a href="{}">{}</a>', url, record_name(key))


def _unnamed(field: Any) -> bool:
    return bool(str(field.verbose_name) == field.name.replace("_", " "))


def _shown(row: PurchaseSubject, field: Any, value: Any) -> Any:
    if field.choices or hasattr(row, f"get_{field.name}_display"):
        return getattr(row, f"get_{field.name}_display")()
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(field, models.DateField):
        return day(on=value, time=isinstance(field, models.DateTimeField))
    if isinstance(value, int):
        unit = field.name.rpartition("_")[2]
        return money(fen=value) if unit == "fen" else percent(bp=value) if unit == "bp" else str(value)
    return str(value)
