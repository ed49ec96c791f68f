"""What the actions on money take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.asking import asked, narrow
from gongyue.kernel.fields import MoneyField, NamedChoiceField, RowsField
from gongyue.kernel.findings import language
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.ledger.canonical import plain
from gongyue.needs.models import ServiceProposal
from gongyue.needs.queries import volumes, worksheet

from .. import catalogues, investments, sharing
from ..models import Catalogue, CatalogueEntry, Fund, InvestmentPlan, InvestmentProject, PlanItem

AREA = {"rows": 4}


class EntryField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An entry of the catalogue; rules ask facts about it, never the row."""

    opaque = True


def year_field() -> forms.IntegerField:
    return forms.IntegerField(label=_("预算年度"), min_value=2000, max_value=2100)


def code_field(label: Any, *, most: int = 20) -> forms.CharField:
    """A code as the finance system writes it."""
    written = RegexValidator(r"^[0-9A-Za-z\-]+$", _("只能填写数字、字母和连字符"))
    return forms.CharField(label=label, max_length=most, required=False, validators=[written])


class ContributorRow(forms.Form):
    """What one of several put into a line."""

    giver = forms.CharField(label=_("出资单位"), max_length=120)
    sort = NamedChoiceField(label=_("出资方式"), choices=[("", _("请选择")), *Fund.Giver.choices])
    amount = MoneyField(label=_("金额（元）"))


