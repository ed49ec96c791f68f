"""The doorway: who, in which capacity, when; and that a refusal leaves everything as it was."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from gongyue.budget.models import PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.demonstration.streets import announced, awarded, claimed, prepared, signed
from gongyue.kernel import obligations
from gongyue.kernel.findings import say
from gongyue.kernel.models import Draft, Obligation, Post, Purchase, Recusal, Refused, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome, perform
from gongyue.kernel.queries import visible
from gongyue.ledger.models import Entry
from gongyue.needs.models import NeedsAssessment
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Tender
from tests.parties.acts import done, register, seat
from tests.town import at

pytestmark = pytest.mark.django_db
B = date(2010, 9, 15)


def snapshot() -> dict[str, Any]:
    """Every row of every table, except the register of refusals."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("gongyue.")]
    return {m._meta.label: list(m._default_manager.order_by("pk").values()) for m in ours if m is not Refused}


def do(
    name: str, subject: Subject, actor: Post, on: str | datetime, data: dict[str, Any] | None = None, **over: Any
) -> Outcome:
    given: dict[str, Any] = {"seen": subject.version, "request_id": uuid4()} | over
    return perform(name, subject, actor=actor, at=at(on) if isinstance(on, str) else on, data=data or {}, **given)


def rules(outcome: Outcome) -> list[str]:
    return [finding.rule for finding in outcome.findings]


@pytest.fixture
def plan(line: Line) -> ImplementationPlan:
    """The implementation plan of 广卫街, submitted on 20 August 2010."""
    line.open(date(2010, 8, 10))
    line.act("implementation.submit", None, date(2010, 8, 20))
    found: ImplementationPlan = line.latest(ImplementationPlan)
    return found


def test_what_is_done_is_in_the_ledger_with_its_reasons(line: Line, plan: ImplementationPlan) -> None:
    reviewer = line.cast.bureaus[line.district][1]
    outcome = do("implementation.review", plan, reviewer, "2010-08-25", {"opinion": "同意上报"})
    assert outcome.entry is not None
    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("reviewed", 2)
    entry = Entry.objects.get(pk=outcome.entry.pk)
    assert (entry.subject, entry.version, entry.action) == (plan.key, 2, "implementation.review")
    assert (entry.post_id, entry.organisation_id, entry.regime) == (
        reviewer.pk, reviewer.organisation_id, line.regime.digest,
    )  # fmt: skip
    assert '"opinion":"同意上报"' in entry.body


def test_a_double_click_is_one_act(line: Line, plan: ImplementationPlan) -> None:
    reviewer, number = line.cast.bureaus[line.district][1], uuid4()
    first = do("implementation.review", plan, reviewer, "2010-08-25", {"opinion": ""}, request_id=number)
    before = snapshot()
    again = do("implementation.review", plan, reviewer, "2010-08-26", {"opinion": "x"}, request_id=number)
    assert first.entry == again.entry
    assert (again.repeated, snapshot()) == (True, before)


def test_a_birth_clicked_twice_is_one_birth(line: Line) -> None:
    purchase, office = line.open(date(2010, 8, 10)), line.actor("implementation.submit")
    data, number = PAPERS["implementation.submit"](line, None, date(2010, 8, 20)), uuid4()
    plans = [ImplementationPlan(purchase=purchase) for _ in range(2)]
    outcomes = [do("implementation.submit", p, office, "2010-08-20", dict(data), request_id=number) for p in plans]
    assert outcomes[0].entry == outcomes[1].entry
    assert outcomes[1].subject.pk == outcomes[0].subject.pk
    assert ImplementationPlan.objects.filter(purchase=purchase).count() == 1


def test_a_request_number_of_another_act_is_refused(line: Line, plan: ImplementationPlan) -> None:
    used = UUID(str(Entry.objects.order_by("-pk").values_list("request_id", flat=True)[0]))
    before = snapshot()
    outcome = do("implementation.review", plan, line.cast.bureaus[line.district][1], "2010-08-25", request_id=used)
    assert (rules(outcome), snapshot()) == (["kernel.request"], before)


def test_a_request_number_of_the_same_act_on_another_subject_is_refused(line: Line) -> None:
    announced(line, B)
    first, second, _third = line.bid(date(2010, 9, 30), {0: "1960000", 1: "1985000", 3: "1990000"})
    line.act("tender.open", line.latest(Tender), date(2010, 10, 7))
    officer, number = line.actor("bid.qualify"), uuid4()
    paper = PAPERS["bid.qualify"](line, first, date(2010, 10, 7))
    assert do("bid.qualify", first, officer, "2010-10-07", dict(paper), request_id=number).entry is not None
    outcome = do("bid.qualify", second, officer, "2010-10-07", dict(paper), request_id=number)
    second.refresh_from_db()
    assert (outcome.entry, rules(outcome), second.state) == (None, ["kernel.request"], "submitted")


