"""What anybody may say of a project, or object to in the result of its tender, without an account: on a phone, without
JavaScript, followed by a receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongyue import clock
from gongyue.clock import LOCAL
from gongyue.disclosure.queries import notices_at
from gongyue.kernel import regimes
from gongyue.kernel.findings import capacity_names, say
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Purchase
from gongyue.kernel.perform import perform
from gongyue.oversight.forms import ObjectForm, SubmitForm
from gongyue.oversight.models import Feedback
from gongyue.oversight.queries import answered, objections
from gongyue.parties.queries import public_seat
from gongyue.policy import Regime

from . import throttle

PER_BROWSER = 10
PER_NETWORK = 20  # an hour
TRAP = "website"  # a field that people do not see and programs fill in
ANSWERED = 20


@dataclass(frozen=True)
class Intake:
    """One page that takes something in: what it brings into the world, by which action and form, what stands beside.

    `what`: under which name the throttle counts it."""

    subject: Feedback
    action: str
    form: type[ActionForm]
    template: str
    what: str
    beside: Mapping[str, Any]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered, and a form for more."""
    purchase = get_object_or_404(Purchase.objects.select_related("division"), pk=pk)
    regime = regimes.current(purchase.regime)
    if not regime.acts(Feedback.kind):
        raise Http404
    beside = {"answered": list(answered(purchase)[:ANSWERED]), "handler": _handler(regime)}
    subject = Feedback(purchase=purchase)
    return _take(request, Intake(subject, "feedback.submit", SubmitForm, "portal/feedback.html", "feedback", beside))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, entry: int) -> HttpResponse:
    """An objection to the result of a tender, from the page of its notice."""
    notice = next(iter(notices_at(entry)), None)
    found = objections(entry, regimes.current(notice.regime)) if notice else None
    if notice is None or found is None:
        raise Http404
    purchase = get_object_or_404(Purchase.objects.select_related("division"), pk=notice.purchase)
    beside = {"notice": notice, "objections": found}
    subject = Feedback.objecting(purchase, entry)
    return _take(request, Intake(subject, "feedback.object", ObjectForm, "portal/objection.html", "objection", beside))


def _handler(regime: Regime) -> str:
    """Who takes up what the public writes."""
    who = regime.who("feedback.accept")
    return capacity_names(who.capacities if who else (), regime)


def _take(request: HttpRequest, intake: Intake) -> HttpResponse:
    if request.method != "POST":
        return _page(request, intake, intake.form())
    if request.POST.get(TRAP):
        return render(request, "portal/feedback_told.html", {"purchase": intake.subject.purchase})  # nothing is kept
    form = intake.form(request.POST)
    if not form.is_valid():
        return _page(request, intake, form, status=422)
    if not throttle.allowed(request, intake.what, per_browser=PER_BROWSER, per_network=PER_NETWORK):
        return _page(request, intake, form, busy=True, status=429)
    return _send(request, intake, form)


def _send(request: HttpRequest, intake: Intake, form: ActionForm) -> HttpResponse:
    now, purchase = clock.now(), intake.subject.purchase
    seat = public_seat(purchase.division, now.astimezone(LOCAL).date())
    if seat is None:
        return _page(request, intake, form, refused=_("本市还没有开通网上意见，请直接向负责的机关反映。"), status=409)
    outcome = perform(
        intake.action, intake.subject, actor=seat, at=now, data=request.POST.dict(), seen=0,
        request_id=_key(request.POST.get("key", "")),
    )  # fmt: skip
    if outcome.entry is None:
        told = [say(one, regimes.current(purchase.regime)) for one in outcome.findings]
        return _page(request, intake, form, refused=" ".join(map(str, told)), status=422)
    kept = outcome.subject
    assert isinstance(kept, Feedback)
    return redirect("portal:feedback-follow", receipt=kept.receipt)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _page(
    request: HttpRequest, intake: Intake, form: ActionForm, *, busy: bool = False, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "purchase": intake.subject.purchase, "form": form, "busy": busy, "refused": refused, "key": uuid4(),
        **intake.beside,
    }  # fmt: skip
    return render(request, intake.template, context, status=status)


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """By the receipt, as it was written down."""
    receipt = request.GET.get("receipt", "").replace("-", "").replace(" ", "").upper()
    if receipt and Feedback.objects.filter(receipt=receipt).exists():
        return redirect("portal:feedback-follow", receipt=receipt)
    return render(request, "portal/feedback_find.html", {"wrong": bool(receipt)})


@never_cache
@require_safe
def follow(request: HttpRequest, receipt: str) -> HttpResponse:
    """How far it is handled: for whoever holds the receipt. What was said is not shown again."""
    rows = Feedback.objects.select_related("purchase", "handler")
    found = get_object_or_404(rows, receipt=receipt.replace("-", "").upper())
    return render(request, "portal/feedback_follow.html", {"feedback": found, "purchase": found.purchase})
