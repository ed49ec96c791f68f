"""What the city's commissioned evaluations, their consequences and the evaluation system take."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.models import Evaluation, Framework, SelfCheck, Series
from gongyue.assessment.models.evaluation import first_contract
from gongyue.assessment.models.framework import WHOLE
from gongyue.contracts.independence import ConflictField, conflict
from gongyue.kernel.fields import (
    DayField,
    DocumentField,
    JudgementField,
    MoneyField,
    OrganisationField,
    PercentField,
    RowsField,
)
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation, Post, Purchase

from .scores import marked, scores_field


def area(label: Any, *, most: int = 2000, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": 4}))


class IndicatorRow(forms.Form):
    dimension = forms.CharField(label=_("维度"), max_length=60)
    indicator = forms.CharField(label=_("指标"), max_length=200)
    standard = forms.CharField(label=_("参照标准条目"), max_length=120)
    weight = PercentField(label=_("权重（%）"))
    evidence = forms.CharField(label=_("所需证据"), max_length=200)


class FrameworkForm(ActionForm):
    """framework.draft"""

    title = forms.CharField(label=_("名称"), max_length=120)
    scope = forms.ChoiceField(
        label=_("适用的购买范围"), choices=[("", _("两种都适用")), *Purchase.Scope.choices], required=False,
        help_text=_("评估按项目的购买范围取用：整体营办和单项服务可以各用各的指标"),
    )  # fmt: skip
    standard = forms.CharField(label=_("所依据的服务质量参照标准及版本"), max_length=200)
    authors = forms.MultipleChoiceField(label=_("专家组成员"), widget=forms.CheckboxSelectMultiple)
    indicators = RowsField(IndicatorRow, most=200, label=_("指标"))

    def prepare(self) -> None:
        framework = cast(Framework, self.subject)
        posts = Post.objects.filter(organisation__organisation_kind=Organisation.Kind.EXPERT_BODY, until=None)
        rows = posts.select_related("person", "organisation").order_by("organisation__name", "pk")
        field = cast(forms.MultipleChoiceField, self.fields["authors"])
        field.choices = [(str(post.pk), f"{post.person.name}（{post.organisation.name}）") for post in rows]
        if framework.pk is not None:
            for name in ("title", "scope", "standard", "authors", "indicators"):
                self.initial[name] = getattr(framework, name)

    def clean_indicators(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["indicators"]
        names = [row["indicator"] for row in rows]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValidationError(_("指标“%(name)s”出现了两次"), code="twice", params={"name": twice})
        total = sum(row["weight"] for row in rows)
        if total != WHOLE:
            shown = f"{total // 100}.{total % 100:02d}"
            raise ValidationError(_("权重合计须为 100%%，现为 %(n)s%%"), code="weights", params={"n": shown})
        return rows


class CommissionForm(ActionForm):
    """evaluation.commission"""

    evaluator = OrganisationField(label=_("评估机构"), queryset=Organisation.objects.none())
    fee = MoneyField(label=_("评估费用（元）"), required=False)
    conflict = ConflictField()

    def prepare(self) -> None:
        evaluation = cast(Evaluation, self.subject)
        if evaluation.series == Series.COMPREHENSIVE:
            self.fields["fee"].help_text = str(_("试点三次评估由评估经费列支；综合评估的经费来源文件没有写明"))
        cast(OrganisationField, self.fields["evaluator"]).queryset = (
            Organisation.objects.filter(organisation_kind=Organisation.Kind.EVALUATOR)
            .select_related("division")
            .order_by("name", "pk")
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        data, evaluator = self.cleaned_data, self.cleaned_data.get("evaluator")
        if cast(Evaluation, self.subject).series == Series.COMPREHENSIVE and data.get("fee"):
            self.add_error("fee", ValidationError(_("综合评估不在试点三次评估之列，不能从评估经费列支"), code="line"))
        if evaluator is not None and self.dossier is not None:
            contract = first_contract(self.dossier)
            provider = contract.provider if contract else None
            data["conflict"] = conflict(evaluator, provider, self.dossier.purchase, self.dossier.today)
        return data


class ReportForm(ActionForm):
    """evaluation.report"""

    scores = scores_field()
    quantity = PercentField(label=_("数量完成（%）"), most=100_000)
    findings = area(_("评估意见"))
    independent = forms.BooleanField(label=_("声明与承接主体没有利害关系，没有参与起草招标文件"), required=False)
    report = DocumentField(label=_("评估报告"), required=False)

    def prepare(self) -> None:
        framework = cast(Evaluation, self.subject).framework
        if framework is not None:
            self.initial["scores"] = framework.score_rows()

    def clean_scores(self) -> list[dict[str, Any]]:
        framework = cast(Evaluation, self.subject).framework
        rows: list[dict[str, Any]] = self.cleaned_data["scores"]
        return marked(framework, rows) if framework else []


class ConcludeForm(ActionForm):
    """evaluation.conclude"""

    result = JudgementField(label=_("评估结论"), choices=Evaluation.Result.choices)
    reasons = area(_("结论理由"))


class FeeForm(ActionForm):
    """evaluation.pay_fee"""

    voucher = forms.CharField(label=_("拨款凭证号"), max_length=60)


class ImprovementForm(ActionForm):
    """improvement.submit"""

    plan = area(_("改进方案"), most=5000)
    paper = DocumentField(label=_("附件"), required=False)


class AcceptForm(ActionForm):
    """improvement.accept"""

    opinion = area(_("验收意见"))


class ScheduleForm(ActionForm):
    """selfcheck.schedule"""

    cycle_months = forms.IntegerField(label=_("自查周期（月）"), min_value=1, max_value=12)
    first_on = DayField(label=_("首次提交日期"))

    def clean_first_on(self) -> Any:
        day = self.cleaned_data["first_on"]
        if self.dossier is not None and day < self.dossier.today:
            raise ValidationError(_("首次提交日期不能早于办理当日"), code="early")
        return day


class SelfCheckForm(ActionForm):
    """selfcheck.submit"""

    progress = area(SelfCheck._meta.get_field("progress").verbose_name)
    effect = area(SelfCheck._meta.get_field("effect").verbose_name)
    satisfaction = area(SelfCheck._meta.get_field("satisfaction").verbose_name)
    needs = area(SelfCheck._meta.get_field("needs").verbose_name)
    spending = area(SelfCheck._meta.get_field("spending").verbose_name)
    paper = DocumentField(label=_("附件"), required=False)
