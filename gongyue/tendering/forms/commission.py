"""What entrusting a third body takes."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import Commission

from .common import text


class CommissionForm(ActionForm):
    """One task, under an agreement that no other task shares."""

    task: ClassVar[str]

    entrusted = forms.CharField(label=_("受托机构"), max_length=120)
    number = forms.CharField(label=_("协议编号"), max_length=60, help_text=_("每一事项单独签订协议"))
    signed_on = DayField(label=_("签订日期"))
    entrusted_with = text(_("委托的范围"), rows=3, help_text=_("写明委托的事项、权限和期限"))
    paper = DocumentField(label=_("委托协议"), required=False)

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if self.dossier is not None and day > self.dossier.today:
            raise ValidationError(_("不能晚于办理当日"), code="future")
        return day

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        others = self.dossier.all(Commission) if self.dossier is not None else []
        if any(one.number == number for one in others):
            raise ValidationError(_("这份协议已用于另一项委托，每一事项须单独签订"), code="taken")
        return number

    def clean(self) -> dict[str, Any]:
        """The agreement not yet born takes its task and body, so that facts can tell who does what else."""
        data = super().clean() or self.cleaned_data
        if isinstance(self.subject, Commission):
            self.subject.task, self.subject.body = self.task, str(data.get("entrusted", "")).strip()
        return data


class AgencyForm(CommissionForm):
    """commission.tender"""

    task = Commission.Task.TENDER


class EvaluatorForm(CommissionForm):
    """commission.evaluation"""

    task = Commission.Task.EVALUATION
