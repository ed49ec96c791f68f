"""The page of the pilot as a whole."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.desk.context import opens
from gongyue.desk.programmepage import ProgrammePage
from gongyue.desk.session import DeskRequest, at_desk


@at_desk
def programme(request: DeskRequest) -> HttpResponse:
    """For government offices; to others it does not exist (404)."""
    if not opens("programme", request.post.organisation):
        raise Http404
    return render(request, "desk/programme.html", {"page": ProgrammePage(request), "today": request.today})
