"""补充协议: drafted, approved, accepted, signed and filed as the contract itself; its money committed, its instalments
planned anew. It lives in this room because what was claimed already stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.budget import sharing
from gongyue.budget.domain import journal
from gongyue.budget.models import Share
from gongyue.contracts.forms import CopyForm, ScanForm
from gongyue.contracts.models import Amendment, Instalment, TopUp
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm, ReasonForm
from gongyue.kernel.models import Post, Subject
from gongyue.ledger.canonical import plain
from gongyue.payments.facts import AmendmentGate, TopUpGate, committed_fen
from gongyue.payments.forms import (
    AcceptAmendmentForm,
    AmendForm,
    ApproveAmendmentForm,
    FileAmendmentForm,
    SignAmendmentForm,
)
from gongyue.payments.queries import first_free

from .split import split

State = Amendment.State


@action("amendment.draft", Amendment, reaches=State.DRAFTED, also_from=[State.RETURNED], label=_("拟订补充协议"),
        form=AmendForm, facts=AmendmentGate)  # fmt: skip
def draft(
    amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, number: str, reason: str, added: int,
    same_subject: bool, services: str, ends_on: date | None, other_terms: str, instalments: list[dict[str, Any]],
) -> None:  # fmt: skip
    """What is changed, and why (again, once returned)."""
    amendment.number, amendment.reason = number, reason
    amendment.added_fen, amendment.same_subject, amendment.services = added, same_subject, services
    amendment.ends_on, amendment.other_terms = ends_on, other_terms
    amendment.first, amendment.instalments = first_free(amendment.contract, dossier), plain(instalments)


@action("amendment.approve", Amendment, reaches=State.APPROVED, label=_("审定补充协议"), form=ApproveAmendmentForm,
        facts=AmendmentGate, bears=[(TopUp, TopUp.State.ARRANGED)])  # fmt: skip
def approve(
    amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, approval_number: str, opinion: str
) -> Iterable[Subject]:
    """The district bureau's approval; what the payers have not committed yet each adds in the ratio of its share."""
    amendment.approval_number, amendment.approved_on = approval_number, dossier.today
    contract = amendment.contract
    needed = (contract.amount_fen or 0) + amendment.added_fen - committed_fen(contract, dossier)
    shares = contract.shares(dossier.all(Share))
    if needed <= 0 or not shares:
        return []
    (parts,) = split([needed], [share.amount_fen for share in shares])
    return [
        TopUp.objects.create(
            purchase=amendment.purchase, amendment=amendment, share=share, payer=share.payer, amount_fen=part,
            state=TopUp.State.ARRANGED,
        )
        for share, part in zip(shares, parts, strict=True)
        if part
    ]  # fmt: skip


@action("amendment.return", Amendment, reaches=State.RETURNED,
        sources=[State.DRAFTED, State.APPROVED, State.ACCEPTED], label=_("退回补充协议"), form=ReasonForm,
        facts=AmendmentGate)  # fmt: skip
