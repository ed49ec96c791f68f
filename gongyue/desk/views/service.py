"""The registers of delivery, and the page on which a record is entered on a phone."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongyue.contracts.models import Contract
from gongyue.delivery.forms.service import everybody, items
from gongyue.delivery.models import Redemption, Referral, ServiceKind, ServiceRecord, Voucher
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk, see_other, whole
from gongyue.desk.sheet import Sheet, request_number
from gongyue.desk.tabs import TABS
from gongyue.desk.tabs.service import LISTS
from gongyue.desk.tabs.vouchers import LISTS as VOUCHERS
from gongyue.desk.views.act import sent_by, version
from gongyue.kernel import regimes
from gongyue.kernel.models import Organisation, Purchase
from gongyue.kernel.offers import find
from gongyue.kernel.perform import perform
from gongyue.kernel.queries import seated_purchase, visible, visible_purchase

ENTER = "record.enter"


@require_safe
@at_desk
def rows(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """One register of a purchase, latest first, twenty a page: only rows that the reader may know of."""
    kinds: tuple[Any, ...] = (*LISTS, *VOUCHERS)
    model = next((one for one in kinds if one.kind == kind), None)
    reach = seated_purchase if model is Referral else visible_purchase  # of referrals each end sees its own alone
    purchase = reach(request.post, pk, on=request.today)
    if purchase is None or model is None or not regimes.current(purchase.regime).acts(kind):
        raise Http404
    found: QuerySet[Any] = model.objects.filter(purchase=purchase).select_related(*getattr(model, "related", ()))
    mine = request.post.organisation_id
    if kind == "client":
        found = found.filter(provider=mine)
    if model is Referral:
        found = found.filter(Q(sender=mine) | Q(receiver=mine))
    if model is Voucher:
        found = found.filter(issuer=mine)
    if model is Redemption:
        found = found.filter(Q(provider=mine) | Q(voucher__issuer=mine))
    order = ("-served_on", "-pk") if model is ServiceRecord else ("-pk",)
    asked = {name: request.GET.get(name, "") for name in ("service_kind", "worker", "item", "month")}
    filters: dict[str, Any] = {}
    if model is ServiceRecord:
        found, filters = _narrowed(found, asked), _choices(purchase)
    shown = page(found.order_by(*order), request)
    section: str = model.section
    tab = next(one for one in TABS if one.name == section)
    context = {"purchase": purchase, "kind": model, "tab": tab, "page": shown, "asked": asked, **filters}
    return render(request, "desk/service_list.html", context)


def _choices(purchase: Purchase) -> dict[str, Any]:
    return {"kinds": ServiceKind.choices, "workers": list(everybody(purchase)), "items": items(purchase)}


def _narrowed(found: QuerySet[Any], asked: dict[str, str]) -> QuerySet[Any]:
    """By kind, worker, item and month; what is none of these narrows nothing."""
    if asked["service_kind"] in ServiceKind.values:
        found = found.filter(service_kind=asked["service_kind"])
    if (worker := whole(asked["worker"])) is not None:
        found = found.filter(worker=worker)
    if asked["item"]:
        found = found.filter(item=asked["item"])
    year, _dash, month = asked["month"].partition("-")
    if whole(year) and whole(month):
        found = found.filter(served_on__year=whole(year), served_on__month=whole(month))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def enter(request: DeskRequest) -> HttpResponse:
    """A record in under a minute: what was entered last comes first. `?purchase=`, or the only one there is."""
    if request.post.organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION:
        raise Http404
    number = whole(request.GET.get("purchase", ""))
    if number is None:
        return _which(request)
    purchase = visible_purchase(request.post, number, on=request.today)
    record = find(ENTER, actor=request.post, at=request.legal_now, purchase=purchase) if purchase else None
    if purchase is None or record is None:
        raise Http404
    sheet = Sheet(ENTER, record, request)
    if not sheet.mine:
        raise Http404
    form, status, sent = sheet.form(), 200, None
    objections, checks = sheet.before() if request.method != "POST" else ([], [])
    if request.method == "POST":
        sent = sent_by(request)
        outcome = perform(
            ENTER, record, actor=request.post, at=request.legal_now, data=sent, seen=version(sent.get("seen", "")),
            request_id=request_number(sent.get("request_id", "")),
        )  # fmt: skip
        if outcome.entry is not None:
            messages.success(request, _("已记录：%(record)s") % {"record": outcome.subject})
            return see_other(f"{reverse('desk:record-new')}?{urlencode({'purchase': purchase.pk, 'saved': 1})}")
        form, objections, status = outcome.form, outcome.findings, 422
    context = {
        "purchase": purchase, "form": form, "findings": sheet.findings(objections, sent), "checks": checks,
        "request_id": uuid4(),
        "latest": ServiceRecord.objects.filter(purchase=purchase, entered_by=request.post).order_by("-pk")[:5],
        "saved": "saved" in request.GET,
    }  # fmt: skip
    return render(request, "desk/record_new.html", context, status=status)


def _which(request: DeskRequest) -> HttpResponse:
    """Straight on where one contract of the provider's is filed and has begun; otherwise those to choose from."""
    own = Contract.objects.standing().filter(provider=request.post.organisation_id)
    begun = own.filter(filed_on__isnull=False, starts_on__lte=request.today).values("purchase")
    found = list(visible(request.post, on=request.today).filter(pk__in=begun).order_by("-pk")[:50])
    if len(found) == 1:
        return see_other(f"{reverse('desk:record-new')}?purchase={found[0].pk}")
    return render(request, "desk/record_which.html", {"found": found})
