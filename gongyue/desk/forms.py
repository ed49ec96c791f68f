"""The desk's own forms. What an action takes is declared in its room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Fund
from gongyue.kernel.fields import DayField
from gongyue.kernel.models import Division, Organisation

ALL = ("", _("全部"))


class LoginForm(AuthenticationForm):
    """Name and password. The refusal is the same for an unknown name and a wrong password."""

    error_messages = {
        "invalid_login": _("用户名或密码不对，请核对后再试"),
        "inactive": _("该账号已停用"),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")


class FindForm(forms.Form):
    """One box over a register."""

    text = forms.CharField(label=_("名称"), required=False, max_length=60)


class OrganisationFind(FindForm):
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Organisation.Kind.choices])


class FundFind(FindForm):
    text = forms.CharField(label=_("指标、文号或出资方"), required=False, max_length=60)
    year = forms.IntegerField(label=_("年度"), required=False, min_value=1900, max_value=2999)
    purpose = forms.ChoiceField(label=_("用途"), required=False, choices=[ALL, *Fund.Purpose.choices])


class CallFind(FindForm):
    text = forms.CharField(label=_("名称或街道"), required=False, max_length=60)


class WarningFind(forms.Form):
    """What the overview of lateness is narrowed by; days are those something was due on."""

    district = forms.ChoiceField(label=_("所在区"), required=False)
    organisation = forms.CharField(label=_("责任单位"), required=False, max_length=60)
    kind = forms.ChoiceField(label=_("事项类别"), required=False)
    since = DayField(label=_("期限自"), required=False)
    until = DayField(label=_("期限至"), required=False)
    by = forms.ChoiceField(label=_("统计到"), required=False, choices=[("", _("岗位")), ("organisation", _("单位"))])

    def __init__(self, data: Any, *, districts: Iterable[Division], kinds: Iterable[tuple[str, str]]) -> None:
        super().__init__(data, label_suffix="")
        cast(forms.ChoiceField, self.fields["district"]).choices = [ALL, *((d.code, d.name) for d in districts)]
        cast(forms.ChoiceField, self.fields["kind"]).choices = [ALL, *kinds]
