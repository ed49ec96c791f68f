"""The second year, from the verdict 延续 to its last instalment, paid from a line of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongyue.assessment.models import Assessment, Evaluation, SelfCheck
from gongyue.budget.models import Fund, JournalLine, PlanItem, Share
from gongyue.budget.queries import reconcile
from gongyue.contracts.models import Contract, in_force
from gongyue.contracts.queries import contract_of
from gongyue.delivery.models import ServicePlan
from gongyue.delivery.models.service import contract_in_force
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation
from gongyue.payments.models import Claim, Payment, UsePlan
from gongyue.payments.queries import PartState, calendar, money, paid_of
from gongyue.tendering.models import Bid, Tender
from tests.contracts import stages
from tests.contracts.stages import TERMS, attempt, moment, rules
from tests.memory import remembered
from tests.town import around

VERDICT, RENEWED, SIGNED, FILED = date(2011, 11, 1), date(2011, 11, 2), date(2011, 11, 21), date(2011, 11, 28)
STARTS, ENDS = date(2011, 12, 1), date(2012, 9, 30)
SECOND: dict[str, Any] = TERMS | {
    "number": "YX-2011-01", "amount": "1800000.01", "starts_on": STARTS.isoformat(), "ends_on": ENDS.isoformat(),
    "instalments": [
        {"due_on": "2012-01-10", "amount": "900000", "requires": ""},
        {"due_on": "2012-06-10", "amount": "900000.01", "requires": "midterm"},
    ],
}  # fmt: skip


@remembered
def served(line: Line) -> Line:
    stages.filed(stages.awarded(line))
    line.assess_needs(stages.FILED, stages.FILED)
    line.act("selfcheck.schedule", None, stages.FILED, cycle_months="3", first_on="2011-01-31")
    line.pay(line.claim(1, date(2010, 11, 22), date(2010, 11, 25)), date(2010, 11, 30))
    line.act("plan.submit", None, date(2010, 11, 30))
    line.act("plan.submit", None, date(2011, 5, 2))
    line.assess("midterm", date(2011, 5, 2), date(2011, 5, 6))
    line.pay(line.claim(2, date(2011, 5, 9), date(2011, 5, 10)), date(2011, 5, 10))
    Tender.objects.filter(purchase=line.purchase).update(renewal_announced=True)
    for payer in line._payers():
        stages.line_of_year(line, payer, 2011, date(2011, 6, 1))
    line.act("evaluation.commission", None, VERDICT, seed="comprehensive")
    line.act("evaluation.report", line.latest(Evaluation), VERDICT)
    line.act("evaluation.conclude", line.latest(Evaluation), VERDICT, result="continue")
    return line


@pytest.fixture
def year_over(line: Line) -> Line:
    """The first year is served, two of its instalments are paid, the verdict is 延续; payers have lines for 2011."""
    return served(line)


@pytest.fixture
def renewed(year_over: Line) -> Line:
    year_over.act("contract.renew", year_over.contract(), RENEWED, **SECOND)
    return year_over


def signed(line: Line) -> Contract:
    line.act("item.approve", line.latest(PlanItem), date(2011, 11, 3))
    line.commit(date(2011, 11, 4))
    line.act("contract.approve", line.contract(), date(2011, 11, 7))
    line.act("contract.accept", line.contract(), date(2011, 11, 8))
    line.act("contract.sign", line.contract(), SIGNED)
    return line.contract()


def filed(line: Line) -> Contract:
    signed(line)
    line.act("contract.file", line.contract(), FILED)
    return line.contract()


def claim(line: Line, seed: str, on: date) -> Claim:
    line.act("claim.submit", None, on, seed=seed)
    line.act("claim.check", line.latest(Claim), on)
    found: Claim = line.latest(Claim)
    return found


def owed_by(line: Line, name: str) -> list[str]:
    """The rules by which something is owed now."""
    rows = Obligation.objects.filter(purchase=line.purchase, action=name, is_open=True)
    return list(rows.order_by("pk").values_list("rule", flat=True))


def first_of(line: Line) -> Contract:
    return Contract.objects.get(purchase=line.purchase, year_number=1)


@pytest.mark.clause("GZ-S-4.5i")
def test_the_second_year_from_its_draft_to_its_last_instalment(renewed: Line) -> None:
    second = filed(renewed)
    renewed.act("contract.copy_finance", second, FILED)
    second = renewed.contract()
    assert (second.year_number, second.state, second.provider, second.tender) == (
        2, "filed", first_of(renewed).provider, first_of(renewed).tender,
    )  # fmt: skip
    assert (second.signed_on, second.filed_on, second.finance_copied_on) == (SIGNED, FILED, FILED)
    assert second.starts_on is not None
    days = [second.starts_on - timedelta(days=1), second.starts_on]
    assert [in_force(renewed.dossier(day)) for day in days] == [first_of(renewed), second]
    renewed.pay(claim(renewed, "2-1", date(2012, 1, 9)), date(2012, 1, 10))
    early = attempt(renewed, "claim.submit", None, date(2012, 4, 30), seed="2-2")
    assert rules(early) == ["assessment-before-instalment"]
    renewed.act("assessment.open", None, date(2012, 5, 2), seed="midterm")
    renewed.act("assessment.conclude", renewed.latest(Assessment), date(2012, 5, 6))
    assert renewed.latest(Assessment).contract == second
    renewed.pay(claim(renewed, "2-2", date(2012, 6, 8)), date(2012, 6, 9))
    parts = Payment.objects.filter(claim__instalment__contract=second).order_by("pk")
    assert [(row.amount_fen, row.share.item.year, row.state) for row in parts] == [
        (45_000_000, 2011, "paid"), (45_000_000, 2011, "paid"), (45_000_001, 2011, "paid"), (45_000_000, 2011, "paid"),
    ]  # fmt: skip
    lines = JournalLine.objects.filter(entry__subject__in=[row.key for row in parts], account="paid")
    assert set(lines.values_list("fund__year", flat=True)) == {2011}
    assert sorted(Fund.objects.filter(year=2011).values_list("paid_fen", flat=True)) == [90_000_000, 90_000_001]
    assert sorted(Share.objects.filter(item__year=2010).values_list("paid_fen", flat=True)) == [78_000_000] * 2
    assert reconcile() == []


@pytest.mark.clause("GZ-S-4.5i")
def test_the_first_year_runs_on_while_the_second_is_drafted(renewed: Line) -> None:
    """It is claimed, assessed, served and supervised under as before; nothing of the second is payable yet."""
    first = first_of(renewed)
    assert in_force(renewed.dossier(RENEWED)) == first
    assert contract_in_force(renewed.dossier(RENEWED)) == first
    assert contract_of(renewed.purchase, RENEWED) == first
    signed(renewed)
    renewed.assess("yearend", date(2011, 11, 22), date(2011, 11, 23))
    late = claim(renewed, "3", date(2011, 11, 24))
    renewed.pay(late, date(2011, 11, 30))
    paid = Payment.objects.filter(claim=late).values_list("share__item__year", "amount_fen")
    assert list(paid) == [(2010, 19_500_000)] * 2
    outcome = attempt(renewed, "claim.submit", None, date(2011, 11, 30), seed="2-1")
    assert rules(outcome) == ["approved-and-filed"]
    assert in_force(renewed.dossier(date(2011, 11, 30))) == first


def test_its_money_calls_for_no_tender(renewed: Line) -> None:
    """The item of the second year is bought by renewal: nobody is told to draft a tender, as in the first."""
    renewed.act("item.approve", renewed.latest(PlanItem), date(2011, 11, 3))
    owed = Obligation.objects.filter(purchase=renewed.purchase, opened_at__gte=moment(date(2011, 11, 3)), is_open=True)
    assert set(owed.values_list("action", flat=True)) == {"share.commit"}


def test_filed_the_second_takes_over_on_its_first_day(renewed: Line) -> None:
    second = filed(renewed)
    for day, year in ((STARTS - timedelta(days=1), 1), (STARTS, 2)):
        found = in_force(renewed.dossier(day))
        assert found is not None and found.year_number == year
        assert getattr(contract_of(renewed.purchase, day), "year_number", None) == year
    provider = renewed.actor("plan.submit")
    assert [row.number for row in ServicePlan.unborn(renewed.dossier(STARTS), provider)] == [3]
    renewed.act("plan.submit", None, STARTS)
    plan = renewed.latest(ServicePlan)
    assert (plan.number, plan.starts_on, plan.ends_on) == (3, STARTS, date(2012, 5, 31))
    open_ones = Obligation.objects.filter(purchase=renewed.purchase, is_open=True)
    assert not open_ones.filter(action="cycle.set", opened_at__gte=moment(FILED)).exists()
    assert open_ones.filter(action="briefing.submit", rule="briefing-goes-on").count() == 1
    assert [row.contract_id for row in UsePlan.unborn(renewed.dossier(STARTS), provider)] == [
        first_of(renewed).pk, second.pk,
    ]  # fmt: skip


def test_self_checks_go_on_into_the_second_year(renewed: Line) -> None:
    filed(renewed)
    check = renewed.latest(SelfCheck)
    for _turn in range(3):
        renewed.act("selfcheck.submit", check, STARTS)
        check = renewed.latest(SelfCheck)
    assert (check.number, check.due_on) == (4, date(2011, 10, 30))
    renewed.act("selfcheck.submit", check, STARTS)
    assert renewed.latest(SelfCheck).due_on == date(2012, 1, 30)


@pytest.mark.clause("GZ-P-3.4.3a")
def test_the_cycle_of_self_checks_is_set_anew_where_the_first_years_had_ended(renewed: Line) -> None:
    """What is still to come of the first year carries on by itself, and ends the duty to set a cycle."""
    for _turn in range(4):
        renewed.act("selfcheck.submit", renewed.latest(SelfCheck), RENEWED)
    assert owed_by(renewed, "selfcheck.submit") == []
    filed(renewed)
    assert owed_by(renewed, "selfcheck.schedule") == ["selfcheck-goes-on"]
    renewed.act("selfcheck.schedule", None, STARTS, cycle_months="3", first_on="2012-02-28")
    assert owed_by(renewed, "selfcheck.schedule") == []
    row = Obligation.objects.get(purchase=renewed.purchase, action="selfcheck.submit", is_open=True)
    assert (row.rule, row.due_on) == ("first-selfcheck", date(2012, 2, 28))


def test_a_self_check_still_to_come_carries_on_without_a_new_cycle(renewed: Line) -> None:
    filed(renewed)
    renewed.act("selfcheck.submit", renewed.latest(SelfCheck), STARTS)
    assert (owed_by(renewed, "selfcheck.schedule"), owed_by(renewed, "selfcheck.submit")) == ([], ["next-selfcheck"])


@pytest.mark.clause("GZ-P-3.3.5c")
@pytest.mark.parametrize("before", [True, False], ids=["ended", "still to come"])
def test_briefings_go_on_through_the_second_year(renewed: Line, before: bool) -> None:
    """Whether the first year's last one came before the second contract was filed, or after and before it began."""
    renewed.act("cycle.set", None, RENEWED, months="3", first_on="2011-10-15")
    if before:
        renewed.act("briefing.submit", None, RENEWED)
        assert owed_by(renewed, "briefing.submit") == []
    filed(renewed)
    if not before:
        assert owed_by(renewed, "briefing.submit") == ["first-briefing", "briefing-goes-on"]
        renewed.act("briefing.submit", None, FILED)
        assert owed_by(renewed, "briefing.submit") == ["next-briefing"]
    renewed.act("briefing.submit", None, date(2012, 1, 15))
    row = Obligation.objects.get(purchase=renewed.purchase, action="briefing.submit", is_open=True)
    assert (row.rule, row.due_on) == ("next-briefing", date(2012, 4, 16))
    for on in (date(2012, 4, 16), date(2012, 7, 16)):
        renewed.act("briefing.submit", None, on)
    assert owed_by(renewed, "briefing.submit") == []


