"""A purchase's papers in order: to be printed, or taken away as one file."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongyue.desk.binder import Binder
from gongyue.desk.binderfile import safe, zipped
from gongyue.desk.casefile import CaseFile
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel.queries import visible_purchase


def _binder(request: DeskRequest, pk: int) -> Binder:
    purchase = visible_purchase(request.post, pk, on=request.today)
    if purchase is None:
        raise Http404
    return Binder(CaseFile(purchase, request.post, request.legal_now))


@require_safe
@at_desk
def binder(request: DeskRequest, pk: int) -> HttpResponse:
    """Cover, contents, and every part with its papers."""
    found = _binder(request, pk)
    context = {"binder": found, "purchase": found.purchase, "at": request.legal_now}
    return render(request, "desk/binder.html", context)


@require_safe
@at_desk
def archive(request: DeskRequest, pk: int) -> FileResponse:
    """The same with its files."""
    found = _binder(request, pk)
    name = f"{safe(found.purchase.title)}-{_('汇编')}-{request.today.isoformat()}.zip"
    return FileResponse(
        zipped(found, request.legal_now), as_attachment=True, filename=name, content_type="application/zip"
    )
