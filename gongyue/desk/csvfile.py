"""A table as offices hand it in: CSV with a head of Chinese column names, in UTF-8 or GBK."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

ENCODINGS = ("utf-8-sig", "gb18030")  # GB 18030 contains GBK, which is what spreadsheets save here
ROWS_MOST = 100_000


def rows(file: UploadedFile[Any], columns: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each row by field name, read as it is asked for; `columns` names the field of each column.

    Blank rows between others keep their place, those at the end do not count. ValidationError: not a CSV, another
    head, a row longer than the head, too many rows, none.
    """
    encoding, binary = _encoding(file), _binary(file)
    text = io.TextIOWrapper(binary, encoding=encoding, newline="")
    try:
        yield from tabular(csv.reader(text, strict=True), columns)
    except csv.Error as error:
        raise ValidationError(_("这不是 CSV 文件"), code="csv") from error
    finally:
        text.detach()


def tabular(table: Iterator[list[str]], columns: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The rows under the head of any table; what is wrong with the table is raised as for `rows`."""
    names = _head(next(table, []), columns)
    number, blank, width = 0, 0, len(names)
    for cells in table:
        if not any(map(str.strip, cells)):
            blank += 1
            continue
        if number + blank >= ROWS_MOST:
            raise ValidationError(_("超过 %(n)s 行，请分成几个文件"), code="many", params={"n": ROWS_MOST})
        if blank:
            yield from ({} for _blank in range(blank))
            number, blank = number + blank, 0
        number += 1
        if len(cells) > width and "".join(cells[width:]).strip():
            raise ValidationError(_("第 %(n)s 行的内容多于表头的列数"), code="long", params={"n": number})
        yield dict(zip(names, cells, strict=False))
    if not number:
        raise ValidationError(_("文件里没有数据"), code="none")


def _head(cells: list[str], columns: Mapping[str, str]) -> list[str]:
    """The field of each column, in the file's order; empty columns at the end do not count."""
    found = [cell.strip() for cell in cells]
    while found and not found[-1]:
        found.pop()
    if sorted(found) != sorted(columns):
        given = "、".join(found)[:100]
        raise ValidationError(
            _("表头须为：%(wanted)s；文件的表头是：%(given)s"), code="head",
            params={"wanted": "、".join(columns), "given": given or "—"},
        )  # fmt: skip
    return [columns[label] for label in found]


def _encoding(file: UploadedFile[Any]) -> str:
    """The first in which all of the file can be read."""
    for encoding in ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for chunk in file.chunks():
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise ValidationError(_("这不是 CSV 文件"), code="csv")


def _binary(file: UploadedFile[Any]) -> Any:
    binary = file.file
    assert binary is not None
    binary.seek(0)
    return binary
