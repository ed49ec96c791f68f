"""Taking a file in: a short one while its sender waits, a long one beside the page, which watches its progress."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from gongyue.desk import csvfile, xlsxfile
from gongyue.kernel import batches
from gongyue.kernel.models import Batch, Post, Purchase

log = logging.getLogger(__name__)
SHORT = 256 * 1024  # bytes: some five thousand rows, read in about a second
SILENT = timedelta(minutes=2)  # after that nobody is reading any more (the site was restarted)
Rows = Iterator[Mapping[str, str]]


@dataclass(frozen=True)
class Progress:
    """How far a file has been read: `rows` of `expected` (None: not known); `failed`: why it stopped."""

    rows: int
    expected: int | None
    failed: str

    @property
    def running(self) -> bool:
        return not self.failed


def take_in(
    file: UploadedFile[Any], *, kind: str, row_form: type[forms.Form], post: Post, purchase: Purchase | None
) -> Batch:
    """Stage the rows of an Excel workbook or a CSV. ValidationError: it cannot be read, and nothing is left of it."""
    name, columns = str(file.name), batches.columns(row_form)
    workbook = name.lower().endswith(".xlsx")
    if (file.size or 0) <= SHORT:
        rows: Rows = xlsxfile.rows(xlsxfile.sheet(_binary(file)), columns) if workbook else csvfile.rows(file, columns)
        return batches.stage(kind=kind, row_form=row_form, rows=rows, post=post, purchase=purchase, source=name)
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    try:
        shutil.copyfileobj(_binary(file), kept)
        several, expected = _opened(kept, file, columns, workbook=workbook)
        batch = batches.begin(
            kind=kind, row_form=row_form, post=post, purchase=purchase, source=name, expected=expected
        )  # fmt: skip
    except BaseException:
        kept.close()
        raise
    beside(lambda: read(batch, row_form, several, kept))
    return batch


def _opened(
    kept: IO[bytes], file: UploadedFile[Any], columns: Mapping[str, str], *, workbook: bool
) -> tuple[Rows, int | None]:
    """The rows of a file that was put aside, and how many there are where it tells."""
    if not workbook:
        return csvfile.rows(UploadedFile(kept, file.name, size=file.size), columns), None
    sheet = xlsxfile.sheet(kept)
    return xlsxfile.rows(sheet, columns), xlsxfile.count(sheet)


def read(batch: Batch, row_form: type[forms.Form], rows: Rows, kept: IO[bytes]) -> None:
    """Fill the batch; what cannot be read to the end is kept as its reason, for the page that is watching."""
    try:
        batches.fill(batch, row_form=row_form, rows=rows)
    except ValidationError as error:
        with override("zh-hans"):
            batches.fail(batch, " ".join(error.messages))
    except Exception:
        log.exception("batch %s", batch.pk)
        with override("zh-hans"):
            batches.fail(batch, str(_("读取时出错，请重新上传")))
    finally:
        kept.close()


def beside(work: Callable[[], None]) -> None:
    """Do it in a thread of its own, with a database connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    threading.Thread(target=run, name="intake", daemon=True).start()


def progress(batch: Batch) -> Progress:
    """How far a batch that is not whole yet has come; one that nobody fills any more has failed."""
    failed = batch.failed
    if not failed and timezone.now() - batch.touched_at > SILENT:
        failed = str(_("读取中断，请重新上传"))
    return Progress(batch.rows, batch.expected, failed)


def _binary(file: UploadedFile[Any]) -> IO[bytes]:
    binary = file.file
    assert binary is not None
    binary.seek(0)
    return binary
