"""上传: the sealed files of a bid come in piece by piece, each piece once, until a whole file has its digest.

Staged like a draft: nothing of the purchase changes. What is not taken by a bid is only spare content.
"""

from __future__ import annotations

import binascii
import secrets
from base64 import b64decode
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from gongyue.clock import LOCAL
from gongyue.kernel import storage
from gongyue.kernel.models import Post
from gongyue.parties.snapshot import snapshot

from . import sealing
from .models import SealedFile, SealedUpload, Tender

CHUNK = 1024 * 1024  # bytes of a piece; the last may be shorter
PARTS_MOST = 20
PART_MOST = 64 * 1024 * 1024
BID_MOST = 256 * 1024 * 1024
WRAP_MOST = 64 * 1024
OPEN_MOST = 4  # uploads that one organisation may have begun for a call without handing them in


class StagingError(Exception):
    """What cannot be taken; the text says why, for whoever writes the page."""


def begin(tender: Tender, post: Post, *, at: datetime) -> SealedUpload:
    """A place for one bid's files, and the name that the bid has in its headers. Of those begun and never handed in the
    oldest give way."""
    mine = SealedUpload.objects.filter(tender=tender, post__organisation=post.organisation_id, accepted=None)
    for stale in mine.order_by("-pk")[OPEN_MOST - 1 :]:
        for file in stale.files.all():
            _clear(file)
        stale.delete()
    token = secrets.token_hex(16)
    return SealedUpload.objects.create(tender=tender, post=post, token=token, begun_at=at, touched_at=at)


def profile(upload: SealedUpload) -> bytes:
    """The organisation's profile as it stands now, dated on the day the upload was begun: what is sealed with a bid."""
    organisation = upload.post.organisation
    return sealing.canonical(snapshot(organisation, upload.begun_at.astimezone(LOCAL).date()))


def declare(
    upload: SealedUpload, *, receipt: bytes, wraps: dict[str, str], snapshot: str, at: datetime
) -> SealedUpload:
    """Say what was sealed, before its files come: a receipt that fits the call's lock, and every wrap of it.

    Raises SealError or StagingError. Said again it must be the same.
    """
    document = sealing.read_receipt(receipt, lock=upload.tender.lock.encode(), bid=upload.bid_name)
    sizes = [part["size"] for part in document["parts"]]
    if len(sizes) > PARTS_MOST or max(sizes) > PART_MOST or sum(sizes) > BID_MOST:
        raise StagingError("size")
    _check_wraps(document, wraps)
    text = receipt.decode()
    if upload.receipt and upload.receipt != text:
        raise StagingError("declared")
    if not sealing.SHA256.fullmatch(snapshot):
        raise StagingError("snapshot")
    if not upload.receipt:
        with transaction.atomic():
            upload.receipt, upload.wraps, upload.snapshot, upload.touched_at = text, wraps, snapshot, at
            upload.save()
            _expect(upload, SealedFile.Kind.PART, {p["part"]: (p["sha256"], p["size"]) for p in document["parts"]})
    return upload


def _check_wraps(document: dict[str, Any], wraps: dict[str, str]) -> None:
    """Each wrap that the receipt names is there, and is what it names."""
    listed = {"+".join(each["holders"]): each["sha256"] for each in document["wraps"]}
    if set(wraps) != set(listed):
        raise StagingError("wraps")
    for name, text in wraps.items():
        inner = unwrapped(text)
        if len(inner) > WRAP_MOST or not inner.startswith(sealing.AGE) or sealing.digest(inner) != listed[name]:
            raise StagingError("wraps")


def unwrapped(text: str) -> bytes:
    """Bytes out of base64. StagingError: it is none."""
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError, TypeError) as error:
        raise StagingError("base64") from error


def expect_copies(upload: SealedUpload, sizes: dict[str, int]) -> None:
    """Make room for the bidder's own copy: one envelope for each part, with the digest the receipt commits to."""
    parts = upload.document["parts"]
    if set(sizes) != {part["part"] for part in parts} or not all(0 < size <= PART_MOST for size in sizes.values()):
        raise StagingError("size")
    for file in upload.files.filter(kind=SealedFile.Kind.COPY, whole=False):
        _clear(file)
        file.delete()
    kept = set(upload.files.filter(kind=SealedFile.Kind.COPY).values_list("name", flat=True))
    wanted = {p["part"]: (p["envelope"], sizes[p["part"]]) for p in parts if p["part"] not in kept}
    _expect(upload, SealedFile.Kind.COPY, wanted)


def _expect(upload: SealedUpload, kind: str, files: dict[str, tuple[str, int]]) -> None:
    SealedFile.objects.bulk_create(
        SealedFile(upload=upload, kind=kind, name=name, sha256=digest, size=size)
        for name, (digest, size) in files.items()
    )


def take(upload: SealedUpload, kind: str, name: str, *, offset: int, piece: bytes, at: datetime) -> SealedFile:
    """One more piece of a file, if it begins where the last one ended; else nothing changes and the answer says how far
    it is. A file that does not give its digest in the end begins anew. Raises SealedFile.DoesNotExist."""
    with transaction.atomic():
        file = SealedFile.objects.select_for_update().get(upload=upload, kind=kind, name=name)
        if file.whole or offset != file.received or not piece or len(piece) > min(CHUNK, file.size - file.received):
            return file
        place = _chunk(file, offset)
        if default_storage.exists(place):  # of a crash between the file and its row
            default_storage.delete(place)
        default_storage.save(place, ContentFile(piece))
        file.received += len(piece)
        SealedUpload.objects.filter(pk=upload.pk).update(touched_at=at)
        if file.received == file.size:
            _join(file)
        file.save(update_fields=["received", "whole"])
    return file


def _join(file: SealedFile) -> None:
    """All pieces as one file under its digest; where they give another one, none of them."""
    with SpooledTemporaryFile(max_size=CHUNK) as whole:
        digest = sha256()
        for piece in _pieces(file):
            digest.update(piece)
            whole.write(piece)
        file.whole = digest.hexdigest() == file.sha256
        if file.whole:
            whole.seek(0)
            storage.keep(File(whole, name=file.name))
    _clear(file)
    if not file.whole:
        file.received = 0


def _pieces(file: SealedFile) -> Iterator[bytes]:
    for offset in _offsets(file):
        with default_storage.open(_chunk(file, offset), "rb") as piece:
            yield piece.read()


def _clear(file: SealedFile) -> None:
    for offset in _offsets(file):
        default_storage.delete(_chunk(file, offset))


def _offsets(file: SealedFile) -> Iterable[int]:
    """Where pieces can begin: the browser sends whole ones but for the last."""
    folder = _chunk(file, 0).rpartition("/")[0]
    if not default_storage.exists(folder):
        return []
    return sorted(int(name) for name in default_storage.listdir(folder)[1] if int(name) < file.received)


def _chunk(file: SealedFile, offset: int) -> str:
    return f"sealed/{file.upload.token}/{file.kind}-{file.name}/{offset:012d}"


def progress(upload: SealedUpload) -> dict[str, dict[str, Any]]:
    """How far each file is: `part/price` → received, size, whole. One query."""
    rows = upload.files.order_by("pk")
    return {f"{row.kind}/{row.name}": {"received": row.received, "size": row.size, "whole": row.whole} for row in rows}


def complete(upload: SealedUpload, kind: str = SealedFile.Kind.PART) -> bool:
    """Whether every file of a kind is here whole. One query."""
    rows = list(upload.files.filter(kind=kind).values_list("whole", flat=True))
    return bool(upload.receipt) and bool(rows) and all(rows)
