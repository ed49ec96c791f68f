from __future__ import annotations

from datetime import date

import pytest

from gongyue.delivery import queries
from gongyue.delivery.models import Client, TeamMember, Volunteer, VolunteerHours
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry, Opening
from tests.contracts import stages
from tests.contracts.stages import attempt, rules

ON = date(2010, 11, 5)


@pytest.mark.clause("GZ-S-1.4")
def test_workers_and_volunteers_are_registered_paired_and_their_hours_kept(staffed: Line) -> None:
    staffed.act("volunteer.enrol", None, ON)
    volunteer = staffed.latest(Volunteer)
    assert rules(attempt(staffed, "volunteer.serve", volunteer, ON)) == ["volunteer-led"]
    staffed.act("volunteer.pair", volunteer, ON)
    staffed.act("volunteer.serve", volunteer, ON, minutes="90")
    staffed.act("volunteer.serve", volunteer, date(2010, 11, 6), minutes="30")
    volunteer = staffed.latest(Volunteer)
    worker = TeamMember.objects.get(purchase=staffed.purchase, code="W01")
    assert (volunteer.worker, volunteer.minutes, volunteer.state) == (worker, 120, "enrolled")
    assert list(VolunteerHours.objects.values_list("worker__code", "minutes")) == [("W01", 90), ("W01", 30)]
    assert queries.team(staffed.purchase, ON) == queries.Team(2, 2, 0, 1, 1)


@pytest.mark.clause("GZ-S-1.4")
def test_the_register_of_workers_begins_with_the_first(filed: Line) -> None:
    filed.act("worker.join", None, ON, code="W07")
    assert list(TeamMember.objects.values_list("code", "state")) == [("W07", "serving")]


def test_a_name_enters_the_ledger_as_a_commitment_only(staffed: Line) -> None:
    entry = Entry.objects.filter(action="worker.join").latest("pk")
    assert ("社工" in entry.body, "W02" in entry.body) == (False, True)


def test_staff_is_replaced_when_the_purchaser_agrees(staffed: Line) -> None:
    worker = TeamMember.objects.get(purchase=staffed.purchase, code="W01")
    provider = staffed.actor("worker.leave")
    staffed.act("worker.leave", worker, ON, until="2010-12-01")
    assert Obligation.objects.get(action="worker.replace", is_open=True).subject == worker.key
    assert rules(attempt(staffed, "worker.replace", worker, ON, actor=provider)) == ["kernel.capacity"]
    purchaser = staffed.actor("worker.keep")
    staffed.act("worker.keep", worker, ON, actor=purchaser, reason="尚无接替人员。")
    worker.refresh_from_db()
    assert (worker.state, worker.until) == ("serving", None)
    assert not Obligation.objects.filter(action="worker.replace", is_open=True).exists()
    staffed.act("worker.leave", worker, ON, until="2010-12-01")
    staffed.act("worker.replace", worker, ON)
    worker.refresh_from_db()
    assert (worker.state, worker.until) == ("replaced", date(2010, 12, 1))


def test_lent_staff_is_not_counted_as_the_providers_own(staffed: Line) -> None:
    staffed.act("worker.join", None, ON, origin="seconded")
    assert queries.team(staffed.purchase, ON) == queries.Team(2, 2, 1, 0, 0)


def test_a_certificate_that_ran_out_does_not_count(staffed: Line) -> None:
    assert queries.team(staffed.purchase, date(2013, 7, 1)).certified == 0


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"code": "W01"}, {"code": ["本项目已有这一工号"]}),
        ({"code": "社工一"}, {"code": ["编号只用字母、数字和连字符"]}),
        ({"certificate_until": "2010-01-01"}, {"certificate_until": ["证书在到岗日期之前已经过期"]}),
        ({"certificate": ""}, {"certificate": ["填写了有效期，请填写证号"]}),
    ],
)
def test_what_a_worker_is_entered_with(data: dict[str, str], errors: dict[str, list[str]], staffed: Line) -> None:
    assert attempt(staffed, "worker.join", None, ON, **data).form.errors == errors


def test_a_client_is_the_providers_own_and_nobody_is_registered_without_consent(staffed: Line) -> None:
    client = staffed.latest(Client)
    assert client.visible_to(staffed.actor("client.register"))
    assert not client.visible_to(staffed.cast.bureaus[staffed.district][0])
    assert not client.visible_to(staffed.cast.city[0])
    outcome = attempt(staffed, "client.register", None, ON, code="C002", consented=False)
    assert list(outcome.form.errors) == ["consented"]


def test_a_client_is_forgotten_on_request(staffed: Line) -> None:
    client = staffed.latest(Client)
    entries = Entry.objects.filter(subject=client.key)
    assert Opening.objects.filter(entry__in=entries).count() == 2
    staffed.act("client.erase", client, ON, asked="client")
    client.refresh_from_db()
    assert (client.name, client.contact, client.code, client.state) == ("", "", "C001", "erased")
    assert Opening.objects.filter(entry__in=entries).count() == 0


def test_nothing_is_delivered_before_the_contract_is_filed(line: Line) -> None:
    stages.signed(stages.awarded(line))
    dossier, provider = line.dossier(ON), line.actor("contract.accept")
    assert TeamMember.unborn(dossier, provider) == []
    assert Client.unborn(dossier, provider) == []
