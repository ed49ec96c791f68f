"""One bid, for those who may read it in full."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from gongyue.desk.citations import Chip, chip
from gongyue.desk.profilefile import basics, parts
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.words import action_name
from gongyue.kernel import regimes, storage
from gongyue.kernel.capacities import in_purchase
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase, Role
from gongyue.kernel.queries import visible_purchase
from gongyue.ledger.models import Entry
from gongyue.parties.snapshot import digests
from gongyue.tendering.bindings import Binding, bindings
from gongyue.tendering.jointpage import joint_page
from gongyue.tendering.models import Bid, BidPaper, SealedBid
from gongyue.tendering.queries import (
    Matters,
    RankedBid,
    VisibleBid,
    falsehoods,
    frozen,
    matters,
    ranking,
    reads_panel,
    visible_bids,
)
from gongyue.tendering.traits import Trait, traits

RECORD = "falsestatement.record"
ASK = ("correction.ask", "explanation.ask")


@at_desk
def bid(request: DeskRequest, purchase: int, pk: int) -> HttpResponse:
    """What was offered, the profile as it was then, the review item by item; whoever may not read it in full finds
    nothing (404)."""
    found, shown, seen = _found(request, purchase, pk)
    taken, asked = shown.snapshot or {}, matters(shown, request.post)
    context = {
        "purchase": found, "bid": shown, "basics": basics(taken),
        "parts": parts(taken, date.fromisoformat(taken["taken_on"])) if taken else [],
        "taken": taken, "frozen": frozen(shown), "falsehoods": falsehoods(shown, request.post),
        "record": _begin(request, found, shown, RECORD), "matters": asked,
        "ask": _asks(request, found, shown, asked), "placed": _placed(request, found, shown),
        "joint": joint_page(shown.tender, shown.organisation.pk), "bindings": _bindings(request, found, shown),
        "traits": _traits(shown, seen), "sealed": _sealed(shown), "papers": BidPaper.objects.filter(bid=shown.pk),
    }  # fmt: skip
    return render(request, "desk/bid.html", context)


def _found(request: DeskRequest, purchase: int, pk: int) -> tuple[Purchase, VisibleBid, list[VisibleBid]]:
    """The purchase, the bid, and every bid the reader may know of."""
    found = visible_purchase(request.post, purchase, on=request.today)
    seen = visible_bids(found, request.post, request.legal_now) if found is not None else []
    shown = next((one for one in seen if one.pk == pk and one.plan is not None), None)
    if found is None or shown is None:
        raise Http404
    return found, shown, seen


def _sealed(shown: VisibleBid) -> tuple[SealedBid, list[dict[str, Any]], Entry | None] | None:
    """Of a sealed bid: itself, its files as the receipt lists them, and the entry that proves it."""
    row = SealedBid.objects.filter(bid=shown.pk).select_related(*SealedBid.related).first()
    if row is None:
        return None
    return (
        row,
        row.upload.document["parts"],
        Entry.objects.filter(subject=f"bid:{shown.pk}", action="bid.submit").first(),
    )


def _bindings(request: DeskRequest, purchase: Purchase, shown: VisibleBid) -> list[tuple[Binding, Chip]]:
    """What binds it to those who judge, drafted or watch, each with its article; a bidder is not told of its own."""
    if shown.own or shown.unread:
        return []
    regime = regimes.current(purchase.regime)
    dossier = Dossier(purchase, at=request.legal_now, regime=regime)
    row = Bid.objects.select_related(*Bid.related).get(pk=shown.pk)
    roles = Role.objects.filter(purchase=purchase, organisation=request.post.organisation_id)
    known = reads_panel(purchase, row.tender, request.post, request.legal_now, roles)
    return [(one, chip(regime, one.cite)) for one in bindings(dossier, row, panel_known=known)]


def _traits(shown: VisibleBid, seen: list[VisibleBid]) -> list[Trait]:
    """Leads for those who judge; a bidder is not told of its own."""
    whole = [one for one in seen if one.plan is not None and not one.unread and one.tender == shown.tender]
    return [] if shown.own or shown.unread else traits(shown, whole)


def _asks(request: DeskRequest, purchase: Purchase, shown: VisibleBid, asked: Matters) -> list[tuple[str, str]]:
    """What may be asked of this bid's price while it is evaluated and nothing of the kind is open, and where."""
    if shown.state != Bid.State.QUALIFIED or not asked.evaluating:
        return []
    names = [name for name in ASK if name.partition(".")[0] not in asked.open]
    found = [(action_name(name), _begin(request, purchase, shown, name)) for name in names]
    return [(name, url) for name, url in found if url]


def _placed(request: DeskRequest, purchase: Purchase, shown: VisibleBid) -> RankedBid | None:
    """The score and place of the reader's own bid, once they are told."""
    rows = ranking(purchase, request.post, request.legal_now) if shown.own else []
    return next((row for row in rows if row.bid == shown.pk), None)


def _begin(request: DeskRequest, purchase: Purchase, shown: VisibleBid, name: str) -> str:
    """Where an act on this bid is begun, for those who may on this day; "" for others."""
    regime = regimes.current(purchase.regime)
    who = regime.who(name, request.today)
    here = in_purchase(request.post, purchase, regime, request.today)
    if shown.own or who is None or not here.may(name, who.capacities):
        return ""
    return f"{reverse('desk:begin', args=[name])}?{urlencode({'purchase': purchase.pk, 'seed': shown.pk})}"


@at_desk
def paper(request: DeskRequest, purchase: int, pk: int, sha256: str) -> FileResponse:
    """A paper of the profile as the bid froze it, even if it was replaced since."""
    _purchase, shown, _seen = _found(request, purchase, pk)
    if sha256 not in digests(shown.snapshot or {}):
        raise Http404
    name = next(p["name"] for p in _papers(shown) if p["sha256"] == sha256)
    return FileResponse(storage.open_stored(sha256), as_attachment=True, filename=name)


def _papers(shown: VisibleBid) -> list[dict[str, str]]:
    taken = shown.snapshot or {}
    rows = [*taken.get("items", ()), *([taken["profile"]] if taken.get("profile") else [])]
    return [paper for row in rows for paper in row["papers"]]
