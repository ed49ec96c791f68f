"""Xiamen from January 2015: a district bureau buys for its pilot, from its survey of needs to the signed contract."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gongyue.budget.models import PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import Refused
from gongyue.kernel.models import Obligation, Purchase, Role
from gongyue.kernel.offers import find
from gongyue.needs.models import NeedsAssessment, ServiceProposal
from gongyue.tendering import qualification
from gongyue.tendering.models import Bid, Tender
from tests.journeys.test_guangdong import LISTED, drawn
from tests.outside import City, Outside, city, fund
from tests.parties.acts import attempt, content, done, errors, refusals
from tests.tendering import evaluating

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "cn-fj-xiamen"
REGISTRAR = ("厦门市民政局", "civil_affairs", "350200", "")
OFFICES = [
    ("思明区民政局", "civil_affairs", "350203", ""),
    ("思明区财政局", "finance", "350203", ""),
    ("思明区残联", "department", "350203", "mass"),
    ("思明区社会福利中心", "department", "350203", "class_one"),
    ("中共思明区委政法委", "department", "350203", "party"),
    ("思明区社区建设中心", "department", "350203", "administrative_other"),
]
GOALS = {
    "quantity_goal": "每年探访 2400 次", "scale_goal": "覆盖六个社区的独居长者", "quality_goal": "探访有记录并回访",
    "effect_goal": "意外事件及时发现，长者满意度有提高",
}  # fmt: skip
TERMS = {
    "service_range": "思明区六个社区的独居长者", "quantity_terms": "每年 2400 次", "breach_terms": "每日万分之五",
}  # fmt: skip
OPENLY = {"way": "open", "category": "社会工作服务", "year_fen": "480000"}


def day(month: int, number: int) -> date:
    return date(2015, month, number)


@pytest.fixture
def xiamen() -> City:
    everybody = city(CODE, REGISTRAR, OFFICES, day(1, 6))
    firm = everybody.register("鹭岛社区服务有限公司（演示）", "social_organisation", "350200", "company")
    everybody.social.append(everybody.post(firm, "项目经理", "bidder-firm"))
    return everybody


@pytest.fixture
def line(xiamen: City) -> Outside:
    return Outside(xiamen, "思明区民政局", "350203", finance="思明区财政局")


def start(everybody: City, office: str, /, **data: Any) -> Any:
    """An office's own start, as its page would send it."""
    post = everybody.seats[office][0]
    given = {
        "title": "社会工作服务", "place": post.organisation.division_id, "scope": "project",
        "service_class": "special", "project_origin": "demand", "supervisor": str(post.organisation_id),
    }  # fmt: skip
    return attempt("purchase.start", Purchase.unborn(None, post)[0], post, "2015-01-12", **(given | data))


def proposal(**data: Any) -> dict[str, Any]:
    cost = {"service": "居家探访", "target": "独居长者", "volume": "2400", "unit": "次", "staff": "150"}
    cost |= {"activity": "30", "other": "10", "taxes": "10"}
    served = {"service": "居家探访", "category": "individual", "phase": "first", "ready": "on", "standard": ""}
    return {"services": [served], "costs": [cost], **GOALS, **data}


def budget(line: Outside, **method: str) -> None:
    """Surveyed, costed, proposed with its goals, taken into the budget; then its money and the method: tendered openly,
    unless `method` says otherwise."""
    line.through(NeedsAssessment, "concluded", day(1, 13), day(1, 19))
    line.through(ServiceProposal, "submitted", day(1, 20), **{"service_proposal.submit": proposal()})
    line.act("item.propose", None, day(1, 21), year="2015", amount="480000")
    line.act("item.approve", line.latest(PlanItem), day(2, 9))
    fund(line.money, 2015, "600000", day(2, 10))
    line.commit(day(2, 11))
    line.act("method.choose", None, day(3, 2), **(OPENLY | method))


def call(line: Outside) -> None:
    line.act("tender.draft", None, day(3, 3), ceiling="480000")
    line.act("tender.publish", line.latest(Tender), day(3, 9))


def judge(line: Outside, at: datetime) -> None:
    """By the Regulation of March 2015: four experts drawn from the pool and one of the purchaser's own."""
    evaluating.done(evaluating.plan(line, at))
    evaluating.done(evaluating.seat(line, at=at, drawn_at="2015-03-30T15:00"))
    for post in evaluating.members(line):
        evaluating.done(evaluating.sign_in(line, post, at))
        evaluating.done(evaluating.submit(line, post, at))