def test_the_calendar_and_the_money_keep_the_years_apart(renewed: Line) -> None:
    filed(renewed)
    renewed.pay(claim(renewed, "2-1", date(2012, 1, 9)), date(2012, 1, 10))
    rows = calendar(renewed.purchase, today=date(2012, 2, 1))
    assert [(row.instalment.contract.year_number, row.instalment.number) for row in rows] == [
        (1, 1), (1, 2), (1, 3), (2, 1), (2, 2),
    ]  # fmt: skip
    assert [[(part.amount_fen, part.state) for part in row.parts] for row in rows] == [
        [(39_000_000, PartState.PAID)] * 2, [(39_000_000, PartState.PAID)] * 2, [(19_500_000, PartState.PLANNED)] * 2,
        [(45_000_000, PartState.PAID)] * 2, [(45_000_001, PartState.PLANNED), (45_000_000, PartState.PLANNED)],
    ]  # fmt: skip
    told = money(renewed.purchase, today=date(2012, 2, 1))
    assert sorted((row.arranged_fen, row.claimed_fen, row.paid_fen) for row in told) == [
        (90_000_000, 45_000_000, 45_000_000), (90_000_001, 45_000_000, 45_000_000),
        (100_000_000, 78_000_000, 78_000_000), (100_000_000, 78_000_000, 78_000_000),
    ]  # fmt: skip
    dossier = renewed.dossier(date(2012, 2, 1))
    assert [sum(fen for _share, fen in paid_of(one, dossier)) for one in dossier.all(Contract)] == [
        156_000_000, 90_000_000,
    ]  # fmt: skip


