"""联合体 and sealed bids together: the lead seals for all; nobody learns of either before the opening."""

from __future__ import annotations

import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Bid, Consortium, ConsortiumMember, SealedBid
from gongyue.tendering.models.consortium import parties
from gongyue.tendering.queries import secrets
from tests.tendering.conftest import OPENING, objections
from tests.tendering.test_consortium import agree, form, social

from .conftest import DAY, PRICE, begin, first, hand_in

pytestmark = pytest.mark.django_db


def test_a_joint_bid_is_sealed_by_its_lead_once_all_have_agreed_and_opened_like_any_other(called: Line) -> None:
    assert form(called).entry is not None
    staged, _sealed = begin(called)
    assert objections(hand_in(called, staged)) == ["joint-agreement"]
    assert SealedBid.objects.count() == 0
    assert agree(called, 3).entry is not None
    assert hand_in(called, staged).entry is not None
    for index in (1, 2):
        story.hand_in(called, social(called, index), DAY, "1950000")

    row, consortium = first(called), called.latest(Consortium)
    hidden = {row.bid.key, consortium.key, *(one.key for one in ConsortiumMember.objects.all())}
    for reader in (None, story.holder(called, "purchaser"), social(called, 1)):
        assert hidden <= secrets(called.purchase, reader, DAY).subjects
    partner = social(called, 3).organisation.name
    assert all(partner not in entry.body for entry in Entry.objects.filter(action="bid.submit"))

    story.opened(called, OPENING)
    bid = Bid.objects.get(pk=row.bid_id)
    assert (bid.unread, bid.price_fen) == (False, int(PRICE.replace(".", "")))
    called.purchase.refresh_from_db()
    assert [one.name for one in parties(called.dossier(OPENING.date()), bid)] == [
        social(called, 0).organisation.name, partner,
    ]  # fmt: skip
