"""Who is at the desk: the request of a person who acts from a post, on a legal day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gongyue.kernel.models import Person, Post

P = ParamSpec("P")
SESSION_POST = "post"
DIGITS = 18  # what any database keeps in a whole number


class DeskRequest(HttpRequest):
    """A request that came through `ActingPost` and `at_desk`.

    `post` is the seat acted from, with its person, organisation and division; `posts` are all that the person holds
    on the legal day; `legal_now` is legal time, read once, and `today` its day.
    """

    user: Person
    post: Post
    posts: list[Post]
    legal_now: datetime
    today: date


def at_desk(
    view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for somebody who is logged in and holds a post today; without one there is nothing to act from (403)."""

    @wraps(view)
    def seated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if getattr(request, "post", None) is None:
            return render(request, "desk/no_post.html", status=403)
        return view(cast(DeskRequest, request), *args, **kwargs)

    return seated


def chosen(posts: list[Post], session: Any) -> Post | None:
    """The post the session names, else the one held longest."""
    wanted = session.get(SESSION_POST)
    return next((post for post in posts if post.pk == wanted), posts[0] if posts else None)


def see_other(to: str) -> HttpResponse:
    """Done: look there (303), so that going back never sends the form again."""
    return HttpResponse(status=303, headers={"Location": to})


def whole(text: str) -> int | None:
    """A number as an address or a form gives it; None where it is none, or beyond any key."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
