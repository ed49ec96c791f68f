"""Trying out when a purchase's tender could be over."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase
from gongyue.kernel.queries import visible_purchase
from gongyue.tendering.forms import TryForm
from gongyue.tendering.timetable import Setting, chosen, trials


def _setting(purchase: Purchase, request: DeskRequest) -> Setting | None:
    """What has happened in it; None where its tender is over."""
    return Setting.of(Dossier(purchase, at=request.legal_now, regime=regimes.current(purchase.regime)))


@at_desk
def timetable(request: DeskRequest, pk: int) -> HttpResponse:
    """From what has happened in the purchase; beginning and end as the visitor would have them."""
    found = visible_purchase(request.post, pk, on=request.today)
    setting = _setting(found, request) if found is not None else None
    if setting is None:
        raise Http404
    form = TryForm(request.GET, today=request.today)
    tried = trials(setting, *form.days) if form.days else []
    context = {
        "purchase": found, "form": form, "trials": tried, "asked": form.asked, "today": request.today,
        "chosen": chosen(tried, request.GET.get("reading", "")) if tried else None,
    }  # fmt: skip
    return render(request, "desk/timetable.html", context)
