"""The call and its result, as the public reads them."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import awarded
from gongyue.disclosure.queries import PublicNotice, notices_of, proof
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Tender

pytestmark = pytest.mark.django_db
APPROVED = date(2010, 9, 15)


@pytest.fixture
def published(line: Line) -> list[PublicNotice]:
    """What is public of 广卫街's purchase once it is awarded, the latest first."""
    awarded(line, APPROVED)
    sequence()
    return notices_of(line.purchase)


@pytest.mark.clause("GZ-P-2.3a")
def test_a_call_is_public_with_its_scope_and_how_it_is_judged(published: list[PublicNotice]) -> None:
    notice = published[-1]
    assert (notice.kind, notice.title, notice.cite) == ("notice", "招标公告", "gz-procedure-2010#二(三)")
    assert notice.values == {
        "purchase.scope": "centre", "tender.ceiling_fen": 200_000_000, "tender.briefing_on": "2010-08-28",
        "input.bids_due_at": "2010-10-07T01:30:00.000000Z", "input.opening_place": "区政府采购中心开标室",
        "tender.price_points": 10, "tender.total_points": 100,
    }  # fmt: skip


@pytest.mark.clause("GZ-P-3.3.1")
def test_the_result_is_public_and_anybody_can_check_it(line: Line, published: list[PublicNotice]) -> None:
    notice = published[0]
    winner = line.latest(Tender).winner
    assert (notice.kind, notice.title, notice.cite) == ("award", "招投标结果公告", "gz-procedure-2010#三(三)1")
    assert (notice.values["award.winner"], notice.values["award.price_fen"]) == (
        str(winner.organisation), winner.price_fen,
    )  # fmt: skip
    assert notice.published_at.date() == date(2010, 10, 10)
    assert proof(notice.entry) is not None


def test_the_public_reads_of_nobody_else(line: Line, published: list[PublicNotice]) -> None:
    """Neither who lost nor at what price, nor who judged."""
    tender = line.latest(Tender)
    losers = [bid for bid in tender.bids.select_related("organisation") if bid != tender.winner]
    said = " ".join(text for notice in published for _label, text in notice.fields)
    assert [notice.kind for notice in published] == ["award", "notice"]
    assert [name for bid in losers if (name := str(bid.organisation)) in said] == []
    assert [post.person.name for post in line.cast.experts if post.person.name in said] == []
