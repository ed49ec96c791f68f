"""Objections to the result of a tender: from its notice to the purchaser, and the reply back beside the notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import announced, awarded
from gongyue.disclosure.queries import notices_at
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.oversight.models import Feedback
from gongyue.oversight.queries import contact_of, name_of, objections
from tests.contracts.stages import attempt, rules
from tests.desk.conftest import Desk, desk, text, today

__all__ = ["desk", "today"]
DAY = date(2010, 12, 1)
SENT = {"sender": "supplier", "words": "督导人员重复投标", "name": "木棉社工", "contact": "13700000000"}


@pytest.fixture
def december(line: Line, today: Callable[[str], date]) -> Line:
    awarded(line, date(2010, 9, 15))
    sequence()
    today("2010-12-01")
    return line


def notice(line: Line) -> Entry:
    return Entry.objects.get(purchase=line.purchase.pk, action="tender.award")


def page(line: Line) -> str:
    return f"/notices/{notice(line).pk}/"


def send(line: Line, client: Client | None = None, **changes: Any) -> Any:
    return (client or Client()).post(f"{page(line)}objection/", SENT | {"key": str(uuid4())} | changes)


def owed(line: Line) -> list[tuple[str, str, date | None]]:
    rows = Obligation.objects.filter(purchase=line.purchase, action__startswith="feedback", is_open=True)
    return [(row.action, str(row.organisation), row.due_on) for row in rows.order_by("pk")]


@pytest.mark.clause("GZ-P-3.3.1")
def test_anybody_objects_on_the_notice_and_the_purchaser_owes_a_reply(december: Line) -> None:
    assert f'href="{page(december)}objection/"' in text(Client().get(page(december)))
    assert "gz-objection-days" in {slot.id for slot in december.regime.slots}
    assert "答复的期限：规范只要求结果“接受公众监督”" in text(Client().get(f"{page(december)}objection/"))
    answer = send(december)
    objection = Feedback.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/feedback/{objection.receipt}/")
    assert (objection.state, objection.notice, objection.sender, objection.received_on) == (
        "objected", notice(december).pk, "supplier", DAY,
    )  # fmt: skip
    purchaser = december.actor("tender.award").organisation
    assert (objection.handler, owed(december)) == (purchaser, [("feedback.reply", str(purchaser), None)])
    assert "异议已收到，待答复" in text(Client().get(answer.url))


@pytest.mark.clause("GZ-P-3.3.1")
def test_the_reply_is_read_beside_the_notice_and_is_a_notice_itself(december: Line) -> None:
    december.act("feedback.object", None, DAY, seed=str(notice(december).pk))
    assert "收到 1 件，已答复 0 件" in text(Client().get(page(december)))
    objection = Feedback.objects.get()
    outcome = december.act("feedback.reply", objection, date(2010, 12, 3))
    objection.refresh_from_db()
    assert (objection.state, objection.answered_on, owed(december)) == ("replied", date(2010, 12, 3), [])
    shown = text(Client().get(page(december)))
    assert ("收到 1 件，已答复 1 件" in shown, objection.public_text in shown) == (True, True)
    assert objection.public_text in text(Client().get(f"/projects/{december.purchase.pk}/feedback/"))
    sequence()
    assert outcome.entry is not None
    (published,) = notices_at(outcome.entry.pk)
    assert (published.kind, published.cite) == ("objection", "gz-procedure-2010#三(三)1")
    assert published.values == {"feedback.received_on": "2010-12-01", "input.public_text": objection.public_text}


@pytest.mark.clause("GZ-P-3.3.1")
def test_who_objects_is_known_to_the_purchaser_alone(december: Line, desk: Desk) -> None:
    send(december)
    objection, cast = Feedback.objects.get(), december.cast
    entry = Entry.objects.get(subject=objection.key)
    private = ("督导人员重复投标", "木棉社工", "13700000000")
    assert [word for word in private if word in entry.body] == []
    shown = [
        Client().get(url) for url in (page(december), f"/feedback/{objection.receipt}/", f"{page(december)}objection/")
    ]
    assert [word for word in private for answer in shown if word in text(answer)] == []
    inside = f"/feedback-desk/{objection.pk}/"
    assert [word in text(desk(cast.bureaus[december.district][0]).get(inside)) for word in private] == [True] * 3
    for post in (cast.social[0], cast.social[1], cast.streets[december.street.pk]):
        assert desk(post).get(inside).status_code == 404
    december.act("feedback.forget", objection, DAY)
    objection.refresh_from_db()
    assert (objection.words, name_of(objection), contact_of(objection), entry.openings.count()) == ("", "", "", 0)


@pytest.mark.clause("GZ-P-3.3.1")
def test_without_a_name_it_is_anonymous_and_taken_all_the_same(december: Line, desk: Desk) -> None:
    assert send(december, name="", contact="").status_code == 302
    inside = text(desk(december.actor("tender.award")).get(f"/feedback-desk/{Feedback.objects.get().pk}/"))
    assert ("参加投标的单位" in inside, "匿名" in inside) == (True, True)


@pytest.mark.clause("GZ-P-3.3.1")
def test_one_browser_objects_ten_times(december: Line) -> None:
    client = Client()
    assert [send(december, client).status_code for _n in range(11)] == [302] * 10 + [429]
    assert (send(december, website="http://x").status_code, Feedback.objects.count()) == (200, 10)


@pytest.mark.clause("GZ-P-3.3.1")
def test_an_objection_goes_its_own_way_and_nothing_else_goes_it(december: Line) -> None:
    """Neither taken on, passed on nor answered as a complaint; a complaint is not replied to as an objection."""
    key = str(notice(december).pk)
    objection = december.act("feedback.object", None, DAY, seed=key).subject
    bureau, provider = december.cast.bureaus[december.district][0], december.cast.social[0]
    inside = Feedback.objecting(december.purchase, notice(december).pk)
    assert rules(attempt(december, "feedback.object", inside, DAY, actor=provider)) == ["kernel.capacity"]
    for name, stopped in (("accept", "procedure"), ("transfer", "state"), ("answer", "procedure")):
        assert rules(attempt(december, f"feedback.{name}", objection, DAY, actor=bureau)) == [f"kernel.{stopped}"]
    assert rules(attempt(december, "feedback.reply", objection, DAY, actor=provider)) == ["kernel.capacity"]
    complaint = december.act("feedback.submit", None, DAY).subject
    assert rules(attempt(december, "feedback.reply", complaint, DAY, actor=bureau)) == ["kernel.procedure"]
    for name, seed in (("object", ""), ("submit", key)):
        unborn = next(one for one in Feedback.unborn(december.dossier(DAY), december.actor("feedback.submit"))
                      if one.seed == seed)  # fmt: skip
        assert rules(attempt(december, f"feedback.{name}", unborn, DAY)) == ["kernel.procedure"]


def test_only_a_result_that_was_made_known_can_be_objected_to(line: Line, today: Callable[[str], date]) -> None:
    announced(line, date(2010, 11, 1))
    sequence()
    today("2010-11-20")
    call = Entry.objects.get(purchase=line.purchase.pk, action="tender.publish")
    assert (objections(call.pk, line.regime), "提出异议" in text(Client().get(f"/notices/{call.pk}/"))) == (None, False)
    for pk in (call.pk, call.pk + 10_000):
        assert Client().get(f"/notices/{pk}/objection/").status_code == 404
    unborn = Feedback.unborn(line.dossier(date(2010, 11, 20)), line.actor("feedback.submit"))
    assert [one.seed for one in unborn] == [""]
