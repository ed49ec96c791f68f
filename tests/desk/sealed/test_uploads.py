"""上传的地址: for the bidder alone, piece by piece, until the deadline by the server's clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from gongyue.demonstration import sealed as story
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Refused
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import Bid, SealedBid, SealedFile, SealedUpload, Tender
from gongyue.tendering.sealing import Part
from tests.desk.conftest import Desk
from tests.tendering.conftest import DUE, OPENING, objections
from tests.tendering.sealed.conftest import DAY, first, hand_in

from .conftest import Browse, Browser, Clock, error, post_json

pytestmark = pytest.mark.django_db
BIG = Part("file_1", "大.zip", b"\x07" * 2_500_000)


def received(browser: Browser, name: str = "part/file_1") -> int:
    found: int = browser.client.get(browser.told["url"]).json()["files"][name]["received"]
    return found


def test_nobody_but_a_social_organisation_begins_an_upload(called: Line, desk: Desk, legal: Clock) -> None:
    legal(DAY)
    url = reverse("desk:sealed-begin", args=[called.latest(Tender).pk])
    offices = [story.holder(called, "purchaser"), called.cast.finances[called.district], called.cast.city[0]]
    assert [desk(post).post(url).status_code for post in offices] == [404, 404, 404]
    assert desk(called.cast.social[0]).get(url).status_code == 405
    assert desk(called.cast.social[0]).post(reverse("desk:sealed-begin", args=[0])).status_code == 404
    assert SealedUpload.objects.count() == 0


def test_a_call_on_paper_and_one_not_issued_take_no_upload(prepared: Line, desk: Desk, legal: Clock) -> None:
    legal(DAY)
    url = reverse("desk:sealed-begin", args=[prepared.latest(Tender).pk])
    assert desk(prepared.cast.social[0]).post(url).status_code == 404


def test_nobody_is_told_to_seal_for_a_lock_that_the_ledger_does_not_hold(
    called: Line, desk: Desk, legal: Clock
) -> None:  # fmt: skip
    """Somebody has put a key of its own into the lock in the table."""
    legal(DAY)
    tender = called.latest(Tender)
    lock = sealing.parse(tender.lock.encode())
    strange = sealing.canonical(lock | {"holders": lock["holders"] | {"city_bureau": lock["holders"]["purchaser"]}})
    Tender.objects.filter(pk=tender.pk).update(lock=strange.decode())
    answer = desk(called.cast.social[0]).post(reverse("desk:sealed-begin", args=[tender.pk]))
    assert error(answer) == (409, "lock")
    assert SealedUpload.objects.count() == 0


@pytest.mark.parametrize("who", ["rival", "purchaser", "finance"])
def test_anothers_upload_is_neither_read_nor_continued(browse: Browse, called: Line, desk: Desk, who: str) -> None:
    browser = browse()
    browser.declare([BIG])
    browser.send("price")
    others = {
        "rival": called.cast.social[1], "purchaser": story.holder(called, "purchaser"),
        "finance": called.cast.finances[called.district],
    }  # fmt: skip
    assert browser.sealed is not None
    thief = Browser(desk(others[who]), others[who], browser.tender, browser.told, browser.sealed)
    assert error(thief.client.get(browser.told["url"])) == (409, "gone")
    assert error(post_json(thief.client, browser.told["url"], {})) == (409, "gone")
    assert thief.client.get(browser.told["profile"]).status_code == 404
    assert thief.piece("file_1", 0, browser.sealed.parts["file_1"][: staging.CHUNK]).status_code == 404
    assert post_json(thief.client, f"{browser.told['url']}copies/", {}).status_code == 404
    assert received(browser) == 0
    assert SealedFile.objects.get(upload=browser.upload, name="price").whole


@pytest.mark.parametrize("name", ["receipt", "file"])
def test_what_a_bid_holds_is_not_for_strangers(handed: Line, desk: Desk, legal: Clock, name: str) -> None:
    legal(DAY)
    bid = first(handed).bid
    args = [handed.purchase.pk, bid.pk]
    url = reverse("desk:bid-receipt", args=args) if name == "receipt" else reverse("desk:bid-file", args=[*args, "x"])
    strangers = [handed.cast.social[1], story.holder(handed, "purchaser"), handed.cast.finances[handed.district]]
    assert [desk(post).get(url).status_code for post in strangers] == [404, 404, 404]
    own = desk(handed.cast.social[0]).get(reverse("desk:bid-receipt", args=args))
    assert (own.status_code, own.content) == (200, first(handed).upload.receipt.encode())


def test_a_piece_out_of_order_is_told_how_far_the_file_is(browse: Browse) -> None:
    browser = browse()
    browser.declare([BIG])
    assert browser.sealed is not None
    content = browser.sealed.parts["file_1"]
    assert browser.piece("file_1", staging.CHUNK, content[:10]).json() == {"received": 0, "whole": False}
    assert browser.piece("file_1", 0, content[: staging.CHUNK]).json() == {"received": staging.CHUNK, "whole": False}
    assert browser.piece("file_1", 0, content[: staging.CHUNK]).json() == {"received": staging.CHUNK, "whole": False}


@pytest.mark.parametrize("offset", ["", "-1", "x", "0.5", "9" * 19])
def test_an_offset_that_is_no_number_is_refused(browse: Browse, offset: str) -> None:
    browser = browse()
    browser.declare()
    assert error(browser.piece("price", offset, b"x")) == (409, "format")


def test_a_piece_too_large_is_refused(browse: Browse) -> None:
    browser = browse()
    browser.declare([BIG])
    assert error(browser.piece("file_1", 0, bytes(staging.CHUNK + 1))) == (409, "format")
    assert received(browser) == 0


def test_more_than_the_receipt_says_is_not_taken(browse: Browse) -> None:
    browser = browse()
    browser.declare()
    assert browser.sealed is not None
    answer = browser.piece("price", 0, browser.sealed.parts["price"] + b"x")
    assert answer.json() == {"received": 0, "whole": False}


def test_a_file_with_another_digest_begins_anew(browse: Browse) -> None:
    browser = browse()
    browser.declare()
    assert browser.sealed is not None
    content = browser.sealed.parts["price"]
    assert browser.piece("price", 0, bytes(len(content))).json() == {"received": 0, "whole": False}
    assert browser.piece("price", 0, content).json() == {"received": len(content), "whole": True}


def test_a_file_that_was_not_declared_has_no_place(browse: Browse) -> None:
    browser = browse()
    browser.declare()
    assert browser.piece("file_9", 0, b"x").status_code == 404
    assert browser.piece("price", 0, b"x", kind="other").status_code == 404


@pytest.mark.parametrize(
    "sent", [[], {}, {"receipt": "{}", "wraps": {}, "snapshot": "0" * 64}, {"receipt": 1, "wraps": {}, "snapshot": ""}]
)
def test_what_no_script_would_declare_is_refused(browse: Browse, sent: object) -> None:
    browser = browse()
    assert error(post_json(browser.client, browser.told["url"], sent)) == (409, "format")
    assert browser.upload.receipt == ""


def test_after_a_break_it_goes_on_from_where_it_was(browse: Browse, called: Line, desk: Desk) -> None:
    """Another browser of the same organisation, with the files sealed before, asks and sends only the rest."""
    browser = browse()
    browser.declare([BIG])
    assert browser.sealed is not None
    browser.piece("file_1", 0, browser.sealed.parts["file_1"][: staging.CHUNK])
    again = Browser(desk(browser.actor), browser.actor, browser.tender, browser.told, browser.sealed)
    assert received(again) == staging.CHUNK
    again.send("file_1", staging.CHUNK)
    for name in set(browser.sealed.parts) - {"file_1"}:
        again.send(name)
    assert all(file["whole"] for file in again.client.get(again.told["url"]).json()["files"].values())
    assert hand_in(called, browser.upload).entry is not None


def test_the_deadline_in_the_middle_of_an_upload(browse: Browse, called: Line, legal: Clock) -> None:
    """What was uploaded stays staged, nothing more is taken, and handing it in is refused as late, and recorded."""
    browser = browse()
    browser.declare([BIG])
    assert browser.sealed is not None
    content = browser.sealed.parts["file_1"]
    legal(DUE - timedelta(seconds=1))
    assert browser.piece("file_1", 0, content[: staging.CHUNK]).status_code == 200
    legal(DUE)
    assert error(browser.piece("file_1", staging.CHUNK, content[staging.CHUNK : 2 * staging.CHUNK])) == (409, "late")
    assert error(browser.declare()) == (409, "late")
    begun = browser.client.post(reverse("desk:sealed-begin", args=[browser.tender.pk]))
    assert error(begun) == (409, "late")
    assert received(browser) == staging.CHUNK
    assert objections(hand_in(called, browser.upload, DUE)) == ["bid-in-time"]
    row = Refused.objects.get(action="bid.submit")
    assert (row.post, row.at, row.findings[0]["cite"]) == (browser.actor, DUE, "procurement-law#第三十五条")
    assert (Bid.objects.count(), SealedBid.objects.count(), SealedUpload.objects.count()) == (0, 0, 1)


def test_a_copy_is_taken_at_the_opening_alone(browse: Browse, legal: Clock) -> None:
    browser = browse()
    browser.declare()
    assert error(browser.piece("price", 0, b"x", kind="copy")) == (409, "late")
    assert error(post_json(browser.client, f"{browser.told['url']}copies/", {"price": 1})) == (409, "late")
    legal(OPENING)
    assert error(browser.piece("price", 0, b"x", kind="copy")) == (409, "late")


def test_who_has_not_logged_in_is_sent_to_do_so(browse: Browse) -> None:
    browser = browse()
    browser.client.logout()
    assert browser.client.get(browser.told["url"]).status_code == 302
    assert browser.piece("price", 0, b"x").status_code == 302


def test_fifty_megabytes_in_ten_files_come_through_the_endpoints(browse: Browse, called: Line) -> None:
    """Ten files of five megabytes, sealed, sent in pieces of one, and handed in."""
    browser = browse()
    size = 5 * 1024 * 1024
    browser.declare([Part(f"file_{number:02d}", f"附件{number}.pdf", bytes([number]) * size) for number in range(10)])
    browser.send_all()
    assert hand_in(called, browser.upload).entry is not None
    sizes = [file["size"] for file in browser.upload.document["parts"] if file["part"].startswith("file_")]
    assert (len(sizes), sum(sizes) > 50 * 1024 * 1024) == (10, True)
    assert sealing.digest(browser.upload.receipt.encode()) == first(called).receipt_digest
