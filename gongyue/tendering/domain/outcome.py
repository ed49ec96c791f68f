"""开标, 评标, 定标, or the end of a call without an award."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint as write_capacity
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm
from gongyue.kernel.models import Post, Subject
from gongyue.tendering import scoring
from gongyue.tendering.facts import TenderGate, sheets_of
from gongyue.tendering.forms import AwardForm, DrawForm, FailForm, OpenForm
from gongyue.tendering.methods import TENDERED, Way
from gongyue.tendering.models import Bid, Opening, PanelSeat, Ranking, Tender, Termination, live
from gongyue.tendering.models.consortium import parties

from .panel import dismiss
from .report import conclude_recheck

State = Tender.State
TOLD_OF_END = TENDERED | {Way.NEGOTIATION, Way.SINGLE_SOURCE}  # Orders 87 and 74 say what is owed once one is cancelled


@action("tender.open", Tender, reaches=State.OPENED, label=_("开标"), form=OpenForm, facts=TenderGate,
        bears=[(Opening, Opening.State.BEGUN)], variants=TENDERED)  # fmt: skip
def open_bids(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, attendance: str) -> list[Subject]:
    """Open the bids: from now on purchaser and panel read them. Sealed ones are opened in the hall, with the holders'
    keys. Who attended is kept with the ledger's opening."""
    tender.opened_at = at
    if not tender.sealed:
        return []
    return [Opening.objects.create(purchase=tender.purchase, tender=tender, begun_at=at, state=Opening.State.BEGUN)]


@action("tender.score", Tender, reaches=State.SCORED, label=_("汇总评分"), form=NoteForm, facts=TenderGate,
        variants=TENDERED)  # fmt: skip
def score(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """Rank the qualified bids, exactly. Without the sheets it takes there is no ranking, and so no award."""
    rank_bids(tender, dossier, at)


def rank_bids(tender: Tender, dossier: Dossier, at: datetime) -> None:
    """By points, then by price. By price alone where nothing is scored or the documents say the lowest evaluated price,
    which is a bid's own once its confirmed corrections are made."""
    bids = [
        scoring.Offered(bid.pk, bid.price) for bid in live(dossier.all(Bid), tender) if bid.state == Bid.State.QUALIFIED
    ]
    sheets = [sheet.points() for sheet in sheets_of(dossier, tender)]
    factors = [number for number, _factor in tender.judged]
    complete = bool(sheets) or not factors
    placed = scoring.rank(bids, price_points=tender.price_points, factors=factors, sheets=sheets) if complete else []
    rows = [
        Ranking(
            tender=tender, bid_id=row.bid, numerator=str(row.total.numerator), denominator=str(row.total.denominator),
            rank=row.rank,
        )
        for row in placed
    ]  # fmt: skip
    Ranking.objects.bulk_create(rows)
    conclude_recheck(tender, rows, at=at)
    tender.scored_at, tender.tied = at, scoring.tied(placed)


@action(
    "tender.draw", Tender, reaches=None, sources=[State.SCORED], label=_("并列定序"), form=DrawForm, facts=TenderGate
)
def draw(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, settled: str, first: int, basis: str,
    attendance: str,
) -> None:  # fmt: skip
    """Settle who of those equal in points and price comes first, as the documents say or by lot; no point changes."""
    best = min(row.rank for row in tender.leading)  # above the first where an award has fallen
    tender.rankings.filter(rank=best, fallen_at=None).exclude(bid=first).update(rank=best + 1)
    tender.tie_settled, tender.tie_basis, tender.tied = settled, basis, False


@action("tender.award", Tender, reaches=State.AWARDED, label=_("定标"), form=AwardForm, facts=TenderGate)
def award(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, opinion: str, places: int | None = None,
    chosen: str = "", ranked: int | None = None, total_fen: int | None = None, cut_tied: bool | None = None,
    results_weighed: str = "",
) -> None:  # fmt: skip
    """The first-placed bid wins and its organisation becomes the provider; where several may win, the first `places`
    do, and the best of them is the one the tender names.

    Where nobody, or for one place more than one, stands first the database refuses an award, whatever the rules let
    pass.
    """
    placed = list(tender.rankings.filter(fallen_at=None).select_related("bid__organisation"))
    won = [row.bid for row in placed if row.rank == placed[0].rank] if places is None else []
    if places is not None:
        won = [row.bid for row in placed[:places]]
        tender.rankings.filter(bid__in=won).update(chosen=True)
    tender.awarded_at = at
    if len(won) != 1 and places is None:
        return
    tender.winner = won[0]
    for organisation in (one for bid in won for one in parties(dossier, bid)):  # members of a consortium are bound too
        write_capacity(tender.purchase, "provider", organisation, since=at.astimezone(LOCAL).date())


@action(
    "tender.fail", Tender, reaches=State.FAILED,
    sources=[
        State.DRAFTED, State.BRIEFED, State.INVITED, State.ANNOUNCED, State.OPENED, State.NEGOTIATED, State.QUOTED,
        State.SETTLED, State.SCORED,
    ],
    label=_("终止招标"), form=FailForm, facts=TenderGate, bears=[(Termination, Termination.State.DECIDED)],
)  # fmt: skip
def fail(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, reason: str, ended_for: str, collected: bool
) -> list[Subject]:
    """End the call with a reason; its panel is dismissed and another call may be drafted. Where the task of a call that
    was issued is cancelled, a notice and a report are owed, and after a tender what was collected.

    Before publication this is how documents are taken back to be written anew.
    """
    tender.failed_at = at
    dismiss(tender, PanelSeat.objects.filter(tender=tender, left_at=None), at=at)
    if ended_for != Termination.Ground.CANCELLED or tender.announced_at is None or tender.way not in TOLD_OF_END:
        return []
    given = {"purchase": tender.purchase, "tender": tender, "cause": reason, "collected": collected}
    return [Termination.objects.create(**given, state=Termination.State.DECIDED)]
