"""核对: whatever is changed in a stored bid, a score or a place is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.ledger.models import Opening as Ledgered
from gongyue.tendering.models import Bid, Ranking, ScoreSheet, SealedUpload, Tender
from gongyue.tendering.verifying import Change, verify
from tests.tendering.conftest import OPENING

from .conftest import first, spoil

pytestmark = pytest.mark.django_db


def test_every_change_to_a_sealed_or_opened_bid_is_named(handed: Line, files: Path) -> None:
    assert list(verify()) == []
    key, tender = first(handed).bid.key, handed.latest(Tender)
    upload = first(handed).upload
    SealedUpload.objects.filter(pk=upload.pk).update(receipt=upload.receipt.replace("price", "prize"))
    assert list(verify()) == [Change(f"{key} receipt", "changed")]
    wraps = dict.fromkeys(upload.wraps, "AAAA")
    SealedUpload.objects.filter(pk=upload.pk).update(receipt=upload.receipt, wraps=wraps)
    assert {change.where for change in verify()} == {f"{key} wrap {name}" for name in wraps}
    SealedUpload.objects.filter(pk=upload.pk).update(wraps=upload.wraps)
    Tender.objects.filter(pk=tender.pk).update(lock=tender.lock.replace(":2}", ":1}"))
    assert list(verify()) == [Change(f"{tender.key} lock", "changed")]
    Tender.objects.filter(pk=tender.pk).update(lock=tender.lock)
    story.opened(handed, OPENING)
    assert list(verify()) == []
    Bid.objects.filter(pk=first(handed).bid_id).update(price_fen=1, plan="另一份方案")
    assert [change.where for change in verify()] == [f"{key} plan", f"{key} price"]
    spoil(handed, files)
    assert list(verify()) == [Change(f"{key} part price", "changed")]


def test_every_change_to_a_price_a_score_or_a_place_is_named(awarded: Line) -> None:
    """Bids on paper are held to what was handed in; a changed score shows itself and in every total it goes into."""
    assert list(verify()) == []
    sheet, (first_placed, second) = ScoreSheet.objects.order_by("pk")[0], Ranking.objects.order_by("rank")[:2]
    given, bid = sheet.scores, first_placed.bid
    raised = given | {str(second.bid_id): {factor: points + 1 for factor, points in given[str(second.bid_id)].items()}}
    ScoreSheet.objects.filter(pk=sheet.pk).update(scores=raised)
    named = [Change(f"{sheet.key} scores", "changed"), Change(f"{second.bid.key} total", "changed")]
    assert list(verify()) == named
    ScoreSheet.objects.filter(pk=sheet.pk).update(scores=given)
    Bid.objects.filter(pk=bid.pk).update(price_fen=bid.price_fen - 1, plan="另一份方案")
    assert [change.where for change in verify()][:2] == [f"{bid.key} price", f"{bid.key} plan"]
    Bid.objects.filter(pk=bid.pk).update(price_fen=bid.price_fen, plan=bid.plan)
    Ranking.objects.filter(pk=first_placed.pk).update(rank=2)
    assert list(verify()) == [Change(f"{bid.key} place", "changed")]
    Ranking.objects.filter(pk=first_placed.pk).update(rank=1)
    Ledgered.objects.filter(entry__action="sheet.submit", entry__subject=sheet.key).delete()
    assert list(verify()) == [Change(f"{sheet.key} scores", "missing")]
