from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest

from gongyue.assessment.models import Evaluation, Framework, Improvement, SelfCheck
from gongyue.budget.models import Fund, PlanItem
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.models import Obligation, Organisation, Post, Purchase
from gongyue.kernel.perform import Outcome, perform
from gongyue.payments.models import Claim
from gongyue.tendering.models import Tender
from tests.contracts.stages import FILED, TERMS, attempt, moment, rules

YEAR_OVER = date(2011, 11, 1)
SECOND: dict[str, Any] = TERMS | {
    "number": "YX-2011-01", "starts_on": "2011-12-01", "ends_on": "2012-09-30",
    "instalments": [{"due_on": "2012-01-10", "amount": "1950000", "requires": ""}],
}  # fmt: skip


def framework(line: Line, on: date = FILED, **data: Any) -> Outcome:
    bureau = line.actor("framework.draft")
    subject = Framework.unborn(None, bureau)[0]
    paper = PAPERS["framework.draft"](line, subject, on) | data
    return perform("framework.draft", subject, actor=bureau, at=moment(on), data=paper, seen=0, request_id=uuid4())


def adopted(line: Line, on: date = FILED) -> Framework:
    row = framework(line, on).subject
    line.act("framework.adopt", row, on)
    return Framework.objects.get(pk=row.pk)


def concluded(line: Line, result: str = "continue", on: date = YEAR_OVER) -> Evaluation:
    line.act("evaluation.commission", None, on, seed="comprehensive")
    line.act("evaluation.report", line.latest(Evaluation), on)
    line.act("evaluation.conclude", line.latest(Evaluation), on, result=result)
    found: Evaluation = line.latest(Evaluation)
    return found


def announced(line: Line) -> None:
    Tender.objects.filter(purchase=line.purchase).update(renewal_announced=True)


def money_of(line: Line, year: int, on: date = YEAR_OVER) -> None:
    for payer in line._payers():
        data = {"name": f"{year}年资金", "year": str(year), "purpose": "programme", "programme": line.cast.programme.id,
                "indicator_number": f"{year}-1", "amount": "2000000"}  # fmt: skip
        fund = Fund(payer=payer.organisation)
        found = perform("fund.open", fund, actor=payer, at=moment(on), data=data, seen=0, request_id=uuid4())
        if found.findings:
            Fund.objects.create(
                payer=payer.organisation, year=year, purpose="programme", programme=line.cast.programme.id,
                name="第二年", indicator_number="x", amount_fen=200_000_000, state="opened", version=1,
            )  # fmt: skip


# --- the system of evaluation ---------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-3.4.1", "GZ-P-3.4.2a")
def test_a_version_holds_its_standard_indicators_and_authors_and_evaluations_refer_to_it(filed: Line) -> None:
    row = adopted(filed)
    assert (row.number, row.state, row.adopted_on, len(row.authors)) == (1, "adopted", FILED, 3)
    assert [(one["indicator"], one["standard"], one["weight"], one["evidence"]) for one in row.indicators] == [
        ("个案记录完整", "演示条目", 4000, "个案档案"),
        ("服务目标达成", "演示条目", 4000, "成效测评表"),
        ("专账核算", "演示条目", 2000, "项目账册"),
    ]
    filed.act("assessment.open", None, date(2011, 5, 2), seed="midterm")
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    assert filed.latest(Evaluation).framework == row
    from gongyue.assessment.models import Assessment

    assert filed.latest(Assessment).framework == row


