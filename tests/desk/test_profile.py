"""机构档案 on the organisation's own page, and as a bid froze it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue.demonstration.cast import must
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import announced
from gongyue.demonstration.written.parties import PAPERS
from gongyue.kernel.models import Document, Post
from gongyue.parties.profile import ProfileItem, ProviderProfile
from gongyue.tendering.models import Bid, Tender

from .conftest import Desk, text

pytestmark = pytest.mark.django_db
Today = Callable[[str], date]
DAY = date(2010, 10, 20)
PAPER = b"%PDF-1.4 certificate"


def kept(post: Post) -> None:
    basics, staff = (PAPERS[name](None, None, DAY) for name in ("profile.keep", "staffmember.list"))
    must("profile.keep", ProviderProfile(organisation=post.organisation), post, DAY, basics)
    given: dict[str, Any] = {
        "title": "社会组织评估 4A", "issuer": "广州市民政局", "begins_on": "2009-12-01", "ends_on": "2010-11-30",
        "paper": SimpleUploadedFile("证书.pdf", PAPER),
    }  # fmt: skip
    must("qualification.list", ProfileItem(organisation=post.organisation), post, DAY, given)
    must("staffmember.list", ProfileItem(organisation=post.organisation), post, DAY, staff)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.clause("GZ-P-3.2.3c")
def test_the_page_shows_ones_own_register_and_nobody_elses(line: Line, desk: Desk, today: Today) -> None:
    mine, other = line.cast.social[:2]
    kept(mine)
    today("2010-10-25")
    page = text(desk(mine).get("/profile/"))
    assert "穗民证字第 010001 号（演示）" in page
    assert ("社会组织评估 4A" in page, "霍某" in page, "将到期" in page) == (True, True, True)
    assert "社会组织评估 4A" not in text(desk(other).get("/profile/"))
    paper = Document.objects.get(name="证书.pdf")
    assert body(desk(mine).get(f"/profile/papers/{paper.pk}/")) == PAPER
    assert desk(other).get(f"/profile/papers/{paper.pk}/").status_code == 404
    for officer in (line.cast.city[0], line.cast.experts[0]):
        assert desk(officer).get("/profile/").status_code == 404


@pytest.mark.clause("GZ-P-3.2.3c")
def test_a_reviewer_reads_what_was_frozen_with_its_papers(line: Line, desk: Desk, today: Today) -> None:
    announced(line, date(2010, 11, 1))
    bidder = line.cast.social[0]
    kept_late(bidder)
    line.bid(date(2010, 11, 10), {0: "1960000", 1: "1985000", 3: "1990000"})
    item = ProfileItem.objects.get(category="qualification")
    must("profileitem.remove", item, bidder, date(2010, 11, 12), {"reason": "换发新证"})
    line.act("tender.open", line.latest(Tender), date(2010, 11, 23))
    today("2010-11-24")
    bid = Bid.objects.get(organisation=bidder.organisation)
    officer: Client = desk(line.actor("tender.open"))
    page = text(officer.get(f"/purchases/{line.purchase.pk}/bids/{bid.pk}/"))
    assert ("与台账一致" in page, "社会组织评估 4A" in page, "记录不实材料" in page) == (True, True, True)
    sha256 = Document.objects.get(name="证书.pdf").sha256
    address = f"/purchases/{line.purchase.pk}/bids/{bid.pk}/papers/{sha256}/"
    assert body(officer.get(address)) == PAPER
    assert officer.get(address.replace(sha256, "0" * 64)).status_code == 404
    assert desk(line.cast.social[1]).get(address).status_code == 404


def kept_late(post: Post) -> None:
    """On the day before it bids."""
    day = date(2010, 11, 9)
    given = PAPERS["profile.keep"](None, None, day)
    must("profile.keep", ProviderProfile(organisation=post.organisation), post, day, given)
    must("qualification.list", ProfileItem(organisation=post.organisation), post, day, {
        "title": "社会组织评估 4A", "issuer": "广州市民政局", "begins_on": "2009-12-01", "ends_on": "2014-11-30",
        "paper": SimpleUploadedFile("证书.pdf", PAPER),
    })  # fmt: skip
