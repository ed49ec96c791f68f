"""The list of purchases, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from gongyue.budget.models import InvestmentPlan
from gongyue.desk import columns
from gongyue.desk.casefile import LINE, CaseFile
from gongyue.desk.context import opens
from gongyue.desk.export import export, told, wanted
from gongyue.desk.filters import PurchaseFilter, others
from gongyue.desk.ownfile import OwnFile
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.subjectpage import SubjectPage
from gongyue.desk.tables import PurchaseTable
from gongyue.desk.tabs import tabs_of
from gongyue.desk.visible import may
from gongyue.desk.words import action_name
from gongyue.kernel import regimes
from gongyue.kernel.actions import kinds
from gongyue.kernel.findings import language
from gongyue.kernel.models import Division, Obligation, Purchase, PurchaseSubject
from gongyue.kernel.queries import deadlines_for, own_matters, seated, seated_purchase, visible_purchase
from gongyue.needs.models import ServiceStandard

OPENERS = ("purchase.start", "purchase.open", "purchase.open_by_reference")


@at_desk
def purchases(request: DeskRequest) -> HttpResponseBase:
    """What a post may see, latest first, twenty a page; narrowed by title, stage, district and mode."""
    regime = regimes.current(request.post.organisation.regime_code)
    rows = seated(request.post, on=request.today).select_related("division", "division__parent")
    found = PurchaseFilter(
        request.GET, rows, regime=regime, language=language(), districts=districts(request),
        office=request.post.organisation_id,
    )  # fmt: skip
    if wanted(request):
        narrowed = told(found.form) if found.form.is_valid() else []
        return export(
            with_due(found.qs, request), columns.purchases(regime), request, name=_("采购项目"), filters=narrowed
        )
    shown = page(found.qs, request)
    table = PurchaseTable(list(shown.rows), regime=regime, due=next_due(shown.rows, request), today=request.today)
    openers = [(name, action_name(name)) for name in may(OPENERS, request.post, regime)]
    context = {
        "filter": found, "page": shown, "table": table, "openers": openers,
        "investments": opens("investments", request.post.organisation) and regime.acts(InvestmentPlan.kind),
        "standards": opens("standards", request.post.organisation) and regime.acts(ServiceStandard.kind),
    }  # fmt: skip
    return render(request, "desk/purchases.html", context)


def districts(request: DeskRequest) -> list[Division]:
    """The districts a post's own place lies in, or that lie in it: one query."""
    place = request.post.organisation.division
    top = place.path.split("/")[0]
    rows = Division.objects.filter(level=Division.Level.DISTRICT, path__startswith=f"{top}/").order_by("path")
    return [row for row in rows if row.within(place) or place.within(row)]


def next_due(purchases: Iterable[Purchase], request: DeskRequest) -> dict[int, date]:
    """The first day something is due in each of these, as far as the reader sees it: one query."""
    known = deadlines_for(request.post, on=request.today)
    rows = Obligation.objects.filter(known, purchase__in=list(purchases), is_open=True, suspended_on=None)
    rows = rows.exclude(others(request.post.organisation_id))
    first = rows.values("purchase").annotate(due=Min("due_on")).exclude(due=None)
    return dict(first.values_list("purchase", "due"))


def with_due(rows: QuerySet[Purchase], request: DeskRequest) -> QuerySet[Purchase]:
    """Each with `due`, the first day something is due in it, as far as the reader sees it."""
    known = deadlines_for(request.post, on=request.today)
    due = Obligation.objects.filter(known, purchase=OuterRef("pk"), is_open=True, suspended_on=None)
    due = due.exclude(due_on=None).exclude(others(request.post.organisation_id))
    return rows.annotate(due=Subquery(due.order_by("due_on").values("due_on")[:1]))


@at_desk
def purchase(request: DeskRequest, pk: int, tab: str = LINE) -> HttpResponse:
    """Everything a post may know of one purchase, a part at a time; not visible: it does not exist (404). Whose office
    was let in for a matter of its own sees that matter, whichever part was asked for."""
    found = visible_purchase(request.post, pk, on=request.today)
    if found is None:
        own = seated_purchase(request.post, pk, on=request.today)
        if own is None:
            raise Http404
        return render(request, "desk/purchase_own.html", {"file": OwnFile(own, request), "purchase": own})
    case = CaseFile(found, request.post, request.legal_now, tab, tried=request.GET)
    tabs = tabs_of(case.regime, case.today)
    chosen = next((one for one in tabs if one.name == tab), None)
    if chosen is None:
        raise Http404
    context: dict[str, Any] = {
        "case": case, "purchase": case.purchase, "regime": case.regime, "tabs": tabs, "tab": chosen,
        "tab_data": chosen.context(case),
    }  # fmt: skip
    return render(request, "desk/purchase.html" if tab == LINE else "desk/purchase_tab.html", context)


def _known(row: PurchaseSubject, purchase: Purchase, request: DeskRequest) -> bool:
    """Whether the reader sees the whole purchase, or this is a matter of its own."""
    whole = visible_purchase(request.post, purchase.pk, on=request.today) is not None
    return whole or row.key in own_matters(purchase, request.post)


@at_desk
def subject(request: DeskRequest, purchase: int, kind: str, pk: int) -> HttpResponse:
    """One subject beside the line, by itself: its paper, its files, what may be done to it, what was done."""
    found = seated_purchase(request.post, purchase, on=request.today)
    model = next((one for one in kinds() if one.kind == kind and issubclass(one, PurchaseSubject)), None)
    if found is None or model is None or model.section == LINE:
        raise Http404
    row = model._default_manager.filter(purchase=found, pk=pk).first()
    if row is None:
        raise Http404
    row.purchase = found
    if not row.visible_to(request.post) or not _known(row, found, request):
        raise Http404
    return render(request, "desk/subject.html", {"page": SubjectPage(row, request), "purchase": found})
