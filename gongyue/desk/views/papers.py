"""会签单, to be printed."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.circulation.models import SignOff
from gongyue.circulation.queries import reached, sheets
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.queries import seated_purchase, visible_purchase


@at_desk
def signoff(request: DeskRequest, pk: int) -> HttpResponse:
    """A paper with its opinions in order and its receipts; of a purchase the reader sees, or one that came to its
    office (else 404)."""
    row = SignOff.objects.filter(pk=pk).first()
    purchase = seated_purchase(request.post, row.purchase_id, on=request.today) if row else None
    if row is not None and purchase is not None and row.pk not in reached(purchase, request.post.organisation_id):
        purchase = visible_purchase(request.post, row.purchase_id, on=request.today)
    if row is None or purchase is None:
        raise Http404
    dossier = Dossier(purchase, at=request.legal_now, regime=regimes.current(purchase.regime))
    sheet = next(one for one in sheets(dossier) if one.signoff.pk == pk)
    return render(request, "desk/signoff_print.html", {"sheet": sheet, "purchase": purchase})
