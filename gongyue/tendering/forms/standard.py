"""What the experts' quality standard takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, DocumentField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import StandardGroup

from .common import personal, text


class ExpertRow(forms.Form):
    """One expert of the group that writes the standard."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    organisation = forms.CharField(label=_("所在单位"), max_length=120)
    speciality = forms.CharField(label=_("专业领域"), max_length=120)


class StandardForm(ActionForm):
    """standardgroup.record. The members' names are kept apart from what pages and rules read."""

    organised = forms.ChoiceField(label=_("组织方式"), choices=StandardGroup.Organised.choices)
    third_party = forms.CharField(label=_("受委托的第三方组织"), max_length=120, required=False)
    members = personal(RowsField(ExpertRow, label=_("专家组成员"), most=50))
    standard = text(_("服务质量标准"), rows=8, help_text=_("尚未发标的招标文件将以此为准"))
    written_on = DayField(label=_("制定日期"))
    paper = DocumentField(label=_("标准文本"), required=False)

    def clean_written_on(self) -> date:
        written: date = self.cleaned_data["written_on"]
        if self.dossier and written > self.dossier.at.astimezone(LOCAL).date():
            raise ValidationError(_("制定日期晚于今天"), code="future")
        return written

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("organised") == StandardGroup.Organised.THIRD and not data.get("third_party"):
            self.add_error("third_party", ValidationError(_("请填写受委托的第三方组织"), code="required"))
        return data
