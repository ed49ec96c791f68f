"""批量数据: a file is uploaded and checked row by row; the action that accepts it is done on its own page."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from gongyue.desk import intake, xlsxfile
from gongyue.desk.session import DeskRequest, at_desk, see_other, whole
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, Action
from gongyue.kernel.batches import BatchFacts, columns, suited
from gongyue.kernel.capacities import in_purchase
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import BatchField
from gongyue.kernel.models import Batch, BatchRow, Purchase, PurchaseSubject
from gongyue.kernel.perform import milestone
from gongyue.kernel.queries import visible_purchase
from gongyue.policy import Regime

MEGABYTES = 20
FAULTS_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label=_("Excel 或 CSV 文件"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        help_text=_("Excel 工作簿（.xlsx）或 UTF-8、GBK 编码的 CSV，不超过 20 MB、10 万行；第一行为表头"),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MEGABYTES * 1024 * 1024:
            raise ValidationError(_("文件超过 %(n)s MB"), code="large", params={"n": MEGABYTES})
        return file


@dataclass(frozen=True)
class Kind:
    """What may be handed in together: the action that accepts it, and the field of its form."""

    action: Action
    name: str
    field: BatchField


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell: its row from 1 without the head, its column, and why."""

    row: int
    column: str
    reason: str


def _kind(code: str) -> Kind:
    """404: no action accepts such a batch."""
    for act in ACTIONS.values():
        for name, field in act.form.base_fields.items():
            if isinstance(field, BatchField) and field.kind == code:
                return Kind(act, name, field)
    raise Http404


@require_http_methods(["GET", "POST"])
@at_desk
def batch(request: DeskRequest, kind: str) -> HttpResponse:
    """Upload a file for `?purchase=` (of a city: without), then see what was staged: `?batch=`.

    Only for who may do the action (404).
    """
    found = _kind(kind)
    purchase, regime = _reachable(request, found.action)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    form.label_suffix = ""
    if request.method == "POST" and form.is_valid():
        staged = _taken_in(request, found, purchase, form)
        if staged is not None:
            return see_other(f"{reverse('desk:batch', args=[kind])}?{_query(purchase, batch=staged.pk)}")
    context: dict[str, Any] = {
        "kind": kind, "label": found.field.label, "action": found.action, "purchase": purchase, "form": form,
        "query": _query(purchase), "columns": _told(suited(found.field.row(), purchase, request.post)),
    }  # fmt: skip
    if request.method == "GET" and "batch" in request.GET:
        context |= _shown(request, found, purchase, regime)
    return render(request, "desk/batch.html", context, status=422 if form.errors else 200)


def _query(purchase: Purchase | None, **more: Any) -> str:
    return urlencode(({"purchase": purchase.pk} if purchase else {}) | more)


def _reachable(request: DeskRequest, act: Action) -> tuple[Purchase | None, Regime]:
    """The purchase, if the post sees it and has a capacity for the action in it; None for an action outside any."""
    if not issubclass(act.subject, PurchaseSubject):
        regime = regimes.current(request.post.organisation.regime_code)
        if not may([act.name], request.post, regime):
            raise Http404
        return None, regime
    number = whole(request.GET.get("purchase", ""))
    purchase = visible_purchase(request.post, number, on=request.today) if number is not None else None
    if purchase is None:
        raise Http404
    regime = regimes.current(purchase.regime)
    who = regime.who(act.name)
    here = in_purchase(request.post, purchase, regime, request.today)
    if who is None or not here.may(act.name, who.capacities):
        raise Http404
    return purchase, regime


def _taken_in(request: DeskRequest, kind: Kind, purchase: Purchase | None, form: UploadForm) -> Batch | None:
    """The rows, staged or being staged; None: the file cannot be read, and the form says why."""
    try:
        return intake.take_in(
            form.cleaned_data["file"], kind=kind.field.kind, row_form=kind.field.row, post=request.post,
            purchase=purchase,
        )  # fmt: skip
    except ValidationError as error:
        form.add_error("file", error)
        return None


