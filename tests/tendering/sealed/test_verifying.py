"""核对: whatever is changed in a stored bid is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.tendering.models import Bid, SealedUpload, Tender
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
