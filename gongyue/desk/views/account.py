"""Coming in, choosing the post one acts from, and moving the training clock."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongyue import clock
from gongyue.demonstration.accounts import ACCOUNTS, Account
from gongyue.desk.forms import LoginForm
from gongyue.desk.session import SESSION_POST, DeskRequest, at_desk, see_other
from gongyue.kernel.models import Obligation, Person

PASSWORDLESS = "django.contrib.auth.backends.ModelBackend"


class Login(LoginView):
    """The door. In the demonstration with a card for each kind of user."""

    template_name = "desk/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"accounts": demonstration_accounts()}


class Logout(LogoutView):
    http_method_names = ["post", "options"]


def demonstration_accounts() -> list[Account]:
    """(username, capacity, description) of those who may come in with one click; none outside the demonstration."""
    if not settings.GONGYUE_DEMONSTRATION:
        return []
    return list(ACCOUNTS)


@require_POST
def login_as(request: HttpRequest, username: str) -> HttpResponse:
    """One click, no password: the demonstration's own accounts only; anything else does not exist (404)."""
    if username not in {account[0] for account in demonstration_accounts()}:
        raise Http404
    person = get_object_or_404(Person, username=username, is_active=True)
    login(request, person, backend=PASSWORDLESS)
    return see_other(back(request, reverse("desk:workbench")))


@require_POST
@at_desk
def act_as(request: DeskRequest, post: int | None = None) -> HttpResponse:
    """Act from another post that one holds today (in the address, or posted); somebody else's does not exist (404)."""
    wanted = request.POST.get("post", "") if post is None else str(post)
    seat = next((held for held in request.posts if str(held.pk) == wanted), None)
    if seat is None:
        raise Http404
    request.session[SESSION_POST] = seat.pk
    messages.info(request, _("现在以“%(post)s”的身份办理") % {"post": f"{seat.organisation} {seat.title}"})
    return see_other(back(request, reverse("desk:workbench")))


@at_desk
def mail(request: DeskRequest) -> HttpResponse:
    """To where one's own reminder address is set."""
    return see_other(reverse("desk:do", args=["post.mail", request.post.pk]))


@require_POST
@at_desk
def move_clock(request: DeskRequest) -> HttpResponse:
    """Move the training clock on by a day, a week, a month, or to the next day something is due."""
    if not settings.GONGYUE_DEMONSTRATION:
        raise Http404
    to = step(request.POST.get("step", ""), request.today)
    if to is None:
        messages.warning(request, _("此后没有已定的期限，时钟没有移动"))
    else:
        clock.advance(to)
        messages.info(request, _("训练时钟已走到 %(day)s") % {"day": to.isoformat()})
    return see_other(back(request, reverse("desk:workbench")))


def step(name: str, today: date) -> date | None:
    """The day a step of the clock leads to; None: there is no next deadline. An unknown step does not exist (404)."""
    match name:
        case "day":
            return today + timedelta(days=1)
        case "week":
            return today + timedelta(days=7)
        case "month":
            return next_month(today)
        case "next-deadline":
            open_ones = Obligation.objects.filter(is_open=True, suspended_on=None, due_on__gt=today)
            return cast(date | None, open_ones.aggregate(day=Min("due_on"))["day"])
    raise Http404


def next_month(day: date) -> date:
    """The corresponding day of the next month; its last day where there is none."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def back(request: HttpRequest, otherwise: str) -> str:
    """Where the reader came from, as long as it is on this site."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else otherwise
