"""Who has to do what in a purchase, and how long each took."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.desk import duties
from gongyue.desk.casefile import CaseFile
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel.queries import visible_purchase


@at_desk
def responsibilities(request: DeskRequest, pk: int) -> HttpResponse:
    """The table of parties, its drawing, and the steps with their days."""
    found = visible_purchase(request.post, pk, on=request.today)
    if found is None:
        raise Http404
    case = CaseFile(found, request.post, request.legal_now)
    parties = duties.parties(case)
    steps = sorted((step for party in parties for step in party.steps), key=lambda step: (step.since, step.party))
    context = {"purchase": found, "parties": parties, "steps": steps, "chart": duties.chart(parties)}
    return render(request, "desk/duties.html", context)
