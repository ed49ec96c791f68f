"""What anybody may say of a project, without an account: on a phone, without JavaScript, followed by a receipt."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongyue import clock
from gongyue.clock import LOCAL
from gongyue.kernel import regimes
from gongyue.kernel.findings import say
from gongyue.kernel.models import Purchase
from gongyue.kernel.perform import perform
from gongyue.oversight.forms import SubmitForm
from gongyue.oversight.models import Feedback
from gongyue.oversight.queries import answered
from gongyue.parties.queries import public_seat

from . import throttle

PER_BROWSER = 10
PER_NETWORK = 20  # an hour
TRAP = "website"  # a field that people do not see and programs fill in
ANSWERED = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered, and a form for more."""
    purchase = get_object_or_404(Purchase.objects.select_related("division"), pk=pk)
    if not regimes.current(purchase.regime).acts(Feedback.kind):
        raise Http404
    if request.method != "POST":
        return _page(request, purchase, SubmitForm())
    if request.POST.get(TRAP):
        return render(request, "portal/feedback_told.html", {"purchase": purchase})  # nothing is kept
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return _page(request, purchase, form, status=422)
    if not throttle.allowed(request, "feedback", per_browser=PER_BROWSER, per_network=PER_NETWORK):
        return _page(request, purchase, form, busy=True, status=429)
    return _send(request, purchase, form)


def _send(request: HttpRequest, purchase: Purchase, form: SubmitForm) -> HttpResponse:
    now = clock.now()
    seat = public_seat(purchase.division, now.astimezone(LOCAL).date())
    if seat is None:
        return _page(request, purchase, form, refused=_("本市还没有开通网上意见，请向街道或区民政局反映。"), status=409)
    outcome = perform(
        "feedback.submit", Feedback(purchase=purchase), actor=seat, at=now, data=request.POST.dict(), seen=0,
        request_id=_key(request.POST.get("key", "")),
    )  # fmt: skip
    if outcome.entry is None:
        told = [say(one, regimes.current(purchase.regime)) for one in outcome.findings]
        return _page(request, purchase, form, refused=" ".join(map(str, told)), status=422)
    kept = outcome.subject
    assert isinstance(kept, Feedback)
    return redirect("portal:feedback-follow", receipt=kept.receipt)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid4()


def _page(
    request: HttpRequest, purchase: Purchase, form: SubmitForm, *, busy: bool = False, refused: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "purchase": purchase, "form": form, "busy": busy, "refused": refused, "key": uuid4(),
        "answered": list(answered(purchase)[:ANSWERED]),
    }  # fmt: skip
    return render(request, "portal/feedback.html", context, status=status)


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