class OpenFundForm(ActionForm):
    """fund.open"""

    name = forms.CharField(label=_("指标名称"), max_length=120)
    year = year_field()
    purpose = forms.ChoiceField(label=_("用途"), choices=Fund.Purpose.choices, initial=Fund.Purpose.PROGRAMME)
    programme = forms.ChoiceField(label=_("试点"), required=False)
    indicator_number = forms.CharField(label=_("指标文号"), max_length=60)
    project_code = code_field(_("项目编码"), most=40)
    function_code = code_field(_("功能分类科目"))
    economic_code = code_field(_("经济分类科目"))
    nature = forms.ChoiceField(label=_("资金性质"), choices=[("", _("未列明")), *Fund.Nature.choices], required=False)
    amount = MoneyField(label=_("指标金额"))
    contributors = RowsField(
        ContributorRow, label=_("出资构成"), least=0, most=50,
        help_text=_("由几方共同出资的专项资金逐项填写，合计等于指标金额"),
    )  # fmt: skip

    def prepare(self) -> None:
        if self.dossier is None:
            return
        narrow(self, "fund.open", beside={"contributors": "fund.contributors"})
        programmes = self.dossier.regime.programmes
        named = [(programme.id, programme.name[language()]) for programme in programmes.values()]
        self.fields["programme"].choices = [("", _("不属试点")), *named]  # type: ignore[attr-defined]
        self.initial.setdefault("year", self.dossier.at.astimezone(LOCAL).year)
        if len(named) == 1:
            self.initial.setdefault("programme", named[0][0])

    def clean(self) -> dict[str, Any]:
        """The line not yet written takes its identity from here, so that facts can tell whether it exists already."""
        data = super().clean() or self.cleaned_data
        if isinstance(self.subject, Fund) and not self.errors:
            self.subject.year, self.subject.purpose = data["year"], data["purpose"]
            self.subject.programme, self.subject.nature = data["programme"], data["nature"]
            self.subject.contributors = plain(data["contributors"])
        return data

    def clean_contributors(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["contributors"]
        if rows and sum(row["amount"] for row in rows) != self.cleaned_data.get("amount"):
            raise forms.ValidationError(_("出资构成的合计与指标金额不等"), code="sum")
        return rows


class CarryFundForm(ActionForm):
    """fund.carry"""

    number = forms.CharField(label=_("结转文号"), max_length=60)
    amount = MoneyField(label=_("结转金额"), help_text=_("已落实待拨的须全部结转，其余由可用部分补足"))

    def prepare(self) -> None:
        if isinstance(self.subject, Fund) and self.subject.pk:
            self.initial["amount"] = self.subject.unpaid_fen

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if isinstance(self.subject, Fund) and amount < self.subject.promised_fen:
            raise forms.ValidationError(
                _("已落实待拨 %(yuan)s 元须全部结转"), code="promised",
                params={"yuan": f"{self.subject.promised_fen // 100:,}.{self.subject.promised_fen % 100:02d}"},
            )  # fmt: skip
        return amount


class ProposeItemForm(ActionForm):
    """item.propose"""

    year = year_field()
    entry = EntryField(
        label=_("目录条目"), queryset=CatalogueEntry.objects.none(), required=False, empty_label=_("不引用"),
        help_text=_("现行购买服务指导性目录中的条目；以后目录调整，本项目仍按所引版本"),
    )  # fmt: skip
    cites = forms.BooleanField(label=_("是否引用目录条目"), required=False, widget=forms.HiddenInput)
    investment = EntryField(
        label=_("政府投资项目"), queryset=InvestmentProject.objects.none(), required=False, empty_label=_("不属于"),
        help_text=_("已下达的政府投资计划中适合列入购买服务计划的项目"),
    )  # fmt: skip
    amount = MoneyField(label=_("金额"))
    source = forms.ChoiceField(label=_("资金来源"), choices=[("", _("请选择")), *Fund.Nature.choices], required=False)
    source_approval = forms.CharField(
        label=_("列支专项资金的批准文号"), max_length=60, required=False, help_text=_("资金来源为专项资金的填写")
    )
    content = forms.CharField(label=_("服务内容"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    goals = forms.CharField(label=_("服务目标"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    requirements = forms.CharField(
        label=_("具体要求"), max_length=4000, required=False, widget=forms.Textarea(attrs=AREA)
    )

    def prepare(self) -> None:
        item = self.subject
        assert isinstance(item, PlanItem)
        self._catalogue(item)
        self._investments(item)
        if not asked(self, ["item.propose"]) & {"input.source", "item.source"}:
            self.fields["source"].widget = forms.HiddenInput()
        if "input.source_approval" not in asked(self, ["item.propose"]):
            self.fields["source_approval"].widget = forms.HiddenInput()
        if item.pk:
            self.initial.update(
                year=item.year, entry=item.entry_id, amount=item.amount_fen, content=item.content, goals=item.goals,
                requirements=item.requirements, source=item.source, source_approval=item.source_approval,
            )  # fmt: skip
        elif self.dossier is not None:
            unit = sharing.unit_of(self.dossier.purchase, self.dossier.regime)
            self.initial["year"] = self.dossier.at.astimezone(LOCAL).year
            proposal = self.dossier.latest(ServiceProposal)
            if proposal is not None:
                self.initial.update(content=proposal.content, goals=proposal.goals, requirements=volumes(proposal))
                measured = worksheet(proposal).cost_fen
                self.initial["amount"] = measured
                self.fields["amount"].help_text = _("测算合计 %(yuan)s 元") % {
                    "yuan": f"{measured // 100:,}.{measured % 100:02d}"
                }
            if unit is not None:
                self.initial["amount"] = min(unit.total_fen, self.initial.get("amount", unit.total_fen))

    def _investments(self, item: PlanItem) -> None:
        """The projects it may be one of; nothing is asked where the regime knows no investment plan."""
        field = self.fields["investment"]
        if self.dossier is None or not self.dossier.regime.acts(InvestmentPlan.kind):
            field.disabled, field.widget = True, forms.HiddenInput()
            return
        self.initial["investment"] = item.investment_id
        field.queryset = investments.offered(item.purchase)  # type: ignore[attr-defined]

    def _catalogue(self, item: PlanItem) -> None:
        """What may be cited now, and what this item cites already; nothing is asked where there is no catalogue."""
        field = self.fields["entry"]
        if self.dossier is None or not self.dossier.regime.acts(Catalogue.kind):
            field.disabled, field.widget = True, forms.HiddenInput()
            return
        rows = catalogues.in_use(item.purchase)
        keys = {*rows.values_list("pk", flat=True), *([item.entry_id] if item.entry_id else [])}
        known = CatalogueEntry.objects.filter(pk__in=keys).select_related("catalogue").order_by("catalogue", "code")
        field.queryset = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whether it cites anything follows, and facts read what."""
        given = self.cleaned_data
        given["cites"] = given.get("entry") is not None
        if isinstance(self.subject, PlanItem) and not self.errors:
            self.subject.entry, self.subject.source = given["entry"], given["source"]
        return given


class ApproveItemForm(NoteForm):
    """item.approve"""

    results_weighed = forms.CharField(
        label=_("以往绩效评价结果的参考情况"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("有评价结果的写明怎样参考"),
    )  # fmt: skip

    def prepare(self) -> None:
        narrow(self, "item.approve", beside={"results_weighed": "input.results_weighed"}, free=["results_weighed"])

    def clean_opinion(self) -> str:
        """Every share needs somebody to bear it."""
        item = self.subject
        if isinstance(item, PlanItem) and self.dossier is not None:
            known = sharing.payers(item.purchase)
            for level in sharing.of_item(item, self.dossier.regime):
                if level not in known:
                    where = {"city": _("市级"), "district": _("区级")}.get(level, _("同级"))
                    raise forms.ValidationError(
                        _("本采购没有%(level)s财政部门，无法安排其出资"), code="payer", params={"level": where}
                    )
        return str(self.cleaned_data["opinion"])
