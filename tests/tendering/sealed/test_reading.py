"""开标以后: what is read, who confirms it, and who may see it."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.ledger.verify import verify
from gongyue.tendering.models import (
    Bid,
)
from gongyue.tendering.queries import frozen, visible_bids
from tests.tendering.conftest import OPENING

from .conftest import first

pytestmark = pytest.mark.django_db


def test_before_it_is_opened_a_bid_shows_nothing_to_anybody(begun: Line) -> None:
    purchaser: Post = story.holder(begun, "purchaser")
    for post in (purchaser, begun.cast.social[0]):
        (mine,) = [
            b
            for b in visible_bids(begun.purchase, post, OPENING)
            if b.organisation == begun.cast.social[0].organisation
        ]
        assert (mine.unread, mine.price_fen, mine.plan, mine.snapshot) == (True, None, "", {})


def test_the_profile_frozen_in_a_sealed_bid_is_proven_too(handed: Line) -> None:
    story.opened(handed, OPENING)
    seen = next(b for b in visible_bids(handed.purchase, handed.cast.social[0], OPENING) if b.own)
    proof = frozen(seen)
    assert proof is not None and (proof.digest, proof.intact) == (first(handed).upload.snapshot, True)
    Bid.objects.filter(pk=seen.pk).update(snapshot={"taken_on": "2010-11-25"})
    changed = frozen(next(b for b in visible_bids(handed.purchase, handed.cast.social[0], OPENING) if b.own))
    assert changed is not None and changed.intact is False


def test_nothing_here_breaks_the_chain(handed: Line) -> None:
    story.opened(handed, OPENING)
    assert list(verify()) == []
    assert default_storage.exists("documents")
