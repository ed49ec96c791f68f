"""Files handed in, and the proof of an entry: for those who may see the purchase."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import storage
from gongyue.kernel.models import Document, Purchase
from gongyue.kernel.queries import visible_purchase
from gongyue.ledger import proofs
from gongyue.ledger.models import Entry
from gongyue.tendering.queries import secrets


@at_desk
def document(request: DeskRequest, pk: int) -> FileResponse:
    """A file of a visible purchase; one that is sealed or personal is shown by no general page (404)."""
    found = get_object_or_404(Document, pk=pk, restricted=False, purchase__isnull=False)
    purchase = visible_purchase(request.post, found.purchase_id or 0, on=request.today)
    if purchase is None or found.subject in hidden_in(purchase, request):
        raise Http404
    return FileResponse(storage.open_stored(found.sha256), as_attachment=True, filename=found.name)


@at_desk
def proof(request: DeskRequest, purchase: int, entry: int) -> HttpResponse:
    """The proof that an entry stands in the ledger, as JSON anyone can check."""
    seen = visible_purchase(request.post, purchase, on=request.today)
    found = get_object_or_404(Entry, pk=entry, purchase=purchase, leaf__isnull=False)
    if seen is None or found.subject in hidden_in(seen, request):
        raise Http404
    return JsonResponse(proofs.inclusion(found), json_dumps_params={"ensure_ascii": False, "indent": 2}, safe=False)


def hidden_in(purchase: Purchase, request: DeskRequest) -> frozenset[str]:
    """What this reader must not know of yet in this purchase."""
    return secrets(purchase, request.post, request.legal_now).subjects
