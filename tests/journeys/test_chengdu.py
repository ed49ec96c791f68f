"""Chengdu from autumn 2017: a district bureau buys for itself, outside any pilot, until the contract is signed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gongyue.budget.models import Fund, ItemTable, PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import Refused
from gongyue.kernel.models import Obligation, Organisation, Purchase, Role
from gongyue.ledger.models import Entry
from gongyue.needs.models import NeedsAssessment, Outreach, Requirement, ServiceProposal
from gongyue.tendering.models import Report, Signature, Tender
from tests.chengdu import REQUIREMENT, WORDING
from tests.outside import City, Outside, city, fund
from tests.parties.acts import attempt, content, done, errors, refusals
from tests.tendering import evaluating

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "cn-sc-chengdu"
REGISTRAR = ("成都市财政局", "finance", "510100", "")
OFFICES = [
    ("锦江区民政局", "civil_affairs", "510104", ""),
    ("锦江区财政局", "finance", "510104", ""),
    ("锦江区妇联", "department", "510104", "mass"),
    ("锦江区社会福利院", "department", "510104", "class_one"),
    ("武侯区民政局", "civil_affairs", "510107", ""),
    ("成都市民政局", "civil_affairs", "510100", ""),
]
DOCUMENTS = {
    "requirement": WORDING, "conditions": [{"name": "登记证书", "proof": "副本"}], "contract_draft": "合同草案。",
    "factors": [
        {"name": "服务方案", "points": "60", "is_price": "", "bands": "5以上得60分；不足5得20分"},
        {"name": "督导安排", "points": "30", "is_price": "", "bands": "3以上得30分；不足3得10分"},
        {"name": "价格", "points": "10", "is_price": "on"},
    ],
}  # fmt: skip

TERMS = {
    "service_range": "锦江区", "subject_matter": "居家探访", "quantity_terms": "2400 次",
    "check_terms": "按季度考核付款", "breach_terms": "逾期每日万分之五", "dispute_terms": "向人民法院起诉",
}  # fmt: skip


def day(month: int, number: int) -> date:
    return date(2017, month, number)


def later(month: int, number: int) -> date:
    """In the year after."""
    return date(2018, month, number)


@pytest.fixture
def chengdu() -> City:
    return city(CODE, REGISTRAR, OFFICES, day(9, 1))


@pytest.fixture
def line(chengdu: City) -> Outside:
    return Outside(chengdu, "锦江区民政局", "510104", finance="锦江区财政局")


def start(everybody: City, office: str, /, **data: Any) -> Any:
    """An office's own start, as its page would send it."""
    post = everybody.seats[office][0]
    given = {
        "title": "社区社会工作服务", "place": post.organisation.division_id, "scope": "project",
        "service_class": "public", "project_origin": "demand", "supervisor": str(post.organisation_id),
        "exclusion_note": "属社区社会工作服务，可由社会组织承担",
    }  # fmt: skip
    return attempt("purchase.start", Purchase.unborn(None, post)[0], post, "2017-09-04", **(given | data))


def budget(line: Outside) -> None:
    """The item filed in next year's table, reviewed, approved with the budget reply; then its money."""
    line.act("item.propose", None, day(9, 13), year="2018", amount="500000")
    opened = line.act(
        "itemtable.open", ItemTable(finance=line.money.organisation), day(10, 9), year="2018",
        requirements="以事定费，费随事转。", closes_on="2017-10-31",
    )  # fmt: skip
    table, lines = opened.subject, [{"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": "500000"}]
    item = line.latest(PlanItem)
    line.act("item.file", item, day(10, 16), procurement="on", procurement_budget=lines, table=str(table.pk))
    line.act("item.review", item, day(11, 6), opinion="标准合理。")
    line.act("itemtable.close", table, day(11, 7))
    line.act("itemtable.approve", table, later(2, 5), congress_on="2018-01-25", reply_number="锦财预〔2018〕1号")
    line.act("item.approve", item, later(2, 6))
    fund(line.money, 2018, "800000", later(2, 7))
    line.commit(later(2, 8))


def require(line: Outside, **method: str) -> None:
    """The requirement written, argued with suppliers and experts, put to the public, reviewed; open tender chosen,
    unless `method` says otherwise."""
    line.act("requirement.draft", None, later(2, 26), **REQUIREMENT)
    asked = [{"name": f"供应商{n}", "sort": "supplier", "why": "同类项目", "opinion": "可行"} for n in (1, 2, 3)]
    asked += [{"name": f"专家{n}", "sort": "expert", "opinion": "需求明确"} for n in (1, 2)]
    said = {"way": "argue", "researched_on": "2018-02-27", "asked": asked, "findings": "需求合理。"}
    line.act("research.record", None, later(2, 27), **said)
    line.act(
        "outreach.open", None, later(2, 27), channel="site", text="拟定的需求", address="https://example.cn/1",
        closes_on="2018-03-06",
    )  # fmt: skip
    replies = [{"opinion": "增加夜间探访", "times": "3", "handling": "declined", "reason": "超出预算"}]
    line.act("outreach.close", line.latest(Outreach), later(3, 7), replies=replies, summary="一条意见不采纳。")
    line.act(
        "requirement.review", line.latest(Requirement), later(3, 8), review_kind="internal", reviewed_on="2018-03-08",
        members=[{"name": "周敏", "office": "business", "opinion": "同意"}], opinion="需求完整。",
    )  # fmt: skip
    chosen = {"way": "open", "category": "社会工作服务", "year_fen": "500000"}
    line.act("method.choose", None, later(3, 9), **(chosen | method))


