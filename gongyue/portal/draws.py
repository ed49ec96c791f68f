"""The draw of a committee's experts, for anybody who wants to draw again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gongyue.kernel.models import Purchase
from gongyue.ledger import proofs
from gongyue.tendering.draws import OpenDraw, open_draw

READABLE = {"ensure_ascii": False, "indent": 2}


def _found(pk: int) -> tuple[Purchase, OpenDraw]:
    """Before its seed is opened there is no draw to be seen (404)."""
    purchase = get_object_or_404(Purchase.objects.select_related("division__parent"), pk=pk)
    found = open_draw(purchase)
    if found is None:
        raise Http404
    return purchase, found


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was fixed, what was opened, what was drawn, and how to do it again."""
    purchase, found = _found(pk)
    return render(request, "portal/draw.html", {"purchase": purchase, "draw": found})


@require_safe
def data(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for programs."""
    _purchase, found = _found(pk)
    return JsonResponse(found.plain(), json_dumps_params=READABLE)


@require_safe
def proof(request: HttpRequest, pk: int) -> JsonResponse:
    """That the digests stood in the ledger: the entry that fixed them, with its way up the tree."""
    _purchase, found = _found(pk)
    shown = proofs.inclusion(found.fixed) if found.fixed is not None else None
    if shown is None:
        raise Http404
    return JsonResponse(dict(shown), json_dumps_params=READABLE)
