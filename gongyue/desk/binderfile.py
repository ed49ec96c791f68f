"""The binder as one ZIP file: an index page, and the files in numbered folders, under names any system can hold."""

from __future__ import annotations

import hashlib
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.template.loader import render_to_string
from django.utils.timezone import localtime

from gongyue.kernel import storage
from gongyue.kernel.models import Document

from .binder import Binder

STYLE = Path(__file__).with_name("static") / "gongyue" / "binder.css"
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')  # by Windows
LONGEST = 60  # characters of a name without its number: a whole path stays well under 260
CHUNK = 1 << 20  # bytes


def zipped(binder: Binder, at: datetime) -> IO[bytes]:
    """In a temporary file that is gone when it is closed. A file that storage has lost, or whose content is not what
    was handed in, is named so in the index: it takes no other with it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    paths: dict[int, str] = {}
    broken: set[int] = set()
    with zipfile.ZipFile(file, "w") as archive:  # stored: papers are compressed already
        for path, document in _named(binder):
            paths[document.pk] = path
            if not _copy(archive, path, document, at):
                broken.add(document.pk)
        context = {"binder": binder, "paths": paths, "broken": broken, "at": at}
        archive.writestr(_info("binder.css", at), STYLE.read_bytes())
        archive.writestr(_info("index.html", at), render_to_string("desk/binder_file.html", context).encode())
    file.seek(0)
    return file


def _named(binder: Binder) -> Iterator[tuple[str, Document]]:
    """Every file with its path: `02-服务/03-服务计划/2.3.1-1 计划.docx`."""
    for part in binder.parts:
        folder = f"{part.number:02d}-{safe(str(part.label))}"
        for place, chapter in enumerate(part.chapters, 1):
            inner = f"{folder}/{place:02d}-{safe(chapter.title)}"
            for paper in chapter.papers:
                for n, document in enumerate(paper.files, 1):
                    yield f"{inner}/{paper.number}-{n} {safe(document.name)}", document


def safe(name: str) -> str:
    """Without what Windows forbids, at most `LONGEST` characters; its ending is kept."""
    plain = FORBIDDEN.sub("_", name).strip(" .") or "_"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 10:
        return plain[:LONGEST].rstrip(" .")
    return f"{stem[: LONGEST - len(ending) - 1].rstrip(' .')}.{ending}"


def _copy(archive: zipfile.ZipFile, path: str, document: Document, at: datetime) -> bool:
    """Whether it is there and is what was handed in."""
    digest = hashlib.sha256()
    try:
        source = storage.open_stored(document.sha256)
    except OSError:
        return False
    with source, archive.open(_info(path, at), "w", force_zip64=True) as into:
        while piece := source.read(CHUNK):
            digest.update(piece)
            into.write(piece)
    return digest.hexdigest() == document.sha256


def _info(path: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, localtime(at).timetuple()[:6])
    info.external_attr = 0o644 << 16
    return info
