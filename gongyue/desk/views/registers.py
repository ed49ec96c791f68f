"""The registers: organisations, posts, funds, and the calls that social organisations may answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from gongyue.budget.models import Fund
from gongyue.desk.context import opens
from gongyue.desk.forms import FindForm
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk, whole
from gongyue.desk.tables import FundTable, OrganisationTable, PostTable
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.models import Organisation, Post
from gongyue.tendering.models import Bid, Tender
from gongyue.tendering.queries import open_calls


def _open_to(request: DeskRequest, name: str) -> None:
    """A register that is of no use to this kind of organisation does not exist for it (404)."""
    if not opens(name, request.post.organisation):
        raise Http404


def _may(name: str, request: DeskRequest) -> bool:
    """Whether the reader's organisation does this. Two queries."""
    regime = regimes.current(request.post.organisation.regime_code)
    return bool(may([name], request.post, regime))


def _in_city(request: DeskRequest) -> Q:
    """Organisations of the reader's own city."""
    top = request.post.organisation.division.path.split("/")[0]
    return Q(division__path__startswith=f"{top}/")


@at_desk
def organisations(request: DeskRequest) -> HttpResponse:
    _open_to(request, "organisations")
    rows = Organisation.objects.filter(_in_city(request)).select_related("division").order_by("division__path", "pk")
    form = FindForm(request.GET)
    if form.is_valid() and form.cleaned_data["text"]:
        rows = rows.filter(name__icontains=form.cleaned_data["text"])
    kind = request.GET.get("kind", "")
    if kind in Organisation.Kind.values:
        rows = rows.filter(organisation_kind=kind)
    shown = page(rows, request)
    context = {
        "page": shown, "form": form, "kind": kind, "kinds": Organisation.Kind.choices,
        "table": OrganisationTable(list(shown.rows), posts=_held(shown.rows, request)),
        "may_register": _may("organisation.register", request),
    }  # fmt: skip
    return render(request, "desk/organisations.html", context)


def _held(rows: object, request: DeskRequest) -> dict[int, int]:
    """How many posts are held in each organisation today: one query."""
    on = request.today
    held = Post.objects.filter(Q(until=None) | Q(until__gt=on), organisation__in=rows, since__lte=on)  # type: ignore[misc]
    return dict(held.values_list("organisation").annotate(n=Count("pk")).values_list("organisation", "n"))


@at_desk
def posts(request: DeskRequest) -> HttpResponse:
    _open_to(request, "posts")
    registrar = _may("post.assign", request)
    rows = _posts(request, registrar=registrar)
    form = FindForm(request.GET)
    if form.is_valid() and (text := form.cleaned_data["text"]):
        either = Q(person__name__icontains=text) | Q(title__icontains=text) | Q(organisation__name__icontains=text)
        rows = rows.filter(either)
    number = whole(request.GET.get("organisation", ""))
    chosen = None
    if number is not None:
        chosen = Organisation.objects.filter(_in_city(request), pk=number).first()
        rows = rows.filter(organisation=number)
    shown = page(rows, request)
    context = {
        "page": shown, "form": form, "chosen": chosen, "may_assign": registrar,
        "table": PostTable(list(shown.rows), registrar=registrar),
    }  # fmt: skip
    return render(request, "desk/posts.html", context)


def _posts(request: DeskRequest, *, registrar: bool) -> QuerySet[Post]:
    """A registrar's whole city; anybody else's own organisation."""
    rows = Post.objects.select_related("person", "organisation").order_by("state", "organisation__division__path", "pk")
    if not registrar:
        return rows.filter(organisation=request.post.organisation_id)
    top = request.post.organisation.division.path.split("/")[0]
    return rows.filter(organisation__division__path__startswith=f"{top}/")


@at_desk
def funds(request: DeskRequest) -> HttpResponse:
    """The lines of every payer in the reader's territory, and in what lies above it."""
    _open_to(request, "funds")
    place = request.post.organisation.division
    above = place.path.strip("/").split("/")
    rows = Fund.objects.filter(Q(payer__division__path__startswith=place.path) | Q(payer__division__in=above))
    shown = page(rows.select_related("payer").order_by("-year", "payer__division__path", "pk"), request)
    context = {"page": shown, "table": FundTable(list(shown.rows)), "may_open": _may("fund.open", request)}
    return render(request, "desk/funds.html", context)


@dataclass(frozen=True)
class Call:
    """A call, and the reader's own answer to it. `days` to the deadline, in calendar days."""

    tender: Tender
    bid: Bid | None
    days: int


@at_desk
def calls(request: DeskRequest) -> HttpResponse:
    """Calls that take bids now: for social organisations."""
    _open_to(request, "calls")
    shown = page(open_calls(request.legal_now), request)
    mine = {
        bid.tender_id: bid
        for bid in Bid.objects.filter(tender__in=shown.rows, organisation=request.post.organisation_id)
        if bid.state != Bid.State.WITHDRAWN
    }
    rows = [
        Call(tender, mine.get(tender.pk), (localdate(tender.bids_due_at) - request.today).days) for tender in shown.rows
    ]
    return render(request, "desk/calls.html", {"page": shown, "rows": rows, "today": request.today})
