"""Files handed in, and the proof of an entry: for those who may see the purchase."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from gongyue.contracts import paper
from gongyue.contracts.queries import contracts_of, may_have_scan
from gongyue.desk import reach
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import regimes, storage
from gongyue.kernel.models import Document, Purchase
from gongyue.kernel.queries import own_matters, seated_purchase, visible_purchase
from gongyue.ledger import proofs
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Tender
from gongyue.tendering.queries import secrets, tells

SEALED_PAPER = r"^(contract|amendment):[0-9]+$"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@at_desk
def document(request: DeskRequest, pk: int) -> FileResponse:
    """A file of a visible purchase, of the reader's own matter in it, or of what lies beside any and the reader may
    open; one that is sealed or personal is shown by no general page (404)."""
    found = get_object_or_404(Document, pk=pk, restricted=False)
    if not _open(found.purchase_id, found.subject, request):
        raise Http404
    return FileResponse(storage.open_stored(found.sha256), as_attachment=True, filename=found.name)


def _open(purchase: int | None, key: str, request: DeskRequest) -> bool:
    """Whether what is about this subject is for the reader."""
    subject = reach.named(key)
    if purchase is None:
        return reach.beside(subject, request.post)
    if not reach.within(subject, request.post):
        return False
    seen = visible_purchase(request.post, purchase, on=request.today)
    if seen is not None:
        return key not in hidden_in(seen, request)
    own = seated_purchase(request.post, purchase, on=request.today)
    return own is not None and key in own_matters(own, request.post)


@at_desk
def scan(request: DeskRequest, purchase: int, pk: int) -> FileResponse:
    """The sealed paper of a contract or an amendment, for the parties and the offices it concerns; else none (404)."""
    seen = visible_purchase(request.post, purchase, on=request.today)
    found = get_object_or_404(Document, pk=pk, purchase=seen, field="scan", subject__regex=SEALED_PAPER)
    contracts = contracts_of(seen) if seen else []
    if not any(may_have_scan(one, request.post.organisation) for one in contracts):
        raise Http404
    return FileResponse(storage.open_stored(found.sha256), as_attachment=True, filename=found.name)


@at_desk
def proof(request: DeskRequest, purchase: int, entry: int) -> HttpResponse:
    """The proof that an entry stands in the ledger, as JSON anyone can check."""
    found = get_object_or_404(Entry, pk=entry, purchase=purchase, leaf__isnull=False)
    if not _open(purchase, found.subject, request):
        raise Http404
    kind, _colon, pk = found.subject.partition(":")
    if kind == Tender.kind:
        tender = Tender.objects.select_related("purchase").get(pk=pk)
        if not tells(found.action, tender, request.post, request.legal_now):
            raise Http404
    return JsonResponse(proofs.inclusion(found), json_dumps_params={"ensure_ascii": False, "indent": 2}, safe=False)


@at_desk
def contract(request: DeskRequest, purchase: int, pk: int) -> FileResponse:
    """A contract of a visible purchase as a Word document, whatever its state; else it does not exist (404)."""
    seen = visible_purchase(request.post, purchase, on=request.today)
    found = next((one for one in contracts_of(seen) if one.pk == pk), None) if seen else None
    if seen is None or found is None:
        raise Http404
    body = paper.write(found, seen, regimes.current(seen.regime), request.today)
    name = f"{found.number or found.pk}.docx"
    return FileResponse(BytesIO(body), as_attachment=True, filename=name, content_type=WORD)


def hidden_in(purchase: Purchase, request: DeskRequest) -> frozenset[str]:
    """What this reader must not know of yet in this purchase."""
    return secrets(purchase, request.post, request.legal_now).subjects
