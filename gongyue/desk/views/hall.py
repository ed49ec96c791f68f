"""开标大厅: what its script reads and does. Every step goes through the doorway; the answer says what came of it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from gongyue.desk.citations import all_findings
from gongyue.desk.hall import Hall, state_of
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.sheet import request_number
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase
from gongyue.kernel.offers import find
from gongyue.kernel.perform import perform
from gongyue.kernel.queries import visible_purchase

from .sealed import read_json

STEPS = frozenset({"opening.unlock", "sealedbid.open", "sealedbid.fault"})


def _visible(request: DeskRequest, pk: int) -> Purchase:
    found = visible_purchase(request.post, pk, on=request.today)
    if found is None:
        raise Http404
    return found


@at_desk
def state(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the opening is, and whose turn it is. Before it has begun there is no hall (404): no wrap leaves here."""
    purchase = _visible(request, pk)
    dossier = Dossier(purchase, at=request.legal_now, regime=regimes.current(purchase.regime))
    hall = Hall(dossier, request.post)
    if not hall.begun or (hall.mine is None and hall.own is None):
        raise Http404
    return JsonResponse(state_of(hall))


@require_POST
@at_desk
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """One step of a purchase's opening: done, overtaken by another opener (stale), or refused with the reasons."""
    purchase, sent = _visible(request, pk), read_json(request)
    name, number, seen = sent.get("name"), sent.get("pk"), sent.get("seen")
    if name not in STEPS or type(number) is not int or type(seen) is not int:
        raise Http404
    subject = find(name, actor=request.post, at=request.legal_now, pk=number)
    if subject is None or subject.parent_purchase is None or subject.parent_purchase.pk != purchase.pk:
        raise Http404
    given = sent.get("data")
    outcome = perform(
        name, subject, actor=request.post, at=request.legal_now, data=given if isinstance(given, dict) else {},
        seen=seen, request_id=request_number(str(sent.get("request_id", ""))),
    )  # fmt: skip
    found = all_findings(outcome.findings, regimes.current(purchase.regime))
    overtaken = {"kernel.stale", "kernel.done", "kernel.conflict"}
    return JsonResponse(
        {
            "done": outcome.entry is not None,
            "stale": any(one["rule"] in overtaken for one in found),
            "said": [str(one.get("message", "")) for one in found]
            + [str(word) for words in outcome.form.errors.values() for word in words],
        }
    )  # fmt: skip