@pytest.mark.clause("GZ-P-1.1b")
@pytest.mark.parametrize(("scope", "number"), [("centre", 1), ("project", 2)])
def test_what_is_bought_says_by_which_indicators_it_is_evaluated(filed: Line, scope: str, number: int) -> None:
    for own in ("centre", "project"):
        row = framework(filed, scope=own).subject
        assert (row.scope, row.state) == (own, "drafted")
        filed.act("framework.adopt", row, FILED)
    Purchase.objects.filter(pk=filed.purchase.pk).update(scope=scope)
    filed.purchase.refresh_from_db()
    filed.act("assessment.open", None, date(2011, 5, 2), seed="midterm")
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    from gongyue.assessment.models import Assessment

    used = [filed.latest(Assessment).framework, filed.latest(Evaluation).framework]
    assert [(one.number, one.scope) for one in used if one] == [(number, scope)] * 2


@pytest.mark.clause("GZ-P-1.1b")
def test_indicators_for_another_scope_are_nobodys(filed: Line) -> None:
    assert list(framework(filed, scope="street").form.errors) == ["scope"]
    filed.act("framework.adopt", framework(filed, scope="project").subject, FILED)
    assert Framework.current(filed.purchase.regime, "centre") is None
    last = framework(filed, scope="").subject
    filed.act("framework.adopt", last, FILED)
    assert [Framework.current(filed.purchase.regime, scope) for scope in ("centre", "project")] == [last, last]


@pytest.mark.clause("GZ-P-3.4.2a")
def test_weights_sum_to_the_whole_and_each_indicator_stands_once(filed: Line) -> None:
    rows = PAPERS["framework.draft"](filed, None, FILED)["indicators"]
    short = framework(filed, indicators=[rows[0], rows[1]])
    assert short.entry is None
    assert short.form.errors["indicators"] == ["权重合计须为 100%，现为 80.00%"]
    twice = framework(filed, indicators=[rows[0], rows[0], rows[2]])
    assert twice.form.errors["indicators"] == ["指标“个案记录完整”出现了两次"]
    nobody = framework(filed, authors=[])
    assert list(nobody.form.errors) == ["authors"]
    unproven = framework(filed, indicators=[rows[0] | {"evidence": ""}, rows[1], rows[2]])
    assert unproven.form.errors["indicators"] == ["第 1 行 所需证据：这个字段是必填项。"]


@pytest.mark.clause("GZ-P-3.4.1")
def test_a_system_and_each_indicator_name_the_standard_they_come_from(filed: Line) -> None:
    rows = PAPERS["framework.draft"](filed, None, FILED)["indicators"]
    assert list(framework(filed, standard="").form.errors) == ["standard"]
    loose = framework(filed, indicators=[rows[0] | {"standard": ""}, rows[1], rows[2]])
    assert loose.form.errors["indicators"] == ["第 1 行 参照标准条目：这个字段是必填项。"]


@pytest.mark.clause("GZ-P-1.1c")
def test_quality_is_an_exact_fraction_of_the_marks() -> None:
    rows = [{"indicator": "a", "weight": 3333}, {"indicator": "b", "weight": 6667}]
    assert Framework(indicators=rows).quality([9999, 8001]) == Fraction(3333 * 9999 + 6667 * 8001, 10_000)


@pytest.mark.clause("GZ-P-1.1c", "GZ-P-3.4.1")
def test_a_report_marks_every_indicator_and_keeps_quantity_apart(filed: Line) -> None:
    adopted(filed)
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    evaluation = filed.latest(Evaluation)
    missing = attempt(filed, "evaluation.report", evaluation, YEAR_OVER, scores=[])
    assert missing.form.errors["scores"] == ["须对评估体系的每项指标逐一评分"]
    filed.act("evaluation.report", filed.latest(Evaluation), YEAR_OVER)
    evaluation = filed.latest(Evaluation)
    assert (evaluation.quality_bp, evaluation.quantity_bp) == (8580, 10_300)
    assert [row["mark"] for row in evaluation.scores] == [8500, 8600, 8700]


# --- the pilot's three ----------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-S-4.3f")
def test_each_pilot_street_has_three_evaluations_of_the_pilot(filed: Line) -> None:
    actor = filed.actor("evaluation.commission")
    found = [row.series for row in Evaluation.unborn(filed.dossier(FILED), actor)]
    assert found == ["plan", "midpilot", "endpilot", "comprehensive"]
    who = filed.regime.who("evaluation.commission")
    assert who is not None and who.capacities == ("city_bureau",)


