"""核对: whatever is changed in a stored bid, a score or a place is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.tendering.models import Bid, SealedBid, SealedFile, SealedUpload, Tender
from gongyue.tendering.verifying import Change, verify
from tests.tendering.conftest import OPENING

from .conftest import DAY, PRICE, copies, first, spoil

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
    assert [change.where for change in verify()] == [f"{key} price", f"{key} plan"]
    spoil(handed, files)
    assert list(verify()) == [Change(f"{key} part price", "changed")]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"identity": ""}, ["identity"]), ({"identity": "AGE-SECRET-KEY-1X"}, ["identity"]),
        ({"opened_how": "copy"}, ["price", "opened_how"]), ({"state": "sealed"}, ["price", "state"]),
        ({"state": "unopened", "left_reason": "打不开"}, ["price", "state", "left_reason"]),
    ],
)  # fmt: skip
def test_an_opened_bid_is_read_again_as_the_ledger_says_it_was_opened(
    handed: Line, changed: dict[str, str], named: list[str]
) -> None:
    """One more field changed does not hide that the price was: what cannot be read again is named itself."""
    story.opened(handed, OPENING)
    row = first(handed)
    Bid.objects.filter(pk=row.bid_id).update(price_fen=1)
    SealedBid.objects.filter(pk=row.pk).update(**changed)
    keys = {"price": row.bid.key}
    assert list(verify()) == [Change(f"{keys.get(name, row.key)} {name}", "changed") for name in named]


def test_a_bid_put_down_as_opened_that_nobody_opened_is_named(begun: Line) -> None:
    row = first(begun)
    SealedBid.objects.filter(pk=row.pk).update(state="opened", opened_how="keys", opened_at=OPENING)
    assert list(verify()) == [Change(f"{row.key} {name}", "changed") for name in ("state", "opened_at", "opened_how")]


def test_a_copy_that_stood_in_is_read_again_too(called: Line) -> None:
    """Where the bidder's own copy was opened, it is the copy that has to be there still."""
    sealed = {index: story.hand_in(called, called.cast.social[index], DAY, PRICE)[1] for index in (0, 1, 3)}
    called.act("tender.open", called.latest(Tender), OPENING)
    for name in ("city_bureau", "street_office"):
        called.act("keyholder.lose", story.key_of(called, name), OPENING, actor=story.holder(called, name), reason="失")
    copies(called, first(called).upload, sealed[0])
    called.act("sealedbid.stand_in", first(called), OPENING, actor=called.cast.social[0])
    row = first(called)
    assert list(verify()) == []
    Bid.objects.filter(pk=row.bid_id).update(plan="另一份方案")
    assert list(verify()) == [Change(f"{row.bid.key} plan", "changed")]
    SealedFile.objects.filter(upload=row.upload, kind="copy", name="price").delete()
    assert list(verify()) == [Change(f"{row.bid.key} part price", "missing")]
