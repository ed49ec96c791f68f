"""What the pages tell of enquiries: the answer to everybody, the asker to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Clarification, Enquiry

from .conftest import Desk, text, typed

Today = Callable[[str], date]
ANSWER = "招标文件未要求审计，提供机构自行编制并盖章的报表即可。"


@pytest.fixture
def asked(calling: Line) -> Line:
    """One enquiry, of an organisation that has not bid, not answered yet."""
    calling.act("enquiry.ask", None, date(2010, 11, 12), actor=calling.cast.social[4])
    sequence()
    return calling


@pytest.fixture
def answered(asked: Line) -> Line:
    asked.act("clarification.give", asked.latest(Clarification), date(2010, 11, 15))
    sequence()
    return asked


def officers(line: Line) -> list[Post]:
    cast = line.cast
    audit = cast.audits[line.district]
    return [*cast.bureaus[line.district], cast.city[0], cast.streets[line.street.pk], audit]


def parts(line: Line) -> list[str]:
    pk = line.purchase.pk
    return [f"/purchases/{pk}/", f"/purchases/{pk}/openness/", "/purchases/", "/desk/", "/desk/?tab=todo"]


@pytest.mark.clause("GZ-P-3.2.2c")
@pytest.mark.parametrize("index", [0, 3, 4])
def test_every_holder_of_the_documents_reads_the_answer(index: int, answered: Line, desk: Desk, today: Today) -> None:
    today("2010-11-16")
    page = text(desk(answered.cast.social[index]).get("/calls/"))
    assert (ANSWER in page, answered.cast.social[4].organisation.name in page) == (True, index == 4)


@pytest.mark.clause("GZ-P-3.2.2c")
def test_the_public_reads_the_answer_with_the_notice(answered: Line, today: Today) -> None:
    today("2010-11-16")
    entry = Entry.objects.get(action="clarification.give")
    assert f"/notices/{entry.pk}/" in text(Client().get(f"/projects/{answered.purchase.pk}/"))
    page = text(Client().get(f"/notices/{entry.pk}/"))
    assert (ANSWER in page, answered.cast.social[4].organisation.name in page) == (True, False)


@pytest.mark.clause("GZ-P-3.2.2c")
def test_no_page_before_the_opening_tells_who_asked(answered: Line, desk: Desk, today: Today) -> None:
    today("2010-11-16")
    late = desk(answered.cast.social[4])
    late.post(f"/do/enquiry.ask/new/?purchase={answered.purchase.pk}", {"question": "", "seen": "0"})
    name = answered.cast.social[4].organisation.name
    told = [
        (post.title, url)
        for post in [*officers(answered), answered.cast.social[0]]
        for url in [*parts(answered), "/audit/", "/audit/?only=refused"]
        if name in text(desk(post).get(url))
    ]
    assert told == []


@pytest.mark.clause("GZ-P-3.2.2c")
def test_the_enquiry_itself_does_not_exist_for_others(asked: Line, desk: Desk, today: Today) -> None:
    today("2010-11-13")
    enquiry, entry = asked.latest(Enquiry), Entry.objects.get(action="enquiry.ask")
    for post in [*officers(asked), asked.cast.social[0]]:
        client = desk(post)
        assert client.get(f"/purchases/{asked.purchase.pk}/enquiry/{enquiry.pk}/").status_code == 404
        assert client.get(f"/purchases/{asked.purchase.pk}/entries/{entry.pk}/proof.json").status_code == 404


def test_that_somebody_asked_is_told_to_the_purchaser_alone(asked: Line, desk: Desk, today: Today) -> None:
    today("2010-11-13")
    url = f"/purchases/{asked.purchase.pk}/"
    bureau, rival = asked.cast.bureaus[asked.district][0], asked.cast.social[0]
    assert ["答复询问" in text(desk(post).get(url)) for post in (bureau, rival)] == [True, False]


def test_the_purchaser_reads_the_question_where_it_answers(asked: Line, desk: Desk, today: Today) -> None:
    today("2010-11-13")
    pending = asked.latest(Clarification)
    client = desk(asked.cast.bureaus[asked.district][0])
    page = text(client.get(f"/do/clarification.give/{pending.pk}/"))
    assert ("是否须经会计师事务所审计" in page, asked.cast.social[4].organisation.name in page) == (True, False)
    assert desk(asked.cast.social[0]).get(f"/do/clarification.give/{pending.pk}/").status_code == 404


def test_one_asks_from_the_list_of_calls_and_is_back_there(calling: Line, desk: Desk, today: Today) -> None:
    on = today("2010-11-13")
    client = desk(calling.cast.social[4])
    address = f"/do/enquiry.ask/new/?purchase={calling.purchase.pk}"
    assert f'href="{address}"' in text(client.get("/calls/"))
    page = client.get(address)
    assert (page.status_code, 'href="/calls/"' in text(page)) == (200, True)
    sent = client.post(address, typed(calling, "enquiry.ask", Enquiry(), on))
    assert (sent.status_code, sent["Location"]) == (303, "/calls/")


def test_after_the_opening_officers_read_who_asked(answered: Line, desk: Desk, today: Today) -> None:
    answered.bid(date(2010, 11, 18), {3: "1990000"})
    answered.act("tender.open", answered.latest(Clarification).tender, date(2010, 11, 24))
    today("2010-11-25")
    url, name = f"/purchases/{answered.purchase.pk}/openness/", answered.cast.social[4].organisation.name
    bureau, rival = answered.cast.bureaus[answered.district][0], answered.cast.social[0]
    assert [name in text(desk(post).get(url)) for post in (bureau, rival)] == [True, False]


def test_queries(answered: Line, desk: Desk, today: Today, django_assert_num_queries: Any) -> None:
    today("2010-11-16")
    client = desk(answered.cast.bureaus[answered.district][0])
    with django_assert_num_queries(32):
        client.get(f"/purchases/{answered.purchase.pk}/openness/")
