"""Which method a purchase may be made by: what the rules ask, what follows from the amounts, who approves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.clock import LOCAL
from gongyue.kernel.models import Obligation
from gongyue.needs.models import Requirement
from gongyue.tendering.models import Bid, Tender
from tests.chengdu import REQUIREMENT, Chengdu, chengdu

from .shanghai import Town, choice, rules, settle

__all__ = ["chengdu"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys
START, ON = date(2012, 3, 1), date(2012, 3, 12)


@pytest.fixture
def town(db: None) -> Town:
    """An item of 300 000 yuan is approved and paid for; no method yet."""
    found = settle()
    return bought(found, "300000")


def bought(town: Town, yuan: str, on: date = START) -> Town:
    town.open(on)
    town.budget(on, yuan)
    return town


def choose(town: Town, way: str, ground: str = "", on: date = ON, **data: Any) -> Any:
    return town.act("method.choose", None, on, town.purchaser, **choice(way, ground, **data))


def refused(town: Town, way: str, ground: str = "", on: date = ON, **data: Any) -> list[str]:
    return rules(town.attempt("method.choose", None, on, town.purchaser, **choice(way, ground, **data)))


def test_open_needs_no_ground_and_no_approval(town: Town) -> None:
    method = choose(town, "open")
    assert (method.state, method.course, method.nature, method.size) == ("chosen", "", "procurement", "below")
    tender = town.unborn("tender.draft", ON, town.purchaser)
    assert isinstance(tender, Tender)
    assert (tender.way, tender.method) == ("open", "open")


def test_no_documents_before_the_method(town: Town) -> None:
    outcome = town.attempt("tender.draft", None, ON, town.purchaser, **draft())
    assert rules(outcome) == ["method-before-documents"]


def draft() -> dict[str, Any]:
    return {
        "title": "独居老人关怀", "ceiling": "300000", "requirement": "每月探访两次", "quality_standard": "服务记录完整",
        "factors": [{"name": "报价", "points": "10", "is_price": "on"}, {"name": "服务方案", "points": "90"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("way", "ground", "found"),
    [
        ("invited", "", ["invited-ground", "jingan-negotiation"]),
        ("negotiation", "", ["negotiation-ground"]),
        ("negotiation", "only_source", ["negotiation-ground"]),
        ("negotiation", "failed_tender", ["failed-tender-first"]),
    ],
)
def test_each_method_has_its_grounds(town: Town, way: str, ground: str, found: list[str]) -> None:
    assert refused(town, way, ground) == found


def test_negotiation_of_an_undefined_service(town: Town) -> None:
    method = choose(town, "negotiation", "undefined_spec")
    assert (method.way, method.course, method.exception) == ("negotiation", "", False)


def test_a_limit_that_nobody_gives_is_never_guessed(town: Town) -> None:
    nothing = {"limit_fen": "", "open_limit_fen": "", "limit_source": ""}
    assert refused(town, "negotiation", "undefined_spec", **nothing) == ["limit-known"]
    assert refused(town, "negotiation", "undefined_spec", **nothing | {"listed": "on"}) == ["open-limit-known"]
    assert choose(town, "open", **nothing).size == "unknown"


def test_catalogue_or_limit_makes_it_procurement(town: Town) -> None:
    """Either is enough; below both it is none, and then negotiation needs no ground of the law."""
    low = {"limit_fen": "500000"}
    outcome = town.attempt("method.choose", None, ON, town.purchaser, **choice("negotiation", "", **low, listed="on"))
    assert rules(outcome) == ["negotiation-ground"]
    assert choose(town, "negotiation", "", **low).nature == "outside"


@pytest.mark.clause("SH-2.2a")
def test_entrustment_names_its_case_and_is_flagged(town: Town) -> None:
    who = {"supplier": str(town.social[0].organisation_id)}
    assert refused(town, "entrustment", "", **who) == ["entrustment-ground", "unlisted-method"]
    told = {"acknowledge-unlisted-method": "区里转移的职能"}
    method = choose(town, "entrustment", "function_transfer", **who, **told)
    assert (method.exception, method.supplier) == (True, town.social[0].organisation)


@pytest.mark.clause("SH-2.2f")
def test_direct_agreement_needs_a_reason_of_its_own(town: Town) -> None:
    told = {"supplier": str(town.social[0].organisation_id), "acknowledge-unlisted-method": "街镇自行委托"}
    assert refused(town, "entrustment", "mutual_agreement", **told) == ["direct-without-transfer", "unlisted-method"]
    both = told | {"acknowledge-direct-without-transfer": "只有这一家在本地服务"}
    assert choose(town, "entrustment", "mutual_agreement", **both).exception is True


@pytest.mark.clause("SH-2.2e")
@pytest.mark.parametrize(
    ("yuan", "way", "found"),
    [
        ("499999.99", "invited", ["invited-ground", "jingan-negotiation"]),
        ("500000", "negotiation", ["jingan-open"]),
        ("600000", "invited", ["invited-ground", "jingan-open"]),
        ("99999.99", "invited", ["invited-ground"]),
    ],
)
def test_jingans_amounts(db: None, yuan: str, way: str, found: list[str]) -> None:
    """Exactly 500 000 is tendered openly; below 100 000 nothing is said."""
    town = bought(settle(), yuan)
    ground = "undefined_spec" if way == "negotiation" else ""
    assert refused(town, way, ground, listed="on") == found


@pytest.mark.clause("SH-2.2b")
def test_venture_is_for_special_money(town: Town) -> None:
    found = ["unlisted-method", "venture-ground", "venture-with-special-money"]
    assert refused(town, "venture", "") == found
    town.open(START)
    town.budget(START, "300000", source="lottery")
    assert refused(town, "venture", "special_fund") == ["unlisted-method"]


def test_a_large_purchase_is_approved_before_it_starts(db: None) -> None:
    town = bought(settle(), "3000000")
    method = choose(town, "negotiation", "urgent", yuan="2000000")
    assert (method.size, method.course, method.state) == ("above", "approval", "chosen")
    outcome = town.attempt("tender.draft", None, ON, town.purchaser, **draft())
    assert rules(outcome) == ["approved-before-start"]
    owed = Obligation.objects.get(subject=method.key, action="method.approve")
    assert (owed.rule, owed.organisation) == ("approve-method", town.city_finance.organisation)
    town.act("method.approve", method, date(2012, 3, 14), town.city_finance, number="沪财采〔2012〕8号")
    assert town.unborn("tender.draft", date(2012, 3, 15), town.purchaser).method == "negotiation"


@pytest.mark.parametrize(
    ("on", "owed"),
    [
        (date(2012, 3, 12), {"approve-method": "method.approve"}),
        (date(2014, 1, 30), {"approve-method": "method.approve"}),
        (date(2014, 2, 10), {"publicise-source": "method.publicise"}),
    ],
)
def test_a_sole_source_is_approved_at_once_until_it_has_to_be_made_known_first(
    db: None, on: date, owed: dict[str, str]
) -> None:
    """Order 74, of February 2014, has it made known."""
    town = bought(settle(), "3000000", on)
    who = {"supplier": str(town.social[0].organisation_id), "consent": "静民〔2014〕3号"}
    method = choose(town, "single_source", "only_source", on, yuan="2000000", **who)
    rows = Obligation.objects.filter(purchase=town.purchase, action__startswith="method.", is_open=True)
    assert dict(rows.values_list("rule", "action")) == owed
    if "approve-method" in owed:
        town.act("method.approve", method, on, town.city_finance, number="沪财采〔2012〕9号")
        assert not rows.exists()


def test_one_years_budget_is_measured(db: None) -> None:
    """Three years for 1 200 000: the item holds one year's 400 000, which stays below a limit of 500 000."""
    town = bought(settle(), "400000")
    method = choose(town, "negotiation", "urgent", yuan="1200000", open_limit_fen="500000")
    assert (method.year_fen, method.size, method.course) == (40_000_000, "below", "")


