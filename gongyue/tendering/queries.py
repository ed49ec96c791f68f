"""What pages and other rooms read of a tender. What is sealed leaves this module only to those who may read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from gongyue.clock import LOCAL
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Purchase, PurchaseSubject, Role
from gongyue.ledger.append import commitment
from gongyue.ledger.models import Entry, Opening
from gongyue.policy import Regime

from . import scoring, sealing
from .methods import TALKED
from .models import (
    Bid,
    Challenge,
    Change,
    ChangeReceipt,
    Clarification,
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
    PanelSeat,
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
    Termination,
    Tie,
    Variation,
    Withdrawal,
    live,
)

APART: tuple[type[PurchaseSubject], ...] = (  # not for every party
    Enquiry, Package, ChangeReceipt, Consortium, ConsortiumMember, Tie,
    FalseStatement, FalseReply, Correction, Explanation, Committee, SignIn,
    FinalOffer, Talk, Variation,
    Question, Challenge, Complaint, Supplement, ComplaintReply, Withdrawal, Pause,
    Recheck, Report, Signature, PanelFee,
)  # fmt: skip
INVITE = "tender.invite"
OWN_ONLY = "tender.own_result_only"  # a regime's figure: score and place are each bidder's own affair
ENDED = 20  # calls that were ended, as far back as a list of them goes
MEMBERS = ("expert", "representative")  # capacities of those who sit on a panel
READERS = ("purchaser", "city_bureau")  # who reads opened bids by capacity; the panel reads them by its seats


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


@dataclass(frozen=True)
class RankedBid:
    """A line of the result. `points`: the exact total; `shown`: rounded to two decimals for reading; None and "" where
    the total is not for this reader, or nothing was scored; `price_fen` None: not for this reader. `own`: the reader's
    organisation made it."""

    rank: int
    bid: int
    organisation: Organisation
    price_fen: int | None
    points: Fraction | None
    shown: str
    tied: bool
    won: bool
    own: bool


@dataclass(frozen=True)
class TenderSummary:
    """A tender as one reader may see it. `bids` and `qualified` None: not known before the deadline; `panel` None:
    secret until the award."""

    tender: Tender
    bids: int | None
    qualified: int | None
    panel_size: int
    sheets: int
    panel: list[Post] | None
    winner: Organisation | None
    price_fen: int | None
    earlier: list[Tender]


@dataclass(frozen=True)
class Secrets:
    """What a timeline, a list of parties or a feed must leave out for one reader."""

    subjects: frozenset[str]  # subject keys whose ledger entries stay hidden
    roles: frozenset[int]  # rows of Role that stay hidden


@dataclass(frozen=True)
class _Reader:
    """Who reads, as far as a tender is concerned. `post` None: the public."""

    post: Post | None
    capacities: frozenset[str]
    seats: frozenset[int]  # tenders on whose panel the post sits

    @classmethod
    def of(cls, purchase: Purchase, post: Post | None, at: datetime, roles: Iterable[Role] | None = None) -> _Reader:
        """`roles`: every row of the purchase, where the caller has read them; else one query."""
        if post is None:
            return cls(None, frozenset(), frozenset())
        on = at.astimezone(LOCAL).date()
        if roles is None:
            roles = Role.objects.filter(purchase=purchase, organisation=post.organisation_id)
        held = frozenset(role.capacity for role in roles if role.capacity in READERS and _holds(role, post, on))
        if post.organisation.organisation_kind != Organisation.Kind.EXPERT_BODY:
            return cls(post, held, frozenset())
        seats = PanelSeat.objects.filter(tender__purchase=purchase, post=post, left_at=None)
        return cls(post, held, frozenset(seats.values_list("tender", flat=True)))

    def judges(self, tender: Tender) -> bool:
        """Purchaser, city bureau or panel."""
        return bool(self.capacities) or tender.pk in self.seats

    def owns(self, bid: Bid) -> bool:
        return self.post is not None and bid.organisation_id == self.post.organisation_id


def _holds(role: Role, post: Post, on: date) -> bool:
    """Whether the post stands in this role on a day."""
    mine = role.organisation_id == post.organisation_id and role.post_id in (None, post.pk)
    return mine and role.since <= on and (role.until is None or on < role.until)


def awarded(tender: Tender, at: datetime) -> bool:
    return tender.awarded_at is not None and tender.awarded_at <= at


def open_calls(at: datetime, organisation: int) -> QuerySet[Tender]:
    """Calls that take bids now, the nearest deadline first, and that an organisation may answer: one to which others
    were invited, or that is agreed with another, is not told of. Driven by an index of those not yet opened."""
    standing = Tender.objects.filter(opened_at=None, bids_due_at__gte=at).exclude(state=Tender.State.FAILED)
    among = standing.exclude(invited=[]).values_list("pk", "invited")
    shut = [pk for pk, invited in among if organisation not in invited]
    return standing.exclude(pk__in=shut).select_related("purchase", "purchase__division").order_by("bids_due_at", "pk")


def ended_calls(post: Post) -> list[Termination]:
    """终止公告 of the calls whose documents the reader's organisation took, or to which it was invited, latest first.
    One query."""
    held = Package.objects.filter(organisation=post.organisation_id).values("tender")
    rows = Termination.objects.exclude(announced_at=None).filter(Q(tender__in=held) | ~Q(tender__invited=[]))
    told = rows.annotate(held=Q(tender__in=held)).select_related("tender", "purchase").order_by("-pk")
    found: list[Termination] = [one for one in told if one.held or post.organisation_id in one.tender.invited]
    return found[:ENDED]


def awaiting_offers(at: datetime, organisation: int) -> list[Bid]:
    """An organisation's own responses whose final offers are still to be handed in, the nearest time first."""
    standing = Bid.objects.filter(
        organisation=organisation, state=Bid.State.QUALIFIED, tender__state=Tender.State.NEGOTIATED,
        tender__offers_due_at__gt=at, finaloffer=None,
    )  # fmt: skip
    return list(standing.select_related("tender__purchase__division").order_by("tender__offers_due_at", "pk"))


