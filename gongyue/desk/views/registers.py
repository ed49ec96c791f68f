"""The registers: organisations, posts, funds, and the calls that social organisations may answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from gongyue.budget.models import Catalogue, DepartmentBudget, Fund, ItemTable
from gongyue.budget.queries import journal_of
from gongyue.desk import columns, visible
from gongyue.desk.citations import all_findings
from gongyue.desk.context import opens
from gongyue.desk.export import export, told, wanted
from gongyue.desk.forms import CallFind, FindForm, FundFind, OrganisationFind
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk, whole
from gongyue.desk.tables import FundTable, OrganisationTable, PostTable
from gongyue.kernel import regimes
from gongyue.kernel.models import Post
from gongyue.kernel.offers import Offer, offers
from gongyue.tendering.models import Bid, Clarification, ConsortiumMember, Tender
from gongyue.tendering.queries import (
    Told,
    answers,
    awaiting_offers,
    changes_of,
    ended_calls,
    joint_of,
    open_calls,
    taken,
)


def _open_to(request: DeskRequest, name: str) -> None:
    """A register that is of no use to this kind of organisation does not exist for it (404)."""
    if not opens(name, request.post.organisation):
        raise Http404


def _allowed(names: list[str], request: DeskRequest) -> list[str]:
    """Those of these actions that the reader's organisation does. Two queries."""
    return visible.may(names, request.post, regimes.current(request.post.organisation.regime_code))


@at_desk
def organisations(request: DeskRequest) -> HttpResponseBase:
    _open_to(request, "organisations")
    rows = visible.organisations(request.post)
    form = OrganisationFind(request.GET)
    form.is_valid()
    if text := form.cleaned_data.get("text"):
        rows = rows.filter(visible.named(text))
    if kind := form.cleaned_data.get("kind"):
        rows = rows.filter(organisation_kind=kind)
    if wanted(request):
        return export(rows, columns.ORGANISATIONS, request, name=_("机构"), filters=told(form))
    shown = page(rows, request)
    allowed = _allowed(["organisation.register", "organisations.import"], request)
    context = {
        "page": shown, "form": form,
        "table": OrganisationTable(list(shown.rows), posts=_held(shown.rows, request)),
        "may_register": "organisation.register" in allowed, "may_import": "organisations.import" in allowed,
    }  # fmt: skip
    return render(request, "desk/organisations.html", context)


def _held(rows: object, request: DeskRequest) -> dict[int, int]:
    """How many posts are held in each organisation today: one query."""
    on = request.today
    held = Post.objects.filter(Q(until=None) | Q(until__gt=on), organisation__in=rows, since__lte=on)  # type: ignore[misc]
    return dict(held.values_list("organisation").annotate(n=Count("pk")).values_list("organisation", "n"))


@at_desk
def posts(request: DeskRequest) -> HttpResponseBase:
    _open_to(request, "posts")
    allowed = _allowed(["post.assign", "posts.import"], request)
    registrar = "post.assign" in allowed
    rows = visible.posts(request.post, registrar=registrar)
    form = FindForm(request.GET)
    if form.is_valid() and (text := form.cleaned_data["text"]):
        rows = rows.filter(visible.held_by(text))
    number = whole(request.GET.get("organisation", ""))
    chosen = None
    if number is not None:
        chosen = visible.organisations(request.post).filter(pk=number).first()
        rows = rows.filter(organisation=number)
    if wanted(request):
        named = [(_("机构"), chosen.name)] if chosen else []
        return export(rows, columns.POSTS, request, name=_("岗位"), filters=[*told(form), *named])
    shown = page(rows, request)
    context = {
        "page": shown, "form": form, "chosen": chosen, "may_assign": registrar,
        "may_import": "posts.import" in allowed,
        "table": PostTable(list(shown.rows), registrar=registrar),
    }  # fmt: skip
    return render(request, "desk/posts.html", context)