def test_no_figure_typed_takes_a_purchase_out_of_procurement(db: None) -> None:
    """3 000 000 yuan are approved: what is typed of one year's budget changes nothing."""
    town = bought(settle(), "3000000")
    who = {"supplier": str(town.social[0].organisation_id)}
    assert refused(town, "single_source", "", yuan="1", **who) == ["single-source-ground"]
    method = choose(town, "open", yuan="1")
    assert (method.year_fen, method.nature, method.size) == (300_000_000, "procurement", "above")


def reviewed(city: Chengdu) -> Chengdu:
    """An item of 360 000, filed as procurement, approved and paid for; its requirement reviewed on 8 March 2018."""
    city.open()
    city.research()
    city.estimate()
    city.propose()
    city.approve_item()
    city.commit("9000000")
    city.act("requirement.draft", None, "2018-02-26", **REQUIREMENT)
    city.argue("2018-02-27")
    city.ask_the_public("2018-02-27", "2018-03-06")
    row = city.latest(Requirement)
    city.act("requirement.review", row, "2018-03-08", actor=city.reviewer, **city.review_data("2018-03-08"))
    return city


def small(way: str, ground: str = "", **data: Any) -> dict[str, Any]:
    """A choice for the 360 000 of Chengdu."""
    return choice(way, ground, yuan="360000", open_limit_fen="400000") | data


