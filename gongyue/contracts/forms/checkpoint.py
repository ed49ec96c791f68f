"""What looking at a project before, during and after its service takes."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, JudgementField, OrganisationField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation
from gongyue.tendering.models import Tender

from ..independence import ConflictField, conflict
from ..models import Checkpoint
from .acceptance import FoundRow

OUTSIDE = (Organisation.Kind.EVALUATOR, Organisation.Kind.EXPERT_BODY)


class CommissionCheckForm(ActionForm):
    """checkpoint.commission: a body outside the purchaser; whether it is independent is worked out."""

    evaluator = OrganisationField(label=_("评估单位"), queryset=Organisation.objects.none())
    conflict = ConflictField()

    def prepare(self) -> None:
        rows = Organisation.objects.filter(organisation_kind__in=OUTSIDE).select_related("division")
        cast(OrganisationField, self.fields["evaluator"]).queryset = rows.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.dossier is not None and data.get("evaluator") is not None:
            tender = self.dossier.latest(Tender)
            winner = tender.winner.organisation if tender is not None and tender.winner is not None else None
            data["conflict"] = conflict(data["evaluator"], winner, self.dossier.purchase, self.dossier.today)
        return data


class LookedAtRow(FoundRow):
    """One thing that was looked at."""

    item = forms.CharField(label=_("评估内容"), max_length=120)


class CheckForm(ActionForm):
    """checkpoint.record: item by item, then what it comes to."""

    checked_on = DayField(label=_("评估日期"))
    items = RowsField(LookedAtRow, most=100, label=_("逐项结果"))
    result = JudgementField(label=_("评估结论"), choices=Checkpoint.Result.choices)
    opinion = forms.CharField(label=_("评估意见"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    paper = DocumentField(label=_("评估材料"), required=False)

    def prepare(self) -> None:
        if self.dossier is not None:
            self.initial.setdefault("checked_on", self.dossier.today)

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        if self.dossier is not None and day > self.dossier.today:
            raise forms.ValidationError(_("不能晚于办理当日"), code="future")
        return day
