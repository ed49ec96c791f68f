"""One bid, for those who may read it in full."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel.queries import visible_purchase
from gongyue.tendering.queries import visible_bids


@at_desk
def bid(request: DeskRequest, purchase: int, pk: int) -> HttpResponse:
    """What was offered and how it was reviewed, item by item; whoever may not read it in full finds nothing (404)."""
    found = visible_purchase(request.post, purchase, on=request.today)
    seen = visible_bids(found, request.post, request.legal_now) if found is not None else []
    shown = next((one for one in seen if one.pk == pk and one.plan is not None), None)
    if shown is None:
        raise Http404
    return render(request, "desk/bid.html", {"purchase": found, "bid": shown})