def test_a_stale_page_is_noticed(line: Line, plan: ImplementationPlan) -> None:
    before = snapshot()
    outcome = do("implementation.review", plan, line.cast.bureaus[line.district][1], "2010-08-25", seen=0)
    assert (rules(outcome), snapshot()) == (["kernel.stale"], before)


@pytest.mark.clause("GZ-S-4.1b")
def test_the_wrong_capacity_is_told_whose_it_is_and_under_which_article(line: Line, plan: ImplementationPlan) -> None:
    before = snapshot()
    outcome = do("implementation.review", plan, line.cast.streets[line.street.pk], "2010-08-25", {"opinion": ""})
    assert [(f.rule, f.cite, say(f, line.regime)) for f in outcome.findings] == [
        ("kernel.capacity", "gz-scheme-2010#四(一)", "“审核实施方案”须由区（县级市）民政局办理")
    ]
    assert snapshot() == before
    kept = Refused.objects.get(subject=plan.key)
    assert (kept.action, [f["rule"] for f in kept.findings]) == ("implementation.review", ["kernel.capacity"])


@pytest.mark.clause("GZ-P-4.2")
def test_a_bureau_acts_in_its_own_district_and_sees_no_other(line: Line, cast: Cast) -> None:
    haizhu = {"name": "海珠区民政局", "organisation_kind": "civil_affairs", "division": "440105"}
    neighbour = done(register(cast.registrar, **haizhu))
    stranger = seat(cast.registrar, neighbour, "haizhu")
    line.open(date(2010, 8, 10))
    line.act("implementation.submit", None, date(2010, 8, 20))
    plan = line.latest(ImplementationPlan)
    assert rules(do("implementation.review", plan, stranger, "2010-08-25", {"opinion": ""})) == ["kernel.capacity"]
    assert list(visible(stranger, on=B)) == []
    own = cast.bureaus[line.district][1]
    assert list(visible(own, on=B)) == [line.purchase]
    assert do("implementation.review", plan, own, "2010-08-25", {"opinion": ""}).entry is not None


@pytest.mark.clause("GZ-S-4.1b")
def test_a_milestone_cannot_be_jumped(line: Line, plan: ImplementationPlan) -> None:
    before = snapshot()
    outcome = do("implementation.approve", plan, line.cast.city[1], "2010-08-25", {})
    assert [(f.rule, say(f, line.regime)) for f in outcome.findings] == [
        ("kernel.state", "当前为“已提交”，不能批准实施方案；须先完成“已审核”")
    ]
    assert snapshot() == before


def test_nothing_is_backdated(line: Line, plan: ImplementationPlan) -> None:
    before = snapshot()
    outcome = do("implementation.review", plan, line.cast.bureaus[line.district][1], "2010-08-19", {"opinion": ""})
    assert (rules(outcome), snapshot()) == (["kernel.backdated"], before)


def test_a_naive_moment_is_a_bug(line: Line, plan: ImplementationPlan) -> None:
    with pytest.raises(ValueError, match="aware"):
        do("implementation.review", plan, line.cast.city[1], datetime(2010, 8, 25))


def test_a_post_that_is_no_longer_held_acts_no_more(line: Line, plan: ImplementationPlan) -> None:
    reviewer = line.cast.bureaus[line.district][1]
    Post.objects.filter(pk=reviewer.pk).update(until=date(2010, 8, 22))
    reviewer = Post.objects.select_related("organisation__division").get(pk=reviewer.pk)
    assert rules(do("implementation.review", plan, reviewer, "2010-08-25", {"opinion": ""})) == ["kernel.post"]


def test_whoever_recused_takes_no_part(line: Line, plan: ImplementationPlan) -> None:
    reviewer = line.cast.bureaus[line.district][1]
    Recusal.objects.create(
        purchase=line.purchase, person=reviewer.person, reason="近亲属在投标人处任职", since=date(2010, 8, 21)
    )
    outcome = do("implementation.review", plan, reviewer, "2010-08-25", {"opinion": ""})
    assert [say(f, line.regime) for f in outcome.findings] == ["您已回避本采购：近亲属在投标人处任职"]


