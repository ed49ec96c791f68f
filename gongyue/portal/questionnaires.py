"""A questionnaire as anybody answers it: on a phone, without an account, without a name, without JavaScript."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongyue import clock
from gongyue.clock import LOCAL
from gongyue.needs.domain.answering import Kept, answer, is_kept, turn_away
from gongyue.needs.models import Questionnaire
from gongyue.needs.questions import AnswerForm, questions_of

from . import throttle

PER_BROWSER = 1
PER_NETWORK = 60  # an hour: a whole neighbourhood may stand behind one address


def _open(token: str) -> Questionnaire:
    """By its address, with or without the dashes of the printed one."""
    rows = Questionnaire.objects.select_related("purchase__division")
    found = rows.filter(token=token.replace("-", "").lower()).first()
    if found is None:
        raise Http404
    return found


def _what(questionnaire: Questionnaire) -> str:
    return f"q:{questionnaire.pk}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questionnaire(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; sent in, they lead to the thanks. On an error everything stays as it was typed (422)."""
    found, now = _open(token), clock.now()
    questions = questions_of(found)
    if request.method == "POST":
        form = AnswerForm(questions, request.POST)
        if form.is_valid():
            return _keep(request, found, form)
        if "key" in form.errors:  # an old or a made-up page: what was typed stays, under a new key
            typed = request.POST.copy()
            typed["key"] = str(uuid4())
            form = AnswerForm(questions, typed)
        return render(request, "portal/questionnaire.html", {"survey": found, "form": form}, status=422)
    if not found.takes_answers(now.astimezone(LOCAL).date()):
        return _told(request, found, "closed")
    if throttle.spent(request, _what(found), per_browser=PER_BROWSER):
        return _told(request, found, "answered")
    form = AnswerForm(questions, initial={"key": uuid4()})
    return render(request, "portal/questionnaire.html", {"survey": found, "form": form})


def _keep(request: HttpRequest, found: Questionnaire, form: AnswerForm) -> HttpResponse:
    """Once a page, once a browser, a bound number an hour from one network; what is too much is counted and told."""
    key: UUID = form.cleaned_data["key"]
    now = clock.now()
    if is_kept(found, key):
        return redirect("portal:thanks", token=found.token)
    if not found.takes_answers(now.astimezone(LOCAL).date()):
        return _told(request, found, "closed", 409)
    if not throttle.allowed(request, _what(found), per_browser=PER_BROWSER, per_network=PER_NETWORK):
        turn_away(found)
        again = throttle.spent(request, _what(found), per_browser=PER_BROWSER)
        if again:
            return _told(request, found, "answered", 429)
        context = {"survey": found, "form": form, "busy": True}
        return render(request, "portal/questionnaire.html", context, status=429)
    if answer(found, key=key, data=form.answers(), at=now) is Kept.CLOSED:
        return _told(request, found, "closed", 409)
    return redirect("portal:thanks", token=found.token)


def _told(request: HttpRequest, found: Questionnaire, why: str, status: int = 200) -> HttpResponse:
    return render(request, "portal/questionnaire_told.html", {"survey": found, "why": why}, status=status)


@never_cache
@require_safe
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """It was taken in."""
    return _told(request, _open(token), "thanks")
