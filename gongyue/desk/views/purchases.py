"""The list of purchases, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Min
from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.desk.casefile import CaseFile
from gongyue.desk.filters import PurchaseFilter
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.tables import PurchaseTable
from gongyue.desk.visible import may
from gongyue.desk.words import action_name
from gongyue.kernel import regimes
from gongyue.kernel.findings import language
from gongyue.kernel.models import Division, Obligation, Purchase
from gongyue.kernel.queries import visible, visible_purchase

OPENERS = ("purchase.open", "purchase.open_by_reference")


@at_desk
def purchases(request: DeskRequest) -> HttpResponse:
    """What a post may see, latest first, twenty a page; narrowed by title, stage, district and mode."""
    regime = regimes.current(request.post.organisation.regime_code)
    rows = visible(request.post, on=request.today).select_related("division", "division__parent")
    found = PurchaseFilter(request.GET, rows, regime=regime, language=language(), districts=districts(request))
    shown = page(found.qs, request)
    table = PurchaseTable(list(shown.rows), regime=regime, due=next_due(shown.rows), today=request.today)
    openers = [(name, action_name(name)) for name in may(OPENERS, request.post, regime)]
    context = {"filter": found, "page": shown, "table": table, "openers": openers}
    return render(request, "desk/purchases.html", context)


def districts(request: DeskRequest) -> list[Division]:
    """The districts a post's own place lies in, or that lie in it: one query."""
    place = request.post.organisation.division
    top = place.path.split("/")[0]
    rows = Division.objects.filter(level=Division.Level.DISTRICT, path__startswith=f"{top}/").order_by("path")
    return [row for row in rows if row.within(place) or place.within(row)]


def next_due(purchases: Iterable[Purchase]) -> dict[int, date]:
    """The first day something is due in each of these: one query."""
    rows = Obligation.objects.filter(purchase__in=list(purchases), is_open=True, suspended_on=None)
    first = rows.values("purchase").annotate(due=Min("due_on")).exclude(due=None)
    return dict(first.values_list("purchase", "due"))


@at_desk
def purchase(request: DeskRequest, pk: int) -> HttpResponse:
    """Everything a post may know of one purchase; not visible: it does not exist (404)."""
    found = visible_purchase(request.post, pk, on=request.today)
    if found is None:
        raise Http404
    case = CaseFile(found, request.post, request.legal_now)
    context: dict[str, Any] = {"case": case, "purchase": case.purchase, "regime": case.regime}
    return render(request, "desk/purchase.html", context)
