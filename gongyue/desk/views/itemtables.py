"""购买服务项目表: a year's table of a place, as its finance bureau and its purchasers see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongyue.budget.models import ItemTable, PlanItem
from gongyue.desk import columns, visible
from gongyue.desk.citations import all_findings
from gongyue.desk.context import opens
from gongyue.desk.export import export, wanted
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.tables import ItemTableTable
from gongyue.kernel import queries, regimes
from gongyue.kernel.models import Organisation
from gongyue.kernel.offers import offers
from gongyue.kernel.perform import Outcome, perform
from gongyue.policy import Regime

FINANCE = Organisation.Kind.FINANCE


@dataclass(frozen=True)
class Sums:
    """Of the items shown, in fen."""

    items: int
    amount_fen: int
    procurement_fen: int
    approved: int


@dataclass(frozen=True)
class Given:
    """What came of approving one item among several."""

    item: PlanItem
    outcome: Outcome
    findings: list[dict[str, Any]]


@at_desk
def itemtables(request: DeskRequest, year: int | None = None) -> HttpResponseBase:
    """The items of one year, the latest by default, with the table they are filed in."""
    regime = _regime(request)
    issued = list(_tables(request))
    items = _items(request)
    years = sorted({table.year for table in issued} | set(items.values_list("year", flat=True)), reverse=True)
    year = year if year is not None else next(iter(years), request.today.year)
    rows = list(items.filter(year=year).select_related("purchase__division", "table").order_by("purchase", "pk"))
    table = next((one for one in issued if one.year == year), None)
    if wanted(request):
        return export(rows, columns.ITEMS, request, name=f"{year}年度购买服务项目表")
    found = [one for one in offers(table, actor=request.post, at=request.legal_now) if one.mine] if table else []
    context = {
        "year": year, "years": years, "table": table, "rows": rows, "sums": _sums(rows), "today": request.today,
        "listing": ItemTableTable(rows), "offers": [one for one in found if one.ready],
        "waiting": [(one.action.label, all_findings(one.findings, regime)) for one in found if not one.ready],
        "may_open": bool(visible.may(["itemtable.open"], request.post, regime)),
        "to_approve": _approvable(table, rows, request, regime),
    }  # fmt: skip
    return render(request, "desk/itemtables.html", context)


@require_POST
@at_desk
def approve_several(request: DeskRequest, pk: int) -> HttpResponse:
    """Approve every reviewed item of a table that came back with the budget reply, one act each."""
    regime = _regime(request)
    table = _tables(request).filter(pk=pk).first()
    rows = list(_items(request).filter(table=table, state=PlanItem.State.REVIEWED).order_by("pk")) if table else []
    if table is None or not _approvable(table, rows, request, regime):
        raise Http404
    done = [_approve(item, request, regime) for item in rows]
    failed = [one for one in done if one.outcome.entry is None]
    return render(request, "desk/itemtable_approved.html", {"table": table, "done": done, "failed": failed})


def _regime(request: DeskRequest) -> Regime:
    """The reader's; 404 where it knows no such table, or this kind of organisation has no use for one."""
    regime = regimes.current(request.post.organisation.regime_code)
    if not opens("funds", request.post.organisation) or not regime.acts(ItemTable.kind):
        raise Http404
    return regime


def _tables(request: DeskRequest) -> QuerySet[ItemTable]:
    """Those of the reader's own place and of what lies above it."""
    above = request.post.organisation.division.path.strip("/").split("/")
    return ItemTable.objects.filter(finance__division__in=above).select_related("finance__division").order_by("-year")


def _items(request: DeskRequest) -> QuerySet[PlanItem]:
    """Finance sees every purchaser's of its place; a purchaser those of the purchases it sees."""
    post = request.post
    if post.organisation.organisation_kind == FINANCE:
        return PlanItem.objects.filter(purchase__division__path__startswith=post.organisation.division.path)
    return PlanItem.objects.filter(purchase__in=queries.visible(post, on=request.today).order_by())


def _sums(rows: Iterable[PlanItem]) -> Sums:
    found = list(rows)
    return Sums(
        len(found), sum(row.amount_fen for row in found), sum(row.procurement_fen for row in found),
        sum(row.state == PlanItem.State.APPROVED for row in found),
    )  # fmt: skip


def _approvable(table: ItemTable | None, rows: list[PlanItem], request: DeskRequest, regime: Regime) -> int:
    """How many reviewed items the reader may approve at once."""
    if table is None or table.state != ItemTable.State.APPROVED:
        return 0
    if not visible.may(["item.approve"], request.post, regime):
        return 0
    return sum(row.table_id == table.pk and row.state == PlanItem.State.REVIEWED for row in rows)


def _approve(item: PlanItem, request: DeskRequest, regime: Regime) -> Given:
    outcome = perform(
        "item.approve", item, actor=request.post, at=request.legal_now, data={"opinion": ""}, seen=item.version,
        request_id=uuid4(),
    )  # fmt: skip
    return Given(item, outcome, all_findings(outcome.findings, regime))
