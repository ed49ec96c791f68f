"""机构档案: an organisation's own page of itself; nobody else's."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongyue.desk.context import opens
from gongyue.desk.profilefile import basics, expiry, parts
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel import storage
from gongyue.kernel.models import Document
from gongyue.parties.profile import ProfileItem, ProviderProfile
from gongyue.parties.snapshot import snapshot


@at_desk
def profile(request: DeskRequest) -> HttpResponse:
    """What stands on record of the reader's organisation: what its next bid will freeze."""
    organisation = request.post.organisation
    if not opens("profile", organisation):
        raise Http404
    kept = ProviderProfile.objects.filter(organisation=organisation).first()
    taken = snapshot(organisation, request.today)
    keys = list(_listed(request).order_by("pk").values_list("pk", flat=True))
    write = reverse("desk:do", args=["profile.keep", kept.pk]) if kept else reverse("desk:begin", args=["profile.keep"])
    until = taken["profile"]["registration_until"] if taken["profile"] else ""
    context: dict[str, Any] = {
        "profile": kept, "basics": basics(taken), "parts": parts(taken, request.today, keys), "write": write,
        "basic_papers": taken["profile"]["papers"] if taken["profile"] else [],
        "expiry": expiry(until, request.today),
        "files": {paper.sha256: paper.pk for paper in _papers(request)},
    }  # fmt: skip
    return render(request, "desk/profile.html", context)


def _listed(request: DeskRequest) -> Any:
    return ProfileItem.objects.filter(organisation=request.post.organisation_id, state=ProfileItem.State.LISTED)


def _papers(request: DeskRequest) -> Any:
    own = ProviderProfile.objects.filter(organisation=request.post.organisation_id)
    keys = [one.key for one in own] + [one.key for one in _listed(request)]
    return Document.objects.filter(subject__in=keys)


@at_desk
def paper(request: DeskRequest, pk: int) -> FileResponse:
    """A paper of one's own profile."""
    if not opens("profile", request.post.organisation):
        raise Http404
    found = get_object_or_404(_papers(request), pk=pk)
    return FileResponse(storage.open_stored(found.sha256), as_attachment=True, filename=found.name)
