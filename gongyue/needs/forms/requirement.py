"""What the requirement, its review and its buying plan take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DayField, DocumentField, MoneyField, NamedChoiceField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.ledger.canonical import plain

from ..models import BuyingPlan, Requirement, ServiceStandard
from ..models.standard import citable
from .proposal import past

LONG, SHORT = 4000, 300
ROWS = ("standards", "indicators", "assessment", "acceptance", "uncertain")
SOMETIMES = frozenset({"no_standard", "indefinite", "indefinite_reason", "researched_before", "urgent_reason"})
PASSED, FAILED, NONE = "passed", "failed", "none"


def area(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    """A longer text; whether it may be left empty is the regime's to say."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONG, required=False, widget=widget, **options)


def words(label: Any, *, most: int = SHORT, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **options)


class StandardRow(forms.Form):
    """A standard or norm that the service follows."""

    level = NamedChoiceField(label=_("类别"), choices=[("", _("请选择")), *Requirement.Standard.choices])
    number = forms.CharField(label=_("标准编号"), max_length=60, required=False)
    title = forms.CharField(label=_("名称"), max_length=120)


class IndicatorRow(forms.Form):
    """One core need: a number with its unit, or the reason why there is none."""

    name = forms.CharField(label=_("指标"), max_length=80)
    number = forms.CharField(label=_("数值"), max_length=20, required=False)
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    reason = forms.CharField(label=_("不能量化的理由"), max_length=200, required=False)


class AssessmentRow(forms.Form):
    """考核评价: what is looked at again and again."""

    item = forms.CharField(label=_("考核内容"), max_length=120)
    standard = forms.CharField(label=_("评价标准"), max_length=300)
    cycle = forms.CharField(label=_("考核周期"), max_length=40)


class AcceptanceRow(forms.Form):
    """履约验收: what is handed over once."""

    item = forms.CharField(label=_("交付成果"), max_length=120)
    standard = forms.CharField(label=_("验收标准"), max_length=300)
    way = forms.CharField(label=_("验收方式"), max_length=120)


class UncertainRow(forms.Form):
    """What may turn out otherwise, explained, and whose matter it is then."""

    factor = forms.CharField(label=_("不确定因素"), max_length=120)
    explanation = forms.CharField(label=_("说明"), max_length=300, required=False)
    duty = forms.CharField(label=_("职责划分"), max_length=300, required=False)


