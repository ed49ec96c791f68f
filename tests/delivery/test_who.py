"""Who may not do what in delivery: each act belongs to one side."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.delivery.models import Briefing, Coordination, Receipt, Referral, Volunteer
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from tests.contracts.stages import attempt, rules

ON = date(2010, 11, 20)


def refused(line: Line, action: str, subject: object, actor: Post) -> list[str]:
    return rules(attempt(line, action, subject, ON, actor=actor))


def street(line: Line) -> Post:
    return line.cast.streets[line.street.pk]


@pytest.mark.clause("GZ-S-1.4")
def test_the_street_registers_neither_workers_nor_volunteers(staffed: Line) -> None:
    staffed.act("volunteer.enrol", None, ON)
    volunteer = staffed.latest(Volunteer)
    assert refused(staffed, "worker.join", None, street(staffed)) == ["kernel.capacity"]
    assert refused(staffed, "volunteer.enrol", None, street(staffed)) == ["kernel.capacity"]
    assert refused(staffed, "volunteer.pair", volunteer, street(staffed)) == ["kernel.capacity"]
    staffed.act("volunteer.pair", volunteer, ON)
    assert refused(staffed, "volunteer.serve", volunteer, street(staffed)) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-A1.7", "GZ-S-2.2b")
def test_the_city_lists_no_partner_and_the_street_does_not_refer(staffed: Line) -> None:
    assert refused(staffed, "partner.list", None, staffed.cast.city[0]) == ["kernel.capacity"]
    assert refused(staffed, "referral.send", None, street(staffed)) == ["kernel.capacity"]
    staffed.act("referral.send", None, ON)
    referral = staffed.latest(Referral)
    assert refused(staffed, "referral.receive", referral, street(staffed)) == ["kernel.capacity"]
    staffed.act("referral.receive", referral, ON, actor=staffed.cast.departments["disabled"])
    assert refused(staffed, "referral.answer", referral, street(staffed)) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.3.4a")
def test_the_provider_asks_and_reopens_and_does_not_answer_itself(filed: Line) -> None:
    provider = filed.actor("coordination.raise")
    assert refused(filed, "coordination.raise", None, street(filed)) == ["kernel.capacity"]
    filed.act("coordination.raise", None, ON)
    asked = filed.latest(Coordination)
    assert refused(filed, "coordination.answer", asked, provider) == ["kernel.capacity"]
    filed.act("coordination.answer", asked, ON, actor=street(filed))
    assert refused(filed, "coordination.reopen", asked, street(filed)) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-4.5d")
def test_the_provider_plans_and_does_not_sign_for_its_plan(filed: Line) -> None:
    provider = filed.actor("plan.submit")
    assert refused(filed, "plan.submit", None, street(filed)) == ["kernel.capacity"]
    filed.act("plan.submit", None, ON)
    assert refused(filed, "receipt.sign", filed.latest(Receipt), provider) == ["kernel.capacity"]


@pytest.mark.clause("GZ-P-3.3.5c")
def test_the_provider_briefs_and_the_purchaser_receives(filed: Line) -> None:
    provider = filed.actor("briefing.submit")
    filed.act("cycle.set", None, ON)
    assert refused(filed, "briefing.submit", None, street(filed)) == ["kernel.capacity"]
    filed.act("briefing.submit", None, ON)
    assert refused(filed, "briefing.receive", filed.latest(Briefing), provider) == ["kernel.capacity"]
