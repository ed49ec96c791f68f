"""Paying one payer's part."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.budget.domain import journal
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.payments.facts import PaymentGate
from gongyue.payments.forms import BounceForm, PayForm
from gongyue.payments.models import Payment


@action("payment.pay", Payment, reaches=Payment.State.PAID, also_from=[Payment.State.BOUNCED], label=_("拨付资金"),
        form=PayForm, facts=PaymentGate)  # fmt: skip
def pay(
    payment: Payment, *, at: datetime, actor: Post, dossier: Dossier, voucher_number: str, channel: str,
    payee_name: str, payee_bank: str, paid_on: date, account: str,
) -> None:  # fmt: skip
    """The payer has paid its part: late or not, it is recorded, and the journal moves the money."""
    payment.channel, payment.payee_bank = channel, payee_bank
    payment.payee_name = payee_name or str(payment.claim.instalment.contract.provider or "")
    payment.voucher_number, payment.paid_on, payment.account = voucher_number, paid_on, account
    journal.pay(payment.share, amount_fen=payment.amount_fen, at=at, subject_key=payment.key)


@action("payment.bounce", Payment, reaches=Payment.State.BOUNCED, sources=[Payment.State.PAID],
        label=_("登记退票"), form=BounceForm, facts=PaymentGate)  # fmt: skip
def bounce(
    payment: Payment, *, at: datetime, actor: Post, dossier: Dossier, bounced_on: date, reason: str,
    slip: File[bytes] | None,
) -> None:  # fmt: skip
    """The bank sent the money back: the journal takes the payment back, and the same payer owes it again."""
    payment.bounced_on, payment.bounce_reason = bounced_on, reason
    journal.bounce(payment.share, amount_fen=payment.amount_fen, at=at, subject_key=payment.key)
