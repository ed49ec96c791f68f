"""What the actions on claims and payments take."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import DayField, DocumentField, MoneyField
from gongyue.kernel.forms import ActionForm, NoteForm

from ..models import Claim, Payment


def _future(day: date | None, dossier: Dossier | None) -> bool:
    return day is not None and dossier is not None and day > dossier.at.astimezone(LOCAL).date()


class ClaimForm(ActionForm):
    invoice_number = forms.CharField(label=_("发票号码"), max_length=40)
    invoice_on = DayField(label=_("开票日期"))
    invoice_amount = MoneyField(label=_("发票金额（元）"))
    buyer_name = forms.CharField(label=_("发票购买方"), max_length=120, required=False)
    buyer_tax_number = forms.RegexField(
        r"^[0-9A-Z]{15,20}$",
        label=_("购买方纳税人识别号"),
        required=False,
        max_length=20,
        error_messages={"invalid": _("请填写 15 至 20 位数字或大写字母")},
        help_text=_("发票上没有的可不填"),
    )
    invoice_file = DocumentField(label=_("发票扫描件"), required=False)
    progress = forms.CharField(label=_("服务进展"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        """A returned claim is sent again from what it said; a new one asks for the whole instalment."""
        claim = cast(Claim, self.subject)
        self.initial["invoice_amount"] = claim.instalment.amount_fen
        self.initial["buyer_name"] = str(claim.instalment.contract.purchaser or "")
        if claim.pk is not None:
            self.initial["invoice_amount"] = claim.invoice_fen
            for name in ("invoice_number", "invoice_on", "buyer_name", "buyer_tax_number", "progress"):
                self.initial[name] = getattr(claim, name)

    def clean_invoice_on(self) -> date:
        day = cast(date, self.cleaned_data["invoice_on"])
        if _future(day, self.dossier):
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        return day

    def clean_invoice_number(self) -> str:
        number = str(self.cleaned_data["invoice_number"])
        claim = cast(Claim, self.subject)
        others = self.dossier.all(Claim) if self.dossier else []
        if any(other.invoice_number == number for other in others if other.pk != claim.pk):
            raise forms.ValidationError(_("这张发票已用于本项目的另一次请款"), code="taken")
        used = Claim.objects.filter(provider=claim.instalment.contract.provider_id, invoice_number=number)
        if used.exclude(pk=claim.pk).exists():
            raise forms.ValidationError(_("这张发票已用于另一个项目的请款"), code="taken")
        return number


class CheckForm(NoteForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        contract = cast(Claim, self.subject).instalment.contract
        if self.dossier is not None and not contract.shares(self.dossier.all(Share)):
            self.add_error(None, forms.ValidationError(_("本项目尚未安排出资份额，无法确定由谁拨付"), code="shares"))
        return self.cleaned_data


class PayForm(ActionForm):
    voucher_number = forms.CharField(label=_("拨款凭证号"), max_length=60)
    channel = forms.ChoiceField(label=_("支付方式"), choices=Payment.Channel.choices, initial=Payment.Channel.DIRECT)
    payee_name = forms.CharField(label=_("收款单位"), max_length=120, required=False)
    payee_bank = forms.CharField(label=_("开户银行"), max_length=120, required=False)
    paid_on = DayField(label=_("拨付日期"))
    account = forms.RegexField(
        r"^[0-9]{4}$", label=_("收款账号后四位"), required=False, error_messages={"invalid": _("请填写四位数字")}
    )

    def prepare(self) -> None:
        """Paid to the provider, the second time to what was written the first time."""
        payment = cast(Payment, self.subject)
        self.initial["payee_name"] = payment.payee_name or str(payment.claim.instalment.contract.provider or "")
        self.initial["payee_bank"] = payment.payee_bank
        if self.dossier is not None:
            self.initial["paid_on"] = self.dossier.today

    def clean_paid_on(self) -> date:
        day = cast(date, self.cleaned_data["paid_on"])
        payment = cast(Payment, self.subject)
        checked = payment.claim.checked_on
        if _future(day, self.dossier):
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        if checked is not None and day < checked:
            params = {"day": checked.isoformat()}
            raise forms.ValidationError(_("拨付日期不能早于请款核对日期（%(day)s）"), code="early", params=params)
        if payment.bounced_on is not None and day < payment.bounced_on:
            params = {"day": payment.bounced_on.isoformat()}
            raise forms.ValidationError(_("重新拨付不能早于退票日期（%(day)s）"), code="early", params=params)
        return day

    def clean_voucher_number(self) -> str:
        number = str(self.cleaned_data["voucher_number"])
        payment = cast(Payment, self.subject)
        if payment.state == Payment.State.BOUNCED and number == payment.voucher_number:
            raise forms.ValidationError(_("重新拨付须使用新的拨款凭证号"), code="taken")
        return number

    def clean(self) -> dict[str, Any]:
        super().clean()
        if cast(Payment, self.subject).share.fund_id is None:
            self.add_error(None, forms.ValidationError(_("这一出资份额尚未落实资金，无从拨付"), code="uncommitted"))
        return self.cleaned_data


class BounceForm(ActionForm):
    bounced_on = DayField(label=_("退票日期"))
    reason = forms.CharField(label=_("退票原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    slip = DocumentField(label=_("银行退票单"), required=False)

    def clean_bounced_on(self) -> date:
        day, paid = cast(date, self.cleaned_data["bounced_on"]), cast(Payment, self.subject).paid_on
        if _future(day, self.dossier):
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        if paid is not None and day < paid:
            params = {"day": paid.isoformat()}
            raise forms.ValidationError(_("退票日期不能早于拨付日期（%(day)s）"), code="early", params=params)
        return day
