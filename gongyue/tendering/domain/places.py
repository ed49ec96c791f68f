"""Places of an award: one falls free, and whoever comes next takes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gongyue.clock import LOCAL
from gongyue.kernel.capacities import appoint as write_capacity
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Role
from gongyue.tendering.models import Bid, Tender
from gongyue.tendering.models.consortium import parties


def lose(tender: Tender, bids: Iterable[Bid], at: datetime, dossier: Dossier, *, refused: bool) -> None:
    """These are not placed any more, and whoever stands behind them is no provider. `refused`: to sign, which is kept
    with each of them."""
    gone = list(bids)
    if refused:
        Bid.objects.filter(pk__in=[bid.pk for bid in gone]).update(refused_at=at)
    tender.rankings.filter(bid__in=gone).update(fallen_at=at)
    fallen = [one for bid in gone for one in parties(dossier, bid)]
    held = Role.objects.filter(purchase=tender.purchase, capacity="provider", organisation__in=fallen, until=None)
    held.update(until=at.astimezone(LOCAL).date())


def give_up(tender: Tender, bid: Bid, at: datetime, dossier: Dossier, *, refill: bool) -> None:
    """One of several winners refused to sign and loses its place; the next in the order of the review takes it
    (`refill`), or nobody does. The others keep theirs, and the tender names the best of them."""
    lose(tender, [bid], at, dossier, refused=True)
    standing = tender.rankings.filter(fallen_at=None).select_related("bid__organisation")
    if refill and (row := standing.filter(chosen=False).first()) is not None:
        row.chosen, row.chosen_at = True, at
        row.save(update_fields=["chosen", "chosen_at"])
        for organisation in parties(dossier, row.bid):
            write_capacity(tender.purchase, "provider", organisation, since=at.astimezone(LOCAL).date())
    tender.__dict__.pop("winners", None)
    best = standing.filter(chosen=True).first()
    tender.winner = best.bid if best is not None else None
