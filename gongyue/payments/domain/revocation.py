"""撤销合同: a contract whose award fell, before anything was done under it. It lives in this room because what was
paid stands here."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Amendment, Contract
from gongyue.kernel import obligations
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.payments.facts import RevocationGate
from gongyue.payments.forms import RevokeForm
from gongyue.payments.models import Claim, Payment

State = Contract.State


@action("contract.revoke", Contract, reaches=State.REVOKED, sources=[State.SIGNED, State.FILED], label=_("撤销合同"),
        form=RevokeForm, facts=RevocationGate, section="disputes")  # fmt: skip
def revoke(
    contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, revoked_on: date, reason: str,
    unperformed: bool, decision: File[bytes],
) -> None:  # fmt: skip
    """It binds nobody any more: what was owed under it lapses, and another one may be drafted."""
    contract.revoked_on = revoked_on
    claims = [one for one in dossier.all(Claim) if one.instalment.contract_id == contract.pk]
    asked = {one.pk for one in claims}
    payments = [one for one in dossier.all(Payment) if one.claim_id in asked]
    beside = [one for one in dossier.all(Amendment) if one.contract_id == contract.pk]
    obligations.lapse_after([contract, *claims, *payments, *beside], contract.purchase, at=at)
