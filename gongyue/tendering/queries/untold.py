"""What one reader must not come across, and all that one reader may see at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Purchase, PurchaseSubject, Role

from ..methods import TALKED
from ..models import (
    Bid,
    Challenge,
    ChangeReceipt,
    Committee,
    Complaint,
    ComplaintReply,
    Consortium,
    ConsortiumMember,
    Correction,
    Enquiry,
    Explanation,
    FalseReply,
    FalseStatement,
    FinalOffer,
    Package,
    PanelFee,
    Pause,
    Question,
    Recheck,
    Report,
    ScoreSheet,
    Signature,
    SignIn,
    Supplement,
    Talk,
    Tender,
    Tie,
    Variation,
    Withdrawal,
)
from ..models.parts import MEMBERS
from .bids import VisibleBid, visible
from .readers import Reader, awarded
from .results import RankedBid, ranked, told_to

APART: tuple[type[PurchaseSubject], ...] = (  # not for every party
    Enquiry, Package, ChangeReceipt, Consortium, ConsortiumMember, Tie,
    FalseStatement, FalseReply, Correction, Explanation, Committee, SignIn,
    FinalOffer, Talk, Variation,
    Question, Challenge, Complaint, Supplement, ComplaintReply, Withdrawal, Pause,
    Recheck, Report, Signature, PanelFee,
)  # fmt: skip


@dataclass(frozen=True)
class Secrets:
    """What a timeline, a list of parties or a feed must leave out for one reader."""

    subjects: frozenset[str]  # subject keys whose ledger entries stay hidden
    roles: frozenset[int]  # rows of Role that stay hidden


@dataclass(frozen=True)
class Look:
    """What one reader may see of the tenders of a purchase. `panel_known`: whether experts may be named."""

    bids: list[VisibleBid]
    ranking: list[RankedBid]
    secrets: Secrets
    panel_known: bool


def secrets(purchase: Purchase, post: Post | None, at: datetime) -> Secrets:
    """What this reader (None: the public) must not come across anywhere: bids before their opening, and with them
    their bidders; who asked; score sheets and experts before the award. A call that failed unopened keeps its secrets.
    """
    reader = Reader.of(purchase, post, at)
    tenders = list(Tender.objects.filter(purchase=purchase))
    bids = list(Bid.objects.filter(purchase=purchase).select_related("tender"))
    sheets = list(ScoreSheet.objects.filter(purchase=purchase).select_related("tender"))
    secret = Role.objects.filter(purchase=purchase, capacity__in=("bidder", *MEMBERS))
    supplied: list[Any] = [
        one
        for kind in APART
        for one in kind._default_manager.filter(purchase=purchase).select_related(*getattr(kind, "related", ()))
    ]
    for one in supplied:
        one.purchase = purchase
    return _secrets(reader, tenders, bids, sheets, secret, at, supplied)


def _named(bid: Bid, reader: Reader, at: datetime) -> bool:
    """Whether the reader may know who bid: at an opening the names are read out; of those who are negotiated or
    consulted with, nobody but the group and the purchaser learns before the result (Procurement Law, article 38)."""
    if bid.tender.way in TALKED and not reader.judges(bid.tender):
        return bid.opened and awarded(bid.tender, at)
    return bid.opened


def _secrets(
    reader: Reader, tenders: Iterable[Tender], bids: list[Bid], sheets: Iterable[ScoreSheet], roles: Iterable[Role],
    at: datetime, supplied: Iterable[PurchaseSubject],
) -> Secrets:  # fmt: skip
    closed = [bid for bid in bids if not reader.owns(bid) and not _named(bid, reader, at)]
    hushed = {bid.pk for bid in closed}
    known = {bid.organisation_id for bid in bids if bid.pk not in hushed}
    purchaser, mine = reader.buys, reader.post.pk if reader.post else None
    unread = [s for s in sheets if s.post_id != mine and not purchaser and not awarded(s.tender, at)]
    panel_known = purchaser or any(awarded(tender, at) for tender in tenders)
    hidden = [
        role.pk
        for role in roles
        if (role.capacity == "bidder" and role.organisation_id not in known)
        or (role.capacity in MEMBERS and not panel_known and role.post_id != mine)
    ]
    untold = [one for one in list(supplied) if reader.post is None or not one.visible_to(reader.post)]
    return Secrets(frozenset(subject.key for subject in [*closed, *unread, *untold]), frozenset(hidden))


def look(dossier: Dossier, post: Post, roles: Iterable[Role], section: str) -> Look:
    """All of it at once, from rows the page has read: its dossier and every `Role` of the purchase. Two queries.

    Who took the documents, who asked and what was found untrue is looked for on that part of the page alone
    (`section`) which shows it.
    """
    at, purchase = dossier.at, dossier.purchase
    tender, bids, tenders = dossier.latest(Tender), dossier.all(Bid), dossier.all(Tender)
    sheets = dossier.all(ScoreSheet) if any(not awarded(each, at) for each in tenders) else []
    rows = list(roles)
    reader = Reader.of(purchase, post, at, rows)
    supplied = [one for kind in APART if kind.section == section for one in dossier.all(kind)]
    may_rank = tender is not None and (awarded(tender, at) or reader.judges(tender))
    return Look(
        bids=visible(bids, reader, at),
        ranking=(
            told_to(ranked(tender, bids, reader), tender, reader, dossier.regime)
            if tender is not None and may_rank
            else []
        ),
        secrets=_secrets(reader, tenders, bids, sheets, rows, at, supplied),
        panel_known=reader.buys or any(awarded(each, at) for each in tenders),
    )
