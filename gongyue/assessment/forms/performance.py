"""What an evaluation of performance takes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.models import Performance
from gongyue.assessment.models.framework import WHOLE
from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DocumentField, JudgementField, MoneyField, OrganisationField, PercentField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation

from .evaluation import area


class PerformanceRow(forms.Form):
    """One indicator, as whoever evaluates states and weighs it."""

    indicator = forms.CharField(label=_("指标"), max_length=120)
    weight = PercentField(label=_("权重（%）"))
    target = forms.CharField(label=_("目标"), max_length=120)
    actual = forms.CharField(label=_("实际"), max_length=120)
    mark = PercentField(label=_("得分（%）"))


class OpenPerformanceForm(ActionForm):
    """performance.open"""

    by = JudgementField(label=_("实施方式"), choices=Performance.By.choices)
    evaluator = OrganisationField(label=_("评价机构"), queryset=Organisation.objects.none(), required=False,
                                  help_text=_("引入第三方实施的，填受托的评价机构"))  # fmt: skip

    def prepare(self) -> None:
        rows = Organisation.objects.filter(organisation_kind=Organisation.Kind.EVALUATOR).select_related("division")
        cast(OrganisationField, self.fields["evaluator"]).queryset = rows.order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        third, named = data.get("by") == Performance.By.THIRD_PARTY, data.get("evaluator") is not None
        if "by" in data and third != named:
            words = _("请选择评价机构") if third else _("由财政部门实施的不填评价机构")
            self.add_error("evaluator", ValidationError(words, code="who"))
        return data


class PerformanceForm(ActionForm):
    """performance.report: both sides, by indicators of the evaluator's own; effect, benefit and cost beside them."""

    money = RowsField(PerformanceRow, least=0, most=100, label=_("购买主体的财政资金使用绩效"))
    service = RowsField(PerformanceRow, least=0, most=100, label=_("承接主体的服务绩效"))
    effect = area(_("实际效果"), required=False)
    benefit = area(_("社会效益"), required=False)
    cost = MoneyField(label=_("购买服务的全部成本（元）"), required=False, help_text=_("合同价款和组织管理的费用"))
    own_cost = MoneyField(label=_("自行承办的行政成本，测算（元）"), required=False)
    cost_basis = area(_("成本的口径和依据"), required=False)
    report = DocumentField(label=_("评价报告"), required=False)
    money_rows = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("财政资金使用绩效的指标数"))
    service_rows = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("服务绩效的指标数"))

    def prepare(self) -> None:
        narrow(self, "performance.report", rows={
            "money": "input.money_rows", "service": "input.service_rows",
        })  # fmt: skip
        performance = cast(Performance, self.subject)
        self.initial["cost"] = performance.contract.amount_fen

    def _weighing(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data[name]
        total = sum(row["weight"] for row in rows)
        if rows and total != WHOLE:
            shown = f"{total // 100}.{total % 100:02d}"
            raise ValidationError(_("权重合计须为 100%%，现为 %(n)s%%"), code="weights", params={"n": shown})
        return rows

    def clean_money(self) -> list[dict[str, Any]]:
        return self._weighing("money")

    def clean_service(self) -> list[dict[str, Any]]:
        return self._weighing("service")

    def clean(self) -> dict[str, Any]:
        """How many rows there are follows from what was typed."""
        data = super().clean() or self.cleaned_data
        return data | {"money_rows": len(data.get("money", [])), "service_rows": len(data.get("service", []))}


class ViewForm(ActionForm):
    """performanceview.give"""

    opinion = area(_("意见"))
    paper = DocumentField(label=_("附件"), required=False)


class PerformanceConclusionForm(ActionForm):
    """performance.conclude"""

    budget_advice = area(_("对以后预算安排的意见"))
    award_advice = area(_("对以后承接政府购买服务的意见"))