def test_what_is_filed_as_procurement_is_not_taken_out_by_a_limit(chengdu: Chengdu) -> None:
    reviewed(chengdu)
    high = small("single_source", "", limit_fen="400000", supplier=str(chengdu.social[0].organisation_id))
    told = high | {"acknowledge-outside-competes": "本单位内部制度"}
    found = chengdu.refused("method.choose", None, "2018-03-09", **told)
    assert sorted(found) == ["filed-as-procurement", "outside-competes"]
    assert chengdu.act("method.choose", None, "2018-03-09", **small("open")).nature == "procurement"


def adjusted(city: Chengdu, yuan: str, on: str) -> None:
    """The budget is changed, as finance approves on the same day."""
    lines = [{"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": yuan}]
    change = {"amount": yuan, "reason": "服务对象增减", "basis": "预算法第六十七条", "procurement_budget": lines}
    row = city.act("adjustment.request", None, on, **change)
    city.act("adjustment.approve", row, on, actor=city.finance, approval_number="锦财预〔2018〕9号")


def documents(yuan: str) -> dict[str, Any]:
    return {
        "title": "独居长者关怀", "ceiling": yuan, "requirement": "居家探访", "quality_standard": "服务记录完整",
        "changeable": "探访次数", "contract_draft": "合同草案", "conditions": [{"name": "登记证书", "proof": "复印件"}],
        "acknowledge-documents-follow-requirement": "按谈判的需要概括",
    }  # fmt: skip


CALL = {"bids_due_at": "2018-03-20T09:00", "opening_place": "区民政局"}


def about_to_call(city: Chengdu) -> Tender:
    """A negotiation of 360 000 whose documents are written."""
    reviewed(city)
    city.act("method.choose", None, "2018-03-09", **small("negotiation", "undefined_spec"))
    tender: Tender = city.act("tender.prepare", None, "2018-03-09", **documents("360000"))
    city.act("tender.relief", tender, "2018-03-09", challenge_contact="区民政局采购办")
    return tender


def test_a_method_does_not_outlive_a_greater_budget(chengdu: Chengdu) -> None:
    tender = about_to_call(chengdu)
    adjusted(chengdu, "3000000", "2018-03-12")
    late = chengdu.refused("tender.call", tender, "2018-03-12", actor=chengdu.reviewer, **CALL)
    assert late == ["method-by-the-budget-of-today"]
    chengdu.act("tender.fail", tender, "2018-03-12", actor=chengdu.reviewer, reason="预算调整")
    anew = chengdu.refused("tender.prepare", None, "2018-03-12", **documents("3000000"))
    assert anew == ["documents-follow-requirement", "method-by-the-budget-of-today"]
    consent = small("negotiation", "undefined_spec", consent="锦民〔2018〕3号")
    method = chengdu.act("method.choose", None, "2018-03-12", **consent)
    assert (method.year_fen, method.size, method.course) == (300_000_000, "above", "approval")


def test_a_smaller_budget_leaves_the_method_as_it_is(chengdu: Chengdu) -> None:
    reviewed(chengdu)
    chengdu.act("method.choose", None, "2018-03-09", **small("negotiation", "undefined_spec"))
    adjusted(chengdu, "300000", "2018-03-12")
    assert chengdu.act("tender.prepare", None, "2018-03-12", **documents("300000")).state == "drafted"


