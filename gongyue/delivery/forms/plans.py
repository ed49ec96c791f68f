"""Half-year plans, their receipts, the briefing cycle and the briefings."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.models import Briefing, ServiceKind, ServicePlan
from gongyue.kernel.fields import DayField, DocumentField, RowsField
from gongyue.kernel.forms import ActionForm

from .service import ServiceForm, items

MOST = 10_000_000


class OutputRow(forms.Form):
    """What is planned of one service item."""

    item = forms.CharField(label=_("服务项目"), max_length=80)
    service_kind = forms.ChoiceField(label=_("类型"), choices=ServiceKind.choices)
    sessions = forms.IntegerField(label=_("次数"), min_value=1, max_value=MOST)
    times = forms.IntegerField(label=_("人次"), min_value=0, max_value=MOST)


class PlanForm(ServiceForm):
    summary = forms.CharField(label=_("计划要点"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    outputs = RowsField(OutputRow, label=_("计划服务量"), most=60)
    to_city = forms.BooleanField(
        label=_("同时抄送市民政局"), required=False,
        help_text=_("原文“同时抄送市民政局”只跟在年度报告之后还是也管半年计划，文义不明；此处按不必抄送处理，勾选则一并签收。"),
    )  # fmt: skip
    document = DocumentField(label=_("计划文本"), required=False)

    def prepare(self) -> None:
        plan = cast(ServicePlan, self.subject)
        if plan.pk is None:
            self.initial["outputs"] = [{"item": item} for item in items(self.purchase)]

    def clean_outputs(self) -> list[dict[str, Any]]:
        known = set(items(self.purchase))
        rows: list[dict[str, Any]] = self.cleaned_data["outputs"]
        for number, row in enumerate(rows, 1):
            if known and row["item"] not in known:
                self.refuse("outputs", _("第 %(row)s 行 服务项目：不在需求评估测算的服务之内"), row=number)
        return rows


class SignForm(ActionForm):
    opinion = forms.CharField(label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CycleForm(ServiceForm):
    months = forms.IntegerField(
        label=_("每隔几个月"), min_value=1, max_value=24, help_text=_("规范只说“定期”，没有数字，由购买方确定")
    )
    first_on = DayField(label=_("第一期应交日期"))
    basis = forms.CharField(label=_("确定的依据"), max_length=200, help_text=_("例如合同条款或双方商定的会议"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        day, contract = self.cleaned_data.get("first_on"), self.contract
        start, end = (contract.starts_on, contract.ends_on) if contract else (None, None)
        if day is not None and start is not None and end is not None and not start <= day <= end:
            self.refuse("first_on", _("须在合同资助期之内"))
        return self.cleaned_data


class BriefingForm(ServiceForm):
    """The template of a briefing; the counts are taken from the records as they stand."""

    progress = forms.CharField(label=_("服务进程"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    problems = forms.CharField(
        label=_("问题与困难"), max_length=3000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    plans = forms.CharField(label=_("下一步安排"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3}))
    document = DocumentField(label=_("简报文本"), required=False)

    def prepare(self) -> None:
        from gongyue.delivery.queries import told

        if cast(Briefing, self.subject).pk is None:
            self.initial["progress"] = told(self.purchase)