def test_a_purchase_from_its_start_to_the_signed_contract(line: Outside) -> None:
    purchase = line.start(day(1, 12), service_class="special")
    budget(line)
    call(line)
    line.bid(day(3, 23), {0: "466000", 1: "472000", 3: "478000"})
    line.open_bids(datetime(2015, 3, 31, 10, tzinfo=LOCAL))
    judge(line, datetime(2015, 4, 1, 10, tzinfo=LOCAL))
    line.through(Tender, "awarded", day(4, 2), day(4, 3))
    contract = line.through(Contract, "signed", day(4, 7), day(4, 8), day(4, 9), **{"contract.draft": TERMS})

    assert (purchase.programme, purchase.division_id, purchase.service_class) == ("", "350203", "special")
    assert (contract.state, contract.purchaser.name) == ("signed", "思明区民政局")
    assert contract.amount_fen in {46_600_000, 47_200_000, 47_800_000}
    share = Share.objects.get(purchase=purchase)
    assert (share.payer.name, share.amount_fen, share.state) == ("思明区财政局", 48_000_000, "committed")
    late = Obligation.objects.filter(purchase=purchase, late_days__gt=0)
    assert list(late.values_list("rule", "late_days")) == []


@pytest.mark.parametrize("year", [2015, 2018])
def test_outside_procurement_picked_experts_leave_no_committee_and_no_report_to_make(line: Outside, year: int) -> None:
    line.start(day(1, 12), service_class="special")
    budget(line, limit_fen="1000000", limit_source="厦府〔2014〕1号（演示）")
    later = {"bids_due_at": f"{year}-07-31T09:30"}
    line.act("tender.draft", None, date(year, 7, 2), ceiling="480000")
    line.act("tender.relief", line.latest(Tender), date(year, 7, 3), challenge_contact="书面送区民政局办公室")
    line.act("tender.publish", line.latest(Tender), date(year, 7, 3), **later)
    waiting = Obligation.objects.filter(purchase=line.purchase, is_open=True)
    assert list(waiting.filter(action__startswith="committee.").values_list("rule", flat=True)) == ["form-committee"]
    line.bid(date(year, 7, 23), {0: "466000", 1: "472000", 3: "478000"})
    line.open_bids(datetime(year, 7, 31, 10, tzinfo=LOCAL))
    experts = line.cast.experts[:5]
    line.act("tender.appoint", line.latest(Tender), date(year, 7, 31), experts=[str(post.pk) for post in experts])
    assert not waiting.filter(action__startswith="committee.").exists()
    for post in experts:
        evaluating.done(evaluating.sign_in(line, post, datetime(year, 8, 1, 10, tzinfo=LOCAL)))
        evaluating.done(evaluating.submit(line, post, datetime(year, 8, 1, 10, tzinfo=LOCAL)))
    line.act("tender.score", line.latest(Tender), date(year, 8, 2))
    assert waiting.filter(rule="write-report").exists() == (year == 2018)  # Order 87
    line.act("tender.award", line.latest(Tender), date(year, 8, 3))
    assert not waiting.filter(action__startswith="evalreport.").exists()


def test_who_stands_in_it_from_the_first_day(line: Outside) -> None:
    purchase = line.start(day(1, 12), service_class="special")
    assert {(r.organisation.name, r.capacity) for r in Role.objects.filter(purchase=purchase)} == {
        ("厦门市民政局", "registrar"), ("思明区民政局", "purchaser"), ("思明区财政局", "finance"),
        ("思明区财政局", "procurement_supervisor"),
    }  # fmt: skip


@pytest.mark.clause("XM-3.1b")
def test_bodies_that_may_purchase(xiamen: City) -> None:
    for office in ("思明区民政局", "思明区残联"):
        assert done(start(xiamen, office)).opened_by.name == office
    for office in ("思明区社会福利中心", "中共思明区委政法委", "思明区社区建设中心"):
        assert refusals(start(xiamen, office)) == ["purchaser-type"]


def test_city_and_district_purchase_for_themselves(xiamen: City) -> None:
    for office, level in (("厦门市民政局", "city"), ("思明区民政局", "district")):
        outcome = start(xiamen, office)
        assert content(outcome.entry)["facts"]["purchaser.level"] == level


@pytest.mark.clause("XM-3.3")
def test_every_purchase_is_comprehensive_special_or_a_marked_experiment(xiamen: City) -> None:
    office = "思明区民政局"
    assert list(errors(start(xiamen, office, service_class=""))) == ["service_class"]
    for known in ("comprehensive-centre", "comprehensive-station", "special"):
        assert done(start(xiamen, office, service_class=known)).service_class == known
    assert refusals(start(xiamen, office, service_class="experimental")) == ["experimental-form"]
    why = {"acknowledge-experimental-form": "以服务券试点购买上门服务"}
    tried = start(xiamen, office, service_class="experimental", **why)
    assert content(tried.entry)["acknowledged"] == {"experimental-form": "以服务券试点购买上门服务"}
    assert done(tried).service_class == "experimental"


@pytest.mark.clause("XM-3.4a")
def test_before_needs_cost_and_four_goals_there_is_no_item(line: Outside) -> None:
    line.start(day(1, 12), service_class="special")
    with pytest.raises(Refused, match="research-before-item"):
        line.act("item.propose", None, day(1, 13), year="2015", amount="480000")
    line.through(NeedsAssessment, "concluded", day(1, 13), day(1, 19))
    with pytest.raises(Refused, match="cost-before-item"):
        line.act("item.propose", None, day(1, 20), year="2015", amount="480000")
    for goal in GOALS:
        with pytest.raises(Refused, match="four-goals"):
            line.act("service_proposal.submit", None, day(1, 20), **proposal(**{goal: ""}))
    line.act("service_proposal.submit", None, day(1, 20), **proposal())
    line.act("item.propose", None, day(1, 21), year="2015", amount="480000")