def send_back(amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Back to the purchaser; what was committed for it alone is free again."""
    _undo(amendment, at)


@action("amendment.drop", Amendment, reaches=State.DROPPED,
        sources=[State.DRAFTED, State.APPROVED, State.ACCEPTED, State.RETURNED], label=_("不再订立补充协议"),
        form=ReasonForm, facts=AmendmentGate)  # fmt: skip
def drop(amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The contract stays as it is; what was committed for it alone is free again."""
    amendment.dropped_reason = reason
    _undo(amendment, at)


def _undo(amendment: Amendment, at: datetime) -> None:
    for topup in amendment.topups.exclude(state=TopUp.State.LAPSED).select_related(*TopUp.related).order_by("pk"):
        if topup.state == TopUp.State.COMMITTED:
            journal.release(topup.share, amount_fen=topup.amount_fen, at=at, subject_key=topup.key)
        topup.state = TopUp.State.LAPSED
        topup.save(update_fields=["state"])


@action("topup.commit", TopUp, reaches=TopUp.State.COMMITTED, label=_("落实追加资金"), form=NoteForm, facts=TopUpGate,
        locks=lambda topup: [sharing.holding_rows(topup.share)])  # fmt: skip
def commit(topup: TopUp, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """The payer's share grows, out of the line that holds it."""
    topup.committed_on = dossier.today
    journal.raise_share(topup.share, amount_fen=topup.amount_fen, at=at, subject_key=topup.key)


@action("amendment.accept", Amendment, reaches=State.ACCEPTED, label=_("确认补充协议"), form=AcceptAmendmentForm,
        facts=AmendmentGate)  # fmt: skip
def accept(amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, confirmed: bool) -> None:
    """The provider agrees to the approved text."""
    amendment.accepted_on = dossier.today


@action("amendment.sign", Amendment, reaches=State.SIGNED, label=_("签订补充协议"), form=SignAmendmentForm,
        facts=AmendmentGate)  # fmt: skip
def sign(
    amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, signed_on: date, originals: int,
    scan: File[bytes] | None,
) -> None:  # fmt: skip
    """Both sides have sealed the paper that bears this date, in so many originals."""
    amendment.signed_on, amendment.originals = signed_on, originals
    _take_effect(amendment, State.SIGNED, dossier)


@action("amendment.file", Amendment, reaches=State.FILED, label=_("备案补充协议"), form=FileAmendmentForm,
        facts=AmendmentGate)  # fmt: skip
def file(amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, filing_number: str) -> None:
    """The city bureau puts it on file beside the contract."""
    amendment.filing_number, amendment.filed_on = filing_number, dossier.today
    _take_effect(amendment, State.FILED, dossier)


@action("amendment.copy_finance", Amendment, reaches=None, sources=[State.SIGNED, State.FILED],
        label=_("补充协议抄送财政部门"), form=CopyForm, facts=AmendmentGate)  # fmt: skip
def copy_finance(
    amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, copied_on: date, receipt: str
) -> None:
    """It is a procurement contract like the one it changes: a copy goes to finance (procurement law, article 47)."""
    amendment.finance_copied_on, amendment.finance_receipt = copied_on, receipt


@action("amendment.scan", Amendment, reaches=None, sources=[State.SIGNED, State.FILED],
        label=_("存入补充协议扫描件"), form=ScanForm, facts=AmendmentGate)  # fmt: skip
def keep_scan(amendment: Amendment, *, at: datetime, actor: Post, dossier: Dossier, scan: File[bytes]) -> None:
    """The sealed paper as it was scanned."""


def _take_effect(amendment: Amendment, reached: str, dossier: Dossier) -> None:
    """With its last milestone under this regime the contract is as amended; `before` keeps what it was."""
    order = dossier.regime.order(amendment.kind, amendment.method)
    if order is None or order.milestones[-1] != reached:
        return
    contract = amendment.contract
    agreed = contract.amount_fen or 0
    rows = [
        {"number": n, "due_on": row.due_on, "amount": row.amount_fen, "requires": row.requires}
        for n, row in enumerate(contract.schedule, 1)
    ]
    amendment.before = plain({"amount_fen": agreed, "ends_on": contract.ends_on, "instalments": rows})
    contract.original_fen = agreed if contract.original_fen is None else contract.original_fen
    contract.amount_fen, contract.ends_on = agreed + amendment.added_fen, amendment.ends_on or contract.ends_on
    contract.save(update_fields=["original_fen", "amount_fen", "ends_on"])
    contract.instalments.filter(number__gte=amendment.first).delete()
    Instalment.objects.bulk_create(
        Instalment(
            contract=contract, number=n, due_on=date.fromisoformat(row["due_on"]), amount_fen=row["amount"],
            requires=row["requires"],
        )
        for n, row in enumerate(amendment.instalments, amendment.first)
    )  # fmt: skip
