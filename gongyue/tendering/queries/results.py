"""Places, points and prices: what of a result is for which reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from gongyue.clock import LOCAL
from gongyue.kernel import regimes
from gongyue.kernel.models import Organisation, Post, Purchase
from gongyue.policy import Regime

from .. import scoring
from ..methods import TALKED
from ..models import Bid, ScoreSheet, Tender, live
from .readers import Reader, awarded, panel

OWN_ONLY = "tender.own_result_only"  # a regime's figure: score and place are each bidder's own affair


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
    """A tender as one reader may see it. `bids` and `qualified` None: not known before the deadline, of talks to nobody
    but purchaser and group before the result; `panel` None: secret until the award."""

    tender: Tender
    bids: int | None
    qualified: int | None
    panel_size: int
    sheets: int
    panel: list[Post] | None
    winner: Organisation | None
    price_fen: int | None
    earlier: list[Tender]


def ranking(purchase: Purchase, post: Post | None, at: datetime) -> list[RankedBid]:
    """The result of the latest tender, best first: for those who judge it once scored, for everybody (`post` None:
    the public) once awarded; empty before. Where the law of the day of the award says so, score and place are told to
    each bidder of its own bid only, and of the others no more than who won."""
    tender = Tender.objects.filter(purchase=purchase).order_by("-pk").first()
    reader = Reader.of(purchase, post, at)
    if tender is None or not (awarded(tender, at) or reader.judges(tender)):
        return []
    bids = Bid.objects.filter(tender=tender).select_related(*Bid.related)
    return told_to(ranked(tender, bids, reader), tender, reader, regimes.current(purchase.regime))


def told_to(rows: list[RankedBid], tender: Tender, reader: Reader, regime: Regime) -> list[RankedBid]:
    """What of the result is for this reader."""
    if tender.awarded_at is None or reader.judges(tender):
        return rows
    if tender.way in TALKED:
        rows = [row if row.own or row.won else replace(row, price_fen=None) for row in rows]
    own_only = regime.parameter(OWN_ONLY, tender.awarded_at.astimezone(LOCAL).date())
    if own_only is None or not own_only.value:
        return rows
    return [row if row.own else replace(row, points=None, shown="", tied=False) for row in rows if row.own or row.won]


def ranked(tender: Tender, bids: Iterable[Bid], reader: Reader) -> list[RankedBid]:
    """The bids of a tender that were placed, best first."""
    rows = [bid.ranking for bid in bids if bid.tender_id == tender.pk and hasattr(bid, "ranking")]
    rows.sort(key=lambda row: (row.rank, row.bid_id))
    ranks, scored = [row.rank for row in rows], tender.pointed
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
    counted = tender.deadline_passed(at) and (not tender.discreet or Reader.of(purchase, post, at).judges(tender))
    bids = live(Bid.objects.filter(tender=tender), tender) if counted else None
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