def test_no_call_goes_out_above_a_smaller_budget(chengdu: Chengdu) -> None:
    tender = about_to_call(chengdu)
    adjusted(chengdu, "359999.99", "2018-03-12")
    late = chengdu.refused("tender.call", tender, "2018-03-12", actor=chengdu.reviewer, **CALL)
    assert late == ["ceiling-still-within-item"]
    adjusted(chengdu, "360000", "2018-03-12")
    assert chengdu.act("tender.call", tender, "2018-03-12", actor=chengdu.reviewer, **CALL).state == "announced"


def test_an_approved_method_is_taken_back_while_nothing_has_begun(db: None) -> None:
    town = bought(settle(), "3000000")
    method = choose(town, "negotiation", "urgent")
    method = town.act("method.approve", method, date(2012, 3, 14), town.city_finance, number="沪财采〔2012〕8号")
    back = town.act("method.return", method, date(2012, 3, 15), town.purchaser, reason="预算调整，重新确定")
    assert back.state == "returned"
    again = town.act("method.choose", back, date(2012, 3, 16), town.purchaser, **choice("open"))
    assert (again.state, again.course) == ("chosen", "")


def test_finance_of_the_district_does_not_approve(db: None) -> None:
    town = bought(settle(), "3000000")
    method = choose(town, "negotiation", "urgent", yuan="2000000")
    for actor in (town.finance, town.purchaser):
        assert rules(town.attempt("method.approve", method, ON, actor, number="1号")) == ["kernel.capacity"]


def test_from_2014_the_unit_in_charge_consents_first(db: None) -> None:
    town = bought(settle(), "3000000", date(2014, 3, 3))
    large = {"yuan": "2000000"}
    assert refused(town, "negotiation", "urgent", date(2014, 3, 4), **large) == ["budget-unit-consent"]
    method = choose(town, "negotiation", "urgent", date(2014, 3, 4), consent="静民〔2014〕3号", **large)
    assert method.course == "approval"


# --- what is made known before it is approved ---------------------------------------------------------------------


SOLE = {"yuan": "2000000", "consent": "静民〔2014〕3号"}
OPINIONS = [{"name": "王建国", "employer": "上海师范学院", "title": "教授", "opinion": "全市只有这一家具备资质"}]


def sole(on: date = date(2014, 3, 4)) -> tuple[Town, Any]:
    """A sole supplier for 3 000 000 yuan in 2014."""
    town = bought(settle(), "3000000", date(2014, 3, 3))
    who = {"supplier": str(town.social[0].organisation_id)}
    return town, choose(town, "single_source", "only_source", on, **SOLE, **who)


def known(town: Town, method: Any, until: str = "2014-03-12") -> Any:
    paper = {"began_on": "2014-03-05", "until": until, "outlet": "中国政府采购网", "opinions": OPINIONS}
    return town.attempt("method.publicise", method, date(2014, 3, 5), town.purchaser, **paper)


def test_a_sole_supplier_is_made_known_for_five_working_days(db: None) -> None:
    town, method = sole()
    assert method.course == "publicity"
    before = town.attempt("method.approve", method, date(2014, 3, 5), town.city_finance, number="1号")
    assert rules(before) == ["kernel.state"]
    assert rules(known(town, method, "2014-03-11")) == ["publicity-period"]
    outcome = known(town, method)
    assert outcome.entry is not None
    assert outcome.subject.opinions == OPINIONS
    assert "王建国" not in outcome.entry.body


def test_what_was_made_known_years_before_is_not_of_this_purchase(db: None) -> None:
    town, method = sole()
    old = {"began_on": "2010-01-04", "until": "2010-01-12", "outlet": "中国政府采购网", "opinions": OPINIONS}
    outcome = town.attempt("method.publicise", method, date(2014, 3, 5), town.purchaser, **old)
    assert rules(outcome) == ["publicity-of-this-choice"]
    today = {"began_on": "2014-03-04", "until": "2014-03-12", "outlet": "中国政府采购网", "opinions": OPINIONS}
    assert town.act("method.publicise", method, date(2014, 3, 5), town.purchaser, **today).state == "published"


