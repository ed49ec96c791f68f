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
from gongyue.tendering.early import KNOCKS, UNLOCK, knock

from .sealed import read_json


def _visible(request: DeskRequest, pk: int) -> Purchase:
    found = visible_purchase(request.post, pk, on=request.today)
    if found is None:
        raise Http404
    return found


def _hall(request: DeskRequest, purchase: Purchase) -> Hall:
    return Hall(Dossier(purchase, at=request.legal_now, regime=regimes.current(purchase.regime)), request.post)


@at_desk
def state(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the opening is, and whose turn it is. Before it has begun there is no hall: no wrap leaves here."""
    hall = _hall(request, _visible(request, pk))
    if not hall.begun:
        return _early(UNLOCK, hall, request)
    if hall.mine is None and hall.own is None:
        raise Http404
    return JsonResponse(state_of(hall))


def _early(name: str, hall: Hall, request: DeskRequest) -> HttpResponse:
    """Before the deadline: kept on record whoever tries, and those with a part in the opening are told the article
    (409). To anybody else, and from the deadline until the opening is begun, there is no hall."""
    findings = knock(name, hall.tender, hall.dossier, request.post) if hall.tender is not None else []
    if not findings or (hall.mine is None and hall.own is None):
        raise Http404
    said = all_findings(findings, hall.dossier.regime)
    return JsonResponse(
        {"done": False, "stale": False, "said": [f"{one['sentence']}（{one['cite']}）" for one in said]}, status=409
    )


@require_POST
@at_desk
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """One step of a purchase's opening: done, overtaken by another opener (stale), or refused with the reasons."""
    purchase, sent = _visible(request, pk), read_json(request)
    name, number, seen = sent.get("name"), sent.get("pk"), sent.get("seen")
    if name not in KNOCKS or type(number) is not int or type(seen) is not int:
        raise Http404
    if not (hall := _hall(request, purchase)).begun:
        return _early(name, hall, request)
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