@pytest.mark.clause("GZ-S-4.3f")
def test_the_plans_approval_makes_the_city_owe_them(line: Line) -> None:
    line.open(date(2010, 7, 10))
    line.act("needs.start", None, date(2010, 7, 11))
    line.assess_needs(date(2010, 7, 20), date(2010, 7, 20))
    line.plan(date(2010, 7, 21), date(2010, 7, 22), date(2010, 7, 23))
    rows = Obligation.objects.filter(purchase=line.purchase, action="evaluation.commission", is_open=True)
    assert sorted(rows.values_list("subject", "due_on")) == [
        ("evaluation#endpilot", None), ("evaluation#midpilot", None), ("evaluation#plan", None),
    ]  # fmt: skip


@pytest.mark.clause("GZ-S-4.3f")
def test_the_fee_comes_from_the_evaluation_line(filed: Line) -> None:
    line = Fund.objects.get(purpose="evaluation")
    total = line.amount_fen
    filed.act("evaluation.commission", None, FILED, seed="plan")
    filed.act("evaluation.report", filed.latest(Evaluation), FILED)
    filed.act("evaluation.pay_fee", filed.latest(Evaluation), FILED)
    line.refresh_from_db()
    assert (line.amount_fen, line.committed_fen, line.paid_fen) == (total, 1_000_000, 1_000_000)
    again = attempt(filed, "evaluation.pay_fee", filed.latest(Evaluation), FILED)
    assert rules(again) == ["fee-once"]
    dear = attempt(filed, "evaluation.commission", None, date(2012, 9, 1), seed="endpilot", fee="800001")
    assert rules(dear) == ["fee-within-line"]


@pytest.mark.clause("GZ-S-4.3f")
def test_no_evaluation_at_the_end_before_half_the_pilot_and_a_warning_before_its_middle(filed: Line) -> None:
    assert rules(attempt(filed, "evaluation.commission", None, FILED, seed="endpilot")) == ["endpilot-at-its-end"]
    assert rules(attempt(filed, "evaluation.commission", None, FILED, seed="midpilot")) == ["midpilot-in-pilot"]


# --- independence ---------------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-S-4.3f")
@pytest.mark.parametrize(
    ("name", "seed", "on"),
    [("evaluation.commission", "comprehensive", YEAR_OVER), ("assessment.open", "midterm", date(2011, 5, 2))],
)
def test_an_evaluator_on_the_providers_board_is_refused(filed: Line, name: str, seed: str, on: date) -> None:
    provider = filed.contract().provider
    assert provider is not None
    Post.objects.create(
        person=filed.evaluator.person, organisation=provider, title="理事", since=date(2010, 1, 1), state="held"
    )
    outcome = attempt(filed, name, None, on, seed=seed)
    assert [(finding.rule, finding.cite) for finding in outcome.findings] == [
        ("evaluator-independent", "gz-scheme-2010#四(三)")
    ]


@pytest.mark.clause("GZ-S-4.3f")
def test_who_left_the_board_is_no_tie_and_the_evaluator_declares(filed: Line) -> None:
    provider = filed.contract().provider
    Post.objects.create(
        person=filed.evaluator.person, organisation=provider, title="理事", since=date(2010, 1, 1),
        until=date(2011, 1, 1), state="left",
    )  # fmt: skip
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    silent = attempt(filed, "evaluation.report", filed.latest(Evaluation), YEAR_OVER, independent="")
    assert "evaluator-declares" in rules(silent)


