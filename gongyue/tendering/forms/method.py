"""What choosing a method, making a sole supplier known and approving the choice take."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Adjustment, PlanItem
from gongyue.budget.procurement import ProcurementFacts, limit_for, listed
from gongyue.kernel.fields import DayField, DocumentField, MoneyField, OrganisationField, RowsField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.kernel.models import Organisation
from gongyue.tendering import methods
from gongyue.tendering.methods import Way
from gongyue.tendering.models import Method

from .common import F, text


def worked_out(kind: type[F], label: Any, **options: Any) -> F:
    """Not typed: the form puts in what follows from the rest."""
    return kind(required=False, widget=forms.HiddenInput, label=label, **options)


class ChooseForm(ActionForm):
    """method.choose. What the item gives (its amount, whether its entry is listed) and what follows from the figures
    (`nature`, `size`, `others_fen`) is not typed."""

    way = forms.ChoiceField(label=_("采购方式"), choices=Way.choices)
    ground = forms.ChoiceField(
        label=_("采用该方式的情形"), required=False, choices=[], help_text=_("公开招标的不选；其他方式须符合所选情形")
    )
    reason = text(_("理由"), required=False, help_text=_("写明事实和所附材料怎样证明这一情形；公开招标的可不填"))
    evidence = DocumentField(label=_("证明材料"), required=False)
    category = forms.CharField(
        label=_("品目或者类别"), max_length=80,
        help_text=_("同一预算年度内同一品目或者类别的非公开招标采购合并计算，请与其他项目写法一致"),
    )  # fmt: skip
    year_fen = MoneyField(
        label=_("本年度预算"), help_text=_("即本项目的金额；一次采购几年服务的，项目只列一个年度的预算，按它衡量")
    )
    listed = forms.BooleanField(label=_("列入集中采购目录"), required=False)
    limit_fen = MoneyField(label=_("采购限额标准"), required=False)
    open_limit_fen = MoneyField(label=_("公开招标数额标准"), required=False)
    limit_source = forms.CharField(
        label=_("数额标准的文号"), max_length=120, required=False, help_text=_("本地数额标准由省级人民政府规定")
    )
    undefined = forms.BooleanField(label=_("需求复杂或者特殊，事先不能详细确定"), required=False)
    adjusted = forms.BooleanField(label=_("属项目预算调整"), required=False)
    original_fen = MoneyField(label=_("原合同金额"), required=False, help_text=_("向原供应商添购的填写"))
    added_fen = MoneyField(
        label=_("此前向该合同添购的金额合计"), required=False, zero=True,
        help_text=_("向原供应商添购的填写，此前没有添购的填 0"),
    )  # fmt: skip
    supplier = OrganisationField(
        label=_("拟定的承接单位"), queryset=Organisation.objects.none(), required=False, empty_label="—",
        help_text=_("单一来源、定向委托的填写"),
    )  # fmt: skip
    consent = forms.CharField(
        label=_("主管预算单位同意的文号"), max_length=120, required=False,
        help_text=_("达到公开招标数额标准而采用其他方式的，先经主管预算单位同意"),
    )  # fmt: skip
    nature = worked_out(forms.ChoiceField, _("是否属于政府采购"), choices=Method.Nature.choices)
    size = worked_out(forms.ChoiceField, _("与公开招标数额标准相比"), choices=Method.Size.choices)
    others_fen = worked_out(forms.IntegerField, _("同年同类其他非公开招标的采购合计"))

    def prepare(self) -> None:
        if self.dossier is None:
            return
        regime, on, item = self.dossier.regime, self.dossier.today, self.dossier.latest(PlanItem)
        found = methods.admitted(regime, on)
        way = cast(forms.ChoiceField, self.fields["way"])
        way.choices = [(one.way.value, one.way.label) for one in found]
        ground = cast(forms.ChoiceField, self.fields["ground"])
        grouped = [(one.way.label, [(g.id, g.name) for g in one.grounds]) for one in found if one.grounds]
        ground.choices = [("", "—"), *grouped]
        supplier = cast(OrganisationField, self.fields["supplier"])
        social = Organisation.objects.filter(organisation_kind=Organisation.Kind.SOCIAL_ORGANISATION)
        supplier.queryset = social.select_related("division").order_by("name")
        if isinstance(self.subject, Method) and self.subject.pk:
            self.initial.update({name: getattr(self.subject, name) for name in FORMER})
        self._given("year_fen", item.amount_fen if item is not None else None)
        self._given("listed", listed(item) or None)
        self._given("limit_fen", limit_for(self.dossier))
        self._given("open_limit_fen", methods.figure(regime, methods.OPEN_LIMIT, on))
        if self._adjusted() is False:
            self._given("adjusted", False)

    def _adjusted(self) -> bool | None:
        """Whether an adjustment of the budget is on record; None where the regime has no such step."""
        if self.dossier is None or not self.dossier.regime.acts(Adjustment.kind):
            return None
        return any(row.state == Adjustment.State.APPROVED for row in self.dossier.all(Adjustment))

    def _given(self, field: str, value: int | None) -> None:
        """What the records or the regime itself give is not asked for."""
        if value is not None:
            self.fields[field].disabled, self.initial[field] = True, value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        way = data.get("way", "")
        typed = [name for name in ("limit_fen", "open_limit_fen") if not self.fields[name].disabled and data.get(name)]
        if typed and not data.get("limit_source"):
            self.add_error("limit_source", ValidationError(_("请写明数额标准出自哪个文件"), code="required"))
        if way and way != Way.OPEN and not data.get("reason"):
            self.add_error("reason", ValidationError(_("采用公开招标以外方式的，请写明理由"), code="required"))
        if way in methods.ONE and not data.get("supplier"):
            self.add_error("supplier", ValidationError(_("请选择拟定的承接单位"), code="required"))
        if data.get("adjusted") and self._adjusted() is None and not data.get("evidence"):
            self.add_error("evidence", ValidationError(_("属项目预算调整的，请附批准调整的文件"), code="required"))
        if way == Way.OPEN:
            data["ground"] = ""
        if way not in methods.ONE:
            data["supplier"] = None
        if data.get("ground") != methods.ADDITION:
            data["original_fen"] = data["added_fen"] = None
        self._work_out(data)
        return data

    def _work_out(self, data: dict[str, Any]) -> None:
        year, limit, open_limit = data.get("year_fen"), data.get("limit_fen"), data.get("open_limit_fen")
        data["nature"] = methods.nature(ProcurementFacts.judged(year or 0, bool(data.get("listed")), limit))
        data["size"] = methods.size(year or 0, open_limit)
        data["others_fen"] = self._others(data.get("category", ""))

    def _others(self, category: str) -> int:
        """What the purchaser chose this year for the same class by other methods than open tender, without approval."""
        if self.dossier is None or self.actor is None:
            return 0
        item = self.dossier.latest(PlanItem)
        rows = Method.objects.filter(purchaser=self.actor.organisation_id, year=item.year if item else 0)
        cited = PlanItem.objects.filter(entry=item.entry_id if item else None, entry__isnull=False)
        same = set(cited.values_list("purchase_id", flat=True))
        last = {row.purchase_id: row for row in rows.exclude(purchase=self.dossier.purchase).order_by("pk")}
        return sum(
            row.year_fen
            for row in last.values()
            if _counted(row) and (row.purchase_id in same or _plain(row.category) == _plain(category))
        )


def _counted(method: Method) -> bool:
    """Whether it is added up with others of its class, as neither open tender, approval nor adjustment takes it out."""
    out = method.way == Way.OPEN or method.state in (Method.State.APPROVED, Method.State.RETURNED)
    return not out and not method.adjusted


def _plain(category: str) -> str:
    """A class as it is compared: whatever its spaces and the width of its signs."""
    return "".join(normalize("NFKC", category).split()).casefold()


FORMER = (
    "way", "ground", "reason", "category", "listed", "adjusted", "supplier", "consent", "limit_source", "original_fen",
    "added_fen",
)  # fmt: skip


class OpinionRow(forms.Form):
    """One expert's word that there is no other supplier."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    employer = forms.CharField(label=_("工作单位"), max_length=120)
    title = forms.CharField(label=_("职称"), max_length=60)
    opinion = forms.CharField(label=_("论证意见"), max_length=1000)


