"""The evaluation report as a page, as Word and as PDF: for those who sign or organise it, and for nobody else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel.models import Purchase
from gongyue.kernel.queries import visible_purchase
from gongyue.tendering import reportpaper
from gongyue.tendering.models import Report

STYLE = Path(__file__).parents[1] / "static" / "gongyue" / "report.css"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _found(request: DeskRequest, purchase: int, pk: int) -> tuple[Purchase, Report]:
    seen = visible_purchase(request.post, purchase, on=request.today)
    rows = Report.objects.select_related(*Report.related)
    found = rows.filter(pk=pk, purchase=seen).first() if seen is not None else None
    if seen is None or found is None or not found.visible_to(request.post):
        raise Http404
    return seen, found


@at_desk
def report(request: DeskRequest, purchase: int, pk: int) -> HttpResponse:
    """To read before signing, and afterwards."""
    seen, found = _found(request, purchase, pk)
    return render(request, "desk/evalreport.html", {"purchase": seen, "report": found})


@at_desk
def as_word(request: DeskRequest, purchase: int, pk: int) -> FileResponse:
    _seen, found = _found(request, purchase, pk)
    body = reportpaper.word(str(found), found.contents, final=found.final)
    return FileResponse(BytesIO(body), as_attachment=True, filename=f"{found}.docx", content_type=WORD)


@at_desk
def as_pdf(request: DeskRequest, purchase: int, pk: int) -> FileResponse:
    _seen, found = _found(request, purchase, pk)
    return FileResponse(
        BytesIO(_pdf(found)), as_attachment=True, filename=f"{found}.pdf", content_type="application/pdf"
    )  # fmt: skip


def _pdf(report: Report) -> bytes:
    """ImportError: the libraries of the `documents` set are not installed. Nothing is fetched while it is made."""
    from weasyprint import CSS, HTML  # an installation that writes no documents goes without it

    page = render_to_string("desk/evalreport_file.html", {"report": report})
    body: bytes = HTML(string=page, url_fetcher=_nothing).write_pdf(stylesheets=[CSS(filename=str(STYLE))])
    return body


def _nothing(url: str, *_args: Any, **_options: Any) -> dict[str, Any]:
    raise ValueError(f"a report refers to nothing outside itself: {url}")
