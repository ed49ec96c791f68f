"""The team, the volunteers, the clients."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.models import Client, TeamMember, Volunteer
from gongyue.kernel.fields import DayField, DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.parties.forms import PersonalField, RowField

from .service import ServiceForm, serving

CODE = RegexValidator(r"^[A-Za-z0-9-]{1,20}\Z", _("编号只用字母、数字和连字符"))
MINUTES = 24 * 60


class WorkerForm(ServiceForm):
    code = forms.CharField(label=_("工号"), max_length=20, validators=[CODE])
    name = PersonalField(label=_("姓名"), max_length=60)
    duty = forms.ChoiceField(label=_("岗位"), choices=TeamMember.Duty.choices)
    origin = forms.ChoiceField(
        label=_("来源"), choices=TeamMember.Origin.choices, help_text=_("街道借用的人员不计入承接主体自己的人数")
    )
    certificate = PersonalField(label=_("社工证号"), max_length=60, required=False)
    certificate_until = DayField(label=_("证书有效期至"), required=False)
    full_time = forms.BooleanField(label=_("全职"), required=False, initial=True)
    hours = forms.IntegerField(label=_("每月约定工时（小时）"), min_value=0, max_value=300)
    since = DayField(label=_("到岗日期"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.taken(TeamMember, self.cleaned_data.get("code", ""), _("本项目已有这一工号"))
        until, since = self.cleaned_data.get("certificate_until"), self.cleaned_data.get("since")
        if until is not None and since is not None and until < since:
            self.refuse("certificate_until", _("证书在到岗日期之前已经过期"))
        if until is not None and not self.cleaned_data.get("certificate"):
            self.refuse("certificate", _("填写了有效期，请填写证号"))
        return self.cleaned_data


class LeaveForm(ServiceForm):
    """Somebody is to be replaced; the purchaser agrees or does not."""

    until = DayField(label=_("离岗日期"), help_text=_("自该日起不再服务"))
    reason = forms.CharField(label=_("更换理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    successor = forms.CharField(label=_("接替安排"), max_length=200, help_text=_("由哪个工号接替，或何时补足"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        until, since = self.cleaned_data.get("until"), cast(TeamMember, self.subject).since
        if until is not None and since is not None and until < since:
            self.refuse("until", _("离岗不能早于到岗"))
        return self.cleaned_data


class VolunteerForm(ServiceForm):
    code = forms.CharField(label=_("志愿者编号"), max_length=20, validators=[CODE])
    name = PersonalField(label=_("姓名"), max_length=60)
    skills = forms.CharField(label=_("特长与服务意向"), max_length=200, required=False)
    since = DayField(label=_("登记日期"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_future("since")
        self.taken(Volunteer, self.cleaned_data.get("code", ""), _("本项目已有这一编号"))
        return self.cleaned_data


class PairForm(ServiceForm):
    worker = RowField(label=_("结对社工"), queryset=TeamMember.objects.none())

    def prepare(self) -> None:
        cast(RowField, self.fields["worker"]).queryset = serving(self.purchase)


class HoursForm(ServiceForm):
    """What a volunteer did; the worker is the one he is paired with."""

    served_on = DayField(label=_("服务日期"))
    minutes = forms.IntegerField(label=_("服务时长（分钟）"), min_value=1, max_value=MINUTES)
    what = forms.CharField(label=_("协助内容"), max_length=200)

    def prepare(self) -> None:
        self.initial["served_on"] = self.today

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.within_term("served_on")
        return self.cleaned_data


class ClientForm(ServiceForm):
    code = forms.CharField(label=_("编号"), max_length=20, validators=[CODE], help_text=_("不含姓名、证件号"))
    name = PersonalField(label=_("姓名"), max_length=60)
    contact = PersonalField(label=_("联系方式"), max_length=120, required=False)
    group = forms.CharField(label=_("类别"), max_length=60, required=False, help_text=_("例如独居长者、困难家庭"))
    consented = forms.BooleanField(label=_("本人（或监护人）已同意建档"))
    consent_on = DayField(label=_("同意日期"))
    consent_paper = DocumentField(label=_("同意书照片"), required=False, restricted=True)

    def prepare(self) -> None:
        self.initial["consent_on"] = self.today

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_future("consent_on")
        self.taken(Client, self.cleaned_data.get("code", ""), _("本项目已有这一编号"))
        return self.cleaned_data


class EraseForm(ActionForm):
    asked = forms.ChoiceField(
        label=_("删除的缘由"),
        choices=[("client", _("本人要求")), ("closed", _("服务结束，不再需要")), ("wrong", _("登记有误"))],
    )
