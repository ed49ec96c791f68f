"""What the contract's actions take."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DayField, MoneyField, RowsField, ScanField
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.needs.models import Requirement
from gongyue.parties.forms import PersonalField
from gongyue.tendering.methods import Way
from gongyue.tendering.models import Tender

from ..models import Amendment, Contract, Moment

TERMS = ("service_requirements", "quality_standard", "payment_method", "rights_duties", *Contract.FURTHER)


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
    def paper(self) -> Contract | Amendment:
        """What is signed and copied: the contract, or what is agreed beside it."""
        return cast("Contract | Amendment", self.subject)

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

    def in_order(self, days: list[date]) -> None:
        """The due days of the instalments follow each other."""
        for n, (before, after) in enumerate(pairwise(days), 2):
            if after <= before:
                error = _("第 %(n)s 期的应付日期须晚于上一期")
                self.add_error("instalments", forms.ValidationError(error, code="order", params={"n": n}))


def term(label: Any, *, rows: int = 2) -> forms.CharField:
    """A term that only some places have a contract state."""
    return forms.CharField(label=label, max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": rows}))


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
    service_range, subject_matter = term(_("服务范围")), term(_("服务标的"))
    quantity_terms = term(_("服务数量"))
    check_terms = term(_("与付款挂钩的验收标准或者考核办法"), rows=3)
    breach_terms, dispute_terms = term(_("违约责任"), rows=3), term(_("解决争议的方法"))
    instalments = RowsField(InstalmentRow, most=24, label=_("分期付款"))

    def prepare(self) -> None:
        """A returned contract is drafted again from what it said; a new one from the award. What vouchers pay for has a
        price and no instalments."""
        self.further()
        contract = self.contract
        tender = self.dossier.latest(Tender) if self.dossier else None
        if tender is not None and tender.way == Way.VOUCHER and contract.renews is None:
            self.fields["amount"].label = _("协议价格（每次服务，元）")
            del self.fields["instalments"]
        if contract.pk is not None:
            for name in (*TERMS, "number", "starts_on", "ends_on"):
                self.initial[name] = getattr(contract, name)
            self.initial["amount"] = contract.amount_fen
            self.initial["instalments"] = [
                {"due_on": line.due_on, "amount": line.amount_fen, "requires": line.requires}
                for line in contract.schedule
            ]
        elif tender is not None and (won := tender.winners):
            own = [bid for bid in won if bid.organisation_id == contract.provider_id]
            self.initial["amount"] = (own or won)[0].price_fen
            designed = tender.way == Way.VENTURE  # what its organisation proposed is what is contracted
            self.initial["service_requirements"] = (own or won)[0].plan if designed else tender.requirement
            self.initial["quality_standard"] = tender.quality_standard

    def further(self) -> None:
        """Show the further terms where a rule asks for them, as the requirement has them."""
        narrow(self, "contract.accept", "contract.sign", beside=dict.fromkeys(Contract.FURTHER, "contract.unstated"))
        requirement = self.dossier.latest(Requirement) if self.dossier else None
        if requirement is not None:
            self.initial.update(
                service_range=requirement.clients,
                subject_matter=requirement.content,
                quantity_terms=requirement.quantity,
                check_terms=requirement.payment_link,
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", forms.ValidationError(_("资助期止须晚于资助期起"), code="order"))
        if self.before is not None:
            self._follow(self.before, start, data.get("amount"))
        self._sum(data.get("amount"), data.get("instalments"))
        return data

    @property
    def before(self) -> Contract | None:
        """The year that a renewal follows."""
        return self.contract.renews

    def _follow(self, before: Contract, start: date | None, amount: int | None) -> None:
        """A renewal begins after the year before it, and its own item pays for it."""
        if start is None and "starts_on" not in self.errors:
            self.add_error("starts_on", forms.ValidationError(_("请填写第二年的资助期起"), code="required"))
        if start is not None and before.ends_on is not None and start <= before.ends_on:
            error, day = _("第二年的资助期须在上一年结束（%(day)s）之后"), before.ends_on.isoformat()
            self.add_error("starts_on", forms.ValidationError(error, code="overlap", params={"day": day}))
        item = self.contract.item if self.contract.renews else None
        if item is not None and amount is not None and amount > item.amount_fen:
            most = {"yuan": MoneyField().prepare_value(item.amount_fen)}
            error = _("合同金额不能超过本年度项目的金额 %(yuan)s 元")
            self.add_error("amount", forms.ValidationError(error, code="large", params=most))

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        others = Contract.objects.filter(purchaser=self.actor.organisation_id, number=number) if self.actor else None
        if others is not None and others.exclude(pk=self.contract.pk).exists():
            raise forms.ValidationError(_("本单位已有同一编号的合同"), code="taken")
        return number

    def _sum(self, amount: int | None, rows: list[dict[str, Any]] | None) -> None:
        if not rows:
            return
        self.in_order([row["due_on"] for row in rows])
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
    originals = forms.IntegerField(label=_("正本份数"), min_value=1, max_value=99)
    scan = ScanField(label=_("签署盖章扫描件"), required=False, restricted=True)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_after_today("signed_on")
        self.not_before("signed_on", self.paper.approved_on, _("签订日期不能早于审定日期（%(day)s）"))
        return self.cleaned_data


class ScanForm(ActionForm):
    scan = ScanField(label=_("签署盖章扫描件"), restricted=True)


class FileForm(ActionForm):
    filing_number = forms.CharField(label=_("备案号"), max_length=60)


class CopyForm(ContractForm):
    copied_on = DayField(label=_("抄送日期"))
    receipt = PersonalField(label=_("财政部门签收人或回执编号"), max_length=120)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_after_today("copied_on")
        self.not_before("copied_on", self.paper.signed_on, _("抄送日期不能早于签订日期（%(day)s）"))
        return self.cleaned_data
