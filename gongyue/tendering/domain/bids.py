"""投标: submitted sealed, withdrawn before the deadline, reviewed after opening."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import BidGate
from gongyue.tendering.forms import DisqualifyForm, QualifyForm, SubmitBidForm, WithdrawForm
from gongyue.tendering.models import Bid

State = Bid.State


@action("bid.submit", Bid, reaches=State.SUBMITTED, label=_("投标"), form=SubmitBidForm, facts=BidGate)
def submit(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, price: int, plan: str, fund_rules: str, profile: str,
    truthful: bool, snapshot: dict[str, Any],
) -> None:  # fmt: skip
    """Hand in a bid (`price` in fen), with the organisation's profile frozen as it stands (`snapshot`): what it changes
    there later touches no bid. Its organisation becomes a bidder, and so sees the purchase."""
    bid.snapshot = snapshot
    bid.price_fen, bid.plan, bid.fund_rules = price, plan, fund_rules
    bid.profile, bid.truthful, bid.submitted_at = profile, truthful, at
    appoint(bid.purchase, "bidder", bid.organisation, since=at.astimezone(LOCAL).date())


@action(
    "bid.withdraw", Bid, reaches=State.WITHDRAWN, sources=[State.SUBMITTED], label=_("撤回投标"),
    form=WithdrawForm, facts=BidGate,
)  # fmt: skip
def withdraw(bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Take it back; another may be handed in while the call stands."""


@action("bid.qualify", Bid, reaches=State.QUALIFIED, label=_("资格审查合格"), form=QualifyForm, facts=BidGate)
def qualify(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, checks: list[dict[str, Any]], liability: bool,
    accounting: bool, ability: bool, reputation: bool, evidence: str,
) -> None:  # fmt: skip
    """Find the bidder fit, item by item of the rating form; whoever reviewed it stands beside the result."""
    bid.liability, bid.accounting, bid.ability, bid.reputation = liability, accounting, ability, reputation
    bid.checks, bid.evidence, bid.reviewed_at, bid.reviewer = checks, evidence, at, actor


@action(
    "bid.disqualify", Bid, reaches=State.DISQUALIFIED, sources=[State.SUBMITTED], label=_("资格审查不合格"),
    form=DisqualifyForm, facts=BidGate,
)  # fmt: skip
def disqualify(
    bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, checks: list[dict[str, Any]], liability: bool,
    accounting: bool, ability: bool, reputation: bool, reason: str,
) -> None:  # fmt: skip
    """Find the bidder unfit: each item with its result, its evidence and why it failed. Its bid is not ranked."""
    bid.liability, bid.accounting, bid.ability, bid.reputation = liability, accounting, ability, reputation
    bid.checks, bid.evidence, bid.reviewed_at, bid.reviewer = checks, reason, at, actor