def test_without_a_method_no_documents_are_drafted(line: Outside) -> None:
    line.start(day(1, 12), service_class="special")
    line.through(NeedsAssessment, "concluded", day(1, 13), day(1, 19))
    line.through(ServiceProposal, "submitted", day(1, 20), **{"service_proposal.submit": proposal()})
    line.act("item.propose", None, day(1, 21), year="2015", amount="480000")
    line.act("item.approve", line.latest(PlanItem), day(2, 9))
    with pytest.raises(Refused, match="method-before-documents"):
        line.act("tender.draft", None, day(3, 3), ceiling="480000")


@pytest.fixture
def opened(line: Outside) -> Outside:
    """Bids of an organisation, an association, a foundation and a firm, opened and not yet reviewed."""
    line.start(day(1, 12), service_class="special")
    budget(line)
    call(line)
    line.bid(day(3, 23), {0: "466000", 3: "472000", 4: "476000", 5: "478000"})
    line.act("tender.open", line.latest(Tender), datetime(2015, 3, 31, 10, tzinfo=LOCAL))
    return line


def of(line: Outside, registration: str) -> Bid:
    return Bid.objects.get(purchase=line.purchase, organisation__registration=registration)


def rated(line: Outside, failing: str = "") -> list[dict[str, str]]:
    return [
        {"item": item.zh, "result": "不合格" if item.id == failing else "合格", "evidence": "所附材料"}
        for item in qualification.items(line.regime)
    ]


@pytest.mark.clause("XM-3.2b")
def test_a_firm_provides_with_proof_of_its_ability(opened: Outside) -> None:
    firm = of(opened, "company")
    with pytest.raises(Refused, match="enterprise-proof"):
        opened.act("bid.qualify", firm, day(4, 1))
    opened.act("bid.qualify", firm, day(4, 1), capability="近三年两份社区服务合同及评价")
    firm.refresh_from_db()
    assert (firm.state, firm.checks[-1]) == ("qualified", {
        "item": "企事业单位具备相应能力和条件", "result": "合格", "evidence": "近三年两份社区服务合同及评价",
    })  # fmt: skip
    for registration in ("private_non_enterprise", "social_group", "foundation"):
        opened.act("bid.qualify", of(opened, registration), day(4, 1))


@pytest.mark.clause("XM-3.2a")
def test_each_of_the_six_conditions_has_to_be_met(opened: Outside) -> None:
    names = [item.id for item in qualification.items(opened.regime)]
    assert names == ["liability", "ability", "governance", "rules", "reputation", "operation"]
    bid = of(opened, "foundation")
    for name in names:
        with pytest.raises(Refused, match="six-conditions"):
            opened.act("bid.qualify", bid, day(4, 1), checks=rated(opened, name))
    opened.act("bid.qualify", bid, day(4, 1), checks=rated(opened))


@pytest.mark.clause("XM-3.4c")
def test_a_contract_without_one_of_its_six_contents_is_not_accepted(line: Outside) -> None:
    line.start(day(1, 12), service_class="special")
    budget(line)
    call(line)
    line.bid(day(3, 23), {0: "466000", 1: "472000", 3: "478000"})
    line.open_bids(datetime(2015, 3, 31, 10, tzinfo=LOCAL))
    judge(line, datetime(2015, 4, 1, 10, tzinfo=LOCAL))
    line.through(Tender, "awarded", day(4, 2), day(4, 3))
    contents = ("service_range", "quantity_terms", "quality_standard", "starts_on", "ends_on", "payment_method",
                "breach_terms")  # fmt: skip
    for empty in contents:
        line.act("contract.draft", line.latest(Contract), day(4, 7), **(TERMS | {empty: ""}))
        contract = line.latest(Contract)
        with pytest.raises(Refused, match="contract-six-contents"):
            line.act("contract.accept", contract, day(4, 7))
        line.act("contract.return", contract, day(4, 7))
    line.through(Contract, "accepted", day(4, 8), **{"contract.draft": TERMS})


def test_only_those_drawn_may_bid_in_an_invited_tender(line: Outside) -> None:
    line.start(day(1, 12), service_class="special")
    budget(line, way="invited", ground="limited_suppliers", **LISTED)
    line.act("tender.draft", None, day(3, 3), ceiling="480000")
    with pytest.raises(Refused, match="kernel.state"):
        line.act("tender.publish", line.latest(Tender), day(3, 9))
    drawn(line, day(3, 9))
    line.act("tender.publish", line.latest(Tender), day(3, 9))
    at = datetime(2015, 3, 23, 10, tzinfo=LOCAL)
    may = [find("bid.submit", actor=post, at=at, purchase=line.purchase) is not None for post in line.cast.social]
    assert may == [True, True, True, False, False, False]