class StandardField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A standard of a service; rules ask facts about it, never the row."""

    opaque = True


class RequirementForm(ActionForm):
    """requirement.draft: in six parts. What each must hold is asked by the regime's rules."""

    headings: ClassVar[Mapping[str, Any]] = {
        "goal": _("一、功能或者目标"), "central": _("二、执行的标准、规范"), "quantity": _("三、服务内容与要求"),
        "nature": _("四、考核管理标准"), "service_time": _("五、履约安排"), "other": _("六、其他要求"),
        "intricate": _("需求调查与特殊情形"),
    }  # fmt: skip

    goal = area(_("功能或者目标"))
    policies = area(_("落实采购政策的要求"), rows=2)
    central = forms.BooleanField(label=_("列入政府集中采购目录的服务项目"), required=False)
    standard = StandardField(
        label=_("所引需求标准"), queryset=ServiceStandard.objects.none(), required=False, empty_label=_("不引用"),
        help_text=_("集中采购机构或者购买主体提出的现行标准；以后调整，本需求仍按所引版本"),
    )  # fmt: skip
    standards = RowsField(StandardRow, least=0, most=50, label=_("执行的标准、规范"))
    no_standard = words(_("没有适用标准的说明"))
    quantity = area(_("数量或者范围"), rows=2)
    term = words(_("服务期限"), most=200)
    clients = area(_("服务对象"), rows=2)
    content = area(_("服务内容"))
    quality = area(_("服务质量要求"))
    team = area(_("团队的专业化要求"))
    indicators = RowsField(
        IndicatorRow,
        least=0,
        most=100,
        label=_("核心需求指标"),
        help_text=_("能量化的填数值和单位，不能量化的写明理由"),
    )
    indefinite = forms.BooleanField(
        label=_("技术复杂或者性质特殊，不能事先确定具体要求"), required=False,
        help_text=_("先明确需求、后竞争报价：只适用于能够协商需求的采购方式"),
    )  # fmt: skip
    indefinite_reason = area(_("不能事先确定的理由"), rows=2)
    nature = forms.ChoiceField(
        label=_("服务性质"), choices=[("", _("请选择")), *Requirement.Nature.choices], required=False
    )
    assessment = RowsField(
        AssessmentRow, least=0, most=100, label=_("考核评价标准"), help_text=_("延续性、周期性的服务填写")
    )
    acceptance = RowsField(
        AcceptanceRow, least=0, most=100, label=_("履约验收标准"), help_text=_("一次性交付的服务填写")
    )
    payment_link = area(_("考核或者验收结果与付款的衔接"), rows=2)
    service_time = words(_("履约时间"))
    location = words(_("履约地点"))
    handover = area(_("服务衔接期安排"), rows=2)
    unforeseen = area(_("不可预见事项的处理"), rows=2)
    settlement = area(_("资金结算方式"), rows=2)
    uncertain = RowsField(UncertainRow, least=0, most=50, label=_("不确定因素"))
    other = area(_("其他服务要求"), rows=2, help_text=_("没有的填“无”"))
    intricate = forms.BooleanField(label=_("技术复杂、专业性较强"), required=False)
    researched_before = words(_("前期工作已包含的需求调查"), help_text=_("例如可行性研究报告的名称和日期"))
    urgent_reason = words(_("不可预见的紧急情况"), help_text=_("因此简化需求管理的，写明情况"))
    paper = DocumentField(label=_("采购需求文本"), required=False)

    def prepare(self) -> None:
        for name, heading in self.headings.items():
            self.fields[name].heading = heading  # type: ignore[attr-defined]
        narrow(
            self, "requirement.draft", rows={"indicators": "requirement.indicators"}, free=SOMETIMES,
            beside={"central": "input.central", "standard": "standard.cited"},
        )  # fmt: skip
        row = self.subject
        if isinstance(row, Requirement) and row.pk:
            self.initial.update({name: getattr(row, name) for name in self.fields if name != "paper"})
        if isinstance(row, Requirement) and self.dossier is not None and self.dossier.regime.acts(ServiceStandard.kind):
            field, kept = self.fields["standard"], ServiceStandard.objects.filter(pk=row.standard_id or 0)
            field.queryset = citable(row.purchase) | kept  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The subject takes the rows and the nature, so that facts can tell what they lack."""
        data = self.cleaned_data
        if isinstance(self.subject, Requirement) and not self.errors:
            for name in ROWS:
                setattr(self.subject, name, plain(data[name]))
            for name in ("nature", "intricate", "urgent_reason", "standard"):
                setattr(self.subject, name, data[name])
        return data


class MemberRow(forms.Form):
    """One who reviewed it."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    office = NamedChoiceField(label=_("代表的机构"), choices=[("", _("请选择")), *Requirement.Office.choices])
    opinion = forms.CharField(label=_("意见"), max_length=300)


CHECKED = [("", "—"), (PASSED, _("通过")), (NONE, _("不涉及")), (FAILED, _("不通过"))]