def scores(line: Outside) -> dict[str, dict[str, str]]:
    """The first to bid is found best on both, by the points of the intervals."""
    return {
        str(bid.pk): {"1": "20" if place else "60", "2": "30"} for place, bid in enumerate(line.qualified())
    }  # fmt: skip


def judge(line: Outside, at: datetime) -> None:
    """Four experts drawn from the pool and one of the purchaser's own sign in, are led, and hand in their sheets."""
    evaluating.done(evaluating.plan(line, at))
    evaluating.done(evaluating.seat(line, at=at, drawn_at="2018-04-09T15:00"))
    for post in evaluating.members(line):
        evaluating.done(evaluating.sign_in(line, post, at))
    line.act("committee.lead", evaluating.committee(line), at, leader=str(line.cast.experts[0].pk))
    for post in evaluating.members(line):
        line.act("sheet.submit", None, at, actor=post, scores=scores(line), independent=True)


@pytest.mark.clause("CD-3b")
def test_a_purchase_from_its_start_to_the_signed_contract(line: Outside) -> None:
    purchase = line.start(day(9, 4), service_class="public")
    line.through(NeedsAssessment, "concluded", day(9, 5), day(9, 11))
    cost = {"service": "居家探访", "target": "独居长者", "volume": "2400", "unit": "次", "staff": "150"}
    cost |= {"activity": "30", "other": "10", "taxes": "10"}
    served = {"service": "居家探访", "category": "individual", "phase": "first", "ready": "on", "standard": ""}
    estimated = {"services": [served], "costs": [cost], "estimated_with": "区社会工作协会"}
    line.through(ServiceProposal, "argued", day(9, 12), day(9, 13), **{"service_proposal.submit": estimated})
    budget(line)
    require(line)
    line.act("tender.draft", None, later(3, 12), ceiling="500000", **DOCUMENTS)
    line.act(
        "tender.relief", line.latest(Tender), later(3, 13), challenge_contact="书面送区民政局办公室，028-8000 0000"
    )
    line.act("tender.publish", line.latest(Tender), later(3, 14))
    opening = Obligation.objects.get(purchase=purchase, is_open=True, action="tender.open")
    due = line.latest(Tender).bids_due_at
    assert due is not None
    assert (opening.rule, opening.organisation, opening.due_on) == (
        "open-bids", line.office[0].organisation, due.astimezone(LOCAL).date(),
    )  # fmt: skip
    line.bid(later(3, 28), {0: "486000", 1: "492000", 3: "498000"})
    line.open_bids(datetime(2018, 4, 4, 10, tzinfo=LOCAL))
    scoring = Obligation.objects.get(purchase=purchase, is_open=True, action="tender.score")
    assert (scoring.rule, scoring.due_on) == ("score-bids", None)
    judge(line, datetime(2018, 4, 10, 10, tzinfo=LOCAL))
    line.act("tender.score", line.latest(Tender), later(4, 11))
    line.act("evalreport.draft", None, later(4, 11), medium="四川政府采购网", situation="逐家审查，独立评审。")
    for post in evaluating.members(line):
        asked = Signature.objects.get(purchase=purchase, post=post)
        line.act("signature.give", asked, later(4, 11), actor=post, stand="agree")
    line.act("evalreport.sign", line.latest(Report), later(4, 11))
    line.act("evalreport.deliver", line.latest(Report), later(4, 11), received_on="2018-04-11")
    line.act("tender.award", line.latest(Tender), later(4, 12))
    days = later(4, 13), later(4, 16), later(4, 17)
    contract = line.through(Contract, "signed", *days, **{"contract.draft": TERMS})

    assert (purchase.programme, purchase.division_id, purchase.service_class) == ("", "510104", "public")
    assert (contract.state, contract.amount_fen) == ("signed", 48_600_000)
    assert contract.purchaser.name == "锦江区民政局"
    share = Share.objects.get(purchase=purchase)
    assert (share.payer.name, share.amount_fen, share.state) == ("锦江区财政局", 50_000_000, "committed")
    line_ = Fund.objects.get(pk=share.fund_id)
    assert (line_.programme, line_.amount_fen, line_.committed_fen) == ("", 80_000_000, 50_000_000)
    reviewed = Entry.objects.get(purchase=purchase.pk, action="item.approve")
    assert Organisation.objects.get(pk=reviewed.organisation_id).name == "锦江区财政局"
    late = Obligation.objects.filter(purchase=purchase, late_days__gt=0)
    assert list(late.values_list("rule", "late_days")) == []


