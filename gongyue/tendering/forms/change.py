"""What a change of documents already out takes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import MomentField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import Change

from .common import text


class ChangeForm(ActionForm):
    """change.publish"""

    parts = forms.MultipleChoiceField(
        label=_("更正的部分"), choices=Change.Part.choices, widget=forms.CheckboxSelectMultiple
    )
    text = text(_("更正内容"), rows=8, help_text=_("逐条写明原文和更正后的内容；对所有投标人和公众同文发布"))
    affects = forms.BooleanField(label=_("可能影响投标文件编制"), required=False)
    bids_due_at = MomentField(
        label=_("投标截止时间"), help_text=_("不变的照原样；可能影响投标文件编制而时间不够的，往后推")
    )
    opening_place = forms.CharField(label=_("开标地点"), max_length=120)

    def prepare(self) -> None:
        if isinstance(self.subject, Change):
            tender = self.subject.tender
            self.initial.update(bids_due_at=tender.bids_due_at, opening_place=tender.opening_place)


class NotedForm(ActionForm):
    """changereceipt.confirm: nothing to fill in."""