def test_bad_input_stays_in_the_form_and_nothing_else_changes(line: Line, plan: ImplementationPlan) -> None:
    before = snapshot()
    outcome = do("implementation.return", plan, line.cast.bureaus[line.district][1], "2010-08-25", {"reason": " "})
    assert (outcome.entry, outcome.findings, dict(outcome.form.errors)) == (
        None,
        [],
        {"reason": ["这个字段是必填项。"]},
    )
    assert snapshot() == before


def test_what_was_sent_back_is_sent_again_under_the_same_number(line: Line, plan: ImplementationPlan) -> None:
    line.act("implementation.return", plan, date(2010, 8, 23), reason="目标没有量化")
    plan.refresh_from_db()
    assert plan.state == "returned"
    line.act("implementation.submit", plan, date(2010, 8, 24), goals="年服务 2500 人次")
    plan.refresh_from_db()
    assert (plan.state, plan.version, plan.goals) == ("submitted", 3, "年服务 2500 人次")


@pytest.mark.clause("GZ-P-3.3.2b")
def test_one_officer_does_not_draft_and_approve_the_same_contract(line: Line) -> None:
    awarded(line, B)
    line.act("contract.draft", None, date(2010, 10, 12))
    contract = line.latest(Contract)
    handler, reviewer = line.cast.bureaus[line.district]
    before = snapshot()
    data = dict(PAPERS["contract.approve"](line, contract, date(2010, 10, 13)))
    outcome = do("contract.approve", contract, handler, "2010-10-13", data)
    assert [(f.rule, f.cite, say(f, line.regime)) for f in outcome.findings] == [
        (
            "kernel.incompatible", "gz-procedure-2010#三(三)2",
            "同一人不得既办理“拟订合同”又办理“审定合同”，请由另一名经办人员办理",
        )
    ]  # fmt: skip
    assert snapshot() == before
    assert do("contract.approve", contract, reviewer, "2010-10-13", data).entry is not None


def test_money_is_arranged_by_its_own_payer_only(line: Line) -> None:
    prepared_item(line)
    share = Share.objects.get(purchase=line.purchase, payer=line.cast.finances[line.district].organisation)
    assert line.cast.city_finance is not None
    before = snapshot()
    outcome = do("share.commit", share, line.cast.city_finance, "2010-09-10", {"opinion": ""})
    assert (rules(outcome), snapshot()) == (["kernel.owner"], before)


def prepared_item(line: Line) -> PlanItem:
    line.open(date(2010, 8, 10))
    line.assess_needs(date(2010, 8, 12), date(2010, 8, 20))
    item: PlanItem = line.through(PlanItem, "approved", date(2010, 9, 2), date(2010, 9, 3))
    return item