class CheckRow(forms.Form):
    """One content of the review; its name is kept as the code has it."""

    check = forms.CharField(label=_("审查内容"), max_length=80)
    result = forms.ChoiceField(label=_("结果"), choices=CHECKED, required=False)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class ReviewForm(ActionForm):
    """requirement.review: within the purchaser; the contents that a rule asks about are shown."""

    review_kind = forms.ChoiceField(label=_("审查方式"), choices=[("", _("请选择")), *Requirement.Review.choices])
    reviewed_on = DayField(label=_("审查日期"))
    members = RowsField(MemberRow, most=30, label=_("审查成员和意见"))
    general = RowsField(CheckRow, least=0, label=_("一般性审查"), fixed=True)
    key_checks = RowsField(CheckRow, least=0, label=_("重点审查"), fixed=True, help_text=_("重点审查时逐项填写"))
    opinion = area(_("审查结论"))
    record = DocumentField(label=_("审查记录"), required=False)

    def prepare(self) -> None:
        self.initial["general"] = [{"check": str(label)} for label in Requirement.General.labels]
        self.initial["key_checks"] = [{"check": str(label)} for label in Requirement.Key.labels]
        narrow(self, "requirement.review", beside={
            "general": "requirement.general_open", "key_checks": "requirement.key_open",
        })  # fmt: skip

    def clean_reviewed_on(self) -> date:
        return past(self, "reviewed_on")

    def clean_general(self) -> list[dict[str, Any]]:
        return _coded(self.cleaned_data["general"], Requirement.General)

    def clean_key_checks(self) -> list[dict[str, Any]]:
        return _coded(self.cleaned_data["key_checks"], Requirement.Key)

    def clean(self) -> dict[str, Any]:
        """The subject takes who sat and what was found, so that facts can tell what is missing."""
        data = self.cleaned_data
        if isinstance(self.subject, Requirement) and not self.errors:
            self.subject.members, self.subject.general = plain(data["members"]), data["general"]
            self.subject.key_checks = data["key_checks"]
        return data


def _coded(rows: list[dict[str, Any]], of: type[Requirement.General] | type[Requirement.Key]) -> list[dict[str, Any]]:
    """Each content by its code, once, those left open left out."""
    known = {str(name): value for value, label in of.choices for name in (label, value)}
    out = {}
    for row in rows:
        if row["check"] not in known:
            raise forms.ValidationError(_("“%(item)s”不在审查内容中"), code="odd", params={"item": row["check"]})
        if row["result"]:
            out[known[row["check"]]] = row | {"check": known[row["check"]]}
    return list(out.values())


class RiskRow(forms.Form):
    """A risk of the procurement or of the contract."""

    risk = forms.CharField(label=_("风险与环节"), max_length=120)
    likelihood = forms.CharField(label=_("可能性和影响程度"), max_length=80)
    duty = forms.CharField(label=_("管控责任"), max_length=80)
    measures = forms.CharField(label=_("处置措施和替代方案"), max_length=300)


class BuyingPlanForm(ActionForm):
    """buyingplan.draft: what is arranged for concluding the contract and for managing it."""

    headings: ClassVar[Mapping[str, Any]] = {"ceiling": _("一、合同订立安排"), "contract_kind": _("二、合同管理安排")}

    ceiling = MoneyField(label=_("最高限价（元）"))
    schedule = area(_("采购活动时间安排"), rows=2)
    organised = forms.ChoiceField(
        label=_("采购组织形式"), choices=[("", _("请选择")), *BuyingPlan.Organisation.choices]
    )
    lots = area(_("采购包划分与合同分包"), rows=2)
    qualification = area(_("供应商资格条件"))
    way = area(_("采购方式、竞争范围及理由"), rows=2)
    rules = area(_("评审规则及理由"))
    contract_kind = words(_("合同类型及理由"))
    pricing = forms.ChoiceField(label=_("定价方式"), choices=[("", _("请选择")), *BuyingPlan.Pricing.choices])
    pricing_reason = words(_("定价方式的理由"))
    terms = area(_("合同主要条款"))
    check_plan = area(_("履约验收方案"), help_text=_("主体、时间、方式、程序、内容和标准"))
    controls = area(_("风险管控措施"), rows=2)
    risks = RowsField(RiskRow, least=0, most=50, label=_("风险研判"))
    paper = DocumentField(label=_("采购实施计划文本"), required=False)

    def prepare(self) -> None:
        for name, heading in self.headings.items():
            self.fields[name].heading = heading  # type: ignore[attr-defined]
        narrow(self, "buyingplan.draft", "buyingplan.revise")
        row = self.subject
        if isinstance(row, BuyingPlan) and row.pk:
            same = {name: getattr(row, name) for name in self.fields if name not in {"paper", "ceiling"}}
            self.initial.update(same, ceiling=row.ceiling_fen)

    def clean(self) -> dict[str, Any]:
        """The subject takes the risks, so that facts can tell how many were weighed."""
        if isinstance(self.subject, BuyingPlan) and not self.errors:
            self.subject.risks = plain(self.cleaned_data["risks"])
        return self.cleaned_data
