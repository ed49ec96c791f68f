"""Files handed in, kept under their SHA-256: the same content once, and the ledger can vouch for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage


@dataclass(frozen=True)
class Stored:
    name: str
    size: int  # bytes
    sha256: str


def keep(file: File[Any]) -> Stored:
    """Write the file (once) and say what it is. A file without a row in `Document` is only spare content."""
    digest, size = hashlib.sha256(), 0
    for chunk in file.chunks():
        digest.update(chunk)
        size += len(chunk)
    sha256 = digest.hexdigest()
    if not default_storage.exists(path(sha256)):
        file.seek(0)
        default_storage.save(path(sha256), file)
    return Stored(name=str(file.name).rpartition("/")[2][:200], size=size, sha256=sha256)


def path(sha256: str) -> str:
    return f"documents/{sha256[:2]}/{sha256}"


def open_stored(sha256: str) -> IO[bytes]:
    return default_storage.open(path(sha256), "rb")
