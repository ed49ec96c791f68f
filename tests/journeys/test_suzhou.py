"""Suzhou in spring 2017: a street and its district buy jointly, from the unit's start until the contract is signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gongyue.budget.models import PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import Refused
from gongyue.kernel.models import Obligation, Organisation, Post, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.tendering import qualification
from gongyue.tendering.forms import DraftTenderForm
from gongyue.tendering.models import Bid, Commission, Tender
from tests.journeys.test_guangdong import LISTED, drawn
from tests.outside import City, Outside, city, fund
from tests.parties.acts import content
from tests.tendering import evaluating

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "cn-js-suzhou"
STREET = "320508:苏锦街道"
REGISTRAR = ("苏州市民政局", "civil_affairs", "320500", "")
OFFICES = [
    ("苏锦街道办事处", "street_office", STREET, ""),
    ("姑苏区民政局", "civil_affairs", "320508", ""),
    ("苏州市财政局", "finance", "320500", ""),
]
PEOPLE = {"staff": "9", "social_workers": "4"}
STANDARD = "服务质量执行《苏州市专业社会工作服务规范指引》。"


def day(month: int, number: int) -> date:
    return date(2017, month, number)


class Joint(Outside):
    """The street starts and writes, the district approves the contract, the city pays."""

    def actor(self, name: str) -> Post:
        who = self.regime.who(name)
        assert who is not None
        if who.capacities == ("joint_purchaser",):
            return self.cast.seats["姑苏区民政局"][0]
        return self.money if who.capacities[0] in {"finance", "city_finance"} else super().actor(name)


@pytest.fixture
def suzhou() -> City:
    everybody = city(CODE, REGISTRAR, OFFICES, day(1, 3))
    everybody.register("苏锦街道某社区居民委员会（演示）", "residents_committee", STREET)
    firm = everybody.register("金阊社区服务有限公司（演示）", "social_organisation", "320500", "company")
    everybody.social.append(everybody.post(firm, "项目经理", "bidder-firm"))
    return everybody


def funded(suzhou: City) -> Joint:
    walked = Joint(suzhou, "苏锦街道办事处", STREET, finance="苏州市财政局")
    walked.start(day(3, 6))
    walked.act("item.propose", None, day(3, 7), year="2017", amount="1000000")
    walked.act("item.approve", walked.latest(PlanItem), day(3, 20))
    fund(walked.money, 2017, "9000000", day(3, 21))
    walked.commit(day(3, 22))
    return walked


@pytest.fixture
def line(suzhou: City) -> Joint:
    walked = funded(suzhou)
    walked.act("method.choose", None, day(4, 5), way="open", category="社会工作服务", year_fen="1000000")
    return walked


def call(line: Joint, drafted: date, published: date, **data: Any) -> None:
    line.act("tender.draft", None, drafted, ceiling="1000000", quality_standard=STANDARD, **data)
    line.act("tender.publish", line.latest(Tender), published)


def opened(line: Joint) -> None:
    """Three organisations bid by the twenty-sixth of May; none is reviewed yet."""
    call(line, day(5, 2), day(5, 5))
    line.bid(day(5, 18), {0: "980000", 1: "985000", 3: "990000"})
    line.act("tender.open", line.latest(Tender), datetime(2017, 5, 26, 10, tzinfo=LOCAL))


def review(line: Joint, on: date) -> None:
    for bid in Bid.objects.filter(purchase=line.purchase, state="submitted").order_by("pk"):
        line.act("bid.qualify", bid, on, **PEOPLE)


def judge(line: Joint, at: datetime) -> None:
    """Four experts of the pool and one of the street's own."""
    evaluating.done(evaluating.plan(line, at, representatives=[str(line.office[1].pk)]))
    evaluating.done(evaluating.seat(line, at=at, drawn_at="2017-05-25T15:00"))
    for post in evaluating.members(line):
        evaluating.done(evaluating.sign_in(line, post, at))
        evaluating.done(evaluating.submit(line, post, at))