def test_nothing_of_the_second_is_checked_before_its_own_money_is_arranged(renewed: Line) -> None:
    """The first year's shares never stand in for it."""
    second = renewed.contract()
    assert second.shares(Share.objects.filter(purchase=renewed.purchase)) == []
    renewed.act("contract.approve", second, date(2011, 11, 7))
    renewed.act("contract.accept", renewed.contract(), date(2011, 11, 8))
    outcome = attempt(renewed, "contract.sign", renewed.contract(), SIGNED)
    assert rules(outcome) == ["funds-committed"]
    assert outcome.findings[0].figures == {"contract.amount_fen": 180_000_001, "item.committed_fen": 0}


@pytest.mark.clause("GZ-S-4.5i")
def test_a_returned_renewal_is_drafted_again_with_the_same_provider(renewed: Line) -> None:
    """Whoever stands as the winner now, and not for the price of the first year; its item bounds what it costs."""
    first, drafter = first_of(renewed), renewed.actor("contract.draft")
    renewed.act("contract.return", renewed.contract(), date(2011, 11, 3), reason="请分两期支付。")
    around(renewed.purchase)
    other = Bid.objects.create(
        purchase=renewed.purchase, tender=first.tender, organisation=renewed.cast.social[1].organisation,
        price_fen=190_000_000, plan="x", fund_rules="x", profile="x", state="qualified", version=2,
        submitted_at=moment(stages.OPENED),
    )  # fmt: skip
    Tender.objects.filter(purchase=renewed.purchase).update(winner=other)
    data = SECOND | {"amount": "1800000.02"}
    data["instalments"] = [{"due_on": "2012-01-10", "amount": "1800000.02", "requires": ""}]
    on = date(2011, 11, 4)
    dear = attempt(renewed, "contract.draft", renewed.contract(), on, actor=drafter, bare=True, **data)
    assert dear.form.errors == {"amount": ["合同金额不能超过本年度项目的金额 1800000.01 元"]}
    early = attempt(renewed, "contract.draft", renewed.contract(), on, actor=drafter, bare=True,
                    **SECOND | {"starts_on": "2011-10-31"})  # fmt: skip
    assert early.form.errors == {"starts_on": ["第二年的资助期须在上一年结束（2011-10-31）之后"]}
    done = attempt(renewed, "contract.draft", renewed.contract(), on, actor=drafter, bare=True, **SECOND)
    assert done.entry is not None
    second = renewed.contract()
    assert (second.provider, second.tender, second.renews, second.amount_fen) == (
        first.provider, first.tender, first, 180_000_001,
    )  # fmt: skip


@pytest.mark.clause("GZ-P-3.3.2b")
def test_who_approves_contracts_does_not_draft_the_renewal(year_over: Line) -> None:
    approver = year_over.actor("contract.approve")
    outcome = attempt(year_over, "contract.renew", year_over.contract(), RENEWED, actor=approver, **SECOND)
    assert rules(outcome) == ["kernel.incompatible"]
