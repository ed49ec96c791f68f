"""Two at once: whoever comes second is told so, and nothing is done twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from gongyue.budget.queries import reconcile
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import announced, awarded, claimed
from gongyue.kernel.models import Post, Purchase, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome, perform
from gongyue.ledger.models import Entry, Pending
from gongyue.ledger.verify import verify
from gongyue.payments.models import Payment
from gongyue.tendering.models import Tender
from tests.town import at

pytestmark = pytest.mark.django_db(transaction=True)
Act = Callable[[], Outcome]


def at_once(*acts: Act) -> list[Outcome]:
    """Each in a thread and on a connection of its own, let go together; in the order given."""
    start = Barrier(len(acts))

    def run(act: Act) -> Outcome:
        try:
            start.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))


def act(line: Line, name: str, subject: Subject, actor: Post, on: str, request: UUID | None = None, **data: Any) -> Act:
    """What the page would send, from a page of its own."""
    paper = PAPERS[name](line, subject, date.fromisoformat(on)) if name in PAPERS else {}
    given = {"data": {**paper, **data}, "seen": subject.version, "request_id": request or uuid4()}
    return lambda: perform(name, subject, actor=actor, at=at(on), **given)


def what(outcomes: list[Outcome]) -> list[str]:
    return sorted("done" if o.entry is not None else o.findings[0].rule for o in outcomes)


def test_one_contract_though_two_officers_draft_it(line: Line) -> None:
    awarded(line, date(2010, 9, 15))
    officers = line.cast.bureaus[line.district]
    pages = [find("contract.draft", actor=post, at=at("2010-10-20"), purchase=line.purchase) for post in officers]
    outcomes = at_once(*(
        act(line, "contract.draft", page, post, "2010-10-20", number=f"GZ-{post.pk}")
        for page, post in zip(pages, officers, strict=True) if page is not None
    ))  # fmt: skip
    assert (what(outcomes), Contract.objects.filter(purchase=line.purchase).count()) == (["done", "kernel.conflict"], 1)
    loser = next(outcome for outcome in outcomes if outcome.entry is None)
    assert (loser.subject.pk, loser.subject.version, loser.subject.state) == (None, 0, "")


def test_a_street_is_opened_once_and_a_double_click_is_told_so(line: Line) -> None:
    office, request = line.cast.streets[line.street.pk], uuid4()
    pages = [Purchase.unborn(None, office)[0] for _ in range(2)]
    twice = at_once(*(act(line, "purchase.open", page, office, "2010-08-10", request) for page in pages))
    assert (what(twice), twice[0].entry, sorted(o.repeated for o in twice)) == (
        ["done", "done"], twice[1].entry, [False, True],
    )  # fmt: skip
    assert Purchase.objects.count() == 1
    other = Line(line.cast, line.district, "建设街")
    office = line.cast.streets[other.street.pk]
    pages = [Purchase.unborn(None, office)[0] for _ in range(2)]
    outcomes = at_once(*(act(other, "purchase.open", page, office, "2010-08-10") for page in pages))
    assert what(outcomes) in (["done", "kernel.conflict"], ["done", "one-project-per-street"])
    assert Purchase.objects.count() == 2


def test_bids_are_opened_once(line: Line) -> None:
    announced(line, date(2010, 11, 1))
    line.bid(date(2010, 11, 16), {0: "1960000", 1: "1985000", 3: "1990000"})
    tender, officers = line.latest(Tender), line.cast.bureaus[line.district]
    outcomes = at_once(*(act(line, "tender.open", tender, post, "2010-11-23") for post in officers))
    assert what(outcomes) == ["done", "kernel.stale"]
    assert Entry.objects.filter(action="tender.open").count() == 1


def test_money_is_paid_once(line: Line) -> None:
    claimed(line, date(2010, 9, 15))
    payments = list(Payment.objects.select_related(*Payment.related).order_by("pk"))
    finance = (line.cast.city_finance, line.cast.finances[line.district])
    payers = {post.organisation_id: post for post in finance if post is not None}
    outcomes = at_once(*(
        act(line, "payment.pay", payment, payers[payment.payer_id], "2010-12-01")
        for payment in payments for _ in range(2)
    ))  # fmt: skip
    assert what(outcomes) == ["done", "done", "kernel.stale", "kernel.stale"]
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}
    assert (reconcile(), list(verify()), Pending.objects.count()) == ([], [], 0)
