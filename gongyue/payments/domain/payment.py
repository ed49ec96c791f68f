"""Paying one payer's part."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gongyue.budget.domain import journal
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.payments.facts import PaymentGate
from gongyue.payments.forms import PayForm
from gongyue.payments.models import Payment


@action("payment.pay", Payment, reaches=Payment.State.PAID, label=_("拨付资金"), form=PayForm, facts=PaymentGate)
def pay(
    payment: Payment, *, at: datetime, actor: Post, dossier: Dossier, voucher_number: str, paid_on: date, account: str
) -> None:
    """The payer has paid its part: late or not, it is recorded, and the journal moves the money."""
    payment.voucher_number, payment.paid_on, payment.account = voucher_number, paid_on, account
    journal.pay(payment.share, amount_fen=payment.amount_fen, at=at, subject_key=payment.key)