@at_desk
def funds(request: DeskRequest) -> HttpResponseBase:
    """The lines of every payer in the reader's territory, and in what lies above it."""
    _open_to(request, "funds")
    rows = _funds(request).select_related("payer").order_by("-year", "payer__division__path", "pk")
    form = FundFind(request.GET)
    form.is_valid()
    if text := form.cleaned_data.get("text"):
        rows = rows.filter(
            Q(name__icontains=text) | Q(payer__name__icontains=text) | Q(indicator_number__icontains=text)
        )
    if year := form.cleaned_data.get("year"):
        rows = rows.filter(year=year)
    if purpose := form.cleaned_data.get("purpose"):
        rows = rows.filter(purpose=purpose)
    if wanted(request):
        return export(rows, columns.FUNDS, request, name=_("资金"), filters=told(form))
    shown = page(rows, request)
    regime = regimes.current(request.post.organisation.regime_code)
    context = {
        "page": shown, "form": form, "table": FundTable(list(shown.rows)),
        "may_open": bool(visible.may(["fund.open"], request.post, regime)), "item_tables": regime.acts(ItemTable.kind),
        "catalogues": regime.acts(Catalogue.kind), "departments": regime.acts(DepartmentBudget.kind),
    }  # fmt: skip
    return render(request, "desk/funds.html", context)


def _funds(request: DeskRequest) -> QuerySet[Fund]:
    place = request.post.organisation.division
    above = place.path.strip("/").split("/")
    return Fund.objects.filter(Q(payer__division__path__startswith=place.path) | Q(payer__division__in=above))


@at_desk
def fund(request: DeskRequest, pk: int) -> HttpResponseBase:
    """One line: what it is, where its money went, entry by entry."""
    _open_to(request, "funds")
    found = _funds(request).select_related("payer__division", "carried_to").filter(pk=pk).first()
    if found is None:
        raise Http404
    shown = page(journal_of(found), request)
    mine = [one for one in offers(found, actor=request.post, at=request.legal_now) if one.mine]
    context = {
        "fund": found, "page": shown, "from_lines": found.carried_from.all(),
        "givers": [row | {"sort": Fund.Giver(row["sort"]).label} for row in found.contributors],
        "offers": [one for one in mine if one.ready],
        "waiting": [(one.action.label, _obstacles(one)) for one in mine if not one.ready],
    }  # fmt: skip
    return render(request, "desk/fund.html", context)


def _obstacles(one: Offer) -> list[dict[str, Any]]:
    """What stands in the way of it, each with its article."""
    return all_findings(one.findings, regimes.current(one.subject.regime_code))


@dataclass(frozen=True)
class Call:
    """A call, and the reader's own answer to it. `days` to the deadline, in calendar days."""

    tender: Tender
    bid: Bid | None
    days: int
    answers: list[Clarification]
    taken: bool
    changes: list[Told]
    joint: list[ConsortiumMember]

    @property
    def unnoted(self) -> bool:
        """Whether the reader's organisation has still to take note of one."""
        return self.taken and any(row.noted is None for row in self.changes)


@at_desk
def calls(request: DeskRequest) -> HttpResponseBase:
    """Calls that take bids now: for social organisations."""
    _open_to(request, "calls")
    found, form = open_calls(request.legal_now, request.post.organisation_id), CallFind(request.GET)
    if form.is_valid() and (text := form.cleaned_data["text"]):
        found = found.filter(Q(title__icontains=text) | Q(purchase__division__name__icontains=text))
    if wanted(request):
        own = columns.calls(_own_bids(found.order_by(), request))
        return export(found, own, request, name=_("采购公告"), filters=told(form))
    shown = page(found, request)
    mine, told_all, held = _own_bids(shown.rows, request), answers(shown.rows), taken(shown.rows, request.post)
    changed, joint = changes_of(shown.rows, request.post), joint_of(shown.rows, request.post)
    rows = [
        Call(
            one, mine.get(one.pk), (localdate(one.bids_due_at) - request.today).days,
            answers=told_all.get(one.pk, []), taken=one.pk in held, changes=changed.get(one.pk, []),
            joint=joint.get(one.pk, []),
        )
        for one in shown.rows
    ]  # fmt: skip
    context = {
        "page": shown, "rows": rows, "form": form, "today": request.today, "ended": ended_calls(request.post),
        "waiting": awaiting_offers(request.legal_now, request.post.organisation_id),
    }  # fmt: skip
    return render(request, "desk/calls.html", context)


def _own_bids(tenders: object, request: DeskRequest) -> dict[int, Bid]:
    """The reader's own standing bid in each of these: one query."""
    bids = Bid.objects.filter(tender__in=tenders, organisation=request.post.organisation_id)  # type: ignore[misc]
    return {bid.tender_id: bid for bid in bids if bid.state != Bid.State.WITHDRAWN}
