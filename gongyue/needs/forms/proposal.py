"""What the resource inventory, the service proposal and its argument take."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DayField, DocumentField, MoneyField, NamedChoiceField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.ledger.canonical import plain

from ..models import NeedsAssessment, ResourceInventory, ServiceProposal
from .assessing import UNIT_COST_MOST, VOLUME_MOST

AREA = {"rows": 3}
# Of a proposal, what only some places ask for: shown where a rule looks at it.
ASKED_FOR = ("estimated_with", "quantity_goal", "scale_goal", "quality_goal", "effect_goal")


def past(form: ActionForm, name: str) -> date:
    """A day that has come."""
    day: date = form.cleaned_data[name]
    if form.dossier is not None and day > form.dossier.today:
        raise forms.ValidationError(_("不能晚于办理当日"), code="future")
    return day


class ResourceRow(forms.Form):
    """One resource of the neighbourhood."""

    kind = NamedChoiceField(label=_("类别"), choices=ResourceInventory.Resource.choices)
    name = forms.CharField(label=_("名称"), max_length=80)
    holder = forms.CharField(label=_("所属单位"), max_length=80)
    capacity = forms.CharField(label=_("规模或能力"), max_length=120)
    joining = NamedChoiceField(label=_("整合方式"), choices=ResourceInventory.Joining.choices)


class InventoryForm(ActionForm):
    """inventory.record, inventory.update"""

    surveyed_on = DayField(label=_("摸查日期"))
    resources = RowsField(ResourceRow, label=_("资源"))

    def prepare(self) -> None:
        row = self.subject
        if isinstance(row, ResourceInventory) and row.pk:
            self.initial.update(surveyed_on=row.surveyed_on, resources=row.resources)

    def clean_surveyed_on(self) -> date:
        return past(self, "surveyed_on")


class ServiceItemRow(forms.Form):
    """One service item, the most needed first."""

    service = forms.CharField(label=_("服务项目"), max_length=80)
    category = NamedChoiceField(label=_("服务类别"), choices=ServiceProposal.Category.choices)
    phase = NamedChoiceField(label=_("开展次序"), choices=ServiceProposal.Phase.choices)
    ready = forms.BooleanField(label=_("条件成熟"), required=False)
    standard = forms.CharField(label=_("适用的服务标准或评估规范"), max_length=120, required=False)


class CostRow(forms.Form):
    """What one unit of a service costs, and how many there are a year."""

    service = forms.CharField(label=_("服务项目"), max_length=80)
    target = forms.CharField(label=_("服务对象"), max_length=80)
    volume = forms.IntegerField(label=_("年服务量"), min_value=1, max_value=VOLUME_MOST)
    unit = forms.CharField(label=_("计量单位"), max_length=12)
    staff = MoneyField(label=_("人员成本（元）"), zero=True, max_value=UNIT_COST_MOST)
    activity = MoneyField(label=_("活动成本（元）"), zero=True, max_value=UNIT_COST_MOST)
    other = MoneyField(label=_("其他成本（元）"), zero=True, max_value=UNIT_COST_MOST)
    taxes = MoneyField(label=_("税费（元）"), zero=True, required=False, max_value=UNIT_COST_MOST)


def goal(label: Any) -> forms.CharField:
    """One of the kinds of goal that a place may ask for."""
    return forms.CharField(label=label, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ProposalForm(ActionForm):
    """service_proposal.submit"""

    content = forms.CharField(label=_("服务内容"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    goals = forms.CharField(label=_("服务目标"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    basis = forms.CharField(label=_("调研与资源情况"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    services = RowsField(ServiceItemRow, label=_("服务项目与次序"), help_text=_("最需要的排在最前；条件成熟的先行开展"))
    costs = RowsField(CostRow, label=_("服务量与单位成本测算"), help_text=_("成本按每个计量单位填写"))
    estimated_with = forms.CharField(label=_("参与测算的行业组织、专业机构和专家"), max_length=300, required=False)
    quantity_goal, scale_goal = goal(_("数量目标")), goal(_("规模目标"))
    quality_goal, effect_goal = goal(_("质量目标")), goal(_("效果目标"))

    def prepare(self) -> None:
        narrow(self, "service_proposal.submit", beside={name: f"input.{name}" for name in ASKED_FOR})
        row = self.subject
        if not isinstance(row, ServiceProposal) or self.dossier is None:
            return
        if row.pk:
            self.initial.update({name: getattr(row, name) for name in self.fields})
        elif (needs := self.dossier.latest(NeedsAssessment)) is not None:
            self.initial.setdefault("basis", needs.summary)

    def clean(self) -> dict[str, Any]:
        """What is costed is among the services; the subject takes the rows, so that facts can tell their order."""
        data = self.cleaned_data
        named = [row["service"] for row in data.get("services", [])]
        for number, row in enumerate(data.get("costs", []) if named else [], 1):
            if row["service"] not in named:
                self.add_error("costs", forms.ValidationError(
                    _("第 %(row)s 行 服务项目：“%(name)s”不在上面的服务项目中"), code="service",
                    params={"row": number, "name": row["service"]},
                ))  # fmt: skip
        if len(set(named)) < len(named):
            self.add_error("services", forms.ValidationError(_("服务项目有重复"), code="twice"))
        if isinstance(self.subject, ServiceProposal) and not self.errors:
            self.subject.services, self.subject.costs = plain(data["services"]), plain(data["costs"])
        return data


class ParticipantRow(forms.Form):
    """One who took part in the argument."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    organisation = forms.CharField(label=_("单位和职务"), max_length=80)
    opinion = forms.CharField(label=_("意见"), max_length=400)


class ArgueForm(ActionForm):
    """service_proposal.argue"""

    argued_on = DayField(label=_("论证日期"))
    participants = RowsField(ParticipantRow, label=_("论证人员和意见"))
    result = forms.ChoiceField(label=_("论证结果"), choices=ServiceProposal.Result.choices)
    conclusion = forms.CharField(label=_("论证结论"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    record = DocumentField(label=_("论证记录"), required=False)

    def clean_argued_on(self) -> date:
        return past(self, "argued_on")
