"""A table as offices hand it in: the first sheet of an Excel workbook. Formulas are taken as the values they have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import dropwhile
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from gongyue.desk import csvfile

UNPACKED_MOST = 400 * 1024 * 1024  # bytes: a hundred thousand rows of ten columns unpack to some sixty million
PIECE = 1024 * 1024
WIDEST = 200  # columns: no form has more
REMEMBERED = 50_000  # different numbers of a sheet


def sheet(binary: IO[bytes]) -> CalamineSheet:
    """The first sheet of a workbook. ValidationError: it is none, it is locked, or it unpacks without end."""
    _harmless(binary)
    binary.seek(0)
    try:
        found = CalamineWorkbook.from_filelike(binary).get_sheet_by_index(0)
    except (CalamineError, ValueError, IndexError) as error:
        raise _none() from error
    if found.total_width > WIDEST:
        raise ValidationError(_("表格超过 %(n)s 列，请用下载的模板填写"), code="wide", params={"n": WIDEST})
    return found


def rows(found: CalamineSheet, columns: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each row by field name, read as it is asked for; see `csvfile.rows`."""
    known, given = _Numbers(), cast("Iterator[list[Any]]", found.iter_rows())
    table: Iterator[list[str]] = (
        [cell if (sort := type(cell)) is str else known[cell] if sort is float else _text(cell) for cell in row]
        for row in given
    )
    yield from csvfile.tabular(dropwhile(lambda cells: not any(cells), table), columns)


def count(found: CalamineSheet) -> int:
    """How many rows stand under the head, blank ones too."""
    return max(0, int(found.height) - 1)


def _none() -> ValidationError:
    return ValidationError(_("这不是 Excel 工作簿（.xlsx）：内容与文件名不符、已损坏或加了密码"), code="xlsx")


def _harmless(binary: IO[bytes]) -> None:
    """A workbook is a zip archive with a known part; all of it is unpacked here once, counted and thrown away."""
    binary.seek(0)
    try:
        with zipfile.ZipFile(binary) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise _none()
            unpacked = 0
            for member in archive.infolist():
                with archive.open(member) as part:
                    while piece := part.read(PIECE):
                        unpacked += len(piece)
                        if unpacked > UNPACKED_MOST:
                            raise ValidationError(_("文件解压后过大，不像是正常的表格"), code="bomb")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise _none() from error


class _Numbers(dict[float, str]):
    """The text of each number, found once: a sheet repeats its numbers."""

    def __missing__(self, number: float) -> str:
        text = _text(number)
        if len(self) < REMEMBERED:
            self[number] = text
        return text


def _text(cell: Any) -> str:
    """A cell as a person would type it into a form."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.strftime("%Y-%m-%dT%H:%M")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def template(label: str, told: list[tuple[str, str]], choices: Mapping[str, list[str]], days: set[str]) -> bytes:
    """An empty workbook: a sheet with the head, lists to choose from where a column has them, and 填报说明.

    `told`: each column and what may stand in it; `choices`: the values of those that have a list; `days`: the columns
    that take a date.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E7EEF4", "border": 1})
    day, text, wrap = (
        book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )  # fmt: skip
    with override("zh-hans"):
        sheet, help_sheet, lists = (book.add_worksheet(gettext(n)) for n in ("数据", "填报说明", "选项"))
    lists.hide()
    for number, (column, _allowed) in enumerate(told):
        sheet.write_string(0, number, column, head)
        sheet.set_column(number, number, max(12, 2 * len(column) + 4), day if column in days else text)
        if values := choices.get(column):
            for row, value in enumerate(values):
                lists.write_string(row, number, value)
            letter = xlsxwriter.utility.xl_col_to_name(number)
            source = f"='选项'!${letter}$1:${letter}${len(values)}"
            sheet.data_validation(1, number, csvfile.ROWS_MOST, number, {"validate": "list", "source": source})
    sheet.freeze_panes(1, 0)
    _explain(help_sheet, label, told, head, wrap)
    book.close()
    return out.getvalue()


def _explain(sheet: Any, label: str, told: list[tuple[str, str]], head: Any, wrap: Any) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 70)
    with override("zh-hans"):
        lines = [
            gettext("在“数据”表逐行填写，不改动表头；每行一条，最多 %(n)s 行。") % {"n": csvfile.ROWS_MOST},
            gettext("日期写作 2010-11-01；数字不带单位；公式按其计算结果读取。"),
            gettext("上传后逐行核对，有误的行与列会列出；改正后重新上传整个文件。"),
        ]
        titles = (gettext("列"), gettext("可填内容"))
    sheet.write_string(0, 0, label, head)
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, line)
    start = len(lines) + 2
    sheet.write_row(start, 0, titles, head)
    for row, (column, allowed) in enumerate(told, start + 1):
        sheet.write_string(row, 0, column, wrap)
        sheet.write_string(row, 1, allowed, wrap)
