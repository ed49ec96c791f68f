"""How soon a tender can lawfully be over under a regime, for anybody to try."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongyue import clock
from gongyue.kernel import regimes
from gongyue.kernel.findings import language
from gongyue.kernel.models import RegimeVersion
from gongyue.tendering.forms import TryForm
from gongyue.tendering.timetable import Setting, chosen, methods, trials


@require_safe
def timetable(request: HttpRequest, code: str) -> HttpResponse:
    """Of a tender of which nothing has happened, from any day on."""
    if not RegimeVersion.objects.filter(code=code).exists():
        raise Http404
    regime, today = regimes.current(code), clock.today()
    offered = methods(regime)
    method = request.GET.get("method", "") if request.GET.get("method") in dict(offered) else ""
    setting = Setting.afresh(regime, method)
    if setting is None:
        raise Http404
    form = TryForm(request.GET, today=today)
    tried = trials(setting, *form.days) if form.days else []
    context = {
        "regime": regime, "name": regime.name[language()], "form": form, "trials": tried, "today": today,
        "asked": {**form.asked, **({"method": method} if method else {})}, "methods": offered, "method": method,
        "chosen": chosen(tried, request.GET.get("reading", "")) if tried else None,
    }  # fmt: skip
    return render(request, "portal/timetable.html", context)