@pytest.mark.clause("SU-2.1b", "SU-2.2a")
def test_a_joint_purchase_from_its_start_to_the_signed_contract(line: Joint) -> None:
    opened(line)
    review(line, day(5, 26))
    judge(line, datetime(2017, 5, 27, 10, tzinfo=LOCAL))
    line.through(Tender, "awarded", day(5, 27), day(5, 31))
    line.act("contract.draft", None, day(6, 1))
    with pytest.raises(Refused, match=r"kernel\.state"):
        line.act("contract.accept", line.latest(Contract), day(6, 1))
    contract = line.through(Contract, "signed", day(6, 2), day(6, 5), day(6, 6))

    assert (contract.state, contract.purchaser.name) == ("signed", "苏锦街道办事处")
    approved = Entry.objects.get(purchase=line.purchase.pk, action="contract.approve")
    assert Organisation.objects.get(pk=approved.organisation_id).name == "姑苏区民政局"
    roles = Role.objects.filter(purchase=line.purchase)
    assert {(r.organisation.name, r.capacity) for r in roles if r.capacity.endswith(("purchaser", "beneficiary"))} == {
        ("苏锦街道办事处", "purchaser"), ("姑苏区民政局", "joint_purchaser"), ("苏锦街道办事处", "beneficiary"),
        ("苏锦街道某社区居民委员会（演示）", "beneficiary"),
    }  # fmt: skip
    share = Share.objects.get(purchase=line.purchase)
    assert (share.payer.name, share.amount_fen) == ("苏州市财政局", 100_000_000)
    finish = Obligation.objects.get(purchase=line.purchase, rule="finish-tender")
    assert (finish.due_on, finish.late_days) == (day(5, 31), 0)
    late = Obligation.objects.filter(purchase=line.purchase, late_days__gt=0)
    assert list(late.values_list("rule", "late_days")) == []


@pytest.mark.clause("SU-2.1b")
def test_the_district_may_do_what_the_street_does_of_the_tender(line: Joint) -> None:
    district = line.cast.seats["姑苏区民政局"][0]
    outcome = line.act(
        "tender.draft", None, day(5, 2), actor=district, ceiling="1000000", quality_standard=STANDARD
    )  # fmt: skip
    assert outcome.entry is not None
    assert outcome.entry.organisation_id == district.organisation_id


def agreement(**data: str) -> dict[str, str]:
    given = {"entrusted": "某招标咨询有限公司（演示）", "number": "SZ-1", "signed_on": "2017-04-11"}
    return given | {"entrusted_with": "编制文件、组织开标和评标"} | data


@pytest.mark.clause("SU-2.1a")
def test_the_purchasers_entrust_their_agent_and_the_bureau_gives_them_none(line: Joint) -> None:
    bureau, district = line.cast.city[0], line.cast.seats["姑苏区民政局"][0]
    with pytest.raises(Refused, match=r"kernel\.capacity"):
        line.act("commission.tender", None, day(4, 12), actor=bureau, **agreement())
    with pytest.raises(Refused, match=r"kernel\.capacity"):
        line.act("commission.evaluation", None, day(4, 12), **agreement())
    line.act("commission.tender", None, day(4, 12), actor=district, **agreement())
    kept = Commission.objects.get(purchase=line.purchase)
    assert (kept.task, kept.principal.name, kept.number) == ("tender", "姑苏区民政局", "SZ-1")


@pytest.mark.clause("SU-2.1a")
def test_each_task_has_its_own_agreement_and_one_body_for_both_is_flagged(line: Joint) -> None:
    bureau = line.cast.city[0]
    line.act("commission.tender", None, day(4, 12), **agreement())
    with pytest.raises(Refused, match="taken|number"):
        line.act("commission.evaluation", None, day(4, 13), actor=bureau, **agreement(entrusted="某评估中心（演示）"))
    with pytest.raises(Refused, match="one-body-both-tasks"):
        line.act("commission.evaluation", None, day(4, 13), actor=bureau, **agreement(number="SZ-2"))
    apart = agreement(number="SZ-2", entrusted="某评估中心（演示）")
    line.act("commission.evaluation", None, day(4, 13), actor=bureau, **apart)
    assert [(one.task, one.body) for one in Commission.objects.filter(purchase=line.purchase).order_by("pk")] == [
        ("tender", "某招标咨询有限公司（演示）"), ("evaluation", "某评估中心（演示）"),
    ]  # fmt: skip


@pytest.mark.clause("SU-2.1a")
def test_one_body_for_both_with_a_reason_is_kept(line: Joint) -> None:
    line.act("commission.tender", None, day(4, 12), **agreement())
    why = {"acknowledge-one-body-both-tasks": "两个部门互不隶属，人员分开"}
    kept = line.act(
        "commission.evaluation", None, day(4, 13), actor=line.cast.city[0], **agreement(number="SZ-2"), **why
    )  # fmt: skip
    assert content(kept.entry)["acknowledged"] == {"one-body-both-tasks": "两个部门互不隶属，人员分开"}


