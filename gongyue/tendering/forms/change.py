"""What a change of documents already out takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import MomentField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import Change, Factor
from gongyue.tendering.models.change import REWRITTEN

from .common import text as area
from .factors import FactorRow, checked

WRITTEN_ANEW = {Change.Part.FACTORS: "factors", Change.Part.STANDARD: "quality_standard"}


class ChangeForm(ActionForm):
    """change.publish"""

    parts = forms.MultipleChoiceField(
        label=_("更正的部分"), choices=Change.Part.choices, widget=forms.CheckboxSelectMultiple
    )
    text = area(_("更正内容"), rows=8, help_text=_("逐条写明原文和更正后的内容；对所有投标人和公众同文发布"))
    affects = forms.BooleanField(label=_("可能影响投标文件编制"), required=False)
    bids_due_at = MomentField(
        label=_("投标截止时间"), help_text=_("不变的照原样；可能影响投标文件编制而时间不够的，往后推")
    )
    opening_place = forms.CharField(label=_("开标地点"), max_length=120)
    requirement = area(_("更正后的服务需求"), required=False, help_text=_("不变的照原样或者留空"))
    quality_standard = area(_("更正后的服务质量标准"), required=False)
    factors = RowsField(
        FactorRow, label=_("更正后的评审因素"), least=0, most=30, help_text=_("不变的照原样；要改的写出全部因素")
    )

    def prepare(self) -> None:
        if isinstance(self.subject, Change):
            tender = self.subject.tender
            self.initial.update(bids_due_at=tender.bids_due_at, opening_place=tender.opening_place)
            self.initial.update({name: getattr(tender, name) for name in REWRITTEN})

    def clean_factors(self) -> list[Factor]:
        rows = self.cleaned_data["factors"]
        return checked(rows) if rows else []

    def clean(self) -> dict[str, Any]:
        """The change not yet born takes what it rewrites, so that facts can tell how the documents will stand. What
        bids are scored and checked by is never changed in words alone."""
        data = super().clean() or self.cleaned_data
        if isinstance(self.subject, Change):
            tender = self.subject.tender
            new = {name: data[name] for name in REWRITTEN if data.get(name) and data[name] != getattr(tender, name)}
            self.subject.after = new
            self.subject.before = {name: getattr(tender, name) for name in new}
            for part, name in WRITTEN_ANEW.items():
                if part in data.get("parts", ()) and name not in new and name not in self.errors:
                    self.add_error(name, ValidationError(_("更正了这一部分的，在这里写出更正后的全文"), code="same"))
        return data


class NotedForm(ActionForm):
    """changereceipt.confirm: nothing to fill in."""
