"""购买服务项目: on a needs assessment and an approved plan, within the grant, each payer's share arranged."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.budget.facts import GrantFacts
from gongyue.budget.models import PlanItem, Share
from gongyue.budget.queries import money
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Purchase, Role
from gongyue.needs.models import NeedsAssessment

from .conftest import attempt, city, district, moment, objections

pytestmark = pytest.mark.django_db
DAY = moment("2010-09-27")
LATER = moment("2010-10-08")


def arranged(line: Line) -> list[tuple[str, int]]:
    return [(row.payer.name, row.arranged_fen) for row in money(line.purchase)]


def test_an_item_keeps_what_was_written(proposed: Line) -> None:
    item: PlanItem = proposed.latest(PlanItem)
    assert (item.state, item.year, item.amount_fen, item.proposed_on) == ("proposed", 2010, 200_000_000, DAY.date())
    assert proposed.purchase.stage == "item:proposed"


@pytest.mark.clause("GZ-P-2.1a")
def test_no_item_without_a_needs_assessment(line: Line) -> None:
    line.open(date(2010, 8, 20))
    assert objections(attempt(line, "item.propose", None, DAY)) == ["needs-before-project"]


@pytest.mark.clause("GZ-P-2.1a")
def test_no_approval_without_a_needs_assessment_either(proposed: Line) -> None:
    NeedsAssessment.objects.filter(purchase=proposed.purchase).update(state="started")
    outcome = attempt(proposed, "item.approve", proposed.latest(PlanItem), LATER)
    assert objections(outcome) == ["needs-before-project"]


@pytest.mark.clause("GZ-P-4.6a")
def test_the_street_proposes(planned: Line) -> None:
    assert objections(attempt(planned, "item.propose", None, DAY, actor=district(planned))) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-A2.0")
def test_an_item_stays_within_the_grant(planned: Line) -> None:
    assert objections(attempt(planned, "item.propose", None, DAY, amount="2000000.01")) == ["item-within-grant"]
    assert attempt(planned, "item.propose", None, DAY, amount="2000000").entry is not None


@pytest.mark.clause("GZ-P-2.1b")
def test_what_was_measured_and_the_year_are_proposed_by_the_form(planned: Line) -> None:
    outcome = attempt(planned, "item.propose", None, DAY, amount="")
    assert (outcome.form.initial["amount"], outcome.form.initial["year"]) == (96_000_000, 2010)
    assert outcome.form.initial["requirements"].splitlines()[0] == "家庭个案辅导（困难家庭）：每年 120 个"
    assert list(outcome.form.errors) == ["amount"]


@pytest.mark.clause("GZ-P-4.3")
def test_finance_approves(proposed: Line) -> None:
    actor = proposed.cast.bureaus[proposed.district][0]
    outcome = attempt(proposed, "item.approve", proposed.latest(PlanItem), LATER, actor=actor)
    assert objections(outcome) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-A2.01", "GZ-S-4.3c", "GZ-S-A1.3", "GZ-S-1.3b")
def test_approval_arranges_each_payers_share(approved: Line) -> None:
    item: PlanItem = approved.latest(PlanItem)
    assert (item.state, item.approved_on) == ("approved", LATER.date())
    assert arranged(approved) == [("广州市财政局", 100_000_000), ("越秀区财政局", 100_000_000)]
    shares = Share.objects.filter(item=item).order_by("pk")
    assert [(share.state, share.version, share.fund) for share in shares] == [("arranged", 0, None)] * 2
    owed = Obligation.objects.filter(purchase=approved.purchase, action="share.commit", is_open=True).order_by("pk")
    assert [(row.subject, row.organisation) for row in owed] == [(share.key, share.payer) for share in shares]


def test_part_of_the_grant_is_shared_by_the_ratio(planned: Line) -> None:
    planned.act("item.propose", None, DAY.date(), amount="1234567.89")
    planned.act("item.approve", planned.latest(PlanItem), LATER.date())
    assert arranged(planned) == [("广州市财政局", 61_728_395), ("越秀区财政局", 61_728_394)]


@pytest.mark.clause("GZ-S-1.3b")
def test_a_purchase_by_reference_is_paid_by_its_district(planned: Line) -> None:
    planned.act("item.propose", None, DAY.date())
    Purchase.objects.filter(pk=planned.purchase.pk).update(programme="", by_reference=True)
    planned.act("item.approve", planned.latest(PlanItem), LATER.date())
    assert arranged(planned) == [("越秀区财政局", 200_000_000)]
    dossier = Dossier(planned.purchase, at=LATER, regime=planned.regime)
    assert GrantFacts.of(dossier) == GrantFacts(total_fen=None, city_fen=None, district_fen=None)


def test_a_share_needs_somebody_to_bear_it(proposed: Line) -> None:
    Role.objects.filter(purchase=proposed.purchase, capacity="city_finance").delete()
    outcome = attempt(proposed, "item.approve", proposed.latest(PlanItem), LATER)
    assert outcome.form.errors == {"opinion": ["本采购没有市级财政部门，无法安排其出资"]}
    assert not Share.objects.exists()


def test_an_item_is_returned_with_a_reason_and_proposed_again(proposed: Line) -> None:
    item = proposed.latest(PlanItem)
    assert list(attempt(proposed, "item.return", item, LATER, reason="").form.errors) == ["reason"]
    proposed.act("item.return", item, LATER.date(), reason="服务总量与单价不一致")
    assert proposed.latest(PlanItem).state == "returned"
    assert objections(attempt(proposed, "item.approve", proposed.latest(PlanItem), LATER)) == ["kernel.state"]
    outcome = attempt(proposed, "item.propose", proposed.latest(PlanItem), moment("2010-10-09"), amount="1900000")
    assert outcome.entry is not None
    assert outcome.form.initial["goals"] == item.goals
    again = proposed.latest(PlanItem)
    assert (again.pk, again.state, again.amount_fen, again.version) == (item.pk, "proposed", 190_000_000, 3)


def test_an_approved_item_is_neither_returned_nor_approved_again(approved: Line) -> None:
    item = approved.latest(PlanItem)
    assert objections(attempt(approved, "item.return", item, LATER, reason="误")) == ["kernel.state"]
    assert objections(attempt(approved, "item.approve", item, LATER)) == ["kernel.done"]
    assert PlanItem.unborn(Dossier(approved.purchase, at=LATER, regime=approved.regime), city(approved)) == []
