"""The pages for what went wrong. Each carries a number to quote, which stands in the log beside the cause."""

from __future__ import annotations

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

log = logging.getLogger("gongyue.errors")

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misheard on the telephone
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def quoted_number() -> str:
    """Eight signs in two groups, e.g. 7K2M-XH49."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _page(request: HttpRequest, name: str, status: int, cause: object) -> HttpResponse:
    number = quoted_number()
    log.warning("%s %s %s %s: %s", number, status, request.method, request.path, cause)
    # Without the request: nobody is looked up, so the page stands even where the database does not.
    page = render_to_string(f"{name}.html", {"number": number, "LANGUAGE_CODE": get_language()})
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where the request was too large to be read."""
    if isinstance(exception, TOO_LARGE):
        return _page(request, "413", 413, exception)
    return _page(request, "400", 400, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403", 403, exception)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, "403_csrf", 403, reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404, type(exception).__name__)


def failed(request: HttpRequest) -> HttpResponse:
    """500. Django logs the traceback itself; both lines have the path and the moment in common."""
    return _page(request, "500", 500, "see the traceback")


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, object]) -> HttpResponse:
    """429 after five failed logins; the account is free again after thirty minutes."""
    return _page(request, "locked", 429, "locked out")
