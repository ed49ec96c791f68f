"""What the site does around every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gongyue import clock
from gongyue.parties.queries import posts_of

from .session import DeskRequest, chosen


class NoNul:
    """400 for a NUL in an address or its query: no text of ours has one, and PostgreSQL takes none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if "\0" in request.path_info or any("\0" in text for text in asked):
            raise BadRequest("NUL")
        return self.get_response(request)


class ChosenLanguage:
    """Chinese, unless the reader chose another language with the switch.

    The browser's own preference is not asked: on a shared office machine it tells nothing about the reader,
    and a link passed on must open in the language its text was quoted in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.languages = {code for code, _name in settings.LANGUAGES}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in self.languages else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Content-Language", language)
        return response


class ActingPost:
    """Sets `request.legal_now` and `request.today` (one clock query a request), `request.posts` and `request.post`.

    The post is the one the session names, as long as its person holds it on the legal day. Nobody logged in: None.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seated = cast(DeskRequest, request)
        seated.legal_now = clock.now()
        seated.today = seated.legal_now.astimezone(clock.LOCAL).date()
        seated.posts, post = [], None
        if request.user.is_authenticated:
            seated.posts = list(posts_of(seated.user, seated.today))
            post = chosen(seated.posts, request.session)
        seated.post = post  # type: ignore[assignment]  # None only outside the desk
        return self.get_response(request)
