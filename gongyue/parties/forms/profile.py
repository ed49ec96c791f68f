"""What an organisation enters of itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, MoneyField
from gongyue.kernel.forms import ActionForm

from ..profile import ProviderProfile
from .entering import PersonalField

LONG = 5000
KEPT = (
    "established_on", "registration_number", "registration_authority", "registration_until", "representative",
    "introduction", "accounts",
)  # fmt: skip


def _text(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}), **options)


class Dated(ActionForm):
    """Nothing that has happened lies after the day it is entered, and nothing ends before it begins."""

    past: tuple[str, ...] = ()
    order: tuple[str, str] = ("begins_on", "ends_on")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        today: date | None = self.dossier.today if self.dossier is not None else None
        for name in self.past:
            if today is not None and given.get(name) and given[name] > today:
                self.add_error(name, forms.ValidationError(_("日期不能晚于办理当日"), code="future"))
        first, last = (given.get(name) for name in self.order)
        if first and last and last < first:
            self.add_error(self.order[1], forms.ValidationError(_("不能早于开始日期"), code="order"))
        return given


class ProfileForm(Dated):
    """profile.keep: the whole of it, each time."""

    established_on = DayField(label=_("成立日期"))
    registration_number = forms.CharField(label=_("登记证号"), max_length=60)
    registration_authority = forms.CharField(label=_("登记机关"), max_length=120)
    registration_until = DayField(label=_("登记证有效期至"), required=False)
    representative = PersonalField(label=_("法定代表人"), max_length=60)
    introduction = _text(_("机构简介"), help_text=_("宗旨、服务领域、专业力量；以往项目另列"))
    accounts = _text(_("财务会计制度"), help_text=_("记账、审计和专账管理的安排"))
    paper = DocumentField(label=_("登记证书"), required=False)
    past = ("established_on",)
    order = ("established_on", "registration_until")

    def prepare(self) -> None:
        profile = self.subject
        if isinstance(profile, ProviderProfile) and profile.pk:
            self.initial.update({name: getattr(profile, name) for name in KEPT})


class QualificationForm(Dated):
    """qualification.list"""

    title = forms.CharField(label=_("资质名称"), max_length=120)
    number = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    issuer = forms.CharField(label=_("颁发单位"), max_length=120)
    begins_on = DayField(label=_("颁发日期"))
    ends_on = DayField(label=_("有效期至"), required=False, help_text=_("长期有效的不填"))
    paper = DocumentField(label=_("证书"))
    past = ("begins_on",)


class StaffForm(Dated):
    """staffmember.list: name and certificate number are about a person."""

    person = PersonalField(label=_("姓名"), max_length=60)
    title = forms.CharField(label=_("职务和专业资格"), max_length=120, help_text=_("如：项目主任，社会工作师（中级）"))
    number = PersonalField(label=_("证书编号"), max_length=60, required=False)
    begins_on = DayField(label=_("入职日期"))
    ends_on = DayField(label=_("证书有效期至"), required=False)
    paper = DocumentField(label=_("资格证书"), required=False, restricted=True)
    past = ("begins_on",)


class PastProjectForm(Dated):
    """pastproject.list: what was done for whom, with the report on it."""

    title = forms.CharField(label=_("项目名称"), max_length=120)
    issuer = forms.CharField(label=_("委托单位"), max_length=120)
    begins_on = DayField(label=_("开始日期"))
    ends_on = DayField(label=_("结束日期"), required=False, help_text=_("仍在执行的不填"))
    amount = MoneyField(label=_("金额"), required=False)
    text = _text(_("执行情况和成效"))
    paper = DocumentField(label=_("项目报告"), required=False)
    past = ("begins_on",)


class PenaltyForm(Dated):
    """penalty.list"""

    title = forms.CharField(label=_("处罚或信用记录"), max_length=120)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    issuer = forms.CharField(label=_("作出单位"), max_length=120)
    begins_on = DayField(label=_("作出日期"))
    ends_on = DayField(label=_("执行期至"), required=False)
    text = _text(_("事由和执行情况"))
    paper = DocumentField(label=_("文书"), required=False)
    past = ("begins_on",)
