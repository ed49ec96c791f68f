"""Before the opening nothing tells who took the documents, asked, took note of a change or bid, nor how many did.

Every page that a reader reaches by its links is read before and after such acts: it must be the same to the letter, but
for what is new on every request and for the heads of the whole ledger, which grow with every act of every purchase.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from difflib import unified_diff

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import ConsortiumMember
from tests.tendering import evaluating
from tests.tendering.conftest import attempt, drafting, moment, objections, ready  # noqa: F401
from tests.tendering.test_changes import calling as changing  # noqa: F401
from tests.tendering.test_changes import change

from .conftest import Desk

Today = Callable[[str], date]
LINK = re.compile(r'href="(/[^"#]*)')
PASSING = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|name="csrf-token" content="[^"]+"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # a request's number
    r'|反映问题时请报编号 <b class="number">[^<]+'
    # the head of the whole ledger, which every act of every purchase moves
    r"|<h2>证明</h2>.*|<dt>台账条数</dt><dd>\d+|，共 \d+ 条|<dd class=.digest.>[0-9a-f]{64}"
)
APART = re.compile(r"^/(static|logout|set-language|act-as|login|regimes)|proof.json|check_proof")
MOST = 120

pytestmark = pytest.mark.once  # crawls page by page


def read(client: Client) -> dict[str, str]:
    """Every page that links lead to from the workbench and from the public site, by its address."""
    found: dict[str, str] = {}
    waiting = ["/", "/desk/", "/audit/", "/audit/?only=refused", "/calls/"]
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        if address in found or APART.search(address):
            continue
        answer = client.get(address)
        kind = answer.headers.get("Content-Type", "")
        told = any(one in kind for one in ("text/", "json"))
        body = PASSING.sub("", b"".join(answer).decode()) if told else str(b"".join(answer) != b"")
        found[address] = f"{answer.status_code} {body}"
        waiting += [html.unescape(link) for link in LINK.findall(body)]
    return found


def differing(before: str, after: str) -> list[str]:
    """The lines that are not the same, for whoever has to find out why."""
    return list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[3:]


@pytest.fixture
def changed(changing: Line) -> Line:  # noqa: F811
    change(changing, "2018-05-09")
    sequence()
    return changing


def acts(line: Line) -> None:
    """Two take the documents, one of them takes note of the change, both form a consortium, it bids."""
    social = line.cast.social
    for index in (1, 3):
        line.act("package.take", None, date(2018, 5, 10), actor=social[index])
    line.act("changereceipt.confirm", None, date(2018, 5, 10), actor=social[1])
    names = [social[index].organisation.name for index in (1, 3)]
    line.act(
        "consortium.form", None, date(2018, 5, 10), actor=social[1], agreement="分工与连带责任",
        members=[{"name": name, "work": "服务", "percent": "50"} for name in names],
    )  # fmt: skip
    member = ConsortiumMember.objects.get(organisation=social[3].organisation)
    line.act("consortiummember.confirm", member, date(2018, 5, 10), actor=social[3], agreed=True)
    line.act("bid.submit", None, date(2018, 5, 11), actor=social[1], price="1950000")
    sequence()


@pytest.mark.parametrize("reader", ["public", "bureau", "city", "audit", "rival"])
def test_no_page_count_feed_or_ledger_view_changes(reader: str, changed: Line, desk: Desk, today: Today) -> None:
    today("2018-05-14")
    client = Client() if reader == "public" else desk(who(changed, reader))
    before = read(client)
    acts(changed)
    after = read(client)
    assert len(before) > 12
    assert sorted(before.keys() ^ after.keys()) == []
    assert [differing(before[address], after[address]) for address in before if before[address] != after[address]] == []


def who(line: Line, reader: str) -> Post:
    cast = line.cast
    return {
        "bureau": cast.bureaus[line.district][0], "city": cast.city[0], "audit": cast.audits[line.district],
        "rival": cast.social[2],
    }[reader]  # fmt: skip


def test_who_tried_to_form_a_consortium_is_as_secret_as_who_bid(calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-12")
    bidder = calling.cast.social[0]
    names = [calling.cast.social[index].organisation.name for index in (0, 3)]
    tried = attempt(
        calling, "consortium.form", None, moment("2010-11-11"), actor=bidder, agreement="分工与连带责任",
        members=[{"name": name, "work": "服务", "percent": "50"} for name in names],
    )  # fmt: skip
    assert objections(tried) == ["consortium-stays-with-its-bid"]
    for reader in (*calling.cast.bureaus[calling.district], calling.cast.finances[calling.district]):
        page = desk(reader).get(f"/purchases/{calling.purchase.pk}/").content.decode()
        assert (bidder.person.name in page, bidder.organisation.name in page) == (False, False)


def test_what_its_members_did_or_tried_tells_nobody_who_sits_on_a_panel(
    ready: Line, desk: Desk, today: Today,  # noqa: F811
) -> None:  # fmt: skip
    evaluating.done(evaluating.plan(ready))
    evaluating.done(evaluating.seat(ready))
    expert, cast = ready.cast.experts[0], ready.cast
    assert objections(evaluating.sign_in(ready, expert, relation="family")) == ["member-not-tied"]
    evaluating.done(evaluating.sign_in(ready, expert))
    today("2018-04-04")
    auditor, finance = cast.audits[ready.district], cast.finances[ready.district]
    pages = [(auditor, "/audit/"), (auditor, "/audit/?only=refused"), (finance, f"/purchases/{ready.purchase.pk}/")]
    told = {address for reader, address in pages if expert.person.name in desk(reader).get(address).content.decode()}
    assert told == set()
