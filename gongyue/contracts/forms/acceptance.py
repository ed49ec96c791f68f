"""What checking a contract takes."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, JudgementField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.needs.models import Requirement

from ..models import Acceptance

CHOOSE = ("", _("请选择"))


class FoundRow(forms.Form):
    """One thing that was checked."""

    item = forms.CharField(label=_("验收考核内容"), max_length=120)
    found = forms.CharField(label=_("实际情况"), max_length=300)
    result = forms.ChoiceField(label=_("结果"), choices=[CHOOSE, *Acceptance.Result.choices])


class AcceptanceForm(ActionForm):
    """acceptance.record: item by item, by the standard that the requirement names."""

    by = JudgementField(label=_("组织实施"), choices=Acceptance.By.choices)
    third_party = forms.CharField(label=_("第三方机构"), max_length=120, required=False)
    checked_on = DayField(label=_("验收考核日期"))
    items = RowsField(FoundRow, most=200, label=_("逐项结果"))
    result = JudgementField(label=_("验收考核结果"), choices=Acceptance.Result.choices)
    opinion = forms.CharField(label=_("验收考核意见"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    paper = DocumentField(label=_("验收考核材料"), required=False)

    def prepare(self) -> None:
        """The contents that the requirement lists, each still to be judged."""
        requirement = self.dossier.latest(Requirement) if self.dossier else None
        if requirement is not None:
            listed = requirement.assessment or requirement.acceptance
            self.initial.setdefault("items", [{"item": row["item"]} for row in listed])

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        contract = cast(Acceptance, self.subject).contract
        if self.dossier is not None and day > self.dossier.today:
            raise forms.ValidationError(_("不能晚于办理当日"), code="future")
        if contract.signed_on is not None and day < contract.signed_on:
            raise forms.ValidationError(_("不能早于合同签订日期"), code="early")
        return day

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("by") == Acceptance.By.THIRD_PARTY and not data.get("third_party"):
            self.add_error("third_party", forms.ValidationError(_("请填写受委托的第三方机构"), code="required"))
        return data
