"""What one browser and one network may send in without an account."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from gongyue.portal import throttle
from gongyue.portal.models import DaySalt, NetworkUse

pytestmark = pytest.mark.django_db


def request(cookies: str = "", address: str = "203.0.113.7", **headers: str) -> HttpRequest:
    made = RequestFactory().post("/q/x/", REMOTE_ADDR=address, **headers)
    if cookies:
        made.COOKIES[throttle.COOKIE] = cookies
    return made


def once(made: HttpRequest, what: str = "q:1", per_network: int = 100) -> tuple[bool, str]:
    """Ask once, and the cookie the answer would set."""
    given = []

    def view(asked: HttpRequest) -> HttpResponse:
        given.append(throttle.allowed(asked, what, per_browser=1, per_network=per_network))
        return HttpResponse()

    response = throttle.Remembered(view)(made)
    kept = response.cookies.get(throttle.COOKIE)
    return given[0], kept.value if kept else ""


def test_a_browser_answers_once() -> None:
    first, cookie = once(request())
    assert first
    assert once(request(cookie)) == (False, "")
    assert throttle.spent(request(cookie), "q:1", per_browser=1)
    assert once(request(cookie), "q:2")[0]


def test_a_cookie_that_was_touched_counts_as_none() -> None:
    _first, cookie = once(request())
    assert once(request(cookie.replace("q:1", "q:3")))[0]


def test_the_cookie_is_for_the_server_alone() -> None:
    response = throttle.Remembered(lambda asked: HttpResponse(_ask(asked)))(request())
    kept = response.cookies[throttle.COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["max-age"]) == (True, "Lax", 31_536_000)


def _ask(asked: HttpRequest) -> str:
    return str(throttle.allowed(asked, "q:1", per_browser=1, per_network=9))


def test_a_network_is_bound_within_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [once(request(), per_network=3)[0] for _n in range(5)] == [True, True, True, False, False]
    assert once(request(address="203.0.113.8"), per_network=3)[0]
    later = timezone.now().replace(minute=0) + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert once(request(), per_network=3)[0]


def test_no_address_is_kept_and_yesterday_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    def at(day: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, day, 4, tzinfo=UTC))

    at(5)
    once(request())
    first = NetworkUse.objects.get()
    assert (len(first.network), first.used, first.hour.hour) == (64, 1, 4)
    assert "203.0.113.7" not in first.network
    at(6)
    once(request())
    assert [row.network for row in NetworkUse.objects.all()] != [first.network]
    assert NetworkUse.objects.count() == 1
    assert list(DaySalt.objects.values_list("day", flat=True)) == [date(2026, 5, 6)]


@pytest.mark.parametrize(
    ("given", "behind", "forwarded", "expected"),
    [
        ("203.0.113.7", False, "198.51.100.1", "203.0.113.7"),
        ("127.0.0.1", True, "10.0.0.9, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", True, "", "127.0.0.1"),
        ("2001:db8:1:2:3::4", False, "", "2001:db8:1:2::/64"),
        ("", False, "", ""),
    ],
)
def test_which_network(given: str, behind: bool, forwarded: str, expected: str, settings: Any) -> None:
    settings.GONGYUE_BEHIND_PROXY = behind
    assert throttle.address(request(address=given, HTTP_X_FORWARDED_FOR=forwarded)) == expected
