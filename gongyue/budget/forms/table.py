"""What the year's item table, filing in it and adjusting an approved item take."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.ledger.canonical import plain

from ..models import Adjustment, ItemTable, PlanItem
from ..sharing import tables_of
from .items import AREA, year_field

if TYPE_CHECKING:
    TableChoice = forms.ModelChoiceField[ItemTable]
else:
    TableChoice = forms.ModelChoiceField


class OpenTableForm(ActionForm):
    """itemtable.open"""

    year = year_field()
    requirements = forms.CharField(
        label=_("预算编制要求"), max_length=4000, widget=forms.Textarea(attrs=AREA),
        help_text=_("对购买服务预算安排的明确要求，随项目表下达各购买主体"),
    )  # fmt: skip
    closes_on = DayField(label=_("填报截止日"))
    paper = DocumentField(label=_("布置预算编制的文件"), required=False)

    def prepare(self) -> None:
        if self.dossier is not None:
            self.initial.setdefault("year", self.dossier.today.year + 1)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        table = self.subject
        if isinstance(table, ItemTable) and ItemTable.objects.filter(finance=table.finance, year=year).exists():
            raise forms.ValidationError(_("这个年度的购买服务项目表已经下达"), code="taken")
        return year

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if self.dossier is not None and day < self.dossier.today:
            raise forms.ValidationError(_("填报截止日不能早于下达当日"), code="order")
        return day


class CloseTableForm(ActionForm):
    """itemtable.close"""

    note = forms.CharField(label=_("意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ApproveTableForm(ActionForm):
    """itemtable.approve"""

    congress_on = DayField(label=_("人民代表大会批准日期"))
    reply_number = forms.CharField(label=_("预算批复文号"), max_length=60)
    paper = DocumentField(label=_("预算批复"), required=False)

    def clean_congress_on(self) -> date:
        day: date = self.cleaned_data["congress_on"]
        if self.dossier is not None and day > self.dossier.today:
            raise forms.ValidationError(_("不能晚于办理当日"), code="future")
        return day


class TableField(TableChoice):
    """One of the tables that finance has issued; the ledger keeps its key."""

    opaque = True  # rules compare facts, never tables


class ProcurementRow(forms.Form):
    """A line of the procurement budget."""

    code = forms.CharField(label=_("品目编码"), max_length=20)
    name = forms.CharField(label=_("品目名称"), max_length=80)
    quantity = forms.CharField(label=_("数量"), max_length=40)
    amount = MoneyField(label=_("金额（元）"))


class FileItemForm(ActionForm):
    """item.file: a line of the table, and the procurement budget that belongs to it."""

    table = TableField(ItemTable.objects.none(), label=_("购买服务项目表"))
    procurement = forms.BooleanField(
        label=_("属政府采购项目"), required=False, help_text=_("集中采购目录以内，或者达到采购限额标准")
    )
    procurement_budget = RowsField(
        ProcurementRow, least=0, most=50, label=_("政府采购预算"), help_text=_("属政府采购项目的同时编制，一并报送")
    )

    def prepare(self) -> None:
        item = self.subject
        if not isinstance(item, PlanItem) or self.dossier is None:
            return
        field = cast(TableField, self.fields["table"])
        field.queryset = tables_of(self.dossier.purchase).filter(year=item.year)
        if item.pk:
            self.initial.update(procurement=item.procurement, procurement_budget=item.procurement_budget)
            self.initial.setdefault("table", field.queryset.first())

    def clean(self) -> dict[str, Any]:
        """The item takes them, so that facts can tell whether the one form came with the other."""
        data = self.cleaned_data
        if isinstance(self.subject, PlanItem) and not self.errors:
            self.subject.table, self.subject.procurement = data["table"], data["procurement"]
            self.subject.procurement_budget = plain(data["procurement_budget"])
            if self.subject.procurement_fen > self.subject.amount_fen:
                self.add_error("procurement_budget", forms.ValidationError(_("合计不能超过项目金额"), code="above"))
        return data


class ReviewItemForm(ActionForm):
    """item.review"""

    opinion = forms.CharField(label=_("审核意见"), max_length=1000, widget=forms.Textarea(attrs=AREA))


class RequestAdjustmentForm(ActionForm):
    """adjustment.request"""

    amount = MoneyField(label=_("调整后金额"))
    procurement_budget = RowsField(
        ProcurementRow, least=1, most=50, label=_("调整后的政府采购预算"), help_text=_("属政府采购项目的一并调整")
    )
    reason = forms.CharField(label=_("理由"), max_length=1000, widget=forms.Textarea(attrs=AREA))
    basis = forms.CharField(
        label=_("预算管理依据"), max_length=200, help_text=_("据以调整的预算管理规定，写明名称和条款")
    )
    paper = DocumentField(label=_("调整申请"), required=False)

    def prepare(self) -> None:
        row = self.subject
        if not isinstance(row, Adjustment):
            return
        self.initial.setdefault("amount", row.item.amount_fen)
        self.initial.setdefault("procurement_budget", row.item.procurement_budget)
        if not row.item.procurement:
            del self.fields["procurement_budget"]

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if isinstance(self.subject, Adjustment) and amount == self.subject.item.amount_fen:
            raise forms.ValidationError(_("与现在的金额相同"), code="same")
        return amount

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        rows, amount = data.get("procurement_budget") or [], data.get("amount")
        if amount is not None and sum(row["amount"] for row in rows) > amount:
            self.add_error("procurement_budget", forms.ValidationError(_("合计不能超过调整后金额"), code="above"))
        return data


class ApproveAdjustmentForm(ActionForm):
    """adjustment.approve"""

    approval_number = forms.CharField(label=_("批准文号"), max_length=60)
    paper = DocumentField(label=_("批准文件"), required=False)