@pytest.mark.clause("GZ-S-4.3f")
def test_the_provider_entered_a_second_time_does_not_evaluate_itself(filed: Line) -> None:
    provider, evaluator = filed.contract().provider, filed.evaluator.organisation
    assert provider is not None
    Organisation.objects.filter(pk=evaluator.pk).update(name=f"{provider.name} ")
    outcome = attempt(filed, "evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    assert rules(outcome) == ["evaluator-independent"]


# --- after a full year ----------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-S-4.5h")
def test_the_comprehensive_one_is_due_after_twelve_months_and_not_before(filed: Line) -> None:
    owed = Obligation.objects.get(
        purchase=filed.purchase, action="evaluation.commission", subject="evaluation#comprehensive"
    )
    assert owed.due_on == YEAR_OVER
    early = attempt(filed, "evaluation.commission", None, date(2011, 10, 31), seed="comprehensive")
    assert rules(early) == ["comprehensive-after-a-year"]
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    assert filed.contract().ends_on == date(2011, 10, 31)  # the gap: the contract is over when it begins


@pytest.mark.clause("GZ-P-3.4.2b")
def test_nothing_is_assessed_before_the_term(filed: Line) -> None:
    early = attempt(filed, "assessment.open", None, date(2010, 10, 31), seed="midterm")
    assert rules(early) == ["assessment-in-term"]


@pytest.mark.clause("GZ-S-4.5i")
def test_the_city_signs_with_reasons_and_may_withdraw_with_a_reason(filed: Line) -> None:
    filed.act("evaluation.commission", None, YEAR_OVER, seed="comprehensive")
    filed.act("evaluation.report", filed.latest(Evaluation), YEAR_OVER)
    unsaid = attempt(filed, "evaluation.conclude", filed.latest(Evaluation), YEAR_OVER, result="continue", reasons=" ")
    assert list(unsaid.form.errors) == ["reasons"]
    filed.act("evaluation.conclude", filed.latest(Evaluation), YEAR_OVER, result="continue")
    found = filed.latest(Evaluation)
    signer = filed.actor("evaluation.conclude")
    assert (found.result, found.concluded_by, found.concluded_on) == ("continue", signer, YEAR_OVER)
    stranger = attempt(filed, "evaluation.withdraw", found, YEAR_OVER, actor=filed.evaluator)
    assert rules(stranger) == ["kernel.capacity"]
    filed.act("evaluation.withdraw", found, YEAR_OVER)
    found = filed.latest(Evaluation)
    assert (found.state, found.result, found.concluded_by) == ("reported", "", None)
    open_ones = Obligation.objects.filter(purchase=filed.purchase, is_open=True)
    assert not open_ones.filter(action="contract.renew").exists()
    assert open_ones.filter(action="evaluation.conclude").count() == 1


# --- the second year ------------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-S-4.5i")
def test_a_renewal_needs_verdict_announcement_and_money_of_its_year(filed: Line) -> None:
    bare = attempt(filed, "contract.renew", filed.contract(), YEAR_OVER, **SECOND)
    assert sorted(rules(bare)) == ["renewal-announced", "renewal-money", "renewal-verdict"]
    announced(filed)
    money_of(filed, 2011)
    assert rules(attempt(filed, "contract.renew", filed.contract(), YEAR_OVER, **SECOND)) == ["renewal-verdict"]
    concluded(filed, "exit")
    assert rules(attempt(filed, "contract.renew", filed.contract(), YEAR_OVER, **SECOND)) == ["renewal-verdict"]


@pytest.mark.clause("GZ-S-4.5i")
def test_after_an_improvement_that_was_accepted_the_second_year_may_follow(filed: Line) -> None:
    announced(filed)
    money_of(filed, 2011)
    concluded(filed, "improve")
    owed = Obligation.objects.get(purchase=filed.purchase, action="improvement.submit", is_open=True)
    assert owed.capacity == "provider"
    filed.act("improvement.submit", None, YEAR_OVER)
    assert rules(attempt(filed, "contract.renew", filed.contract(), YEAR_OVER, **SECOND)) == ["renewal-verdict"]
    filed.act("improvement.return", filed.latest(Improvement), YEAR_OVER)
    filed.act("improvement.submit", filed.latest(Improvement), YEAR_OVER)
    filed.act("improvement.accept", filed.latest(Improvement), YEAR_OVER)
    assert attempt(filed, "contract.renew", filed.contract(), YEAR_OVER, **SECOND).entry is not None


@pytest.mark.clause("GZ-S-4.5i")
def test_the_second_year_has_an_item_of_its_own_and_the_first_stays_payable(filed: Line) -> None:
    announced(filed)
    money_of(filed, 2011)
    concluded(filed)
    first = filed.contract()
    filed.act("contract.renew", first, YEAR_OVER, **SECOND)
    second = filed.contract()
    assert (second.renews, second.year_number, second.state, second.provider) == (first, 2, "drafted", first.provider)
    item = filed.latest(PlanItem)
    assert (second.item, item.year, item.amount_fen, item.state) == (item, 2011, 195_000_000, "proposed")
    again = attempt(filed, "contract.renew", first, YEAR_OVER, **SECOND | {"number": "YX-2011-02"})
    assert rules(again) == ["renewal-once"]
    provider = filed.actor("claim.submit")
    assert [row.seed for row in Claim.unborn(filed.dossier(YEAR_OVER), provider)] == ["1"]
    Contract.objects.filter(pk=second.pk).update(signed_on=YEAR_OVER)
    assert [row.seed for row in Claim.unborn(filed.dossier(YEAR_OVER), provider)] == ["1", "2-1"]


@pytest.mark.clause("GZ-S-4.5i")
def test_the_second_year_overlaps_no_first(filed: Line) -> None:
    outcome = attempt(filed, "contract.renew", filed.contract(), YEAR_OVER, **SECOND | {"starts_on": "2011-10-31"})
    assert outcome.form.errors["starts_on"] == ["第二年的资助期须在上一年结束（2011-10-31）之后"]


# --- self-checks ----------------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-3.4.3a")
def test_five_blocks_again_and_again_on_the_cycle_the_purchaser_set(filed: Line) -> None:
    filed.act("selfcheck.schedule", None, FILED, cycle_months="3", first_on="2011-01-31")
    rows = Obligation.objects.filter(purchase=filed.purchase, action="selfcheck.submit", is_open=True)
    assert [(row.due_on, row.capacity) for row in rows] == [(date(2011, 1, 31), "provider")]
    first = filed.latest(SelfCheck)
    for block in SelfCheck.BLOCKS:
        blank = attempt(filed, "selfcheck.submit", first, date(2011, 1, 20), **{block: ""})
        assert list(blank.form.errors) == [block]
    filed.act("selfcheck.submit", first, date(2011, 1, 20))
    following = filed.latest(SelfCheck)
    assert (following.number, following.due_on, following.state) == (2, date(2011, 4, 30), "scheduled")
    assert [(row.due_on, row.subject) for row in rows.all()] == [(date(2011, 5, 3), following.key)]


@pytest.mark.clause("GZ-P-3.4.3a")
def test_no_self_check_is_due_after_the_term(filed: Line) -> None:
    filed.act("selfcheck.schedule", None, FILED, cycle_months="12", first_on="2011-01-31")
    filed.act("selfcheck.submit", filed.latest(SelfCheck), date(2011, 1, 20))
    assert [(row.number, row.state) for row in SelfCheck.objects.all()] == [(1, "submitted")]
    assert not Obligation.objects.filter(purchase=filed.purchase, action="selfcheck.submit", is_open=True).exists()


def test_every_act_of_the_room_has_somebody_who_may_do_it(filed: Line) -> None:
    kinds = {"framework", "evaluation", "improvement", "selfcheck"}
    names = [name for name, act in ACTIONS.items() if act.subject.kind in kinds]
    assert [name for name in names if filed.regime.who(name) is None] == []
