"""Guangdong in 2012: a district body buys, finance reviews and files, the registration authority verifies."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.budget.models import PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import Refused
from gongyue.demonstration.line import Line
from gongyue.desk.methodcard import NOBODY, method_card
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Obligation, Post, Role
from gongyue.kernel.offers import find
from gongyue.tendering.models import Bid, Method, Talk, Tender
from tests.journeys.test_methods import MAY, WORDS
from tests.memory import remembered
from tests.outside import City, Outside, city, fund
from tests.parties.acts import attempt, refusals

pytestmark = pytest.mark.django_db
CODE = "cn-gd"
DISTRICT = "440304"
REGISTRAR = ("广东省民政厅", "civil_affairs", "440000", "")
OFFICES = [
    ("福田区残联", "department", DISTRICT, "mass"),
    ("福田区民政局", "civil_affairs", DISTRICT, ""),
    ("福田区财政局", "finance", DISTRICT, ""),
    ("福田区审计局", "audit", DISTRICT, ""),
    ("福田区监察局", "inspection", DISTRICT, ""),
    ("福田区发展和改革局", "development", DISTRICT, ""),
    ("莲花评估中心", "evaluator", DISTRICT, ""),
    ("鹏城招标公司", "agent", DISTRICT, ""),
    ("深圳市财政局", "finance", "440300", ""),
]
TERMS = {
    "number": "FT-2012-01", "amount": "486000", "starts_on": "2012-09-01", "ends_on": "2013-08-31",
    "service_range": "福田区各社区", "subject_matter": "残疾人家庭社会工作服务",
    "breach_terms": "未按约提供服务的扣减当期款项。",
    "instalments": [{"due_on": "2012-10-15", "amount": "486000", "requires": ""}],
}  # fmt: skip
OPENLY = {"way": "open", "category": "社会工作服务", "year_fen": "500000"}
LISTED = {
    "listed": "on", "open_limit_fen": "2000000", "limit_source": "粤财采购〔2011〕16号", "reason": "附说明材料",
}  # fmt: skip


def day(month: int, number: int) -> date:
    return date(2012, month, number)


class Futian(Outside):
    """Verifying is done by civil affairs of the same level, not by finance."""

    def actor(self, name: str) -> Post:
        if name.startswith(("bid.qualify", "bid.disqualify")):
            return self.cast.seats["福田区民政局"][0]
        return super().actor(name)


@pytest.fixture
def futian() -> City:
    everybody = city(CODE, REGISTRAR, [], day(6, 1))
    above = Division.objects.get(pk="440300")
    Division.objects.get_or_create(
        code=DISTRICT,
        defaults={"name": "福田区", "level": "district", "parent": above, "path": f"{above.path}{DISTRICT}/"},
    )  # fmt: skip
    for number, (name, kind, division, body) in enumerate(OFFICES, 1):
        office = everybody.register(name, kind, division, body=body)
        everybody.seats[name] = [everybody.post(office, title, f"gd-{number}-{n}") for n, title in enumerate("经复")]
    return everybody


@pytest.fixture
def line(futian: City) -> Futian:
    return Futian(futian, "福田区残联", DISTRICT, finance="福田区财政局")


def planned(line: Futian, source: str = "general", **method: str) -> None:
    """`source`: out of the department's budget, or of special money whose use was approved. `method`: tendered openly,
    unless it says otherwise."""
    special = source == "special"
    line.start(day(6, 4), service_class="social")
    line.act(
        "item.propose", None, day(6, 5), year="2012", amount="500000", source=source,
        source_approval="福财批〔2012〕3号" if special else "",
    )  # fmt: skip
    line.act("item.approve", line.latest(PlanItem), day(6, 8))
    fund(line.money, 2012, "800000", day(6, 8), nature="special" if special else "general")
    line.commit(day(6, 11))
    line.act("method.choose", None, day(6, 11), **(OPENLY | method))


@remembered
def contracted(line: Line, source: str = "general") -> Line:
    """From the start to the filed contract."""
    assert isinstance(line, Futian)
    planned(line, source)
    line.act("tender.draft", None, day(6, 12), ceiling="500000")
    line.act("tender.publish", line.latest(Tender), day(6, 13), bids_due_at="2012-07-04T09:00")
    line.bid(day(6, 28), {0: "486000", 1: "492000", 3: "498000"})
    line.open_bids(datetime(2012, 7, 4, 10, tzinfo=LOCAL))
    line.act("tender.appoint", line.latest(Tender), day(7, 5), experts=[str(p.pk) for p in line.cast.experts])
    numbers = [str(number) for number, _factor in line.latest(Tender).judged]
    marks = {str(bid.pk): dict.fromkeys(numbers, "1") for bid in line.qualified()}
    for post in line.cast.experts:
        line.act("sheet.submit", None, day(7, 6), actor=post, scores=marks, independent=True)
    line.act("tender.score", line.latest(Tender), day(7, 9))
    line.act("tender.award", line.latest(Tender), day(7, 10))
    steps = [day(7, 11), day(7, 12), day(7, 13), day(7, 16)]
    line.through(Contract, "filed", *steps, **{"contract.draft": TERMS})
    return line


def test_a_purchase_from_its_start_to_the_filed_contract(line: Futian) -> None:
    contracted(line)
    contract = line.contract()
    reviewers = {bid.reviewer.organisation.name for bid in Bid.objects.filter(purchase=line.purchase) if bid.reviewer}
    assert reviewers == {"福田区民政局"}
    share = Share.objects.get(purchase=line.purchase)
    assert (share.payer.name, share.amount_fen, share.state) == ("福田区财政局", 50_000_000, "committed")
    assert (contract.state, contract.purchaser.name, contract.unstated) == (
        "filed", "福田区残联", ["服务数量", "与付款挂钩的验收标准或者考核办法", "解决争议的方法"],
    )  # fmt: skip


def test_finance_audit_and_registration_are_those_of_the_purchasers_level(line: Futian) -> None:
    purchase = line.start(day(6, 4), service_class="social")
    held = {(role.organisation.name, role.capacity) for role in Role.objects.filter(purchase=purchase)}
    assert held >= {
        ("福田区残联", "purchaser"), ("福田区财政局", "finance"), ("福田区审计局", "audit"),
        ("福田区民政局", "registration_authority"), ("深圳市财政局", "city_finance"),
    }  # fmt: skip
    assert ("深圳市财政局", "finance") not in held


@pytest.mark.clause("GD-7.1a")
def test_without_finances_review_nothing_is_bought(line: Futian) -> None:
    line.start(day(6, 4), service_class="social")
    line.act("item.propose", None, day(6, 5), year="2012", amount="500000", source="general")
    with pytest.raises(Refused, match="plan-reviewed"):
        line.act("method.choose", None, day(6, 6), way="open", category="社会工作服务", year_fen="500000")


@pytest.mark.clause("GD-9.1.4")
def test_the_purchaser_does_not_verify_the_suppliers_itself(line: Futian) -> None:
    planned(line)
    line.act("tender.draft", None, day(6, 12), ceiling="500000")
    line.act("tender.publish", line.latest(Tender), day(6, 13), bids_due_at="2012-07-04T09:00")
    line.bid(day(6, 28), {0: "486000", 1: "492000", 3: "498000"})
    line.act("tender.open", line.latest(Tender), datetime(2012, 7, 4, 10, tzinfo=LOCAL))
    bid = Bid.objects.filter(purchase=line.purchase).first()
    assert bid is not None
    outcome = attempt("bid.qualify", bid, line.office[0], "2012-07-05", evidence="x")
    assert refusals(outcome) == ["kernel.capacity"]


def owed(line: Line) -> list[str]:
    """What is to be done next along the procurement."""
    rows = Obligation.objects.filter(purchase=line.purchase, is_open=True, action__startswith="tender.")
    return list(rows.values_list("action", flat=True))


def test_only_those_drawn_may_bid_in_an_invited_tender(line: Futian) -> None:
    planned(line, way="invited", ground="limited_suppliers", **LISTED)
    assert owed(line) == ["tender.draft"]
    line.act("tender.draft", None, day(6, 12), ceiling="500000")
    assert owed(line) == ["tender.invite"]
    with pytest.raises(Refused, match="kernel.state"):
        line.act("tender.publish", line.latest(Tender), day(6, 13), bids_due_at="2012-07-04T09:00")
    drawn(line, day(6, 13))
    assert owed(line) == ["tender.publish"]
    line.act("tender.publish", line.latest(Tender), day(6, 13), bids_due_at="2012-07-04T09:00")
    assert owed(line) == ["tender.open"]
    at = datetime(2012, 6, 28, 10, tzinfo=LOCAL)
    may = [find("bid.submit", actor=post, at=at, purchase=line.purchase) is not None for post in line.cast.social]
    assert may == [True, True, True, False, False]
    line.bid(day(6, 28), {0: "486000", 1: "492000", 2: "498000"})
    assert Bid.objects.filter(purchase=line.purchase).count() == 3


def drawn(line: Line, on: date) -> None:
    """The first three of five or six."""
    names = [str(post.organisation_id) for post in line.cast.social[:6]]
    record = SimpleUploadedFile("抽取记录.pdf", b"%PDF-1.4\n%%EOF")
    sheet = {"source": "library", "candidates": names, "drawn": names[:3], "watchers": "2", "record": record}
    line.act("tender.invite", line.latest(Tender), on, **sheet)


def test_a_negotiation_goes_from_its_documents_to_the_award(line: Futian) -> None:
    planned(line, way="negotiation", ground="unknown_price", **LISTED)
    assert owed(line) == ["tender.prepare"]
    line.act("tender.prepare", None, day(6, 12), **WORDS, **MAY)
    line.act("tender.appoint", line.latest(Tender), day(6, 12), experts=[str(p.pk) for p in line.cast.experts[:2]])
    due = {"bids_due_at": "2012-06-20T09:00", "opening_place": "区残联"}
    line.act("tender.call", line.latest(Tender), day(6, 13), **due)
    assert (line.latest(Tender).state, owed(line)) == ("announced", ["tender.receive"])
    line.bid(day(6, 18), {0: "290000", 1: "280000", 3: "295000"})
    line.act("tender.receive", line.latest(Tender), datetime(2012, 6, 20, 10, tzinfo=LOCAL), attendance="小组三人")
    for bid in Bid.objects.filter(purchase=line.purchase).order_by("pk"):
        line.act("bid.qualify", bid, day(6, 20))
    for bid in line.qualified():
        line.act("talk.record", None, day(6, 21), seed=str(bid.pk), content="逐项确认探访次数和人员")
    seats = [line.office[0], line.cast.experts[0], line.cast.seats["福田区民政局"][0], line.money]
    assert [line.latest(Talk).visible_to(post) for post in seats] == [True, True, False, False]
    end = {"offers_due_at": "2012-06-26T10:00", "representatives": "1"}
    line.act("tender.conclude", line.latest(Tender), day(6, 21), **end)
    for index, yuan in {0: "270000", 1: "275000", 3: "281000"}.items():
        line.act("finaloffer.submit", None, day(6, 25), actor=line.cast.social[index], price=yuan)
    line.act("tender.unseal", line.latest(Tender), datetime(2012, 6, 26, 11, tzinfo=LOCAL), attendance="小组三人")
    line.act("tender.recommend", line.latest(Tender), day(6, 27), report="三家均已谈判，按最后报价由低到高推荐。")
    line.act("tender.award", line.latest(Tender), day(6, 28))
    won = line.latest(Tender).winner
    assert (won.organisation_id, won.price_fen) == (line.cast.social[0].organisation_id, 27_000_000)


def test_what_is_solicited_otherwise_after_a_failed_tender_is_not_to_be_tendered_again(line: Futian) -> None:
    planned(line)
    line.act("tender.draft", None, day(6, 12), ceiling="500000")
    line.act("tender.publish", line.latest(Tender), day(6, 13), bids_due_at="2012-07-04T09:00")
    line.act("tender.fail", line.latest(Tender), datetime(2012, 7, 4, 10, tzinfo=LOCAL), reason="无人投标")
    assert owed(line) == ["tender.draft"]
    line.act("method.choose", None, day(7, 5), **(OPENLY | LISTED | {"way": "negotiation", "ground": "failed_tender"}))
    line.act("tender.prepare", None, day(7, 6), **WORDS, **MAY)
    assert owed(line) == ["tender.call"]
    line.act("tender.fail", line.latest(Tender), day(7, 9), reason="文件有误")
    line.act("method.choose", None, day(7, 10), **OPENLY)
    line.act("tender.draft", None, day(7, 11), ceiling="500000")
    assert owed(line) == ["tender.publish"]


@pytest.mark.parametrize(("way", "ground", "step"), [("open", "", "draft"), ("negotiation", "urgent", "prepare")])
def test_of_a_method_that_was_given_up_nothing_is_owed_but_another(
    line: Futian, way: str, ground: str, step: str
) -> None:
    planned(line, way=way, ground=ground, **LISTED)
    assert owed(line) == [f"tender.{step}"]
    line.act("method.return", line.latest(Method), day(6, 12), reason="另选")
    assert owed(line) == []
    choosing = Obligation.objects.filter(purchase=line.purchase, action="method.choose", is_open=True)
    assert list(choosing.values_list("organisation", flat=True)) == [line.office[0].organisation_id]
    line.act("method.choose", line.latest(Method), day(6, 13), **OPENLY)
    assert (owed(line), choosing.count()) == (["tender.draft"], 0)


def test_a_method_that_the_place_cannot_carry_out_is_refused(line: Futian, monkeypatch: pytest.MonkeyPatch) -> None:
    """Founded by the law, and without an order or anybody to do it: it is not offered, and the page says why."""
    line.start(day(6, 4), service_class="social")
    given = {"year": "2012", "amount": "500000", "source": "general", "source_approval": ""}
    line.act("item.propose", None, day(6, 5), **given)
    line.act("item.approve", line.latest(PlanItem), day(6, 8))
    entrusted = {"id": "method-entrustment", "cite": "procurement-law#第二十六条"}
    monkeypatch.setitem(regimes.current(CODE).frameworks, "method-entrustment", entrusted)
    method = find("method.choose", actor=line.office[0], at=datetime(2012, 6, 11, tzinfo=LOCAL), purchase=line.purchase)
    assert method is not None
    outcome = attempt(
        "method.choose", method, line.office[0], "2012-06-11", **(OPENLY | LISTED | {"way": "entrustment"})
    )
    assert (outcome.entry, list(outcome.form.errors)) == (None, ["way"])
    at = datetime(2012, 6, 11, 10, tzinfo=LOCAL)
    card = method_card(Dossier(line.purchase, at=at, regime=regimes.current(CODE)))
    assert card is not None
    row = next(row for row in card.rows if row.name == "定向委托")
    assert (row.word, row.nobody) == ("不能采用", str(NOBODY))
    assert [row.name for row in card.rows if row.nobody] == ["定向委托"]


def test_the_provinces_finance_decides_on_the_method_of_a_provincial_purchaser(futian: City) -> None:
    names = ("广东省残联", "department", "mass"), ("广东省财政厅", "finance", "")
    for name, kind, body in names:
        office = futian.register(name, kind, "440000", body=body)
        futian.seats[name] = [futian.post(office, title, f"{kind}-440000-{title}") for title in "经复"]
    province = Futian(futian, "广东省残联", "440000", finance="广东省财政厅")
    planned(province, way="negotiation", ground="urgent", **LISTED | {"open_limit_fen": "400000"})
    owed = Obligation.objects.get(purchase=province.purchase, action="method.approve", is_open=True)
    assert (owed.rule, owed.organisation) == ("approve-method", province.money.organisation)
    held = Role.objects.filter(purchase=province.purchase, organisation=province.money.organisation)
    assert "city_finance" not in held.values_list("capacity", flat=True)
    approved = province.act(
        "method.approve", province.latest(Method), day(6, 12), actor=province.money, number="粤财采〔2012〕1号"
    )
    assert approved.subject.state == "approved"


def test_of_a_districts_purchase_the_provinces_finance_has_no_part(line: Futian) -> None:
    line.cast.register("广东省财政厅", "finance", "440000")
    planned(line, way="negotiation", ground="urgent", **LISTED | {"open_limit_fen": "400000"})
    assert not Role.objects.filter(purchase=line.purchase, capacity="provincial_finance").exists()
    owed = Obligation.objects.get(purchase=line.purchase, action="method.approve", is_open=True)
    assert owed.organisation is not None and owed.organisation.name == "深圳市财政局"


def test_a_sole_source_of_2012_is_put_to_finance(line: Futian) -> None:
    supplier = str(line.cast.social[0].organisation_id)
    planned(line, way="single_source", ground="only_source", supplier=supplier, **LISTED | {"open_limit_fen": "400000"})
    owed = Obligation.objects.get(purchase=line.purchase, action="method.approve", is_open=True)
    assert (owed.rule, owed.organisation) == ("approve-method", line.cast.seats["深圳市财政局"][0].organisation)
