"""Guangdong in 2012: the purchaser supervises itself, and whoever breaks the rules is dealt with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongyue.demonstration.cast import Refused
from gongyue.kernel.models import Obligation, Post
from gongyue.oversight.models import InternalControl, Violation, ViolationReply
from tests.desk.conftest import Desk, desk, today
from tests.outside import City
from tests.parties.acts import attempt, refusals

from .test_guangdong import Futian, contracted, day, futian, line

__all__ = ["City", "desk", "futian", "line", "today"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]
CONTROL = {
    "title": "购买服务内部监督办法", "number": "福残〔2012〕5号", "watcher": "办公室", "measures": "经办与复核分设。",
}  # fmt: skip
DECIDED = [("penalty", "福田区财政局"), ("discipline", "福田区监察局"), ("justice", "福田区检察院")]
OUTCOMES = [
    {"outcome": outcome, "authority": authority, "number": f"〔2012〕{n}号", "on": f"2012-12-0{n}", "content": "见文书"}
    for n, (outcome, authority) in enumerate(DECIDED, 1)
]


def seat(line: Futian, office: str) -> Post:
    return line.cast.seats[office][0]


@pytest.mark.clause("GD-9.4")
def test_a_purchaser_owes_its_own_supervision_from_the_first_day(line: Futian) -> None:
    line.start(day(6, 4), service_class="social")
    owed = Obligation.objects.get(purchase=line.purchase, action="control.record")
    assert (owed.organisation.name, owed.is_open) == ("福田区残联", True)
    line.act("control.record", None, day(6, 5), **CONTROL)
    owed.refresh_from_db()
    kept: InternalControl = line.latest(InternalControl)
    assert (owed.is_open, kept.title, kept.watcher) == (False, "购买服务内部监督办法", "办公室")


@pytest.mark.clause("GD-9.4")
def test_a_case_ends_in_a_penalty_discipline_or_before_justice(
    line: Futian, desk: Desk, today: Callable[[str], date]
) -> None:
    contracted(line)
    told: dict[str, Any] = {"what": "以劳务费名义套取资金。", "provision": "财政资金专款专用。"}
    provider = line.contract().provider
    assert provider is not None
    line.act("violation.open", None, day(11, 20), actor=seat(line, "福田区监察局"), about=str(provider.pk), **told)
    case: Violation = line.latest(Violation)
    asked = Obligation.objects.get(purchase=line.purchase, action="violationreply.give", is_open=True)
    assert asked.organisation == provider
    line.act("violationreply.give", line.latest(ViolationReply), day(11, 26), statement="已退回。",
             actor=next(post for post in line.cast.social if post.organisation_id == provider.pk))  # fmt: skip

    today("2012-12-06")
    page = desk(seat(line, "福田区监察局")).get(reverse("desk:do", args=["violation.decide", case.pk])).content.decode()
    assert 'name="reasons"' in page
    stranger = attempt(
        "violation.decide", case, seat(line, "福田区审计局"), "2012-12-06", outcomes=OUTCOMES, reasons="x"
    )
    assert refusals(stranger) == ["kernel.owner"]
    with pytest.raises(Refused, match="violation-dealt-with"):
        line.act("violation.decide", case, day(12, 6), actor=seat(line, "福田区监察局"), outcomes=[], reasons="属实。")
    line.act(
        "violation.decide", case, day(12, 6), actor=seat(line, "福田区监察局"), outcomes=OUTCOMES, reasons="属实。"
    )
    case.refresh_from_db()
    assert [row["outcome"] for row in case.outcomes] == ["penalty", "discipline", "justice"]
    assert (case.state, case.about) == ("decided", provider)
    assert case.visible_to(seat(line, "福田区审计局"))
    other = next(post for post in line.cast.social if post.organisation_id != provider.pk)
    assert not case.visible_to(other)


def test_where_nothing_was_broken_the_case_is_dropped(line: Futian) -> None:
    contracted(line)
    told = {"what": "举报虚报人数。", "provision": "合同第三条。"}
    purchaser = str(line.office[0].organisation_id)
    line.act("violation.open", None, day(11, 20), actor=line.money, about=purchaser, **told)
    line.act("violation.drop", line.latest(Violation), day(11, 27), actor=line.money, reason="查无实据。")
    assert line.latest(Violation).state == "dropped"
    assert not Obligation.objects.filter(purchase=line.purchase, action="violationreply.give", is_open=True).exists()
