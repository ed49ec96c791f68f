"""What the page of a purchase tells of a dispute, to whom: of talks nothing to others before the result."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.desk.casefile import CaseFile
from gongyue.kernel.models import Post, Purchase
from gongyue.tendering.models import Challenge, Complaint, Tender
from gongyue.tendering.relief import disputes
from tests.journeys.test_methods import negotiated
from tests.tendering.conftest import attempt, moment, objections
from tests.tendering.disputing import ANSWER, accept, challenged, examined, finance

from .conftest import Desk, text

Today = Callable[[str], date]

DAY = date(2018, 10, 15)
pytestmark = pytest.mark.django_db
OPENED: dict[str, Any] = {"awarded_at": None, "winner": None, "state": "scored"}


def stand(line: Line, **given: Any) -> None:
    Tender.objects.filter(purchase=line.purchase).update(**OPENED | given)


def rival(line: Line) -> Post:
    return line.cast.social[3]


def test_others_learn_of_answer_and_pause_with_the_opening_of_talks_with_the_result(line: Line) -> None:
    examined(line)
    line.act("pause.order", None, date(2018, 10, 12), actor=finance(line), seed=str(line.latest(Complaint).pk),
             ends_on="2018-11-08", reason="查")  # fmt: skip

    def told(post: Post) -> tuple[int, int]:
        found = disputes(line.dossier(DAY), post)
        return len(found.told), len(found.pauses)

    readers = (rival(line), line.cast.streets[line.street.pk], line.actor("challenge.answer"), finance(line))
    stand(line)
    assert [told(post) for post in readers] == [(1, 1), (0, 1), (0, 1), (0, 1)]
    stand(line, way="negotiation")
    assert [told(post) for post in readers] == [(0, 0), (0, 0), (0, 1), (0, 1)]
    stand(line, opened_at=None, state="announced")
    assert [told(post) for post in readers] == [(0, 0), (0, 0), (0, 1), (0, 1)]
    stand(line, way="negotiation", opened_at=moment("2018-09-10"), awarded_at=moment("2018-09-17"))
    assert [told(post) for post in readers] == [(1, 1), (0, 1), (0, 1), (0, 1)]


def test_until_when_nobody_else_learns_of_them_follows_the_method(line: Line, desk: Desk, today: Today) -> None:
    examined(line)
    today("2018-10-15")
    page = f"/purchases/{line.purchase.pk}/disputes/"

    def told() -> list[str]:
        shown = text(desk(rival(line)).get(page))
        return [word for word in ("开标以前，只有", "结果公布以前，只有") if word in shown]

    stand(line)
    assert told() == []
    stand(line, opened_at=None, state="announced")
    assert told() == ["开标以前，只有"]
    stand(line, way="negotiation")
    assert told() == ["结果公布以前，只有"]


def test_a_time_that_runs_from_what_the_supplier_knew_is_said_by_its_length(desk: Desk, today: Today, db: None) -> None:
    """Before Order 94 the day it became known counts, and only the supplier knows that."""
    town = negotiated()
    today("2014-03-14")
    assert town.purchase is not None
    page = text(desk(town.social[0]).get(f"/purchases/{town.purchase.pk}/disputes/"))
    ends = re.findall(r'data-label="最后一日">\s*([^<]+)<', page)
    assert ends == ["起算后 7 个工作日内"] * page.count("知道或者应知权益受损之日</td>") != []


def test_that_a_call_has_to_be_ended_after_a_challenge_is_its_holders_alone(line: Line) -> None:
    challenged(line)
    stand(line, way="negotiation")
    accept(line, "2018-09-21")
    upheld = ANSWER | {"outcome": "upheld", "then": "anew"}
    line.act("challenge.answer", line.latest(Challenge), date(2018, 9, 25), **upheld)

    def owed(post: Post) -> list[str]:
        return [row.action for row in CaseFile(line.purchase, post, moment("2018-09-25")).obligations if row.is_open]

    readers = (line.actor("tender.fail"), finance(line), line.cast.city[0], rival(line))
    assert ["tender.fail" in owed(post) for post in readers] == [True, False, False, False]


def refused(purchase: Purchase | None, post: Post, at: str) -> list[str]:
    assert purchase is not None
    return [row.what for row in CaseFile(purchase, post, moment(at)).refusals]


def test_what_was_tried_on_a_dispute_is_told_to_whoever_tried(line: Line) -> None:
    challenged(line)
    officer = line.actor("challenge.answer")
    late = attempt(line, "challenge.return", line.latest(Challenge), moment("2018-09-21"), actor=officer,
                   cause="late", reason="过期")  # fmt: skip
    assert objections(late) == ["return-late-only"]
    readers = (officer, finance(line), line.cast.city[0])
    assert [refused(line.purchase, post, "2018-09-21") for post in readers] == [["退回质疑"], [], []]


@pytest.mark.once
def test_what_was_tried_in_talks_is_told_to_purchaser_and_group_until_the_result() -> None:
    town = negotiated()
    called, received = "发出采购文件", "开启响应文件"
    readers = (town.purchaser, town.finance)
    assert [refused(town.purchase, post, "2014-03-13") for post in readers] == [[received, called], [called]]
    Tender.objects.update(awarded_at=moment("2014-03-13"))
    assert [refused(town.purchase, post, "2014-03-13") for post in readers] == [[received, called]] * 2
