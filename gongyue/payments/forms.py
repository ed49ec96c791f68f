"""What the actions on claims and payments take."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.fields import DayField, MoneyField
from gongyue.kernel.forms import ActionForm, NoteForm

from .models import Claim, Payment


def _future(day: date | None, dossier: Dossier | None) -> bool:
    return day is not None and dossier is not None and day > dossier.at.astimezone(LOCAL).date()


class ClaimForm(ActionForm):
    invoice_number = forms.CharField(label=_("发票号码"), max_length=40)
    invoice_on = DayField(label=_("开票日期"))
    invoice_amount = MoneyField(label=_("发票金额（元）"))
    progress = forms.CharField(label=_("服务进展"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def prepare(self) -> None:
        """A returned claim is sent again from what it said; a new one asks for the whole instalment."""
        claim = cast(Claim, self.subject)
        self.initial["invoice_amount"] = claim.instalment.amount_fen
        if claim.pk is not None:
            self.initial["invoice_amount"] = claim.invoice_fen
            for name in ("invoice_number", "invoice_on", "progress"):
                self.initial[name] = getattr(claim, name)

    def clean_invoice_on(self) -> date:
        day = cast(date, self.cleaned_data["invoice_on"])
        if _future(day, self.dossier):
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        return day

    def clean_invoice_number(self) -> str:
        number = str(self.cleaned_data["invoice_number"])
        others = self.dossier.all(Claim) if self.dossier else []
        if any(claim.invoice_number == number for claim in others if claim.pk != cast(Claim, self.subject).pk):
            raise forms.ValidationError(_("这张发票已用于本项目的另一次请款"), code="taken")
        return number


class CheckForm(NoteForm):
    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.dossier is not None and not self.dossier.all(Share):
            self.add_error(None, forms.ValidationError(_("本项目尚未安排出资份额，无法确定由谁拨付"), code="shares"))
        return self.cleaned_data


class PayForm(ActionForm):
    voucher_number = forms.CharField(label=_("拨款凭证号"), max_length=60)
    paid_on = DayField(label=_("拨付日期"))
    account = forms.RegexField(
        r"^[0-9]{4}$", label=_("收款账号后四位"), required=False, error_messages={"invalid": _("请填写四位数字")}
    )

    def clean_paid_on(self) -> date:
        day = cast(date, self.cleaned_data["paid_on"])
        checked = cast(Payment, self.subject).claim.checked_on
        if _future(day, self.dossier):
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        if checked is not None and day < checked:
            params = {"day": checked.isoformat()}
            raise forms.ValidationError(_("拨付日期不能早于请款核对日期（%(day)s）"), code="early", params=params)
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        if cast(Payment, self.subject).share.fund_id is None:
            self.add_error(None, forms.ValidationError(_("这一出资份额尚未落实资金，无从拨付"), code="uncommitted"))
        return self.cleaned_data
