"""From the draft to the copy that goes to finance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.contracts.facts import ContractGate
from gongyue.contracts.forms import AcceptForm, ApproveForm, CopyForm, DraftForm, FileForm, ScanForm, SignForm
from gongyue.contracts.models import Contract, Instalment
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post
from gongyue.tendering.models import Tender

State = Contract.State


@action("contract.draft", Contract, reaches=State.DRAFTED, also_from=[State.RETURNED], label=_("拟订合同"),
        form=DraftForm, facts=ContractGate)  # fmt: skip
def draft(
    contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, number: str, amount: int,
    starts_on: date | None, ends_on: date | None, service_requirements: str, quality_standard: str,
    payment_method: str, rights_duties: str, service_range: str, subject_matter: str, quantity_terms: str,
    check_terms: str, breach_terms: str, dispute_terms: str, instalments: Sequence[dict[str, Any]] = (),
) -> None:  # fmt: skip
    """Write the contract (again, once returned): the other party is whoever won, of several the one it was begun
    with, in a renewal the one that serves; the instalments are numbered 1..n."""
    if contract.renews is None and not contract.one_of_several:
        tender = dossier.latest(Tender)
        contract.tender = tender
        contract.provider = tender.winner.organisation if tender and tender.winner else None
    contract.purchaser = actor.organisation
    contract.number, contract.amount_fen = number, amount
    contract.starts_on, contract.ends_on = starts_on, ends_on
    contract.service_requirements, contract.quality_standard = service_requirements, quality_standard
    contract.payment_method, contract.rights_duties = payment_method, rights_duties
    contract.service_range, contract.subject_matter = service_range, subject_matter
    contract.quantity_terms, contract.check_terms = quantity_terms, check_terms
    contract.breach_terms, contract.dispute_terms = breach_terms, dispute_terms
    contract.save()
    Instalment.objects.filter(contract=contract).delete()
    Instalment.objects.bulk_create(
        Instalment(
            contract=contract, number=n, due_on=row["due_on"], amount_fen=row["amount"], requires=row["requires"]
        )
        for n, row in enumerate(instalments, 1)
    )


@action("contract.approve", Contract, reaches=State.APPROVED, label=_("审定合同"), form=ApproveForm, facts=ContractGate)
def approve(
    contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, approval_number: str, opinion: str
) -> None:
    """The district bureau's approval, before the contract is sealed."""
    contract.approval_number, contract.approved_on = approval_number, at.astimezone(LOCAL).date()


@action("contract.return", Contract, reaches=State.RETURNED,
        sources=[State.DRAFTED, State.APPROVED, State.ACCEPTED], label=_("退回合同"),
        form=ReasonForm, facts=ContractGate)  # fmt: skip
def send_back(contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Back to the purchaser, who drafts it again from what it said; an approval or acceptance is undone."""
    contract.approval_number, contract.approved_on, contract.accepted_on = "", None, None


@action("contract.accept", Contract, reaches=State.ACCEPTED, label=_("确认合同"), form=AcceptForm, facts=ContractGate)
def accept(contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, confirmed: bool) -> None:
    """The provider agrees to the approved text."""
    contract.accepted_on = at.astimezone(LOCAL).date()


@action("contract.sign", Contract, reaches=State.SIGNED, label=_("签订合同"), form=SignForm, facts=ContractGate)
def sign(
    contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, signed_on: date, originals: int,
    scan: File[bytes] | None,
) -> None:  # fmt: skip
    """Both sides have sealed the paper that bears this date, in so many originals."""
    contract.signed_on, contract.originals = signed_on, originals


@action("contract.scan", Contract, reaches=None, sources=[State.SIGNED, State.FILED], label=_("存入签署扫描件"),
        form=ScanForm, facts=ContractGate)  # fmt: skip
def keep_scan(contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, scan: File[bytes]) -> None:
    """The sealed paper as it was scanned, where it was not at hand when it was signed, or again."""


@action("contract.file", Contract, reaches=State.FILED, label=_("备案合同"), form=FileForm, facts=ContractGate)
def file(contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, filing_number: str) -> None:
    """The city bureau puts it on file; from here on it is the basis for paying."""
    contract.filing_number, contract.filed_on = filing_number, at.astimezone(LOCAL).date()


@action("contract.copy_finance", Contract, reaches=None, sources=[State.SIGNED, State.FILED], label=_("抄送财政部门"),
        form=CopyForm, facts=ContractGate)  # fmt: skip
def copy_finance(
    contract: Contract, *, at: datetime, actor: Post, dossier: Dossier, copied_on: date, receipt: str
) -> None:
    """A copy has gone to the finance department of the same level (procurement law, article 47)."""
    contract.finance_copied_on, contract.finance_receipt = copied_on, receipt
    contract.finance_copied_by = actor
