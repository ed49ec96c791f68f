"""What a needs assessment takes: its start, the residents' answers, its conclusion."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import BatchField, DayField, DocumentField, MoneyField, NamedChoiceField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.needs.models import NeedsAssessment, NeedsSurvey, SurveyAnswer

VOLUME_MOST = 10_000_000  # a year's units of one service; with the dearest unit the cost still fits 64 bits
UNIT_COST_MOST = 10**11  # fen: a thousand million yuan


class StartForm(ActionForm):
    """Who assesses, and how."""

    assessor = forms.CharField(label=_("评估承担单位"), max_length=120)
    method = forms.ChoiceField(label=_("评估方法"), choices=NeedsAssessment.Method.choices)
    commission = forms.CharField(
        label=_("委托文件"), max_length=200, required=False, help_text=_("委托评估的填文号或名称")
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("method") == NeedsAssessment.Method.COMMISSIONED and not given.get("commission"):
            self.add_error("commission", forms.ValidationError(_("委托评估须填写委托文件"), code="required"))
        return given


class AnswerRow(forms.Form):
    """What one resident answered; the labels are the columns of the file."""

    community = forms.CharField(label=_("社区"), max_length=60)
    age_band = NamedChoiceField(label=_("年龄段"), choices=SurveyAnswer.AgeBand.choices)
    service = forms.CharField(label=_("最需要的服务"), max_length=80)
    urgency = forms.IntegerField(label=_("紧迫程度"), min_value=1, max_value=5, help_text=_("1 至 5 的整数，5 最紧迫"))


class AnswersForm(ActionForm):
    """The answers of one file."""

    batch = BatchField(kind="needs.answers", row=AnswerRow, label=_("问卷答卷"))


class ServiceRow(forms.Form):
    """One service the residents need, measured."""

    service = forms.CharField(label=_("服务项目"), max_length=80)
    target = forms.CharField(label=_("服务对象"), max_length=80)
    volume = forms.IntegerField(label=_("年服务量"), min_value=1, max_value=VOLUME_MOST)
    unit_cost = MoneyField(label=_("单位成本（元）"), max_value=UNIT_COST_MOST)


class ConcludeForm(ActionForm):
    """What the assessment found."""

    concluded_on = DayField(label=_("完成日期"))
    sample = forms.IntegerField(label=_("样本量（人）"), min_value=1, max_value=VOLUME_MOST)
    summary = forms.CharField(label=_("评估结论"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    services = RowsField(ServiceRow, label=_("服务需求测算"))
    report = DocumentField(label=_("评估报告"), required=False)

    def prepare(self) -> None:
        """Where a questionnaire was closed, its answers are the sample: nobody types another number."""
        asked = sum(survey.answers or 0 for survey in self.dossier.all(NeedsSurvey)) if self.dossier else 0
        if asked:
            self.initial["sample"] = asked + cast(NeedsAssessment, self.subject).answers
            self.fields["sample"].disabled = True
            self.fields["sample"].help_text = _("取自已截止的问卷和已接收的答卷")

    def clean(self) -> dict[str, Any]:
        day, started = self.cleaned_data.get("concluded_on"), cast(NeedsAssessment, self.subject).started_on
        if day is not None and started is not None and day < started:
            self.add_error("concluded_on", forms.ValidationError(_("完成日期不能早于启动日期"), code="order"))
        if day is not None and self.dossier is not None and day > self.dossier.at.astimezone(LOCAL).date():
            self.add_error("concluded_on", forms.ValidationError(_("完成日期不能晚于办理当日"), code="future"))
        return self.cleaned_data
