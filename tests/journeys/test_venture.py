"""公益创投: a call, the organisations' own proposals, the experts' review, and several contracts within its money."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Post, Role
from gongyue.kernel.offers import find, offers
from gongyue.kernel.regimes import current
from gongyue.tendering.domain.disputes import _fall as fall
from gongyue.tendering.models import AwardNotice, Bid, Tender
from gongyue.tendering.queries import ranking
from gongyue.tendering.verifying import verify
from tests.tendering.shanghai import Town, rules

from .test_methods import BID, WORDS, appoint, begun, qualify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("SH-2.2b"), pytest.mark.once]
CALL = date(2012, 3, 5)
PRICES = {0: "120000", 1: "100000", 2: "80000", 3: "60000"}
POINTS = {0: "90", 1: "85", 2: "80", 3: "60"}


def reviewed(points: dict[int, str] = POINTS, prices: dict[int, str] = PRICES) -> Town:
    """Four organisations have proposed what they designed; two experts have scored it, the order is drawn up."""
    town = begun("venture", "special_fund", date(2012, 3, 1), **{"acknowledge-unlisted-method": "福彩资金支持自主设计"})
    factors = [{"name": "项目设计", "points": "100"}]
    town.act("tender.prepare", None, CALL, town.purchaser, **WORDS, factors=factors)
    appoint(town, CALL)
    due = {"bids_due_at": "2012-03-20T09:00", "opening_place": "区民政局"}
    town.act("tender.call", town.latest(Tender), CALL, town.purchaser, **due)
    for index, yuan in prices.items():
        own = BID | {"plan": f"本机构自行设计的项目{index}"}
        town.act("bid.submit", None, date(2012, 3, 15), town.social[index], price=yuan, **own)
    opened = datetime(2012, 3, 20, 10, tzinfo=LOCAL)
    town.act("tender.receive", town.latest(Tender), opened, town.purchaser, attendance="评审委员会")
    steps = Obligation.objects.filter(purchase=town.purchase, is_open=True, action__startswith="tender.")
    assert list(steps.values_list("rule", "action")) == [("recommend-proposals", "tender.recommend")]
    qualify(town, opened.replace(hour=11))
    bids = {bid.organisation: bid.pk for bid in Bid.objects.filter(purchase=town.purchase)}
    scores = {str(bids[town.social[index].organisation]): {"1": value} for index, value in points.items()}
    for expert in town.experts[:2]:
        town.act("sheet.submit", None, date(2012, 3, 22), expert, scores=scores, independent="on")
    town.act("tender.recommend", town.latest(Tender), date(2012, 3, 23), town.purchaser, report="按评审因素打分")
    assert list(steps.values_list("action", flat=True)) == ["tender.award"]
    return town


def choose(town: Town, places: int) -> Any:
    return town.attempt("tender.award", town.latest(Tender), date(2012, 3, 26), town.purchaser, places=str(places))


def contracted(town: Town, index: int, on: date, number: str) -> Contract:
    """Drafted with one of those chosen, for what it proposed."""
    post = town.social[index]
    seed = str(post.organisation_id)
    draft = town.unborn("contract.draft", on, town.purchaser, seed=seed)
    yuan = PRICES[index]
    terms = {
        "number": number, "starts_on": "2012-06-01", "ends_on": "2013-05-31", "service_requirements": "按项目申请",
        "quality_standard": "服务记录完整", "payment_method": "一次支付", "rights_duties": "按约定", "amount": yuan,
        "instalments": [{"number": "1", "due_on": "2012-12-01", "amount": yuan, "requires": ""}],
    }  # fmt: skip
    found: Contract = town.act("contract.draft", draft, on, town.purchaser, **terms)
    return found


def held(town: Town) -> set[int]:
    """Of the cast those that are providers today."""
    rows = Role.objects.filter(purchase=town.purchase, capacity="provider", until=None)
    offices = set(rows.values_list("organisation", flat=True))
    return {index for index, post in enumerate(town.social) if post.organisation_id in offices}


def test_several_win_in_the_order_of_the_review_and_each_has_notice_and_contract() -> None:
    town = reviewed()
    assert choose(town, 3).entry is not None  # 300 000 of 300 000 yuan
    assert held(town) == {0, 1, 2}
    on = date(2012, 3, 27)
    for index in (1, 0, 2):
        seed = str(town.social[index].organisation_id)
        notice = town.unborn("awardnotice.send", on, town.purchaser, seed=seed)
        town.act("awardnotice.send", notice, on, town.purchaser, number=f"立项{index}", sent_on=on.isoformat())
    assert sorted(AwardNotice.objects.values_list("number", "winner__name")) == sorted(
        (f"立项{index}", town.social[index].organisation.name) for index in (0, 1, 2)
    )
    assert find("awardnotice.send", actor=town.purchaser, at=at(on), purchase=town.purchase) is None
    first, second = (contracted(town, index, on, f"静民创〔2012〕{index}号") for index in (0, 1))
    assert (first.provider, first.amount_fen) == (town.social[0].organisation, 12_000_000)
    waiting = Obligation.objects.filter(purchase=town.purchase, action="contract.draft", is_open=True)
    assert waiting.count() == 1
    contracted(town, 2, on, "静民创〔2012〕2号")
    assert waiting.count() == 0
    due = Obligation.objects.filter(purchase=town.purchase, action="contract.sign", is_open=True)
    assert {row.subject for row in due} == {row.key for row in Contract.objects.all()}
    assert {row.due_on for row in due} == {date(2012, 4, 25)}
    town.look(on, "before")
    third = Contract.objects.get(number="静民创〔2012〕2号")
    asked = Obligation.objects.filter(purchase=town.purchase, action="contract.accept", is_open=True)
    assert {(row.subject, row.organisation) for row in asked} == {
        (one.key, one.provider) for one in (first, second, third)
    }  # fmt: skip
    for contract, post in ((first, town.social[0]), (second, town.social[1])):
        other = town.attempt("contract.accept", contract, on, stranger(town, post), confirmed="on")
        assert rules(other) == ["kernel.owner"]
        town.act("contract.accept", contract, on, post, confirmed="on")
        town.act("contract.sign", contract, on, town.purchaser, signed_on=on.isoformat(), originals="4")
    own = town.unborn("claim.submit", date(2012, 12, 3), town.social[1], seed=f"{second.number}-1")
    assert own.open_to(town.social[1].organisation_id, {"provider"})
    assert not own.open_to(town.social[0].organisation_id, {"provider"})
    own_facts_and_acceptances(town, first, second)
    offered = offers(second, actor=town.social[0], at=at(on))
    assert [offer.mine for offer in offered if offer.action.name == "contract.accept"] == []
    assert list(verify()) == []


def own_facts_and_acceptances(town: Town, first: Contract, second: Contract) -> None:
    """What follows of each contract is owed apart: by its provider, or on it."""
    facts = {"content": "独居老人探访", "method": "分片包干", "expected": "两百名老人", "other": ""}
    waiting = Obligation.objects.filter(purchase=town.purchase, action="projectfacts.publish", is_open=True)
    assert {(row.subject, row.organisation) for row in waiting} == {
        (f"projectfacts#{one.number}", one.provider) for one in (first, second)
    }  # fmt: skip
    on, other = date(2012, 6, 4), town.social[1]
    theirs = town.unborn("projectfacts.publish", on, other, seed=first.number)
    assert rules(town.attempt("projectfacts.publish", theirs, on, other, **facts)) == ["kernel.owner"]
    own = town.unborn("projectfacts.publish", on, other, seed=second.number)
    assert town.act("projectfacts.publish", own, on, other, **facts).contract == second
    assert [row.organisation for row in waiting.all()] == [first.provider]
    accepted = Obligation.objects.filter(purchase=town.purchase, action="acceptance.record", is_open=True)
    assert {row.subject for row in accepted} == {f"acceptance#{one.number}" for one in (first, second)}


def stranger(town: Town, post: Post) -> Post:
    """Another of those chosen."""
    return next(one for one in town.social[:2] if one != post)


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=LOCAL)


def test_the_money_of_the_call_is_the_limit_and_who_lost_knows_its_place() -> None:
    town = reviewed()
    assert town.purchase is not None
    assert rules(choose(town, 4)) == ["venture-within-money"]
    assert choose(town, 5).form.errors["places"] == ["评审排名的只有 4 家"]
    assert choose(town, 2).entry is not None
    on = date(2012, 3, 27)
    told = ranking(town.purchase, town.social[3], at(on))
    assert [(row.rank, row.shown, row.won) for row in told if row.own] == [(4, "60.00", False)]
    assert [row.won for row in told] == [True, True, False, False]
    draft = town.unborn("contract.draft", on, town.purchaser, seed=str(town.social[1].organisation_id))
    terms = [{"number": "1", "due_on": "2012-12-01", "amount": PRICES[0], "requires": ""}]
    other = {"number": "静民创〔2012〕9号", "amount": PRICES[0], "instalments": terms}
    assert rules(town.attempt("contract.draft", draft, on, town.purchaser, **other)) == ["contract-at-award-price"]
    tender = town.latest(Tender)
    fall(tender, at(on), Dossier(town.purchase, at=at(on), regime=current("cn-sh")))
    assert held(town) == set()
    assert list(tender.rankings.filter(fallen_at=None).values_list("rank", flat=True)) == [3, 4]


def test_what_the_review_left_equal_is_not_told_apart_by_the_purchaser() -> None:
    """The second and the third have the same points and ask for the same."""
    town = reviewed({0: "90", 1: "60", 2: "60", 3: "50"}, {**PRICES, 2: PRICES[1]})
    assert rules(choose(town, 2)) == ["venture-cut-untied"]
    assert choose(town, 1).entry is not None


def test_a_project_whose_organisation_refuses_makes_way_for_the_next_as_far_as_the_money_goes() -> None:
    town = reviewed()
    assert choose(town, 2).entry is not None  # 120 000 and 100 000 of 300 000 yuan
    on = date(2012, 4, 5)
    first = Bid.objects.get(purchase=town.purchase, organisation=town.social[0].organisation)
    refused = {"refusal": "来函表示不再承接。", "reason": "入选单位拒绝签订", "refuser": str(first.pk), "place": "next"}
    town.act("tender.give_up", town.latest(Tender), on, town.purchaser, **refused)
    assert held(town) == {1, 2}
    third = town.social[2].organisation_id
    waiting = Obligation.objects.filter(purchase=town.purchase, is_open=True, rule__contains="who-takes")
    assert set(waiting.values_list("action", "subject", "due_on")) == {
        ("awardnotice.send", f"awardnotice#{third}", None), ("contract.draft", f"contract#{third}", None)
    }  # fmt: skip
    contracted(town, 2, on, "静民创〔2012〕2号")
    due = Obligation.objects.get(purchase=town.purchase, action="contract.sign", is_open=True)
    assert due.due_on == date(2012, 5, 7)  # thirty days from the fifth of April, a Saturday, roll on
    assert list(verify()) == []


def test_who_comes_next_is_not_picked_where_the_review_left_two_equal() -> None:
    town = reviewed({0: "90", 1: "80", 2: "60", 3: "60"}, {**PRICES, 3: PRICES[2]})
    assert choose(town, 2).entry is not None
    bid = Bid.objects.get(purchase=town.purchase, organisation=town.social[1].organisation)
    refused = {"refusal": "来函", "reason": "拒绝签订", "refuser": str(bid.pk)}
    tender, on = town.latest(Tender), date(2012, 4, 5)
    assert rules(town.attempt("tender.give_up", tender, on, town.purchaser, **refused, place="next")) == ["next-untied"]
    assert town.attempt("tender.give_up", tender, on, town.purchaser, **refused, place="empty").entry is not None
    assert held(town) == {0}
