"""What launching a programme, making its norms and handing out its tasks take."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, JudgementField, OrganisationField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Division, Organisation
from gongyue.programmes.models import Norm, Opinion, Task

BODIES = (
    Organisation.Kind.DEPARTMENT, Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.LEGAL,
    Organisation.Kind.STREET_OFFICE, Organisation.Kind.AUDIT,
)  # fmt: skip


def tall(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def offices(city: Division, *kinds: str) -> QuerySet[Organisation]:
    """The government's organisations in a place, by kind."""
    rows = Organisation.objects.filter(organisation_kind__in=kinds or BODIES, division__path__startswith=city.path)
    return rows.select_related("division").order_by("division__path", "pk")


def legal_office(city: Division) -> Organisation | None:
    """Who reviews what the city issues."""
    return Organisation.objects.filter(organisation_kind=Organisation.Kind.LEGAL, division=city).order_by("pk").first()


class DraftForm(ActionForm):
    """A draft: its text, or its file, or both. It goes to the legal office, and to an adviser where one is chosen."""

    text = forms.CharField(label=_("正文"), max_length=60_000, required=False, widget=tall(14))
    paper = DocumentField(label=_("规范文本"), required=False)
    change = forms.CharField(label=_("修改说明"), max_length=2000, required=False, widget=tall(2))
    adviser = OrganisationField(
        queryset=Organisation.objects.none(), label=_("理论指导单位"), required=False,
        help_text=_("政研室、研究室等；送市法制办审定不必另选"),
    )  # fmt: skip

    def prepare(self) -> None:
        norm = cast(Norm, self.subject)
        found = cast(OrganisationField, self.fields["adviser"])
        found.queryset = offices(norm.place, Organisation.Kind.DEPARTMENT).filter(division=norm.place)
        last = norm.editions.order_by("-number").first()
        self.initial["text"] = last.text if last else ""

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not self.errors and not given.get("text", "").strip() and not given.get("paper"):
            self.add_error("text", ValidationError(_("请填写正文，或附上规范文本"), code="empty"))
        if self.subject is not None and legal_office(self.subject.place) is None:
            raise ValidationError(_("尚未登记法制部门，无法送审；请先登记"), code="legal")
        return given


class PaperDayForm(ActionForm):
    """With the day a paper bears; it may lie before the day of recording, never after."""

    def not_ahead(self, name: str) -> date | None:
        on: date | None = self.cleaned_data.get(name)
        if on is not None and self.dossier is not None and on > self.dossier.today:
            raise ValidationError(_("不能晚于今天"), code="ahead")
        return on


class IssueForm(PaperDayForm):
    """The issue of a norm, as its paper says."""

    document_number = forms.CharField(label=_("文号"), max_length=60)
    issued_on = DayField(label=_("颁布日期"))
    paper = DocumentField(label=_("正式文本"), required=False)

    def clean_issued_on(self) -> date | None:
        return self.not_ahead("issued_on")


class OpinionForm(ActionForm):
    """What an office says of a draft; who wants it changed says what."""

    result = JudgementField(label=_("结论"), choices=Opinion.Result.choices)
    opinion = forms.CharField(label=_("意见"), max_length=4000, required=False, widget=tall(4))
    paper = DocumentField(label=_("审查意见书"), required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("result") == Opinion.Result.REVISE and not given.get("opinion", "").strip():
            self.add_error("opinion", ValidationError(_("要求修改的，请写明修改什么"), code="required"))
        return given


class EvaluateForm(ActionForm):
    """The effect of a norm, and what follows from it."""

    effect = forms.CharField(label=_("实施效果"), max_length=8000, widget=tall(6))
    conclusion = JudgementField(label=_("评估结论"), choices=Norm.Conclusion.choices)
    paper = DocumentField(label=_("评估报告"), required=False)


class AssignForm(ActionForm):
    """A task for somebody: a new one, or one passed on to whom it concerns."""

    what = forms.CharField(label=_("任务"), max_length=1000, widget=tall(3))
    organisation = OrganisationField(queryset=Organisation.objects.none(), label=_("承担单位"))
    due_on = DayField(label=_("办理期限"), required=False)

    def prepare(self) -> None:
        task = cast(Task, self.subject)
        cast(OrganisationField, self.fields["organisation"]).queryset = offices(task.place)
        if task.pk:
            self.initial.update(what=task.what, due_on=task.due_on)

    def clean_due_on(self) -> date | None:
        on: date | None = self.cleaned_data["due_on"]
        if on is not None and self.dossier is not None and on < self.dossier.today:
            raise ValidationError(_("期限不能早于今天"), code="past")
        return on


class AnswerForm(ActionForm):
    """What came of a task."""

    answer = forms.CharField(label=_("办理情况"), max_length=4000, widget=tall(5))
    paper = DocumentField(label=_("附件"), required=False)


class StageDraftForm(ActionForm):
    """The report of a stage as far as it is written: all that was done, and what the stage is to settle."""

    progress = forms.CharField(label=_("建设和服务工作进展"), max_length=8000, widget=tall(6))
    functions = forms.CharField(label=_("基本功能定位"), max_length=4000, required=False, widget=tall(4))
    planning = forms.CharField(label=_("纳入“十二五”计划的情况"), max_length=4000, required=False, widget=tall(3))

    def prepare(self) -> None:
        self.initial.update({name: getattr(self.subject, name) for name in ("progress", "functions", "planning")})


class StageReportForm(StageDraftForm):
    """The whole of it."""

    paper = DocumentField(label=_("阶段报告文本"))

    def prepare(self) -> None:
        super().prepare()
        self.fields["functions"].required = self.fields["planning"].required = True


class SummaryForm(ActionForm):
    """The end of a pilot: what was learnt, how it is to be rolled out, and how sites entered the plans."""

    summary = forms.CharField(label=_("试点总结"), max_length=8000, widget=tall(6))
    summary_paper = DocumentField(label=_("总结报告"))
    rollout = forms.CharField(label=_("推广方案"), max_length=8000, widget=tall(6))
    rollout_paper = DocumentField(label=_("推广方案文本"))
    layout = forms.CharField(label=_("场地建设纳入控制性详细规划的情况"), max_length=4000, widget=tall(3))