def _shown(request: DeskRequest, kind: Kind, purchase: Purchase | None, regime: Regime) -> dict[str, Any]:
    """A staged batch of the reader's organisation: its counts, its first faults, and where it is accepted."""
    staged = Batch.objects.filter(
        kind=kind.field.kind, purchase=purchase, post__organisation=request.post.organisation_id
    )
    one = get_object_or_404(staged, pk=whole(request.GET["batch"]))
    if not one.root:
        return {"batch": one, "progress": intake.progress(one)}
    open_to = one.accepted_by is None and not one.faults
    return {
        "batch": one, "facts": BatchFacts.of(one), "faults": list(_faults(one, kind)), "most": FAULTS_SHOWN,
        "url": _url(request, kind, purchase, regime, one) if open_to else "",
    }  # fmt: skip


def _faults(one: Batch, kind: Kind) -> Iterator[Fault]:
    labels = columns(kind.field.row)
    for row in BatchRow.objects.filter(batch=one).exclude(fault="").order_by("number")[:FAULTS_SHOWN]:
        for line in row.fault.splitlines():
            column, _colon, reason = line.partition("：")
            yield Fault(row.number, column, reason) if column in labels else Fault(row.number, "", line)


def _url(request: DeskRequest, kind: Kind, purchase: Purchase | None, regime: Regime, one: Batch) -> str:
    """The action's page with this batch chosen; "" while nothing in the purchase has come to that milestone."""
    if purchase is None:
        return f"{reverse('desk:begin', args=[kind.action.name])}?{urlencode({kind.name: one.pk})}"
    act, dossier = kind.action, Dossier(purchase, at=request.legal_now, regime=regime)
    model = cast(type[PurchaseSubject], act.subject)
    there = [] if model.numerous else dossier.all(model)
    subjects = [subject for subject in there if milestone(act, subject, regime) is None]
    subjects = subjects or [one for one in model.unborn(dossier, request.post) if milestone(act, one, regime) is None]
    if not subjects:
        return ""
    subject = subjects[-1]
    if subject.pk is None:
        query: dict[str, Any] = {"purchase": purchase.pk, "seed": subject.seed, kind.name: one.pk}
        return f"{reverse('desk:begin', args=[act.name])}?{urlencode(query)}"
    return f"{reverse('desk:do', args=[act.name, subject.pk])}?{kind.name}={one.pk}"


def _told(row: forms.Form) -> list[tuple[str, str]]:
    """Each column and what may stand in it."""
    return [(label, _allowed(row.fields[name])) for label, name in columns(type(row)).items()]


def _allowed(field: forms.Field) -> str:
    if isinstance(field, forms.ChoiceField):
        with override("zh-hans"):  # as the file has to say it
            return "、".join(str(label) for value, label in field.widget.choices if value)
    if field.help_text:
        return str(field.help_text)
    most = getattr(field, "max_length", None)
    return str(_("不超过 %(n)s 字") % {"n": most}) if most else ""


@require_safe
@at_desk
def template(request: DeskRequest, kind: str) -> HttpResponse:
    """An empty CSV with the right head, in UTF-8 with the mark by which spreadsheets know it."""
    found = _kind(kind)
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    csv.writer(answer).writerow(columns(found.field.row))
    return answer


@require_safe
@at_desk
def workbook(request: DeskRequest, kind: str) -> HttpResponse:
    """An empty workbook with lists to choose from and instructions; within `?purchase=`, with the names used there."""
    found = _kind(kind)
    outside = not issubclass(found.action.subject, PurchaseSubject)
    purchase = _reachable(request, found.action)[0] if outside or "purchase" in request.GET else None
    form = suited(found.field.row(), purchase, request.post)
    names = columns(found.field.row)
    with override("zh-hans"):
        choices = {
            label: [str(text) for value, text in field.widget.choices if value]
            for label, name in names.items()
            if isinstance(field := form.fields[name], forms.ChoiceField)
        }
        told = [(label, _allowed(form.fields[name])) for label, name in names.items()]
    days = {label for label, name in names.items() if isinstance(form.fields[name], forms.DateField)}
    content = xlsxfile.template(str(found.field.label), told, choices, days)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return answer
