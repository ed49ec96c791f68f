"""A questionnaire at the desk: how it is answered, what it says, the sheet to put up, the file to take away."""

from __future__ import annotations

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongyue.desk.charts import Chart, Series
from gongyue.desk.context import GOVERNMENT
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.kernel.models import Post
from gongyue.kernel.queries import visible_purchase
from gongyue.needs.models import NeedsSurvey, Questionnaire, SatisfactionSurvey
from gongyue.needs.results import QuestionResult, results

Kind = Questionnaire.Kind
KINDS = {one.purpose_of_kind: one for one in (NeedsSurvey, SatisfactionSurvey)}
TEXTS_SHOWN = 200
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


def _found(request: DeskRequest, pk: int) -> Questionnaire:
    found = Questionnaire.objects.filter(pk=pk).first()
    purchase = visible_purchase(request.post, found.purchase_id, on=request.today) if found else None
    if found is None or purchase is None:
        raise Http404
    found.purchase = purchase
    return found


def reads_texts(post: Post) -> bool:
    """What people wrote in their own words is for officers."""
    return post.organisation.organisation_kind in GOVERNMENT


def address(request: HttpRequest, token: str) -> str:
    """As it is printed: in groups of four, which are easier to type."""
    spaced = "-".join(token[n : n + 4] for n in range(0, len(token), 4))
    return request.build_absolute_uri(reverse("portal:questionnaire", args=[spaced]))


def chart(one: QuestionResult) -> Chart | None:
    """None: what cannot be drawn (a number, somebody's own words)."""
    if one.question.kind not in {Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE}:
        return None
    names = [name for name, _n in one.distribution]
    lying = one.question.kind != Kind.SCALE
    title = f"{one.question.number}. {one.question.text}"
    return Chart(title, names, [Series(_("份数"), [n for _name, n in one.distribution])], lying=lying)


@require_safe
@at_desk
def questionnaire(request: DeskRequest, pk: int) -> HttpResponse:
    """Results as charts, each with its table; before closing, what has come in so far."""
    found = _found(request, pk)
    told = results(found)
    officers = reads_texts(request.post)
    context: dict[str, Any] = {
        "survey": found, "purchase": found.purchase, "results": told, "officers": officers,
        "charts": [(one, chart(one)) for one in told.questions],
        "subject_url": reverse("desk:subject", args=[found.purchase_id, KINDS[found.purpose].kind, found.pk]),
        "section": KINDS[found.purpose].section, "address": address(request, found.token) if found.token else "",
        "texts_shown": TEXTS_SHOWN,
    }  # fmt: skip
    return render(request, "desk/questionnaire.html", context)


@require_safe
@at_desk
def poster(request: DeskRequest, pk: int) -> HttpResponse:
    """A sheet to put up, with the address in large letters."""
    found = _found(request, pk)
    if not found.token:
        raise Http404
    context = {"survey": found, "purchase": found.purchase, "address": address(request, found.token)}
    return render(request, "desk/questionnaire_poster.html", context)


@require_safe
@at_desk
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """Question by question: each option or mark with its count; for officers also what was written, a line each."""
    found = _found(request, pk)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="questionnaire-{found.pk}.csv"'
    writer = csv.writer(answer)
    writer.writerow([_("题号"), _("问题"), _("题型"), _("选项"), _("份数")])
    for one in results(found).questions:
        question = one.question
        head = [question.number, _cell(question.text), Kind(question.kind).label]
        for name, n in one.distribution or sorted(one.counts.items(), key=lambda pair: int(pair[0])):
            writer.writerow([*head, _cell(name), n])
        if reads_texts(request.post):
            writer.writerows([*head, _cell(text), 1] for text in one.texts)
    return answer


def _cell(text: str) -> str:
    """Never a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
