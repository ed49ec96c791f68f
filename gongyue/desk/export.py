"""Any list as an Excel workbook: all of its rows, typed, written as they are read, so that memory stays the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, Literal

import xlsxwriter
from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .session import DeskRequest

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET = 1_048_575  # what a sheet holds under its head
CHUNK = 2_000
LONGEST = 32_767  # characters a cell holds
FORMATS = {"money": "#,##0.00", "day": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm", "count": "0", "text": "@"}


@dataclass(frozen=True)
class Column:
    """One column: what it is called, how a row gives its value, and what that is.

    `kind`: text; money (whole fen, written as yuan with two decimals); day (a date); time (a moment); count.
    """

    label: StrOrPromise
    value: Callable[[Any], Any]
    kind: Literal["text", "money", "day", "time", "count"] = "text"
    width: int = 18  # characters


def wanted(request: HttpRequest) -> bool:
    """Whether the list is asked for as a workbook."""
    return request.GET.get("export") == "xlsx"


def told(form: forms.Form) -> list[tuple[str, str]]:
    """What narrows a list, in words: the label and the value of every filter that is filled."""
    out = []
    for bound in form:
        if value := form.cleaned_data.get(bound.name):
            choices = dict(getattr(bound.field, "choices", ()))
            out.append((str(bound.label), str(choices.get(value, value))))
    return out


def export(
    rows: QuerySet[Any] | Sequence[Any], columns: Sequence[Column], request: DeskRequest, *, name: StrOrPromise,
    filters: Iterable[tuple[str, str]] = (),
) -> FileResponse:  # fmt: skip
    """The list as a download; `filters` says what narrowed it."""
    file = workbook(rows, columns, request, name=name, filters=filters)
    day = request.today.isoformat()
    return FileResponse(file, as_attachment=True, filename=f"{name}-{day}.xlsx", content_type=XLSX)


def workbook(
    rows: QuerySet[Any] | Sequence[Any], columns: Sequence[Column], request: DeskRequest, *, name: StrOrPromise,
    filters: Iterable[tuple[str, str]] = (),
) -> IO[bytes]:  # fmt: skip
    """Every one of these rows, in a temporary file that is gone when it is closed.

    One query for the rows (and one for each prefetch, each two thousand rows). Text is written as text whatever it
    begins with, so that nothing anybody typed becomes a formula or a link. A list longer than a sheet goes on in
    the next one.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever reads it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "use_zip64": True}
    book = xlsxwriter.Workbook(file, options)
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
    head = book.add_format({"bold": True, "bg_color": "#E7EEF4", "border": 1})
    count = _rows(book, rows, columns, formats, head, str(name))
    _about(book.add_worksheet(_("导出说明")), request, str(name), count, filters)
    book.close()
    file.seek(0)
    return file


def _rows(
    book: Any, rows: QuerySet[Any] | Sequence[Any], columns: Sequence[Column], formats: dict[str, Any], head: Any,
    name: str,
) -> int:  # fmt: skip
    """Write them all; how many there were."""
    sheet, number, count = None, 0, 0
    for row in rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows:
        if sheet is None or number == ROWS_A_SHEET:
            sheet = _sheet(book, columns, head, name, first=sheet is None)
            number = 0
        number, count = number + 1, count + 1
        for at, column in enumerate(columns):
            _cell(sheet, number, at, column, column.value(row), formats)
    if sheet is None:
        _sheet(book, columns, head, name, first=True)
    return count


def _sheet(book: Any, columns: Sequence[Column], head: Any, name: str, *, first: bool) -> Any:
    sheet = book.add_worksheet(name[:31] if first else None)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, str(column.label), head)
    sheet.freeze_panes(1, 0)
    return sheet


def _cell(sheet: Any, row: int, at: int, column: Column, value: Any, formats: dict[str, Any]) -> None:
    """One typed value; what is missing leaves its cell empty."""
    shown = formats[column.kind]
    if value in (None, ""):
        return
    match column.kind:
        case "money":
            sheet.write_number(row, at, Decimal(value) / 100, shown)
        case "count":
            sheet.write_number(row, at, value, shown)
        case "day" | "time":
            sheet.write_datetime(row, at, _naive(value), shown)
        case _:
            sheet.write_string(row, at, str(value)[:LONGEST], shown)


def _naive(value: date | datetime) -> date | datetime:
    """A moment as local clocks show it: workbooks know no time zones."""
    return localtime(value).replace(tzinfo=None) if isinstance(value, datetime) else value


def _about(sheet: Any, request: DeskRequest, name: str, count: int, filters: Iterable[tuple[str, str]]) -> None:
    """Who took what out, when, and what narrowed it."""
    narrowed = "；".join(f"{label}：{value}" for label, value in filters)
    lines = [
        (_("列表"), name),
        (_("导出机构"), request.post.organisation.name),
        (_("岗位"), request.post.title),
        (_("姓名"), request.post.person.name),
        (_("导出时间"), localtime(request.legal_now).strftime("%Y-%m-%d %H:%M")),
        (_("筛选条件"), narrowed or _("无")),
        (_("条数"), str(count)),
    ]
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 60)
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)