def test_who_stands_in_it_from_the_first_day(line: Outside) -> None:
    """Whoever starts it purchases; finance of its own level pays, and the city's has no part in it."""
    purchase = line.start(day(9, 4), service_class="public")
    roles = Role.objects.filter(purchase=purchase)
    assert {(r.organisation.name, r.capacity) for r in roles} == {
        ("成都市财政局", "registrar"), ("成都市财政局", "city_finance"), ("锦江区民政局", "purchaser"),
        ("锦江区财政局", "finance"), ("锦江区财政局", "procurement_supervisor"), ("锦江区民政局", "supervisor"),
    }  # fmt: skip
    assert (purchase.opened_by, purchase.supervisor) == (line.office[0].organisation, line.office[0].organisation)
    owed = Obligation.objects.get(purchase=purchase, action="needs.start")
    assert (owed.organisation, owed.capacity, owed.due_on) == (line.office[0].organisation, "purchaser", None)


def test_where_a_level_has_no_finance_bureau_the_next_above_pays_until_it_has_one(chengdu: City) -> None:
    wuhou = Outside(chengdu, "武侯区民政局", "510107", finance="成都市财政局")
    purchase = wuhou.start(day(9, 4), service_class="public")
    own = chengdu.register("武侯区财政局", "finance", "510107")
    held = Role.objects.filter(purchase=purchase, capacity="finance")
    assert [role.organisation.name for role in held] == ["成都市财政局"]
    later = Outside(chengdu, "武侯区民政局", "510107", finance="成都市财政局").start(day(9, 5), service_class="public")
    assert Role.objects.get(purchase=later, capacity="finance").organisation == own


@pytest.mark.clause("CD-2")
def test_bodies_that_article_2_admits(chengdu: City) -> None:
    assert done(start(chengdu, "锦江区民政局")).opened_by.name == "锦江区民政局"
    assert refusals(start(chengdu, "锦江区社会福利院")) == ["purchaser-admitted"]
    assert refusals(start(chengdu, "锦江区妇联")) == ["purchaser-may-follow"]
    need = {"acknowledge-purchaser-may-follow": "妇女儿童之家需要专业社工服务"}
    followed = start(chengdu, "锦江区妇联", **need)
    assert content(followed.entry)["acknowledged"] == {"purchaser-may-follow": "妇女儿童之家需要专业社工服务"}
    assert content(followed.entry)["facts"]["purchaser.body"] == "mass"


@pytest.mark.clause("CD-2")
def test_who_is_no_office_buys_nothing(chengdu: City) -> None:
    bidder = chengdu.social[0]
    outcome = attempt("purchase.start", Purchase.unborn(None, bidder)[0], bidder, "2017-09-04", title="自购")
    assert refusals(outcome) == ["kernel.capacity"]


@pytest.mark.clause("CD-3a")
def test_what_government_must_do_itself_is_not_bought(chengdu: City) -> None:
    for matter in ("direct", "unsuited"):
        assert refusals(start(chengdu, "锦江区民政局", excluded=[matter])) == ["nothing-excluded"]
    assert errors(start(chengdu, "锦江区民政局", exclusion_note="")) == {"exclusion_note": ["这个字段是必填项。"]}
    kept = done(start(chengdu, "锦江区民政局"))
    assert (kept.excluded, kept.exclusion_note) == ([], "属社区社会工作服务，可由社会组织承担")


@pytest.mark.clause("CD-3b")
def test_every_purchase_is_of_one_of_the_three_classes(chengdu: City) -> None:
    assert errors(start(chengdu, "锦江区民政局", service_class="")) == {"service_class": ["这个字段是必填项。"]}
    for known in ("office", "support", "public"):
        assert done(start(chengdu, "锦江区民政局", service_class=known)).service_class == known
    assert list(errors(start(chengdu, "锦江区民政局", service_class="other"))) == ["service_class"]


def test_one_buys_for_ones_own_place_or_one_below_it(chengdu: City) -> None:
    assert done(start(chengdu, "成都市民政局", place="510107")).division_id == "510107"
    assert list(errors(start(chengdu, "锦江区民政局", place="510107"))) == ["place"]
    assert list(errors(start(chengdu, "锦江区民政局", place="510100"))) == ["place"]


@pytest.mark.clause("CD-8")
def test_the_city_pays_for_what_a_city_bureau_buys_in_a_district(chengdu: City) -> None:
    """The purchaser's level counts, not the place served."""
    purchase = done(start(chengdu, "成都市民政局", place="510104"))
    assert Role.objects.get(purchase=purchase, capacity="finance").organisation.name == "成都市财政局"


def test_before_its_need_is_argued_no_documents_are_drafted(line: Outside) -> None:
    line.start(day(9, 4), service_class="public")
    line.through(NeedsAssessment, "concluded", day(9, 5), day(9, 11))
    with pytest.raises(Refused, match="requirement-before-other-documents"):
        line.act("tender.draft", None, day(9, 15), ceiling="500000")
