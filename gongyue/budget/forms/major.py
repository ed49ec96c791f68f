"""What marking an item as major, the decision on it and its notice take."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DayField, DocumentField, MoneyField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation
from gongyue.needs.models import Requirement

from ..models import PlanItem
from .items import AREA

LONG = 4000


class MarkForm(ActionForm):
    """item.mark. Who marks it follows from the post, and is not typed."""

    major = forms.ChoiceField(label=_("重大事项"), choices=PlanItem.Major.choices, required=False)
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs=AREA))
    by_finance = forms.BooleanField(required=False, widget=forms.HiddenInput, label=_("是否由财政部门认定"))

    def clean_by_finance(self) -> bool:
        return self.actor is not None and self.actor.organisation.organisation_kind == Organisation.Kind.FINANCE


class DecisionForm(ActionForm):
    """decision.record"""

    body = forms.CharField(label=_("决定机关"), max_length=120)
    number = forms.CharField(label=_("决定文号"), max_length=60)
    decided_on = DayField(label=_("决定日期"))
    amount = MoneyField(label=_("研究确定的金额"))
    source = forms.CharField(label=_("资金来源"), max_length=300)
    summary = forms.CharField(label=_("研究意见"), max_length=LONG, widget=forms.Textarea(attrs=AREA))
    paper = DocumentField(label=_("会议纪要或者决定"), required=False)

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if self.dossier is not None and day > self.dossier.today:
            raise forms.ValidationError(_("不能晚于办理当日"), code="future")
        return day


class NoticeForm(ActionForm):
    """itemnotice.publish: which of the four contents may not be left out is the regime's to say."""

    standard = forms.CharField(label=_("服务标准"), max_length=LONG, required=False, widget=forms.Textarea(attrs=AREA))
    budget = MoneyField(label=_("购买预算"), required=False)
    evaluation = forms.CharField(
        label=_("评价方法"), max_length=LONG, required=False, widget=forms.Textarea(attrs=AREA)
    )
    requirements = forms.CharField(
        label=_("服务要求"), max_length=LONG, required=False, widget=forms.Textarea(attrs=AREA)
    )
    address = forms.CharField(label=_("公布的地址"), max_length=300, help_text=_("网址，或者刊登的媒体"))

    def prepare(self) -> None:
        narrow(self, "itemnotice.publish")
        item = self.dossier.latest(PlanItem) if self.dossier else None
        requirement = self.dossier.latest(Requirement) if self.dossier else None
        if item is not None:
            self.initial.update(budget=item.amount_fen, requirements=item.requirements)
        if requirement is not None:
            self.initial.update(standard=requirement.quality, requirements=requirement.content)