def test_the_citys_bureau_organises_and_takes_no_step_for_the_purchasers(line: Joint) -> None:
    bureau = line.cast.city[0]
    assert Role.objects.filter(purchase=line.purchase, organisation=bureau.organisation).exists()
    for name in ("tender.draft", "method.choose"):
        with pytest.raises((Refused, AssertionError)):
            line.act(name, None, day(5, 2), actor=bureau, ceiling="1000000")


@pytest.mark.clause("SU-2.2a")
def test_too_late_for_the_end_of_may_is_said_and_stays_possible(line: Joint) -> None:
    with pytest.raises(Refused, match="end-of-may-against-bid-period"):
        call(line, day(5, 12), day(5, 12))
    why = {"acknowledge-end-of-may-against-bid-period": "法定二十日优先"}
    line.act("tender.draft", None, day(5, 12), ceiling="1000000", quality_standard=STANDARD, **why)
    published = line.act("tender.publish", line.latest(Tender), day(5, 12), bids_due_at="2017-06-01T10:00", **why)
    assert content(published.entry)["acknowledged"] == {"end-of-may-against-bid-period": "法定二十日优先"}


@pytest.mark.clause("SU-4.1")
def test_documents_name_the_guide_to_norms(line: Joint) -> None:
    then = datetime(2017, 5, 2, 10, tzinfo=LOCAL)
    draft = find("tender.draft", actor=line.office[0], at=then, purchase=line.purchase)
    form = DraftTenderForm(None, subject=draft, dossier=line.dossier(day(5, 2)), actor=line.office[0])
    assert form.get_initial_for_field(form.fields["quality_standard"], "quality_standard") == STANDARD
    with pytest.raises(Refused, match="norm-guide-named"):
        line.act("tender.draft", None, day(5, 2), ceiling="1000000", quality_standard="按合同执行。")


@pytest.mark.clause("SU-4.2")
def test_people_are_counted_when_a_bid_is_reviewed(line: Joint) -> None:
    opened(line)
    bid = Bid.objects.filter(purchase=line.purchase).order_by("pk")[0]
    for staff, workers in (("7", "4"), ("8", "3"), ("", "")):
        with pytest.raises(Refused, match="enough-people"):
            line.act("bid.qualify", bid, day(5, 26), staff=staff, social_workers=workers)
    line.act("bid.qualify", bid, day(5, 26), staff="8", social_workers="4")
    bid.refresh_from_db()
    assert [(row["item"], row["evidence"]) for row in bid.checks[-2:]] == [
        ("投标时的全职员工", "8 人"), ("其中专业社工", "4 人"),
    ]  # fmt: skip


@pytest.mark.clause("SU-4.2")
def test_each_basic_condition_has_to_be_met_and_firms_do_not_bid(line: Joint) -> None:
    call(line, day(5, 2), day(5, 5))
    with pytest.raises(Refused, match="registered-with-civil-affairs"):
        line.bid(day(5, 18), {5: "980000"})
    line.bid(day(5, 18), {0: "980000", 1: "985000", 3: "990000"})
    line.act("tender.open", line.latest(Tender), datetime(2017, 5, 26, 10, tzinfo=LOCAL))
    bid = Bid.objects.filter(purchase=line.purchase).order_by("pk")[0]
    for failing in ("agency", "liability", "accounting", "ability", "reputation"):
        rated = [
            {"item": item.zh, "result": "不合格" if item.id == failing else "合格", "evidence": "所附材料"}
            for item in qualification.items(line.regime)
        ]
        with pytest.raises(Refused, match="basic-qualification"):
            line.act("bid.qualify", bid, day(5, 26), checks=rated, **PEOPLE)


def test_only_those_drawn_may_bid_in_an_invited_tender(suzhou: City) -> None:
    line = funded(suzhou)
    method = {"category": "社会工作服务", "year_fen": "1000000", "consent": ""}
    line.act("method.choose", None, day(4, 5), way="invited", ground="limited_suppliers", **method, **LISTED)
    line.act("tender.draft", None, day(4, 6), ceiling="1000000", quality_standard=STANDARD)
    with pytest.raises(Refused, match="kernel.state"):
        line.act("tender.publish", line.latest(Tender), day(4, 10))
    drawn(line, day(4, 10))
    line.act("tender.publish", line.latest(Tender), day(4, 10))
    at = datetime(2017, 4, 20, 10, tzinfo=LOCAL)
    may = [find("bid.submit", actor=post, at=at, purchase=line.purchase) is not None for post in line.cast.social]
    assert may == [True, True, True, False, False, False]
