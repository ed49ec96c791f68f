"""Of talks nobody but purchaser and group learns before the result who takes part (Procurement Law, article 38).

Every page that a reader reaches by its links is read before and after what goes on in them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from gongyue.kernel.models import Post
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Bid, Challenge, Question, Tender
from gongyue.tendering.queries import tells
from tests.journeys.test_methods import negotiated, offers, talk
from tests.tendering.conftest import moment
from tests.tendering.disputing import ANSWER, LETTER
from tests.tendering.shanghai import Town

from .conftest import Desk
from .test_secrecy import Today, differing, read

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # crawls page by page


def goes_on(town: Town) -> None:
    """Two are talked with; one of them leaves, the other asks and challenges, and is told that all begins anew."""
    asker, buyer = town.social[1], town.purchaser
    for post in (asker, town.social[3]):
        bid = Bid.objects.get(purchase=town.purchase, organisation=post.organisation)
        subject = town.unborn("talk.record", date(2014, 3, 18), buyer, seed=str(bid.pk))
        town.act("talk.record", subject, date(2014, 3, 18), buyer, content="逐项确认探访次数和人员")
    town.act("bid.quit", bid, date(2014, 3, 19), town.social[3], reason="人手不足")
    town.act("question.ask", None, date(2014, 3, 19), asker, text="何时报价？")
    answer = {"answer": "另行通知", "no_secret": True}
    town.act("question.answer", town.latest(Question), date(2014, 3, 19), buyer, **answer)
    challenge = town.unborn("challenge.lodge", date(2014, 3, 19), asker, seed="opening")
    town.act("challenge.lodge", challenge, date(2014, 3, 19), asker, **LETTER, knew_on="2014-03-13")
    told = {"effect": "may", "effect_reason": "待查"}
    town.act("challenge.accept", town.latest(Challenge), date(2014, 3, 19), buyer, **told)
    upheld = ANSWER | {"outcome": "upheld", "then": "anew"}
    town.act("challenge.answer", town.latest(Challenge), date(2014, 3, 20), buyer, **upheld)
    sequence()


def offered(town: Town) -> None:
    """Two hand in their final offers."""
    offers(town, date(2014, 3, 24), {1: "270000", 3: "280000"})
    sequence()


def told(reader: str, town: Town, acts: Callable[[Town], None], desk: Desk) -> tuple[int, list[list[str]]]:
    """How many pages a reader finds, and what is different on any of them after these acts."""
    posts = {
        "purchaser": town.purchaser, "finance": town.finance, "city": town.city_finance, "committee": town.committee,
        "taking part": town.social[0], "rival": town.social[2],
    }  # fmt: skip
    client = Client() if reader == "public" else desk(posts[reader])
    before = read(client)
    acts(town)
    after = read(client)
    pages = sorted(before.keys() | after.keys())
    return len(before), [
        differing(before.get(page, ""), after.get(page, ""))
        for page in pages if before.get(page, "") != after.get(page, "")
    ]  # fmt: skip


@pytest.mark.parametrize("reader", ["public", "finance", "city", "committee", "taking part", "rival"])
def test_no_page_count_feed_or_ledger_view_tells_what_goes_on_in_talks(reader: str, desk: Desk, today: Today) -> None:
    town = negotiated()
    sequence()
    today("2014-03-25")
    pages, different = told(reader, town, goes_on, desk)
    assert (pages > 7, different) == (True, [])


@pytest.mark.parametrize("reader", ["public", "purchaser", "finance", "committee", "taking part", "rival"])
def test_nobody_learns_of_final_offers_before_their_time(reader: str, desk: Desk, today: Today) -> None:
    town = negotiated()
    talk(town, date(2014, 3, 20))
    due = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **due)
    sequence()
    today("2014-03-25")
    pages, different = told(reader, town, offered, desk)
    assert (pages > 7, different) == (True, [])


def test_the_purchaser_reads_what_goes_on(desk: Desk, today: Today) -> None:
    """The search is not blind."""
    town = negotiated()
    sequence()
    today("2014-03-25")
    _pages, different = told("purchaser", town, goes_on, desk)
    words = "".join(line for page in different for line in page)
    assert ["逐项确认探访次数和人员" in words, "何时报价" in words] == [True, True]


def test_the_whole_entries_of_the_group_are_for_purchaser_and_group_until_the_result(desk: Desk, today: Today) -> None:
    """They count who takes part, and the last of them names whom it recommends."""
    town = negotiated()
    talk(town, date(2014, 3, 20))
    due = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **due)
    sequence()
    today("2014-03-25")
    assert town.purchase is not None
    pk = town.purchase.pk
    names = ["tender.call", "tender.receive", "tender.conclude"]
    found = [Entry.objects.get(purchase=pk, action=name).pk for name in names]
    readers = [town.purchaser, town.experts[0], town.finance, town.social[0]]

    def opened(post: Post) -> list[tuple[bool, int]]:
        """Of each whether the purchase's page leads there, and what is there."""
        client, urls = desk(post), [f"/purchases/{pk}/entries/{entry}/proof.json" for entry in found]
        page = client.get(f"/purchases/{pk}/").content.decode()
        return [(url in page, client.get(url).status_code) for url in urls]

    assert [opened(post) for post in readers] == [[(True, 200)] * 3] * 2 + [[(True, 200), *[(False, 404)] * 2]] * 2
    Tender.objects.update(awarded_at=moment("2014-03-24"))
    assert [opened(post) for post in readers] == [[(True, 200)] * 3] * 4


def test_that_the_scores_were_looked_at_again_is_the_purchasers_to_know_until_the_award() -> None:
    town = negotiated()
    tender, at = town.latest(Tender), moment("2014-03-25")
    readers = (town.purchaser, town.finance, town.social[0])
    assert [tells("tender.recheck", tender, post, at) for post in readers] == [True, False, False]
    tender.awarded_at = at
    assert [tells("tender.recheck", tender, post, at) for post in readers] == [True, True, True]
