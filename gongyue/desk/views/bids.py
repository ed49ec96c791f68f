"""One bid, for those who may read it in full."""

from __future__ import annotations

from datetime import date

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gongyue.desk.profilefile import basics, parts
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import regimes, storage
from gongyue.kernel.capacities import in_purchase
from gongyue.kernel.models import Purchase
from gongyue.kernel.queries import visible_purchase
from gongyue.parties.snapshot import digests
from gongyue.tendering.queries import VisibleBid, falsehoods, frozen, visible_bids

RECORD = "falsestatement.record"


@at_desk
def bid(request: DeskRequest, purchase: int, pk: int) -> HttpResponse:
    """What was offered, the profile as it was then, the review item by item; whoever may not read it in full finds
    nothing (404)."""
    found, shown = _found(request, purchase, pk)
    taken = shown.snapshot or {}
    context = {
        "purchase": found, "bid": shown, "basics": basics(taken),
        "parts": parts(taken, date.fromisoformat(taken["taken_on"])) if taken else [],
        "taken": taken, "frozen": frozen(shown), "falsehoods": falsehoods(shown, request.post),
        "record": _record(request, found, shown),
    }  # fmt: skip
    return render(request, "desk/bid.html", context)


def _found(request: DeskRequest, purchase: int, pk: int) -> tuple[Purchase, VisibleBid]:
    found = visible_purchase(request.post, purchase, on=request.today)
    seen = visible_bids(found, request.post, request.legal_now) if found is not None else []
    shown = next((one for one in seen if one.pk == pk and one.plan is not None), None)
    if found is None or shown is None:
        raise Http404
    return found, shown


def _record(request: DeskRequest, purchase: Purchase, shown: VisibleBid) -> str:
    """Where something untrue in this bid is recorded, for those who may; "" for others."""
    regime = regimes.current(purchase.regime)
    who = regime.who(RECORD)
    here = in_purchase(request.post, purchase, regime, request.today)
    if shown.own or who is None or not here.capacities & set(who.capacities):
        return ""
    return f"{reverse('desk:begin', args=[RECORD])}?{urlencode({'purchase': purchase.pk, 'seed': shown.pk})}"


@at_desk
def paper(request: DeskRequest, purchase: int, pk: int, sha256: str) -> FileResponse:
    """A paper of the profile as the bid froze it, even if it was replaced since."""
    _purchase, shown = _found(request, purchase, pk)
    if sha256 not in digests(shown.snapshot or {}):
        raise Http404
    name = next(p["name"] for p in _papers(shown) if p["sha256"] == sha256)
    return FileResponse(storage.open_stored(sha256), as_attachment=True, filename=name)


def _papers(shown: VisibleBid) -> list[dict[str, str]]:
    taken = shown.snapshot or {}
    rows = [*taken.get("items", ()), *([taken["profile"]] if taken.get("profile") else [])]
    return [paper for row in rows for paper in row["papers"]]