def test_approval_waits_for_the_end_and_for_every_objection(db: None) -> None:
    town, method = sole()
    method = known(town, method).subject
    early = town.attempt("method.approve", method, date(2014, 3, 12), town.city_finance, number="1号")
    assert rules(early) == ["publicity-over"]
    late = {"received_on": "2014-03-13", "what": "另有一家"}
    outcome = town.attempt("method.object", method, date(2014, 3, 13), town.purchaser, **late)
    assert rules(outcome) == ["objection-in-time"]
    town.act("method.object", method, date(2014, 3, 12), town.purchaser, received_on="2014-03-12", what="另有一家")
    owed = Obligation.objects.get(subject=method.key, action="method.argue")
    assert owed.due_on == date(2014, 3, 19)  # five working days after the twelfth
    method.refresh_from_db()
    waiting = town.attempt("method.approve", method, date(2014, 3, 13), town.city_finance, number="1号")
    assert rules(waiting) == ["objections-argued"]
    words = {"opinion": "该机构没有养老服务资质", "told": "3月14日书面告知"}
    town.act("method.argue", method, date(2014, 3, 14), town.purchaser, upheld="no", **words)
    assert town.act("method.approve", method, date(2014, 3, 17), town.city_finance, number="1号").state == "approved"


def test_an_objection_that_is_right_ends_it(db: None) -> None:
    town, method = sole()
    method = known(town, method).subject
    town.act("method.object", method, date(2014, 3, 12), town.purchaser, received_on="2014-03-12", what="另有一家")
    words = {"opinion": "异议属实", "told": "3月14日书面告知"}
    town.act("method.argue", method, date(2014, 3, 14), town.purchaser, upheld="yes", **words)
    method.refresh_from_db()
    outcome = town.attempt("method.approve", method, date(2014, 3, 17), town.city_finance, number="1号")
    assert rules(outcome) == ["objections-argued"]
    town.act("method.return", method, date(2014, 3, 18), town.purchaser, reason="改用公开招标")
    method.refresh_from_db()
    again = town.act("method.choose", method, date(2014, 3, 19), town.purchaser, **choice("open", yuan="2000000"))
    assert (again.state, again.course, again.objections) == ("chosen", "", [])


def test_an_emergency_is_approved_and_not_made_known(db: None) -> None:
    town = bought(settle(), "3000000", date(2014, 3, 3))
    who = {"supplier": str(town.social[0].organisation_id)}
    assert choose(town, "single_source", "emergency", date(2014, 3, 4), **SOLE, **who).course == "approval"


def test_before_order_74_nothing_says_that_it_is_made_known(db: None) -> None:
    town = bought(settle(), "3000000")
    who = {"supplier": str(town.social[0].organisation_id)}
    assert choose(town, "single_source", "only_source", **SOLE, **who).course == "approval"


def test_an_addition_stays_within_a_tenth(town: Town) -> None:
    more = {"supplier": str(town.social[0].organisation_id), "acknowledge-jingan-negotiation": "向原承接单位添购"}
    assert refused(town, "single_source", "addition", **more) == ["addition-within-tenth", "jingan-negotiation"]
    more |= {"original_fen": "3000000"}
    assert "addition-within-tenth" in refused(town, "single_source", "addition", **more)
    more |= {"added_fen": "0"}
    short = more | {"original_fen": "2999999.99"}
    assert "addition-within-tenth" in refused(town, "single_source", "addition", **short)
    assert choose(town, "single_source", "addition", **more).state == "chosen"


def test_earlier_additions_to_the_same_contract_count(town: Town) -> None:
    more = {
        "supplier": str(town.social[0].organisation_id), "acknowledge-jingan-negotiation": "向原承接单位添购",
        "original_fen": "4000000",
    }  # fmt: skip
    assert "addition-within-tenth" in refused(town, "single_source", "addition", added_fen="100000.01", **more)
    method = choose(town, "single_source", "addition", added_fen="100000", **more)
    assert (method.original_fen, method.added_fen) == (400_000_000, 10_000_000)


def test_what_was_typed_of_additions_is_not_kept_of_other_grounds(town: Town) -> None:
    method = choose(town, "open", original_fen="4000000", added_fen="100000")
    assert (method.original_fen, method.added_fen) == (None, None)


