"""What the contract's actions take."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.parties.forms import PersonalField
from gongyue.tendering.models import Tender

from .models import Contract, Moment

TERMS = ("service_requirements", "quality_standard", "payment_method", "rights_duties")


class InstalmentRow(forms.Form):
    """One line of the schedule."""

    due_on = DayField(label=_("应付日期"))
    amount = MoneyField(label=_("金额（元）"))
    requires = forms.ChoiceField(
        label=_("付款前须完成"), choices=[("", _("不以评估为前提")), *Moment.choices], required=False
    )


class ContractForm(ActionForm):
    """Forms about one contract."""

    @property
    def contract(self) -> Contract:
        return cast(Contract, self.subject)

    @property
    def today(self) -> date:
        """The legal day of the act."""
        assert self.dossier is not None
        return self.dossier.at.astimezone(LOCAL).date()

    def not_after_today(self, name: str) -> None:
        day = self.cleaned_data.get(name)
        if day is not None and day > self.today:
            self.add_error(name, forms.ValidationError(_("日期不能晚于办理当日"), code="future"))

    def not_before(self, name: str, earliest: date | None, message: Any) -> None:
        day = self.cleaned_data.get(name)
        if day is not None and earliest is not None and day < earliest:
            self.add_error(name, forms.ValidationError(message, code="early", params={"day": earliest.isoformat()}))


class DraftForm(ContractForm):
    """A contract may be drafted with gaps in its terms, never with sums or days that contradict each other."""

    number = forms.CharField(label=_("合同编号"), max_length=60)
    amount = MoneyField(label=_("合同金额（元）"))
    starts_on = DayField(label=_("资助期起"), required=False)
    ends_on = DayField(label=_("资助期止"), required=False)
    service_requirements = forms.CharField(
        label=_("服务要求"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    quality_standard = forms.CharField(
        label=_("质量标准"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    payment_method = forms.CharField(
        label=_("支付方式"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    rights_duties = forms.CharField(
        label=_("双方权利义务"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    instalments = RowsField(InstalmentRow, most=24, label=_("分期付款"))

    def prepare(self) -> None:
        """A returned contract is drafted again from what it said; a new one from the award."""
        contract = self.contract
        tender = self.dossier.latest(Tender) if self.dossier else None
        if contract.pk is not None:
            for name in (*TERMS, "number", "starts_on", "ends_on"):
                self.initial[name] = getattr(contract, name)
            self.initial["amount"] = contract.amount_fen
            self.initial["instalments"] = [
                {"due_on": line.due_on, "amount": line.amount_fen, "requires": line.requires}
                for line in contract.schedule
            ]
        elif tender is not None and tender.winner is not None:
            self.initial["amount"] = tender.winner.price_fen
            self.initial["service_requirements"] = tender.requirement
            self.initial["quality_standard"] = tender.quality_standard

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", forms.ValidationError(_("资助期止须晚于资助期起"), code="order"))
        self._sum(data.get("amount"), data.get("instalments"))
        return data

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        others = Contract.objects.filter(purchaser=self.actor.organisation_id, number=number) if self.actor else None
        if others is not None and others.exclude(pk=self.contract.pk).exists():
            raise forms.ValidationError(_("本单位已有同一编号的合同"), code="taken")
        return number

    def _sum(self, amount: int | None, rows: list[dict[str, Any]] | None) -> None:
        if not rows:
            return
        for n, (before, after) in enumerate(pairwise(rows), 2):
            if after["due_on"] <= before["due_on"]:
                error = _("第 %(n)s 期的应付日期须晚于上一期")
                self.add_error("instalments", forms.ValidationError(error, code="order", params={"n": n}))
        if amount is None:
            return
        difference = sum(row["amount"] for row in rows) - amount
        if difference:
            error = _("各期合计比合同金额多 %(yuan)s 元") if difference > 0 else _("各期合计比合同金额少 %(yuan)s 元")
            params = {"yuan": MoneyField().prepare_value(abs(difference))}
            self.add_error("instalments", forms.ValidationError(error, code="sum", params=params))


class ApproveForm(NoteForm):
    approval_number = forms.CharField(label=_("审定文号"), max_length=60)


class AcceptForm(ActionForm):
    confirmed = forms.BooleanField(label=_("已阅读合同全文，同意按此签订并履行"))


class SignForm(ContractForm):
    signed_on = DayField(label=_("签订日期"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_after_today("signed_on")
        self.not_before("signed_on", self.contract.approved_on, _("签订日期不能早于审定日期（%(day)s）"))
        return self.cleaned_data


class FileForm(ActionForm):
    filing_number = forms.CharField(label=_("备案号"), max_length=60)


class CopyForm(ContractForm):
    copied_on = DayField(label=_("抄送日期"))
    receipt = PersonalField(label=_("财政部门签收人或回执编号"), max_length=120)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_after_today("copied_on")
        self.not_before("copied_on", self.contract.signed_on, _("抄送日期不能早于签订日期（%(day)s）"))
        return self.cleaned_data