class OpinionsField(RowsField):
    """They name people: the ledger keeps a commitment, the publicity itself tells."""

    personal = True


class MethodPublicityForm(ActionForm):
    """method.publicise"""

    began_on = DayField(label=_("公示开始日期"))
    until = DayField(label=_("公示截止日期"))
    outlet = forms.CharField(label=_("公示媒体"), max_length=200)
    opinions = OpinionsField(OpinionRow, label=_("专业人员论证意见"), most=20)
    paper = DocumentField(label=_("公示文本"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("began_on") and data.get("until") and data["until"] <= data["began_on"]:
            self.add_error("until", ValidationError(_("公示截止日期须晚于开始日期"), code="order"))
        return data


class ObjectForm(ActionForm):
    """method.object: what somebody wrote against a sole supplier."""

    received_on = DayField(label=_("收到日期"))
    what = text(_("异议内容"), help_text=_("不写提出人的姓名；原件作为材料附上"))
    paper = DocumentField(label=_("异议原件"), required=False, restricted=True)

    def clean_received_on(self) -> date:
        received: date = self.cleaned_data["received_on"]
        if self.dossier is not None and received > self.dossier.today:
            raise ValidationError(_("日期不能晚于今天"), code="future")
        return received


class ArgueForm(ActionForm):
    """method.argue: what came of arguing the matter again."""

    upheld = forms.ChoiceField(label=_("论证结论"), choices=[("no", _("异议不成立")), ("yes", _("异议成立"))])
    opinion = text(_("论证意见"))
    told = text(_("告知情况"), help_text=_("何时、怎样把结论告知提出异议的一方"))


class ApproveMethodForm(ActionForm):
    """method.approve"""

    number = forms.CharField(label=_("批准文号"), max_length=60)
    opinion = text(_("意见"), required=False, rows=2)
    paper = DocumentField(label=_("批准文件"), required=False)


class ReturnMethodForm(ReasonForm):
    """method.return"""