# --- splitting ----------------------------------------------------------------------------------------------------


def several(on: date) -> Town:
    """One negotiated for 450 000 in this year, another of 450 000 still to be chosen."""
    town = bought(settle(), "450000", on)
    choose(town, "negotiation", "urgent", on, yuan="450000")
    return bought(town, "450000", on)


LOW = {"yuan": "450000", "open_limit_fen": "899999.99"}


def test_purchases_of_one_class_and_year_are_added_up(db: None) -> None:
    on = date(2015, 3, 2)
    town = several(on)
    assert refused(town, "negotiation", "urgent", on, **LOW) == ["no-splitting"]
    assert refused(town, "invited", "limited_suppliers", on, **LOW) == ["jingan-negotiation", "no-splitting"]
    assert choose(town, "negotiation", "urgent", on, **LOW | {"open_limit_fen": "900000"}).others_fen == 45_000_000


@pytest.mark.parametrize("kind", ["养老 服务", "养老　服务 "])
def test_spaces_make_no_other_class(db: None, kind: str) -> None:
    on = date(2015, 3, 2)
    assert refused(several(on), "negotiation", "urgent", on, **LOW | {"category": kind}) == ["no-splitting"]


def test_what_stays_below_the_limit_is_added_up_too(db: None) -> None:
    """Three of 99 000 stay below the procurement limit of 100 000 each, and pass 200 000 together."""
    on = date(2015, 3, 2)
    town = settle()
    who = {"supplier": str(town.social[0].organisation_id), "open_limit_fen": "200000"}
    for _number in range(2):
        assert choose(bought(town, "99000", on), "single_source", "", on, **who).nature == "outside"
    assert refused(bought(town, "99000", on), "single_source", "", on, **who) == ["no-splitting"]


def test_an_adjustment_is_shown_by_its_paper(db: None) -> None:
    on = date(2015, 3, 2)
    town = several(on)
    data = choice("negotiation", "urgent", **LOW, adjusted="on")
    outcome = town.attempt("method.choose", None, on, town.purchaser, **data)
    assert outcome.form.errors == {"evidence": ["属项目预算调整的，请附批准调整的文件"]}
    assert town.act("method.choose", None, on, town.purchaser, **data, evidence=paper()).adjusted is True


def test_where_adjustments_are_recorded_none_is_claimed_without_one(chengdu: Chengdu) -> None:
    reviewed(chengdu)
    claimed = small("negotiation", "undefined_spec", adjusted="on", evidence=paper())
    method = chengdu.act("method.choose", None, "2018-03-09", **claimed)
    assert method.adjusted is False
    adjusted(chengdu, "300000", "2018-03-12")
    method = chengdu.act("method.return", method, "2018-03-12", reason="预算调整")
    again = small("negotiation", "undefined_spec", adjusted="on")
    assert chengdu.act("method.choose", method, "2018-03-12", **again).adjusted is True


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("批复.pdf", b"%PDF-1.4\n%%EOF")


@pytest.mark.parametrize("more", [{"category": "青少年服务"}, {"adjusted": "on", "evidence": True}, {"way": "open"}])
def test_another_class_an_adjustment_and_open_tender_are_not(db: None, more: dict[str, Any]) -> None:
    on = date(2015, 3, 2)
    town = several(on)
    data = choice("negotiation", "urgent", **LOW) | more
    data |= {"evidence": paper()} if "evidence" in more else {}
    assert town.act("method.choose", None, on, town.purchaser, **data).state == "chosen"


def test_another_year_is_not_and_before_the_regulation_nothing_is_counted(db: None) -> None:
    assert choose(several(date(2015, 2, 27)), "negotiation", "urgent", date(2015, 2, 27), **LOW).state == "chosen"


def test_the_next_year_begins_at_nought(db: None) -> None:
    town = bought(several(date(2015, 3, 2)), "450000", date(2016, 3, 1))
    assert choose(town, "negotiation", "urgent", date(2016, 3, 1), **LOW).others_fen == 0


