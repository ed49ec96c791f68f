"""What the public says, for those who handle it; the list a check drew from; recommendations of the audit."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongyue.desk.context import opens
from gongyue.desk.paging import page
from gongyue.desk.programmepage import files_of
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.models import Organisation
from gongyue.kernel.offers import offers
from gongyue.kernel.queries import visible, visible_purchase
from gongyue.oversight import coverage, queries
from gongyue.oversight.models import Audit, Feedback, SpotCheck

UNAUDITED = 20  # projects that the page names


@at_desk
def feedbacks(request: DeskRequest) -> HttpResponse:
    """Of the purchases a post may see: what waits first."""
    if not opens("feedbacks", request.post.organisation):
        raise Http404
    rows = queries.feedback_for(request.post, visible(request.post, on=request.today))
    return render(request, "desk/feedbacks.html", {"page": page(rows, request)})


@at_desk
def feedback(request: DeskRequest, pk: int) -> HttpResponse:
    """One, with the sender's words; how to reach the sender is for civil affairs alone."""
    found = get_object_or_404(Feedback.objects.select_related("handler"), pk=pk)
    purchase = visible_purchase(request.post, found.purchase_id, on=request.today)
    if purchase is None or not found.visible_to(request.post):
        raise Http404
    found.purchase = purchase
    bureau = request.post.organisation.organisation_kind == Organisation.Kind.CIVIL_AFFAIRS
    context = {
        "feedback": found, "purchase": purchase, "contact": queries.contact_of(found) if bureau else "",
        "name": queries.name_of(found) if bureau else "", "reachable": bureau,
        "offers": [one for one in offers(found, actor=request.post, at=request.legal_now) if one.ready],
    }  # fmt: skip
    return render(request, "desk/feedback.html", context)


@at_desk
def population(request: DeskRequest, pk: int) -> HttpResponse:
    """The list a check was drawn from, a key a line: what its digest was taken of."""
    check = get_object_or_404(SpotCheck, pk=pk)
    purchase = visible_purchase(request.post, check.purchase_id, on=request.today)
    if purchase is None or not check.visible_to(request.post):
        raise Http404
    return HttpResponse("\n".join(check.population), content_type="text/plain; charset=utf-8")


@at_desk
def recommendations(request: DeskRequest) -> HttpResponse:
    """Made by or addressed to the reader's organisation."""
    if not opens("recommendations", request.post.organisation):
        raise Http404
    regime = regimes.current(request.post.organisation.regime_code)
    audit = request.post.organisation.organisation_kind == Organisation.Kind.AUDIT
    shown = page(queries.recommendations(request.post), request)
    files = files_of(shown.rows)
    context = {
        "page": shown, "rows": [(one, files.get(one.key, [])) for one in shown.rows], "today": request.today,
        "may_make": audit and bool(may(["recommendation.make"], request.post, regime)),
    }  # fmt: skip
    if audit and regime.acts(Audit.kind):
        seen = visible(request.post, on=request.today)
        context |= {"covered": coverage.coverage(seen), "unaudited": coverage.unaudited(seen)[:UNAUDITED]}
    return render(request, "desk/recommendations.html", context)
