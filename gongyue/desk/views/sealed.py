"""密封投标: where a bidder's browser sends what it has sealed. Nothing here is an act: `bid.submit` is."""

from __future__ import annotations

import json
from typing import Any

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongyue.desk.session import DeskRequest, at_desk, whole
from gongyue.kernel import storage
from gongyue.kernel.models import Organisation
from gongyue.kernel.queries import visible_purchase
from gongyue.tendering import recorded, staging
from gongyue.tendering.models import BidPaper, SealedBid, SealedFile, SealedUpload, Tender
from gongyue.tendering.queries import visible_bids
from gongyue.tendering.sealing import SealError
from gongyue.tendering.staging import StagingError

JSON_MOST = 2 * 1024 * 1024


def refused(error: str, status: int = 409) -> JsonResponse:
    """Why it was not taken: a word that the page has a sentence for."""
    return JsonResponse({"error": error}, status=status)


def read_json(request: DeskRequest) -> dict[str, Any]:
    """What the script sent; {} where that is nothing it would send."""
    if len(request.body) > JSON_MOST:
        return {}
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@require_POST
@at_desk
def begin(request: DeskRequest, tender: int) -> HttpResponse:
    """A place for one bid, while the call stands; the lock to seal for, and where the profile is read."""
    found = get_object_or_404(Tender, pk=tender)
    social = request.post.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
    if not social or not found.sealed or found.announced_at is None:
        raise Http404
    if not found.calling or found.deadline_passed(request.legal_now):
        return refused("late")
    if not recorded.holds_lock(found):
        return refused("lock")
    upload = staging.begin(found, request.post, at=request.legal_now)
    url = reverse("desk:sealed", args=[upload.token])
    return JsonResponse(
        {"token": upload.token, "bid": upload.bid_name, "lock": found.lock, "url": url, "profile": f"{url}profile/"}
    )


def _own(request: DeskRequest, token: str) -> SealedUpload:
    rows = SealedUpload.objects.select_related("tender", "post__organisation")
    return get_object_or_404(rows, token=token, post__organisation=request.post.organisation_id)


@at_desk
def profile(request: DeskRequest, token: str) -> HttpResponse:
    """The organisation's profile as it is sealed with the bid."""
    return HttpResponse(staging.profile(_own(request, token)), content_type="application/octet-stream")


@require_http_methods(["GET", "POST"])
@at_desk
def sealed(request: DeskRequest, token: str) -> HttpResponse:
    """Say what was sealed (POST), or ask how far its files are (GET)."""
    try:
        upload = _own(request, token)
    except Http404:
        return refused("gone")
    if request.method == "POST":
        if _late(request, upload):
            return refused("late")
        sent = read_json(request)
        receipt, wraps, taken = sent.get("receipt"), sent.get("wraps"), sent.get("snapshot")
        if not isinstance(receipt, str) or not isinstance(wraps, dict) or not isinstance(taken, str):
            return refused("format")
        try:
            staging.declare(upload, receipt=receipt.encode(), wraps=wraps, snapshot=taken, at=request.legal_now)
        except (SealError, StagingError, UnicodeEncodeError):
            return refused("format")
    return JsonResponse({"files": staging.progress(upload)})


def _late(request: DeskRequest, upload: SealedUpload) -> bool:
    return not upload.tender.calling or upload.tender.deadline_passed(request.legal_now)


@require_POST
@at_desk
def piece(request: DeskRequest, token: str, kind: str, name: str) -> HttpResponse:
    """One more piece of a file; a ciphertext only before the deadline, a copy only at the opening."""
    upload, offset = _own(request, token), whole(request.GET.get("offset", ""))
    if kind == SealedFile.Kind.PART and _late(request, upload):
        return refused("late")
    if kind == SealedFile.Kind.COPY and not _may_stand_in(upload):
        return refused("late")
    if offset is None or len(request.body) > staging.CHUNK:
        return refused("format")
    try:
        file = staging.take(upload, kind, name, offset=offset, piece=request.body, at=request.legal_now)
    except SealedFile.DoesNotExist:
        raise Http404 from None
    return JsonResponse({"received": file.received, "whole": file.whole})


def _may_stand_in(upload: SealedUpload) -> bool:
    tender = upload.tender
    waits = SealedBid.objects.filter(upload=upload, state=SealedBid.State.SEALED).exists()
    return tender.own_copy and tender.state == Tender.State.OPENED and waits


@require_POST
@at_desk
def copies(request: DeskRequest, token: str) -> HttpResponse:
    """Make room for the bidder's own copy: how long each envelope is."""
    upload, sizes = _own(request, token), read_json(request)
    if not _may_stand_in(upload):
        return refused("late")
    if not all(type(length) is int for length in sizes.values()):
        return refused("format")
    try:
        staging.expect_copies(upload, sizes)
    except StagingError:
        return refused("format")
    return JsonResponse({"files": staging.progress(upload)})


@at_desk
def receipt(request: DeskRequest, purchase: int, pk: int) -> HttpResponse:
    """The receipt of one's own sealed bid, byte for byte."""
    rows = SealedBid.objects.select_related("upload").filter(purchase=purchase, bid=pk)
    found = rows.filter(bid__organisation=request.post.organisation_id).first()
    if found is None:
        raise Http404
    answer = HttpResponse(found.upload.receipt.encode(), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="receipt-{found.upload.token[:8]}.json"'
    return answer


@at_desk
def paper(request: DeskRequest, purchase: int, pk: int, part: str) -> FileResponse:
    """A file that came out of a sealed bid, for those who may read the bid in full."""
    found = visible_purchase(request.post, purchase, on=request.today)
    seen = visible_bids(found, request.post, request.legal_now) if found is not None else []
    if not any(one.pk == pk and one.plan is not None for one in seen):
        raise Http404
    kept = get_object_or_404(BidPaper, bid=pk, part=part)
    return FileResponse(storage.open_stored(kept.sha256), as_attachment=True, filename=kept.name)
