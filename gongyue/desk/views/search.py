"""What the box in the top bar finds."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongyue.desk.search import MOST, SearchForm, search
from gongyue.desk.session import DeskRequest, at_desk


@require_safe
@at_desk
def found(request: DeskRequest) -> HttpResponse:
    """`?q=`; nothing is read before something is asked for."""
    form = SearchForm(request.GET)
    form.label_suffix = ""
    text = form.cleaned_data["q"] if form.is_valid() else ""
    groups = search(request, text) if text else []
    context = {"form": form, "text": text, "groups": groups, "most": MOST}
    return render(request, "desk/search.html", context, status=422 if form.errors else 200)
