from __future__ import annotations

from datetime import date

import pytest

from gongyue.delivery.forms.cooperation import departments
from gongyue.delivery.models import Contact, Coordination, Partner, Referral
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Role
from gongyue.kernel.queries import seated_purchase, visible_purchase
from gongyue.ledger.models import Entry
from tests.contracts.stages import attempt, rules

ON = date(2010, 11, 20)


@pytest.mark.clause("GZ-S-A1.7")
def test_six_departments_can_be_partners_each_with_service_and_contact(filed: Line) -> None:
    assert [code for code, _name in departments(filed.regime)] == [
        "labour", "health", "culture", "youth", "women", "disabled",
    ]  # fmt: skip
    office = filed.cast.departments["health"]
    filed.act("partner.list", None, ON, department="health", organisation=office.organisation_id)
    partner = filed.latest(Partner)
    assert (partner.department, partner.organisation, partner.service, partner.contact) == (
        "health", office.organisation, "康复训练与辅助器具适配", "康复部 020-8000 0000（演示）",
    )  # fmt: skip
    assert partner.get_department_display() == "卫生部门"
    assert "8000" not in Entry.objects.filter(action="partner.list").latest("pk").body
    outcome = attempt(filed, "partner.list", None, ON, department="police")
    assert list(outcome.form.errors) == ["department"]
    bare = attempt(filed, "partner.list", None, ON, service="", contact="")
    assert sorted(bare.form.errors) == ["contact", "service"]


@pytest.mark.clause("GZ-S-2.2b")
def test_out_of_the_centre_with_consent_received_and_answered(staffed: Line) -> None:
    department = staffed.cast.departments["disabled"]
    outcome = attempt(staffed, "referral.send", None, ON, consented=False)
    assert list(outcome.form.errors) == ["consented"]
    staffed.act("referral.send", None, ON)
    referral = staffed.latest(Referral)
    assert (referral.receiver, referral.consent_on) == (department.organisation, ON)
    waits = Obligation.objects.get(action="referral.receive", is_open=True)
    assert (waits.organisation, waits.subject) == (department.organisation, referral.key)
    assert seated_purchase(department, staffed.purchase.pk, on=ON) == staffed.purchase
    assert visible_purchase(department, staffed.purchase.pk, on=ON) is None
    other = staffed.cast.departments["women"]
    assert rules(attempt(staffed, "referral.receive", referral, ON, actor=other)) == ["kernel.owner"]
    assert not referral.visible_to(other)
    staffed.act("referral.receive", referral, date(2010, 11, 22), actor=department)
    waits = Obligation.objects.get(action="referral.answer", is_open=True)
    assert (waits.organisation, waits.subject) == (department.organisation, referral.key)
    staffed.act("referral.answer", referral, date(2010, 11, 25), actor=department)
    referral.refresh_from_db()
    assert (referral.state, referral.received_on, referral.answered_on, referral.outcome) == (
        "answered", date(2010, 11, 22), date(2010, 11, 25), "taken",
    )  # fmt: skip


@pytest.mark.clause("GZ-S-2.2b")
def test_into_the_centre_from_a_department(staffed: Line) -> None:
    department, provider = staffed.cast.departments["disabled"], staffed.actor("record.enter")
    staffed.act("referral.send", None, ON, actor=department, partner="", client_code="")
    referral = staffed.latest(Referral)
    assert (referral.sender, referral.receiver) == (department.organisation, provider.organisation)
    assert Obligation.objects.get(action="referral.receive", is_open=True).organisation == provider.organisation
    assert rules(attempt(staffed, "referral.receive", referral, ON, actor=department)) == ["kernel.owner"]
    staffed.act("referral.receive", referral, ON, actor=provider)
    staffed.act("referral.answer", referral, ON, actor=provider)
    assert staffed.latest(Referral).state == "answered"


def test_who_is_referred_is_in_the_register(staffed: Line) -> None:
    outcome = attempt(staffed, "referral.send", None, ON, client_code="C404")
    assert outcome.form.errors == {"client_code": ["服务对象登记中没有这一编号"]}


@pytest.mark.clause("GZ-P-3.3.4a")
def test_a_coordination_request_has_an_owner_and_a_response_time(filed: Line) -> None:
    street = filed.cast.streets[filed.street.pk]
    filed.act("coordination.raise", None, ON)
    request = filed.latest(Coordination)
    waits = Obligation.objects.get(action="coordination.answer", is_open=True)
    assert (waits.organisation, waits.due_on) == (street.organisation, None)
    bureau = filed.cast.bureaus[filed.district][0]
    assert rules(attempt(filed, "coordination.answer", request, ON, actor=bureau)) == ["kernel.owner"]
    filed.act("coordination.answer", request, date(2010, 11, 26), actor=street)
    request = filed.latest(Coordination)
    assert (request.answered_on, request.days) == (date(2010, 11, 26), 6)
    provider = filed.actor("coordination.close")
    filed.act("coordination.reopen", request, date(2010, 11, 29), actor=provider, reason="物业仍未施工。")
    assert Obligation.objects.get(action="coordination.answer", is_open=True).organisation == street.organisation
    filed.act("coordination.answer", request, date(2010, 12, 2), actor=street)
    filed.act("coordination.close", request, date(2010, 12, 3))
    request = filed.latest(Coordination)
    assert (request.state, request.days, request.solved_on) == ("solved", 12, date(2010, 12, 3))


def test_a_department_that_is_asked_is_seated_with_sight_of_its_own_matters(filed: Line) -> None:
    office = filed.cast.departments["transport"]
    filed.act("coordination.raise", None, ON, asked=office.organisation_id)
    role = Role.objects.get(purchase=filed.purchase, organisation=office.organisation)
    assert (role.capacity, role.partial) == ("department", True)


@pytest.mark.clause("GZ-P-3.4.3b")
def test_contacts_with_departments_are_logged(filed: Line) -> None:
    filed.act("contact.log", None, ON)
    contact = filed.latest(Contact)
    street = filed.cast.streets[filed.street.pk]
    assert (contact.held_on, contact.way, contact.counterpart) == (ON, "meeting", street.organisation)
    assert rules(attempt(filed, "contact.log", None, ON, actor=street)) == ["kernel.capacity"]
    late = attempt(filed, "contact.log", None, ON, held_on="2010-11-21")
    assert late.form.errors == {"held_on": ["日期不能晚于办理当日"]}
