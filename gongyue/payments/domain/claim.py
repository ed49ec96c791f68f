"""Asking for an instalment, and checking what was asked."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post, Subject
from gongyue.payments.facts import ClaimGate
from gongyue.payments.forms import CheckForm, ClaimForm
from gongyue.payments.models import Claim, Payment
from gongyue.payments.queries import borne

State = Claim.State


@action("claim.submit", Claim, reaches=State.SUBMITTED, also_from=[State.RETURNED], label=_("提交请款"), form=ClaimForm,
        facts=ClaimGate)  # fmt: skip
def submit(
    claim: Claim, *, at: datetime, actor: Post, dossier: Dossier, invoice_number: str, invoice_on: date,
    invoice_amount: int, buyer_name: str, buyer_tax_number: str, invoice_file: File[bytes] | None, progress: str,
) -> None:  # fmt: skip
    """The provider asks for the instalment (again, once returned) and says how far the work has come."""
    claim.invoice_number, claim.invoice_on, claim.invoice_fen = invoice_number, invoice_on, invoice_amount
    claim.buyer_name, claim.buyer_tax_number = buyer_name, buyer_tax_number
    claim.provider = claim.instalment.contract.provider
    claim.progress, claim.submitted_on = progress, at.astimezone(LOCAL).date()


@action("claim.check", Claim, reaches=State.CHECKED, label=_("核对请款"), form=CheckForm, facts=ClaimGate,
        bears=[(Payment, Payment.State.DUE)])  # fmt: skip
def check(claim: Claim, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> list[Subject]:
    """The purchaser finds the claim in order: each payer now owes its part, on the agreed day or, past it, today."""
    today = at.astimezone(LOCAL).date()
    claim.checked_on = today
    instalment = claim.instalment
    return [
        Payment.objects.create(
            purchase=claim.purchase, claim=claim, share=share, payer=share.payer, amount_fen=amount,
            due_on=max(instalment.due_on, today), state=Payment.State.DUE,
        )
        for share, amount in borne(instalment, dossier)
        if amount > 0
    ]  # fmt: skip


@action("claim.return", Claim, reaches=State.RETURNED, sources=[State.SUBMITTED], label=_("退回请款"), form=ReasonForm,
        facts=ClaimGate)  # fmt: skip
def send_back(claim: Claim, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Back to the provider, who may submit it again."""