def own_bid(purchase: Purchase, post: Post) -> Bid | None:
    """The bid of the reader's organisation in the latest tender, unless withdrawn."""
    tender = Tender.objects.filter(purchase=purchase).order_by("-pk").first()
    mine = Bid.objects.filter(tender=tender, organisation=post.organisation_id).exclude(state=Bid.State.WITHDRAWN)
    return mine.select_related("tender", "organisation").first() if tender else None


def visible_bids(purchase: Purchase, post: Post, at: datetime) -> list[VisibleBid]:
    """Bids the reader may know of, oldest first: before opening its own organisation's only; from then on all, in
    full, for the purchaser, the city bureau and the panel; for the other bidders name and price after the award, of
    talks the winner's price only."""
    bids = list(Bid.objects.filter(purchase=purchase).select_related(*Bid.related).order_by("pk"))
    return _visible(bids, _Reader.of(purchase, post, at), at)


def _visible(bids: list[Bid], reader: _Reader, at: datetime) -> list[VisibleBid]:
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


def ranking(purchase: Purchase, post: Post | None, at: datetime) -> list[RankedBid]:
    """The result of the latest tender, best first: for those who judge it once scored, for everybody (`post` None:
    the public) once awarded; empty before. Where the law of the day of the award says so, score and place are told to
    each bidder of its own bid only, and of the others no more than who won."""
    tender = Tender.objects.filter(purchase=purchase).order_by("-pk").first()
    reader = _Reader.of(purchase, post, at)
    if tender is None or not (awarded(tender, at) or reader.judges(tender)):
        return []
    bids = Bid.objects.filter(tender=tender).select_related(*Bid.related)
    return _told(_ranked(tender, bids, reader), tender, reader, regimes.current(purchase.regime))


def _told(rows: list[RankedBid], tender: Tender, reader: _Reader, regime: Regime) -> list[RankedBid]:
    """What of the result is for this reader."""
    if tender.awarded_at is None or reader.judges(tender):
        return rows
    if tender.way in TALKED:
        rows = [row if row.own or row.won else replace(row, price_fen=None) for row in rows]
    own_only = regime.parameter(OWN_ONLY, tender.awarded_at.astimezone(LOCAL).date())
    if own_only is None or not own_only.value:
        return rows
    return [row if row.own else replace(row, points=None, shown="", tied=False) for row in rows if row.own or row.won]


def _ranked(tender: Tender, bids: Iterable[Bid], reader: _Reader) -> list[RankedBid]:
    """The bids of a tender that were placed, best first."""
    rows = [bid.ranking for bid in bids if bid.tender_id == tender.pk and hasattr(bid, "ranking")]
    rows.sort(key=lambda row: (row.rank, row.bid_id))
    ranks, scored = [row.rank for row in rows], bool(tender.factors)
    won = {row.bid_id for row in rows if row.chosen and row.fallen_at is None} | {tender.winner_id}
    return [
        RankedBid(
            rank=row.rank, bid=row.bid_id, organisation=row.bid.organisation, price_fen=row.bid.price,
            points=row.total if scored else None, shown=scoring.shown(row.total) if scored else "",
            tied=ranks.count(row.rank) > 1, won=row.bid_id in won, own=reader.owns(row.bid),
        )
        for row in rows
    ]  # fmt: skip


