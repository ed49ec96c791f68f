"""投标: submitted sealed, withdrawn before the deadline, reviewed after opening."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.tendering import qualification
from gongyue.tendering.facts import BidGate
from gongyue.tendering.forms import DisqualifyForm, ExceedForm, Handed, QualifyForm, SubmitBidForm, WithdrawForm
from gongyue.tendering.models import Bid, SealedBid

State = Bid.State


@action("bid.submit", Bid, reaches=State.SUBMITTED, label=_("投标"), form=SubmitBidForm, facts=BidGate,
        bears=[(SealedBid, SealedBid.State.SEALED)])  # fmt: skip
def submit(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, price: int | None, plan: str | None,
    fund_rules: str | None, profile: str | None, truthful: bool, snapshot: dict[str, Any] | None,
    upload: Handed | None,
) -> list[Subject]:  # fmt: skip
    """Hand in a bid (`price` in fen), with the organisation's profile frozen as it stands (`snapshot`): what it changes
    there later touches no bid. Of a sealed call all of that lies unread in the `upload`. Its organisation becomes a
    bidder, and so sees the purchase."""
    bid.snapshot = snapshot or {}
    bid.truthful, bid.submitted_at = truthful, at
    bid.price_fen, bid.plan, bid.fund_rules, bid.profile = price, plan or "", fund_rules or "", profile or ""
    bid.unread = upload is not None
    appoint(bid.purchase, "bidder", bid.organisation, since=at.astimezone(LOCAL).date())
    if upload is None:
        return []
    bid.save()
    return [
        SealedBid.objects.create(
            purchase=bid.purchase, bid=bid, upload=upload.upload, state=SealedBid.State.SEALED
        )
    ]  # fmt: skip


@action(
    "bid.withdraw", Bid, reaches=State.WITHDRAWN, sources=[State.SUBMITTED], label=_("撤回投标"),
    form=WithdrawForm, facts=BidGate,
)  # fmt: skip
def withdraw(bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Take it back; another may be handed in while the call stands."""


@action("bid.qualify", Bid, reaches=State.QUALIFIED, label=_("资格审查合格"), form=QualifyForm, facts=BidGate)
def qualify(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, checks: list[dict[str, Any]], liability: bool,
    accounting: bool, ability: bool, reputation: bool, unmet: list[str], staff: int | None,
    social_workers: int | None, capability: str, evidence: str,
) -> None:  # fmt: skip
    """Find the bidder fit, item by item of the rating form; whoever reviewed it stands beside the result."""
    bid.liability, bid.accounting, bid.ability, bid.reputation = liability, accounting, ability, reputation
    checks = checks + qualification.counted(staff, social_workers, capability)
    bid.checks, bid.evidence, bid.reviewed_at, bid.reviewer = checks, evidence, at, actor


@action(
    "bid.exceed", Bid, reaches=State.INVALID, sources=[State.SUBMITTED, State.QUALIFIED],
    label=_("认定报价超过最高限价"), form=ExceedForm, facts=BidGate,
)  # fmt: skip
def exceed(bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Find a bid void whose price, known only since the opening, is above the ceiling of the documents."""
    bid.ground, bid.ground_reason, bid.invalid_at = Bid.Ground.CEILING, reason, at


@action(
    "bid.disqualify", Bid, reaches=State.DISQUALIFIED, sources=[State.SUBMITTED], label=_("资格审查不合格"),
    form=DisqualifyForm, facts=BidGate,
)  # fmt: skip
def disqualify(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, checks: list[dict[str, Any]], liability: bool,
    accounting: bool, ability: bool, reputation: bool, unmet: list[str], reason: str,
) -> None:  # fmt: skip
    """Find the bidder unfit: each item with its result, its evidence and why it failed. Its bid is not ranked."""
    bid.liability, bid.accounting, bid.ability, bid.reputation = liability, accounting, ability, reputation
    bid.checks, bid.evidence, bid.reviewed_at, bid.reviewer = checks, reason, at, actor
