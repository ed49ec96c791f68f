"""The bids of a purchase, each as one reader may see it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongyue.kernel.models import Organisation, Post, Purchase
from gongyue.ledger.append import commitment
from gongyue.ledger.models import Entry, Opening

from .. import sealing
from ..methods import TALKED
from ..models import Bid, Correction, Explanation, FalseStatement, Tender
from .readers import Reader, awarded


@dataclass(frozen=True)
class VisibleBid:
    """A bid as one reader may see it; None where it is not for them. `own`: the reader's organisation made it.
    `tendered`: it answers a tender, and not a call of another method."""

    pk: int
    tender: int
    tendered: bool
    organisation: Organisation
    state: str
    state_label: str
    own: bool
    submitted_at: datetime | None
    price_fen: int | None
    plan: str | None
    fund_rules: str | None
    profile: str | None
    evidence: str | None
    truthful: bool | None
    checks: list[dict[str, str]] | None
    reviewer: Post | None
    reviewed_at: datetime | None
    snapshot: dict[str, Any] | None
    void: Void | None
    unread: bool


@dataclass(frozen=True)
class Void:
    """Why a bid was found void in the evaluation; `others` and `dissent` may be empty."""

    ground: str
    others: str
    reason: str
    dissent: str
    at: datetime | None


def own_bid(purchase: Purchase, post: Post) -> Bid | None:
    """The bid of the reader's organisation in the latest tender, unless withdrawn."""
    tender = Tender.objects.filter(purchase=purchase).order_by("-pk").first()
    mine = Bid.objects.filter(tender=tender, organisation=post.organisation_id).exclude(state=Bid.State.WITHDRAWN)
    return mine.select_related("tender", "organisation").first() if tender else None


def awaiting_offers(at: datetime, organisation: int) -> list[Bid]:
    """An organisation's own responses whose final offers are still to be handed in, the nearest time first."""
    standing = Bid.objects.filter(
        organisation=organisation, state=Bid.State.QUALIFIED, tender__state=Tender.State.NEGOTIATED,
        tender__offers_due_at__gt=at, finaloffer=None,
    )  # fmt: skip
    return list(standing.select_related("tender__purchase__division").order_by("tender__offers_due_at", "pk"))


def visible_bids(purchase: Purchase, post: Post, at: datetime) -> list[VisibleBid]:
    """Bids the reader may know of, oldest first: before opening its own organisation's only; from then on all, in
    full, for the purchaser, the city bureau and the panel; for the other bidders name and price after the award, of
    talks the winner's price only."""
    bids = list(Bid.objects.filter(purchase=purchase).select_related(*Bid.related).order_by("pk"))
    return visible(bids, Reader.of(purchase, post, at), at)


def visible(bids: list[Bid], reader: Reader, at: datetime) -> list[VisibleBid]:
    took_part = {bid.tender_id for bid in bids if reader.owns(bid) and bid.state != Bid.State.WITHDRAWN}
    seen = []
    for bid in bids:
        if reader.owns(bid) or (bid.opened and reader.judges(bid.tender)):
            seen.append(_seen(bid, own=reader.owns(bid), full=True))
        elif bid.opened and bid.tender_id in took_part and awarded(bid.tender, at):
            seen.append(_seen(bid, own=False, full=False))
    return seen


def _seen(bid: Bid, *, own: bool, full: bool) -> VisibleBid:
    return VisibleBid(
        pk=bid.pk, tender=bid.tender_id, tendered=bid.tender.tendered, organisation=bid.organisation, state=bid.state,
        state_label=bid.get_state_display(), own=own, price_fen=bid.price_fen if full or _priced(bid) else None,
        submitted_at=bid.submitted_at if full else None, plan=bid.plan if full else None,
        fund_rules=bid.fund_rules if full else None, profile=bid.profile if full else None,
        evidence=bid.evidence if full else None, truthful=bid.truthful if full else None,
        checks=bid.checks if full else None, reviewer=bid.reviewer if full else None,
        reviewed_at=bid.reviewed_at if full else None, snapshot=bid.snapshot if full else None,
        void=_void(bid, own=own) if full and bid.ground else None, unread=bid.unread,
    )  # fmt: skip


def _priced(bid: Bid) -> bool:
    """Whether its price is told with the result: at an opening all are read out, of talks only the winner's is
    published (Order 74, article 18) and nobody lets on another's (Procurement Law, article 38)."""
    return bid.tender.way not in TALKED or bid.pk == bid.tender.winner_id


def _void(bid: Bid, *, own: bool) -> Void:
    """Its bidder is told ground and reason; who was of another mind is for those who judge."""
    dissent = "" if own else bid.dissent
    return Void(bid.get_ground_display(), bid.ground_others, bid.ground_reason, dissent, bid.invalid_at)


@dataclass(frozen=True)
class Frozen:
    """The profile that a bid froze. `digest`: what the ledger's leaf holds of it; `intact`: it is still what it was;
    None: the salt was deleted, so that nobody can tell any more."""

    digest: str
    intact: bool | None


def frozen(bid: VisibleBid) -> Frozen | None:
    """The proof of a snapshot, for those who may read it. None: the bid was made before there were any. Two queries."""
    entry = Entry.objects.filter(subject=f"bid:{bid.pk}", action="bid.submit").first()
    given = json.loads(entry.body)["content"]["input"] if entry is not None else {}
    if not given or bid.snapshot is None or bid.unread:
        return None
    if handed := given.get("upload"):  # of a sealed bid the ledger holds the digest of what was sealed
        return Frozen(handed["snapshot"], sealing.digest(sealing.canonical(bid.snapshot)) == handed["snapshot"])
    if not (told := given.get("snapshot")):
        return None
    opening = Opening.objects.filter(entry=entry, path="input.snapshot").first()
    intact = commitment(opening.salt, bid.snapshot) == told["commitment"] if opening else None
    return Frozen(told["commitment"], intact)


def falsehoods(bid: VisibleBid, post: Post) -> list[FalseStatement]:
    """What was recorded on a bid, as far as the reader may know, each with its reply. One query."""
    rows = FalseStatement.objects.filter(bid=bid.pk).select_related(*FalseStatement.related, "reply")
    rows = rows.prefetch_related("purchase__roles")
    return [row for row in rows.order_by("pk") if row.visible_to(post)]


@dataclass(frozen=True)
class Matters:
    """What the panel asked about one bid's price; `evaluating`: whether it still may ask."""

    corrections: list[Correction]
    explanations: list[Explanation]
    evaluating: bool

    @property
    def open(self) -> frozenset[str]:
        """The kinds of which one waits for the bidder."""
        return frozenset(one.kind for one in [*self.corrections, *self.explanations] if one.state == "asked")


def matters(bid: VisibleBid, post: Post) -> Matters:
    """As far as the reader may know, oldest first. Three queries."""
    corrections = Correction.objects.filter(bid=bid.pk).select_related(*Correction.related).order_by("pk")
    explanations = Explanation.objects.filter(bid=bid.pk).select_related(*Explanation.related).order_by("pk")
    corrections = corrections.prefetch_related("purchase__roles")
    explanations = explanations.prefetch_related("purchase__roles")
    return Matters(
        [row for row in corrections if row.visible_to(post)], [row for row in explanations if row.visible_to(post)],
        Tender.objects.filter(pk=bid.tender, state=Tender.State.OPENED).exists(),
    )  # fmt: skip
