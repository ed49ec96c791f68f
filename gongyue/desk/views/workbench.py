"""工作台: what waits for a post, what is due soon, what it has done, and what it left half typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from gongyue.desk import columns, drafts
from gongyue.desk.citations import Chip, chip
from gongyue.desk.export import export, wanted
from gongyue.desk.paging import bounded, page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.timeline import body_of
from gongyue.desk.todo import due_soon, inbox, matter, overdue, regimes_of, subjects_of, work_url
from gongyue.desk.words import action_name, kind_name
from gongyue.kernel import regimes
from gongyue.kernel.findings import capacity_names
from gongyue.kernel.models import Draft, Obligation, Purchase, Subject
from gongyue.kernel.queries import done_by
from gongyue.ledger.models import Entry
from gongyue.policy import Regime

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TABS: tuple[tuple[str, StrOrPromise], ...] = (
    ("todo", gettext_lazy("待办")), ("overdue", gettext_lazy("逾期")), ("soon", gettext_lazy("七日内到期")),
    ("done", gettext_lazy("已办")), ("drafts", gettext_lazy("草稿")),
)  # fmt: skip
OWED = frozenset({"todo", "overdue", "soon"})  # lists of obligations


@dataclass(frozen=True)
class Task:
    """One open obligation, with the page where it is done."""

    row: Obligation
    what: str
    about: str
    holder: str
    url: str
    cite: Chip


@dataclass(frozen=True)
class Deed:
    """One entry of the reader's own."""

    entry: Entry
    what: str
    about: str
    url: str
    late: int


@dataclass(frozen=True)
class Tab:
    name: str
    label: StrOrPromise
    count: str
    active: bool


@at_desk
def workbench(request: DeskRequest) -> HttpResponseBase:
    """One tab at a time; every count stops at a thousand."""
    asked = request.GET.get("tab", "todo")
    sources: dict[str, Any] = {
        "todo": inbox(request.post),
        "overdue": overdue(request.post, request.today),
        "soon": due_soon(request.post, request.today),
        "done": done_by(request.post),
        "drafts": drafts.drafts_of(request.post),
    }
    name = asked if asked in sources else "todo"
    if wanted(request) and name in OWED:
        return export(sources[name], columns.OBLIGATIONS, request, name=dict(TABS)[name])
    shown = page(sources[name], request)
    counts = {tab: shown.total if tab == name else bounded(rows) for tab, rows in sources.items()}
    context = {
        "tabs": [Tab(tab, label, counts[tab], tab == name) for tab, label in TABS],
        "tab": name, "page": shown, "rows": LISTS.get(name, _tasks)(shown.rows, request), "today": request.today,
        "exported": name in OWED,
    }  # fmt: skip
    return render(request, "desk/workbench.html", context)


def _tasks(rows: Sequence[Obligation], request: DeskRequest) -> Sequence[Task]:
    known, beside = regimes_of(rows), subjects_of(rows)
    return [
        _task(row, known[row.purchase.regime] if row.purchase else regimes.at_digest(row.regime), beside)
        for row in rows
    ]


def _task(row: Obligation, regime: Regime, beside: Mapping[str, Subject]) -> Task:
    rule = next((r for r in regime.all_obligations() if r.id == row.rule), None) if regime else None
    return Task(
        row=row,
        what=matter(row, beside.get(row.subject)),
        about=str(row.purchase or beside.get(row.subject) or ""),
        holder=_seat(row, regime),
        url=work_url(row, regime),
        cite=chip(regime, rule.cite) if regime and rule else {"label": "", "url": ""},
    )


def _seat(row: Obligation, regime: Regime | None) -> str:
    """The seat that holds it; its organisation is the reader's own."""
    if row.post is not None:
        return f"{row.post.title} · {row.post.person.name}"
    return capacity_names([row.capacity], regime) if regime else ""


def _deeds(rows: Sequence[Entry], request: DeskRequest) -> Sequence[Deed]:
    titles = dict(Purchase.objects.filter(pk__in={r.purchase for r in rows if r.purchase}).values_list("pk", "title"))
    return [
        Deed(
            entry=row,
            what=action_name(row.action),
            about=titles.get(row.purchase or 0, kind_name(row.subject.partition(":")[0])),
            url=reverse("desk:purchase", args=[row.purchase]) if row.purchase else "",
            late=max((late["days"] for late in body_of(row).get("late", ())), default=0),
        )
        for row in rows
    ]


def _drafts(rows: Sequence[Draft], request: DeskRequest) -> Sequence[drafts.Kept]:
    return drafts.listed(rows, request.post, request.today)


LISTS: dict[str, Callable[[Any, DeskRequest], Sequence[Any]]] = {"done": _deeds, "drafts": _drafts}
