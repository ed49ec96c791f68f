"""What an investment plan takes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DayField, DocumentField, MoneyField, NamedChoiceField, RowsField
from gongyue.kernel.forms import ActionForm

from ..models import InvestmentPlan
from .items import AREA, year_field

SUITABLE = [("", _("否")), ("yes", _("是"))]


class InvestmentRow(forms.Form):
    """A project, and whether it is fit to be bought from social organisations."""

    code = forms.CharField(label=_("项目编号"), max_length=40)
    name = forms.CharField(label=_("项目名称"), max_length=120)
    amount = MoneyField(label=_("投资金额"))
    suitable = NamedChoiceField(label=_("适合列入购买服务计划"), choices=SUITABLE, required=False)
    reason = forms.CharField(label=_("理由"), max_length=200, required=False)


class DraftInvestmentForm(ActionForm):
    """investment.draft"""

    year = year_field()
    title = forms.CharField(label=_("名称"), max_length=120)
    made_with = forms.CharField(label=_("会同的部门"), max_length=200, required=False)
    projects = RowsField(InvestmentRow, label=_("政府投资项目"), most=300)

    def prepare(self) -> None:
        narrow(self, "investment.draft")
        plan = cast(InvestmentPlan, self.subject)
        if plan.pk:
            self.initial.update(year=plan.year, title=plan.title, made_with=plan.made_with, projects=[
                {"code": one.code, "name": one.name, "amount": one.amount_fen,
                 "suitable": "yes" if one.suitable else "", "reason": one.reason}
                for one in plan.projects.order_by("pk")
            ])  # fmt: skip
        elif self.dossier is not None:
            self.initial.setdefault("year", self.dossier.at.astimezone(LOCAL).year)

    def clean_projects(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["projects"]
        twice = next((code for code, n in Counter(row["code"] for row in rows).items() if n > 1), None)
        if twice is not None:
            raise ValidationError(_("编号 %(code)s 有几行"), code="twice", params={"code": twice})
        return rows


class IssueInvestmentForm(ActionForm):
    """investment.issue"""

    number = forms.CharField(label=_("下达文号"), max_length=60)
    issued_on = DayField(label=_("下达日期"))
    paper = DocumentField(label=_("下达文件"), required=False)

    def clean_issued_on(self) -> date:
        on: date = self.cleaned_data["issued_on"]
        if self.dossier is not None and on > self.dossier.today:
            raise ValidationError(_("不能晚于办理当日"), code="future")
        return on


class FollowInvestmentForm(ActionForm):
    """investment.follow"""

    followed = forms.CharField(label=_("列入情况"), max_length=2000, widget=forms.Textarea(attrs=AREA))
