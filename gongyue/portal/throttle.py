"""How much one browser, and one network in an hour, may send in without an account. Kept by the real clock.

A browser is known by a signed cookie that holds counts and nothing else; a network by a hash of its address under a
secret that lives for one day. The counts of networks stand in the database, so that all processes share them.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import secrets
from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .models import DaySalt, NetworkUse

COOKIE = "told"
SALT = "gongyue.portal.throttle"
KEPT = 365 * 24 * 3600  # seconds a browser is remembered
MOST = 40  # kinds of thing a cookie remembers: the oldest is forgotten
PENDING = "_told"
IPV6_NETWORK = 64  # bits: below, an address is one household's to choose


def allowed(request: HttpRequest, what: str, *, per_browser: int, per_network: int) -> bool:
    """Whether one more of `what` may come from this browser (ever) and from this network (within the hour).

    True counts it: ask once the form is valid, directly before it is kept. The cookie is written by `Remembered`.
    """
    if spent(request, what, per_browser=per_browser) or not _in_hour(request, what, per_network):
        return False
    counts = _counts(request)
    counts[what] = counts.pop(what, 0) + 1
    setattr(request, PENDING, counts)
    return True


def spent(request: HttpRequest, what: str, *, per_browser: int) -> bool:
    """Whether this browser has sent in as many as it may: a page says so before anybody fills it in. No query."""
    return _counts(request).get(what, 0) >= per_browser


class Remembered:
    """Middleware: gives the browser its signed counts back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        counts: dict[str, int] | None = getattr(request, PENDING, None)
        if counts is not None:
            kept = dict(list(counts.items())[-MOST:])
            response.set_signed_cookie(
                COOKIE, json.dumps(kept, separators=(",", ":")), salt=SALT, max_age=KEPT, httponly=True,
                samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
            )  # fmt: skip
        return response


def _counts(request: HttpRequest) -> dict[str, int]:
    """What the browser sent before; a cookie that was touched counts as none."""
    pending: dict[str, int] | None = getattr(request, PENDING, None)
    if pending is not None:
        return dict(pending)
    told = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT)
    return dict(json.loads(told)) if told else {}


def _in_hour(request: HttpRequest, what: str, most: int) -> bool:
    """Count one more for the network, unless the hour is full: one UPDATE decides, whoever else asks at once."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    row, _new = NetworkUse.objects.get_or_create(what=what, network=_network(request, now), hour=hour)
    return bool(NetworkUse.objects.filter(pk=row.pk, used__lt=most).update(used=F("used") + 1))


def _network(request: HttpRequest, now: datetime) -> str:
    salt = _salt(timezone.localtime(now).date())
    return hmac.new(salt.encode(), address(request).encode(), hashlib.sha256).hexdigest()


def address(request: HttpRequest) -> str:
    """The network the request came from: behind a proxy the last address it added itself, of IPv6 the first half."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.GONGYUE_BEHIND_PROXY:
        given = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or given
    try:
        found = ipaddress.ip_address(given)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))


def _salt(day: date) -> str:
    """The day's secret. With a new day those before it, and their counts, are gone."""
    row, new = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_hex(32)})
    if new:
        DaySalt.objects.filter(day__lt=day).delete()
        NetworkUse.objects.filter(hour__date__lt=day).delete()
    return row.salt
