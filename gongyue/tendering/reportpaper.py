"""评标报告 as a Word document, part by part; page and PDF show the same parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .report import Part, Table

UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
TITLE, UNSIGNED = "评标报告", "待签署"


def word(title: str, parts: Sequence[Part], *, final: bool) -> bytes:
    """The document's bytes (.docx). ImportError: the libraries of the `documents` set are not installed."""
    from docx import Document  # an installation that writes no documents goes without it
    from docx.oxml.ns import qn

    paper = Document()
    for name in ("Normal", "Title", "Subtitle", "Heading 1"):
        paper.styles[name].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    paper.add_paragraph(TITLE, style="Title")
    paper.add_paragraph(printable(title if final else f"{title}（{UNSIGNED}）"), style="Subtitle")
    for part in parts:
        paper.add_paragraph(printable(part["title"]), style="Heading 1")
        for line in part["lines"]:
            paper.add_paragraph(printable(line))
        if table := part.get("table"):
            _table(paper, table)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _table(paper: Any, table: Table) -> None:
    rows = [table["head"], *table["rows"]]
    grid = paper.add_table(rows=len(rows), cols=len(table["head"]), style="Table Grid")
    for line, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = printable(text)


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)