def summary(purchase: Purchase, post: Post | None, at: datetime) -> TenderSummary | None:
    """The latest tender and those before it; None where none was drafted."""
    tenders = list(Tender.objects.filter(purchase=purchase).select_related("winner__organisation").order_by("pk"))
    if not tenders:
        return None
    tender = tenders[-1]
    bids = live(Bid.objects.filter(tender=tender), tender) if tender.deadline_passed(at) else None
    won = tender.winner if awarded(tender, at) else None
    return TenderSummary(
        tender=tender,
        bids=None if bids is None else len(bids),
        qualified=None if bids is None else sum(bid.state == Bid.State.QUALIFIED for bid in bids),
        panel_size=tender.panel_size,
        sheets=tender.sheets.filter(state=ScoreSheet.State.SUBMITTED).count(),
        panel=panel(tender, post, at),
        winner=won.organisation if won else None,
        price_fen=won.price_fen if won else None,
        earlier=tenders[:-1],
    )


def panel(tender: Tender, post: Post | None, at: datetime) -> list[Post] | None:
    """Who sits on the panel: for the purchaser always, for everybody after the award; None while it is secret."""
    if not awarded(tender, at) and "purchaser" not in _Reader.of(tender.purchase, post, at).capacities:
        return None
    seats = tender.seats.filter(left_at=None).select_related("post__organisation", "post__person").order_by("pk")
    return [seat.post for seat in seats]


def reads_panel(purchase: Purchase, tender: Tender, post: Post, at: datetime, roles: Iterable[Role]) -> bool:
    """Whether a post may know who sits on the panel; from rows of `Role` that were read already."""
    return awarded(tender, at) or "purchaser" in _Reader.of(purchase, post, at, roles).capacities


def buys(tender: Tender, post: Post, at: datetime, roles: Iterable[Role] | None = None) -> bool:
    """Whether a post is of the purchaser. `roles`: rows that were read already."""
    return "purchaser" in _Reader.of(tender.purchase, post, at, roles).capacities


def tells_invited(tender: Tender, post: Post, at: datetime, roles: Iterable[Role] | None = None) -> bool:
    """Whether a post may read the entry of the draw (`INVITE`): it counts who may bid, which until the opening is the
    purchaser's alone to know (Order 87, article 28)."""
    return not tender.invited or tender.opened_at is not None or buys(tender, post, at, roles)


def secrets(purchase: Purchase, post: Post | None, at: datetime) -> Secrets:
    """What this reader (None: the public) must not come across anywhere: bids before their opening, and with them
    their bidders; who asked; score sheets and experts before the award. A call that failed unopened keeps its secrets.
    """
    reader = _Reader.of(purchase, post, at)
    tenders = list(Tender.objects.filter(purchase=purchase))
    bids = list(Bid.objects.filter(purchase=purchase).select_related("tender"))
    sheets = list(ScoreSheet.objects.filter(purchase=purchase).select_related("tender"))
    secret = Role.objects.filter(purchase=purchase, capacity__in=("bidder", *MEMBERS))
    supplied: list[Any] = [
        one
        for kind in APART
        for one in kind._default_manager.filter(purchase=purchase).select_related(*getattr(kind, "related", ()))
    ]
    return _secrets(reader, tenders, bids, sheets, secret, at, supplied)


def _named(bid: Bid, reader: _Reader, at: datetime) -> bool:
    """Whether the reader may know who bid: at an opening the names are read out; of those who are negotiated or
    consulted with, nobody but the group and the purchaser learns before the result (Procurement Law, article 38)."""
    if bid.tender.way in TALKED and not reader.judges(bid.tender):
        return bid.opened and awarded(bid.tender, at)
    return bid.opened


def _secrets(
    reader: _Reader, tenders: Iterable[Tender], bids: list[Bid], sheets: Iterable[ScoreSheet], roles: Iterable[Role],
    at: datetime, supplied: Iterable[PurchaseSubject],
) -> Secrets:  # fmt: skip
    closed = [bid for bid in bids if not reader.owns(bid) and not _named(bid, reader, at)]
    hushed = {bid.pk for bid in closed}
    known = {bid.organisation_id for bid in bids if bid.pk not in hushed}
    purchaser, mine = "purchaser" in reader.capacities, reader.post.pk if reader.post else None
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


@dataclass(frozen=True)
class Look:
    """What one reader may see of the tenders of a purchase. `panel_known`: whether experts may be named."""

    bids: list[VisibleBid]
    ranking: list[RankedBid]
    secrets: Secrets
    panel_known: bool