def test_a_constraint_that_objects_last_is_answered_as_a_conflict(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two openings of one street that both passed the rules: the second meets the database."""
    line.open(date(2010, 8, 10))
    regime = line.regime
    monkeypatch.setattr(type(regime), "ask", lambda *a, **k: [])
    office = line.actor("purchase.open")
    unborn = Purchase(regime=regime.code, division=office.organisation.division)
    before = snapshot()
    data = dict(PAPERS["purchase.open"](line, unborn, date(2010, 8, 11)))
    assert (rules(do("purchase.open", unborn, office, "2010-08-11", data)), snapshot()) == (["kernel.conflict"], before)


@pytest.mark.clause("GZ-S-2.3a")
def test_a_deadline_has_an_owner_and_lateness_is_counted_but_does_not_block(line: Line) -> None:
    line.open(date(2010, 8, 10))
    due = Obligation.objects.get(purchase=line.purchase, action="implementation.submit")
    office = line.cast.streets[line.street.pk]
    assert (due.due_on, due.organisation, due.post, due.is_open) == (
        date(2010, 8, 31),
        office.organisation,
        office,
        True,
    )
    assert [due.days_late(date(2010, 8, 31) + timedelta(days=n)) for n in (0, 1, 9)] == [0, 1, 9]
    outcome = line.act("implementation.submit", None, date(2010, 9, 7))
    due.refresh_from_db()
    assert (due.is_open, due.late_days, due.met_by, due.days_late(date(2011, 1, 1))) == (False, 7, outcome.entry.pk, 7)
    assert f'"late":[{{"days":7,"organisation":{office.organisation_id},"post":{office.pk}' in outcome.entry.body


def test_a_step_that_somebody_may_not_do_is_owned_by_another_of_the_bureau(line: Line) -> None:
    awarded(line, B)
    line.act("contract.draft", None, date(2010, 10, 12))
    due = Obligation.objects.get(purchase=line.purchase, action="contract.approve")
    assert due.post == line.cast.bureaus[line.district][1]


@pytest.mark.clause("GZ-S-4.4")
def test_the_tender_is_due_one_month_after_the_plan_is_approved(line: Line) -> None:
    prepared(line, B)
    due = Obligation.objects.get(purchase=line.purchase, action="tender.award")
    assert (due.due_on, due.organisation) == (date(2010, 10, 15), line.cast.bureaus[line.district][0].organisation)


def test_a_draft_is_kept_until_the_act_is_done(line: Line, plan: ImplementationPlan) -> None:
    reviewer = line.cast.bureaus[line.district][1]
    Draft.objects.create(
        post=reviewer, action="implementation.review", subject=plan.draft_key, data={"opinion": "拟同意"}
    )
    Draft.objects.create(post=reviewer, action="implementation.review", subject="implementation:0", data={})
    do("implementation.review", plan, reviewer, "2010-08-25", {"opinion": "同意"})
    assert list(Draft.objects.values_list("subject", flat=True)) == ["implementation:0"]


def test_the_purchase_shows_its_latest_milestone(line: Line) -> None:
    prepared(line, B)
    assert line.purchase.stage == "implementation:approved"
    assert line.purchase.last_at == datetime(2010, 9, 15, 10, tzinfo=LOCAL)


@pytest.mark.clause("GZ-P-2.1a")
def test_no_project_without_a_concluded_needs_assessment(line: Line) -> None:
    purchase = line.open(date(2010, 8, 10))
    line.act("needs.start", None, date(2010, 8, 12))
    before = snapshot()
    item, office = PlanItem(purchase=purchase), line.actor("item.propose")
    outcome = do("item.propose", item, office, "2010-09-02", dict(PAPERS["item.propose"](line, item, B)))
    assert (rules(outcome), snapshot()) == (["needs-before-project"], before)
    line.act("needs.conclude", line.latest(NeedsAssessment), date(2010, 9, 3))
    line.act("item.propose", None, date(2010, 9, 4))


@pytest.mark.clause("GZ-P-5.2")
def test_by_reference_the_norm_warns_and_a_reason_is_kept(cast: Cast) -> None:
    """A district-level street without a needs assessment: told so, and let pass once it says why."""
    bureau = cast.bureaus["440104"][0]
    (unborn,) = Purchase.unborn(None, bureau)
    data = {"street": "洪桥街", "mode": "one", "title": "洪桥街社区综合服务中心", "scope": "centre"}
    purchase = do("purchase.open_by_reference", unborn, bureau, "2010-10-08", data).subject
    assert isinstance(purchase, Purchase)
    office = done(register(cast.registrar, "2010-10-11", name="洪桥街道办事处", division="440104:洪桥街"))
    street = seat(cast.registrar, office, "hongqiao", "2010-10-11")
    item = PlanItem(purchase=purchase)
    data = {"year": "2010", "amount": "500000", "content": "长者服务", "goals": "年服务 600 人次"}
    told = do("item.propose", item, street, "2010-10-12", data)
    assert [(f.rule, f.severity) for f in told.findings] == [("needs-before-project", "warn")]
    assert told.entry is None
    passed = do("item.propose", item, street, "2010-10-12", data | {"acknowledge-needs-before-project": "沿用旧评估"})
    assert passed.entry is not None
    assert '"acknowledged":{"needs-before-project":"沿用旧评估"}' in passed.entry.body


def test_signed_contracts_carry_a_deadline_of_working_days(line: Line) -> None:
    """Seven working days from 20 October 2010 (a Wednesday)."""
    signed(line, B)
    due = Obligation.objects.get(purchase=line.purchase, action="contract.copy_finance")
    assert due.due_on == date(2010, 10, 29)


def test_a_step_without_a_number_means_the_only_one_there_is(line: Line) -> None:
    claimed(line, B)
    provider = line.actor("claim.submit")
    found = find("claim.submit", actor=provider, at=at("2010-11-10"), purchase=line.purchase)
    assert found is not None
    assert (found.pk, found.seed) == (None, "2")
    assert find("assessment.open", actor=line.cast.city[0], at=at("2010-11-10"), purchase=line.purchase) is None


def test_who_was_handed_over_takes_up_nothing_more(line: Line, plan: ImplementationPlan) -> None:
    """A post is left on a later day; what opens meanwhile goes to somebody who stays."""
    leaving, staying = line.cast.bureaus[line.district]
    Post.objects.filter(pk=leaving.pk).update(state="left", until=date(2010, 12, 1))
    assert obligations.seat(leaving.organisation, date(2010, 8, 25)) == staying
    Post.objects.filter(pk=staying.pk).update(until=date(2010, 8, 1))
    assert obligations.seat(leaving.organisation, date(2010, 8, 25)) == leaving