# --- methods have their dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "ground", "before", "first"),
    [
        ("consultation", "bought_service", date(2014, 12, 30), date(2014, 12, 31)),
        ("voucher", "client_choice", date(2022, 2, 28), date(2022, 3, 1)),
    ],
)
def test_no_method_before_its_instrument(db: None, way: str, ground: str, before: date, first: date) -> None:
    town = bought(settle(), "300000", before)
    small = {"acknowledge-jingan-negotiation": "按新办法办理"}
    outcome = town.attempt("method.choose", None, before, town.purchaser, **choice(way, ground, **small))
    assert list(outcome.form.errors) == ["way", "ground"]
    assert choose(town, way, ground, first, **small).way == way


# --- a tender that failed -------------------------------------------------------------------------------------------


DUE = datetime(2014, 4, 1, 9, tzinfo=LOCAL)
RESPONSE = {"plan": "分片探访", "fund_rules": "专账管理", "profile": "从事养老服务八年", "truthful": "on"}


def ended(town: Town, prices: tuple[str, ...], due_at: datetime = DUE, unfit: int = 0, early: int = 0) -> None:
    """One tender, issued four weeks before its deadline and ended then, or `early` days before: `unfit` of its bids do
    not qualify."""
    issued, at = (due_at - timedelta(days=28)).date(), due_at - timedelta(days=early)
    choose(town, "open", "", issued)
    town.act("tender.draft", None, issued, town.purchaser, **draft())
    due = {"bids_due_at": due_at.strftime("%Y-%m-%dT%H:%M"), "opening_place": "区民政局"}
    town.act("tender.publish", town.latest(Tender), issued, town.purchaser, **due)
    for index, yuan in enumerate(prices):
        town.act("bid.submit", None, issued + timedelta(days=1), town.social[index], price=yuan, **RESPONSE)
    if unfit:
        town.act("tender.open", town.latest(Tender), at, town.purchaser, attendance="三家到场")
    for number, bid in enumerate(Bid.objects.filter(tender=town.latest(Tender)).order_by("pk") if unfit else []):
        names = ("liability", "accounting", "ability", "reputation")
        checks = [{"item": name, "result": "合格", "evidence": "证照"} for name in names]
        if number < unfit:
            checks[0] |= {"result": "不合格", "reason": "没有登记证书"}
        act, why = ("bid.disqualify", {"reason": "没有登记证书"}) if number < unfit else ("bid.qualify", {})
        town.act(act, bid, at, town.purchaser, checks=checks, evidence="逐项核对", **why)
    town.act("tender.fail", town.latest(Tender), at, town.purchaser, reason="重新采购")


BIDS = ("290000", "280000", "285000")
GROUNDS = {"failed_tender": "failed-tender-first", "two_suppliers": "two-suppliers-first"}


@pytest.mark.parametrize(
    ("prices", "unfit", "given"),
    [
        ((), 0, ["failed_tender"]),
        (BIDS[:1], 0, []),
        (BIDS[:2], 0, ["two_suppliers"]),
        (BIDS, 0, []),
        (BIDS, 1, ["two_suppliers"]),
        (BIDS, 3, ["failed_tender"]),
    ],
)
def test_the_bids_of_a_tender_tell_on_which_ground_it_failed(
    db: None, prices: tuple[str, ...], unfit: int, given: list[str]
) -> None:
    town = bought(settle(), "300000", date(2014, 3, 3))
    ended(town, prices, unfit=unfit)
    on = date(2014, 4, 2)
    for ground, rule in GROUNDS.items():
        if ground not in given:
            assert refused(town, "negotiation", ground, on) == [rule]
    for ground in given:
        assert choose(town, "negotiation", ground, on).ground == ground


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_call_that_was_ended_before_its_deadline_is_no_ground(db: None, ground: str) -> None:
    town = bought(settle(), "300000", date(2014, 3, 3))
    ended(town, (), early=7)
    assert refused(town, "negotiation", ground, date(2014, 4, 2)) == [GROUNDS[ground]]


def test_a_tender_that_fails_again_with_one_bid_is_a_ground(db: None) -> None:
    town = bought(settle(), "300000", date(2014, 3, 3))
    ended(town, BIDS[:1])
    ended(town, BIDS[:1], DUE + timedelta(days=30))
    assert choose(town, "negotiation", "failed_tender", date(2014, 5, 4)).ground == "failed_tender"