def look(dossier: Dossier, post: Post, roles: Iterable[Role], section: str) -> Look:
    """All of it at once, from rows the page has read: its dossier and every `Role` of the purchase. Two queries.

    Who took the documents, who asked and what was found untrue is looked for on that part of the page alone
    (`section`) which shows it.
    """
    at, purchase = dossier.at, dossier.purchase
    tender, bids, tenders = dossier.latest(Tender), dossier.all(Bid), dossier.all(Tender)
    sheets = dossier.all(ScoreSheet) if any(not awarded(each, at) for each in tenders) else []
    rows = list(roles)
    reader = _Reader.of(purchase, post, at, rows)
    supplied = [one for kind in APART if kind.section == section for one in dossier.all(kind)]
    may_rank = tender is not None and (awarded(tender, at) or reader.judges(tender))
    return Look(
        bids=_visible(bids, reader, at),
        ranking=(
            _told(_ranked(tender, bids, reader), tender, reader, dossier.regime)
            if tender is not None and may_rank
            else []
        ),
        secrets=_secrets(reader, tenders, bids, sheets, rows, at, supplied),
        panel_known="purchaser" in reader.capacities or any(awarded(each, at) for each in tenders),
    )


@dataclass(frozen=True)
class Answered:
    """An enquiry as one reader may know it. `asker` None: not told."""

    question: str
    answer: str
    at: datetime | None
    asker: Organisation | None


def clarifications(dossier: Dossier, post: Post) -> list[Answered]:
    """What was answered in a purchase, and to officers after the opening who asked. From the dossier."""
    askers = {one.pk: one.organisation for one in dossier.all(Enquiry) if one.visible_to(post)}
    rows = [row for row in dossier.all(Clarification) if row.state == Clarification.State.ANSWERED]
    return [Answered(row.question, row.answer, row.answered_at, askers.get(row.enquiry_id)) for row in rows]


def answers(tenders: Iterable[Tender]) -> dict[int, list[Clarification]]:
    """What was answered on each of these calls, in order: the same for everybody. One query."""
    found: dict[int, list[Clarification]] = {}
    rows = Clarification.objects.filter(tender__in=list(tenders), state=Clarification.State.ANSWERED)
    for row in rows.order_by("answered_at", "pk"):
        found.setdefault(row.tender_id, []).append(row)
    return found


@dataclass(frozen=True)
class Told:
    """A change of documents as one reader knows it. `noted`: when the reader's organisation confirmed it; `receipts`:
    who did, for those who may know."""

    change: Change
    noted: datetime | None
    receipts: list[ChangeReceipt]


def changes(dossier: Dossier, post: Post) -> list[Told]:
    """更正公告 of a purchase, from the dossier."""
    return _told_changes(dossier.all(Change), dossier.all(ChangeReceipt), post)


def changes_of(tenders: Iterable[Tender], post: Post) -> dict[int, list[Told]]:
    """Those of each of these calls. Two queries, one where there are none."""
    rows = list(Change.objects.filter(tender__in=list(tenders)).order_by("pk"))
    noted = ChangeReceipt.objects.filter(change__in=rows, organisation=post.organisation_id) if rows else []
    found: dict[int, list[Told]] = {}
    for row in _told_changes(rows, noted, post):
        found.setdefault(row.change.tender_id, []).append(row)
    return found


def joint_of(tenders: Iterable[Tender], post: Post) -> dict[int, list[ConsortiumMember]]:
    """Where the reader's organisation stands in a living consortium of each of these calls. One query."""
    rows = ConsortiumMember.objects.filter(
        tender__in=list(tenders), organisation=post.organisation_id, consortium__state=Consortium.State.FORMED
    ).select_related("consortium__organisation")
    found: dict[int, list[ConsortiumMember]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.tender_id, []).append(row)
    return found


def _told_changes(rows: Iterable[Change], receipts: Iterable[ChangeReceipt], post: Post) -> list[Told]:
    seen = [one for one in receipts if one.organisation_id == post.organisation_id or one.visible_to(post)]
    mine = {one.change_id: one.confirmed_at for one in seen if one.organisation_id == post.organisation_id}
    others = [one for one in seen if one.organisation_id != post.organisation_id]
    return [Told(row, mine.get(row.pk), [one for one in others if one.change_id == row.pk]) for row in rows]


def register(dossier: Dossier, post: Post) -> list[Package]:
    """领取登记: who took the documents, as far as the reader may know; from the dossier."""
    return [one for one in dossier.all(Package) if one.visible_to(post)]


def taken(tenders: Iterable[Tender], post: Post) -> set[int]:
    """On which of these calls the reader's organisation has taken the documents. One query."""
    rows = Package.objects.filter(tender__in=list(tenders), organisation=post.organisation_id)
    return set(rows.values_list("tender", flat=True))


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
    return Matters(
        [row for row in corrections if row.visible_to(post)], [row for row in explanations if row.visible_to(post)],
        Tender.objects.filter(pk=bid.tender, state=Tender.State.OPENED).exists(),
    )  # fmt: skip
