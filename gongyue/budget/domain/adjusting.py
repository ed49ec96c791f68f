"""预算调整: asked for by the purchaser with a reason, decided by finance; the payers' shares follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.budget import sharing
from gongyue.budget.facts import AdjustmentGate
from gongyue.budget.forms import ApproveAdjustmentForm, RequestAdjustmentForm
from gongyue.budget.models import Adjustment, Share
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain

from . import journal

State = Adjustment.State


def _held(adjustment: Adjustment) -> Iterable[QuerySet[Any]]:
    """The lines that hold what was committed for the item."""
    return [sharing.holding_rows(share) for share in adjustment.item.shares.select_related("fund").order_by("pk")]


@action(
    "adjustment.request", Adjustment, reaches=State.REQUESTED, label=_("申请调整预算"), form=RequestAdjustmentForm,
    facts=AdjustmentGate,
)  # fmt: skip
def request(
    adjustment: Adjustment, *, at: datetime, actor: Post, dossier: Dossier, amount: int, reason: str, basis: str,
    paper: Any, procurement_budget: Iterable[Mapping[str, Any]] = (),
) -> None:  # fmt: skip
    """Ask for another amount (fen), with the reason and the budget rule that lets it be changed; of a procurement item
    with its procurement budget, which stays within it."""
    adjustment.procurement_budget = plain(procurement_budget)
    adjustment.before_fen, adjustment.amount_fen = adjustment.item.amount_fen, amount
    adjustment.reason, adjustment.basis, adjustment.requested_on = reason, basis, dossier.today


@action(
    "adjustment.approve", Adjustment, reaches=State.APPROVED, label=_("批准预算调整"), form=ApproveAdjustmentForm,
    facts=AdjustmentGate, locks=_held,
)  # fmt: skip
def approve(
    adjustment: Adjustment, *, at: datetime, actor: Post, dossier: Dossier, approval_number: str, paper: Any
) -> None:
    """Change the item and what each payer bears of it; what is committed moves in its line. The database refuses more
    than a line has, and less than was paid."""
    item = adjustment.item
    item.amount_fen, item.adjusted_on = adjustment.amount_fen, dossier.today
    if item.procurement:
        item.procurement_budget = adjustment.procurement_budget
    item.save(update_fields=["amount_fen", "adjusted_on", "procurement_budget"])
    payers = sharing.payers(adjustment.purchase)
    parts = {payers[level].pk: fen for level, fen in sharing.of_item(item, dossier.regime).items()}
    for share in item.shares.select_related("payer", "fund").order_by("pk"):
        _resize(share, parts.pop(share.payer_id, 0), at=at, subject_key=adjustment.key)
    if parts:
        raise IntegrityError(f"{adjustment.key}: nobody bears a part of it")
    adjustment.approval_number, adjustment.decided_on = approval_number, dossier.today


def _resize(share: Share, amount_fen: int, *, at: datetime, subject_key: str) -> None:
    if share.amount_fen == amount_fen:
        return
    if share.state == Share.State.COMMITTED:
        journal.adjust_share(share, change_fen=amount_fen - share.amount_fen, at=at, subject_key=subject_key)
    else:
        share.amount_fen = amount_fen
        share.save(update_fields=["amount_fen"])


@action(
    "adjustment.refuse", Adjustment, reaches=State.REFUSED, sources=[State.REQUESTED], label=_("不批准预算调整"),
    form=ReasonForm, facts=AdjustmentGate,
)  # fmt: skip
def refuse(adjustment: Adjustment, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Leave the item as it was approved."""
    adjustment.decided_on = dossier.today
