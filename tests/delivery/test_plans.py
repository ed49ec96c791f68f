from __future__ import annotations

from datetime import date

import pytest

from gongyue.contracts.models import Contract
from gongyue.delivery.models import Briefing, BriefingCycle, Receipt, ServicePlan
from gongyue.delivery.models.service import contract_in_force
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation
from tests.contracts.stages import attempt, rules

ON = date(2010, 11, 5)


def owed(line: Line, action: str) -> list[date | None]:
    rows = Obligation.objects.filter(purchase=line.purchase, action=action, is_open=True)
    return list(rows.order_by("pk").values_list("due_on", flat=True))


@pytest.mark.clause("GZ-S-4.5d")
def test_a_plan_is_due_in_each_half_year_of_the_term(filed: Line) -> None:
    assert owed(filed, "plan.submit") == [date(2011, 5, 3)]  # the first of May and the next day were holidays
    plan = filed.act("plan.submit", None, ON).subject
    assert isinstance(plan, ServicePlan)
    assert (plan.number, plan.starts_on, plan.ends_on) == (1, date(2010, 11, 1), date(2011, 4, 30))
    assert owed(filed, "plan.submit") == [date(2011, 11, 1)]
    filed.act("plan.submit", None, date(2011, 5, 3))
    second = filed.latest(ServicePlan)
    assert (second.number, second.starts_on, second.ends_on) == (2, date(2011, 5, 1), date(2011, 10, 31))
    assert owed(filed, "plan.submit") == []
    assert ServicePlan.unborn(filed.dossier(date(2011, 5, 4)), filed.actor("plan.submit")) == []


def test_the_second_year_has_half_years_of_its_own_once_it_is_filed(filed: Line) -> None:
    for on in (ON, date(2011, 5, 3)):
        filed.act("plan.submit", None, on)
    first = filed.contract()
    second = Contract.objects.create(
        purchase=filed.purchase, year_number=2, renews=first, number="YX-2", amount_fen=first.amount_fen,
        purchaser=first.purchaser, provider=first.provider, starts_on=date(2011, 12, 1), ends_on=date(2012, 11, 30),
        state="signed",
    )  # fmt: skip
    on = date(2011, 12, 5)
    assert contract_in_force(filed.dossier(on)) == first
    Contract.objects.filter(pk=second.pk).update(state="filed", filed_on=date(2011, 12, 2))
    assert contract_in_force(filed.dossier(on)) == second
    filed.act("plan.submit", None, on)
    third = filed.latest(ServicePlan)
    assert (third.number, third.starts_on, third.ends_on) == (3, date(2011, 12, 1), date(2012, 5, 31))
    assert owed(filed, "plan.submit") == [date(2012, 12, 3)]
    filed.act("plan.submit", None, date(2012, 6, 4))
    assert (filed.latest(ServicePlan).number, filed.latest(ServicePlan).ends_on) == (4, date(2012, 11, 30))
    assert ServicePlan.unborn(filed.dossier(date(2012, 6, 5)), filed.actor("plan.submit")) == []


@pytest.mark.clause("GZ-S-4.5d")
def test_two_recipients_each_acknowledge_it(filed: Line) -> None:
    filed.act("plan.submit", None, ON)
    street, bureau = filed.cast.streets[filed.street.pk], filed.cast.bureaus[filed.district][0]
    receipts = {r.recipient_id: r for r in Receipt.objects.filter(purchase=filed.purchase)}
    assert receipts.keys() == {street.organisation_id, bureau.organisation_id}
    inboxes = Obligation.objects.filter(purchase=filed.purchase, action="receipt.sign", is_open=True)
    assert set(inboxes.values_list("organisation", "subject")) == {(k, r.key) for k, r in receipts.items()}
    mine = receipts[street.organisation_id]
    assert rules(attempt(filed, "receipt.sign", mine, ON, actor=bureau)) == ["kernel.owner"]
    filed.act("receipt.sign", mine, date(2010, 11, 8), actor=street)
    mine.refresh_from_db()
    assert (mine.state, mine.sent_on, mine.signed_on) == ("signed", ON, date(2010, 11, 8))
    assert inboxes.count() == 1


def test_the_city_has_a_copy_where_that_reading_is_followed(filed: Line) -> None:
    filed.act("plan.submit", None, ON, to_city=True)
    city = filed.cast.city[0].organisation_id
    assert Receipt.objects.filter(purchase=filed.purchase, recipient=city).count() == 1


def test_only_the_provider_plans_and_only_services_that_were_measured(filed: Line) -> None:
    street = filed.cast.streets[filed.street.pk]
    assert rules(attempt(filed, "plan.submit", None, ON, actor=street)) == ["kernel.capacity"]
    row = {"item": "修路", "service_kind": "case", "sessions": "1", "times": "1"}
    assert attempt(filed, "plan.submit", None, ON, outputs=[row]).form.errors == {
        "outputs": ["第 1 行 服务项目：不在需求评估测算的服务之内"]
    }


@pytest.mark.clause("GZ-P-3.3.5c")
def test_the_purchaser_chooses_the_cycle_and_briefings_follow_it(filed: Line) -> None:
    assert owed(filed, "cycle.set") == [None]
    assert Briefing.unborn(filed.dossier(ON), filed.actor("briefing.submit")) == []
    provider = filed.actor("briefing.submit")
    assert rules(attempt(filed, "cycle.set", None, ON, actor=provider)) == ["kernel.capacity"]
    filed.act("cycle.set", None, ON, months="3", first_on="2010-12-15")
    assert filed.latest(BriefingCycle).months == 3
    assert owed(filed, "briefing.submit") == [date(2010, 12, 15)]
    done = filed.act("briefing.submit", None, date(2010, 12, 20))
    assert done.entry is not None
    met = Obligation.objects.get(met_by=done.entry.pk)
    assert (met.rule, met.late_days) == ("first-briefing", 5)
    assert owed(filed, "briefing.submit") == [date(2011, 3, 15)]
    briefing = filed.latest(Briefing)
    assert (briefing.number, briefing.due_on, briefing.state) == (1, date(2010, 12, 15), "submitted")
    assert owed(filed, "briefing.receive") == [None]
    filed.act("briefing.receive", briefing, date(2010, 12, 21))
    assert filed.latest(Briefing).received_on == date(2010, 12, 21)


@pytest.mark.clause("GZ-P-3.3.5c")
def test_no_briefing_is_due_after_the_term(filed: Line) -> None:
    filed.act("cycle.set", None, ON, months="12", first_on="2010-12-15")
    filed.act("briefing.submit", None, date(2010, 12, 15))
    assert owed(filed, "briefing.submit") == []


def test_the_first_briefing_lies_within_the_term(filed: Line) -> None:
    assert attempt(filed, "cycle.set", None, ON, first_on="2011-12-01").form.errors == {
        "first_on": ["须在合同资助期之内"]
    }
