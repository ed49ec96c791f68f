"""领取登记: who took the documents is kept, and told to nobody before the opening."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Package, Tender
from tests.tendering.conftest import attempt, moment, objections

from .conftest import Desk, text, typed
from .test_enquiries import officers, parts

Today = Callable[[str], date]


@pytest.fixture
def taken(calling: Line) -> Line:
    """One organisation that has not bid has taken the documents."""
    calling.act("package.take", None, date(2010, 11, 12), actor=calling.cast.social[4])
    sequence()
    return calling


@pytest.mark.clause("GZ-P-3.2.2b")
def test_one_takes_everything_at_once_and_it_is_kept(calling: Line, desk: Desk, today: Today) -> None:
    on = today("2010-11-13")
    client, address = desk(calling.cast.social[4]), f"/do/package.take/new/?purchase={calling.purchase.pk}"
    tender = calling.latest(Tender)
    parts_of = [tender.requirement, tender.application_form, tender.background, tender.resources]
    before = text(client.get("/calls/"))
    assert [part in before for part in parts_of] == [False] * 4
    sent = client.post(address, typed(calling, "package.take", Package(), on))
    assert (sent.status_code, sent["Location"]) == (303, "/calls/")
    after = text(client.get("/calls/"))
    assert [part in after for part in parts_of] == [True] * 4
    row = calling.latest(Package)
    assert (row.organisation_id, row.taken_at.date()) == (calling.cast.social[4].organisation_id, on)


def test_on_its_last_day_a_call_ends_today(calling: Line, desk: Desk, today: Today) -> None:
    client = desk(calling.cast.social[4])
    counts = []
    for day in ("2010-11-22", "2010-11-23"):
        today(day)
        counts += re.findall(r'obligation-days"><b>([^<]+)</b><small>([^<]+)<', text(client.get("/calls/")))
    assert counts == [("1", "天后截止"), ("今天", "截止")]


def test_it_is_taken_once(taken: Line) -> None:
    again = find("package.take", actor=taken.cast.social[4], at=moment("2010-11-13"), purchase=taken.purchase)
    other = find("package.take", actor=taken.cast.social[3], at=moment("2010-11-13"), purchase=taken.purchase)
    assert (again is None, other is None) == (True, False)


@pytest.mark.clause("GZ-P-3.2.2b")
def test_no_office_takes_them(calling: Line) -> None:
    officer = calling.actor("tender.publish")
    mine = Package(purchase=calling.purchase, tender=calling.latest(Tender), organisation=officer.organisation)
    outcome = attempt(calling, "package.take", mine, moment("2010-11-12"), actor=officer)
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.2.2b")
def test_no_page_before_the_opening_tells_who_or_how_many(taken: Line, desk: Desk, today: Today) -> None:
    today("2010-11-16")
    name, row, entry = taken.cast.social[4].organisation.name, taken.latest(Package), Entry.objects.last()
    assert entry is not None
    readers = [*officers(taken), taken.cast.social[0]]
    for post in readers:
        client = desk(post)
        told = [url for url in [*parts(taken), "/audit/", "/audit/?only=refused"] if name in text(client.get(url))]
        assert (post.title, told) == (post.title, [])
        assert "招标资料领取登记" not in text(client.get(f"/purchases/{taken.purchase.pk}/openness/"))
        assert client.get(f"/purchases/{taken.purchase.pk}/package/{row.pk}/").status_code == 404
        assert client.get(f"/purchases/{taken.purchase.pk}/entries/{entry.pk}/proof.json").status_code == 404
        assert client.get(f"/audit/entries/{entry.pk}/").status_code == 404
    assert Role.objects.filter(purchase=taken.purchase, organisation=taken.cast.social[4].organisation).count() == 0
    assert Obligation.objects.filter(purchase=taken.purchase, opened_by=entry.pk).count() == 0


@pytest.mark.clause("GZ-P-3.2.2b")
def test_after_the_opening_officers_read_the_register(taken: Line, desk: Desk, today: Today) -> None:
    taken.bid(date(2010, 11, 18), {3: "1990000"})
    taken.act("tender.open", taken.latest(Tender), date(2010, 11, 24))
    today("2010-11-25")
    url, name = f"/purchases/{taken.purchase.pk}/openness/", taken.cast.social[4].organisation.name
    bureau, rival = taken.cast.bureaus[taken.district][0], taken.cast.social[0]
    assert [name in text(desk(post).get(url)) for post in (bureau, rival)] == [True, False]


@pytest.fixture
def unopened(taken: Line) -> Line:
    """Somebody else asked as well, was refused once afterwards, and the call ended before its opening."""
    taken.act("enquiry.ask", None, date(2010, 11, 13), actor=taken.cast.social[3])
    officer = taken.actor("tender.publish")
    mine = Package(purchase=taken.purchase, tender=taken.latest(Tender), organisation=officer.organisation)
    assert objections(attempt(taken, "package.take", mine, moment("2010-11-14"), actor=officer)) == ["kernel.capacity"]
    taken.act("tender.fail", taken.latest(Tender), date(2010, 11, 20), reason="需求有变")
    sequence()
    return taken


@pytest.mark.parametrize("address", ["/audit/", "/audit/?only=refused"])
def test_a_call_that_ended_unopened_keeps_its_secrets_from_the_audit(
    address: str, unopened: Line, desk: Desk, today: Today
) -> None:
    today("2010-11-25")
    client = desk(unopened.cast.audits[unopened.district])
    page = text(client.get(address))
    names = [unopened.cast.social[n].organisation.name for n in (0, 1, 3, 4)]
    assert [name for name in names if name in page] == []
    assert ["终止招标" in page, "领取招标资料" in page] == [address == "/audit/", False]
    sealed = Entry.objects.filter(action__in=["bid.submit", "package.take", "enquiry.ask"])
    assert [client.get(f"/audit/entries/{entry.pk}/").status_code for entry in sealed] == [404] * 4


def test_what_was_opened_is_in_the_trail_though_it_failed(judging: Line, desk: Desk, today: Today) -> None:
    judging.act("tender.fail", judging.latest(Tender), date(2010, 11, 25), reason="需求有变")
    today("2010-11-26")
    page = text(desk(judging.cast.audits[judging.district]).get("/audit/?kind=bid"))
    names = [judging.cast.social[n].organisation.name for n in (0, 1, 3)]
    assert [name in page for name in names] == [True] * 3
