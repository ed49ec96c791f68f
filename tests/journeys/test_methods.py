"""Whole purchases by each method, from the project to the contract, through the one doorway."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.clock import LOCAL
from gongyue.contracts.models import Checkpoint, Contract
from gongyue.desk.timetable import schedule
from gongyue.disclosure.queries import notices_of
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Post, Role
from gongyue.kernel.offers import find
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Bid, Challenge, Committee, FinalOffer, Method, Talk, Tender, Termination
from gongyue.tendering.queries import ended_calls, open_calls, ranking, secrets, visible_bids
from gongyue.tendering.verifying import verify
from tests.tendering.disputing import ANSWER, LETTER
from tests.tendering.shanghai import Town, choice, rules, settle

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WORDS = {
    "title": "独居老人关怀", "ceiling": "300000", "requirement": "每月探访两次", "quality_standard": "服务记录完整",
    "application_form": "按附件格式", "background": "街道现有独居老人三百名", "resources": "提供办公用房一间",
}  # fmt: skip
FACTORS = [{"name": "报价", "points": "20", "is_price": "on"}, {"name": "服务方案", "points": "80"}]
CONDITIONS = ("liability", "accounting", "ability", "reputation")
MAY: dict[str, Any] = {
    "changeable": "探访次数、服务时段、付款节点", "contract_draft": "合同草案",
    "conditions": [{"name": "登记证书", "proof": "复印件"}],
}  # fmt: skip
BID = {"plan": "分片探访", "fund_rules": "专账管理", "profile": "从事养老服务八年", "truthful": "on"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def begun(way: str, ground: str, on: date, **data: Any) -> Town:
    """An item of 300 000 yuan is paid for, of a venture call from a special fund, and the method chosen, in one day."""
    town = settle(date(on.year, 1, 4))
    town.open(on)
    town.budget(on, "300000", "special" if way == "venture" else "general")
    town.act("method.choose", None, on, town.purchaser, **choice(way, ground, **data))
    return town


def qualify(town: Town, on: datetime) -> None:
    for bid in Bid.objects.filter(purchase=town.purchase, state="submitted").order_by("pk"):
        checks = [{"item": name, "result": "合格", "evidence": "证照"} for name in CONDITIONS]
        town.act("bid.qualify", bid, on, town.purchaser, checks=checks, evidence="证照齐全")


def respond(town: Town, on: date, prices: dict[int, str]) -> None:
    for index, yuan in prices.items():
        town.act("bid.submit", None, on, town.social[index], price=yuan, **BID)


def appoint(town: Town, on: date, size: int = 3) -> None:
    """All but one are experts: picked, from 2015 on drawn in the pool of finance and joined by one of the purchaser."""
    experts = [str(post.pk) for post in town.experts[: size - 1]]
    if on < date(2015, 3, 1):
        town.act("tender.appoint", town.latest(Tender), on, town.purchaser, experts=experts)
        return
    plan = {"size": str(size), "experts": str(size - 1), "way": "official"}
    town.act("committee.form", None, on, town.purchaser, representatives=[str(town.reviewer.pk)], **plan)
    drawn = {"record_number": "沪财采抽1号", "drawn_at": f"{on}T09:00", "drawer": "何某", "supervisor": "郑某"}
    paper = SimpleUploadedFile("抽取单.pdf", b"%PDF-1.4\n%%EOF")
    town.act("committee.seat", town.latest(Committee), on, town.purchaser, experts=experts, paper=paper, **drawn)


def talk(town: Town, on: date) -> None:
    for bid in Bid.objects.filter(purchase=town.purchase, state="qualified").order_by("pk"):
        subject = town.unborn("talk.record", on, town.purchaser, seed=str(bid.pk))
        town.act("talk.record", subject, on, town.purchaser, content="逐项确认探访次数和人员")


def offers(town: Town, on: date, prices: dict[int, str]) -> None:
    for index, yuan in prices.items():
        town.act("finaloffer.submit", None, on, town.social[index], price=yuan)


def terms(year: int, yuan: str) -> dict[str, Any]:
    return {
        "number": f"静民购〔{year}〕1号", "starts_on": f"{year}-06-01", "ends_on": f"{year + 1}-05-31",
        "service_requirements": "每月探访两次", "quality_standard": "服务记录完整", "payment_method": "一次支付",
        "rights_duties": "按约定", "amount": yuan,
        "instalments": [{"number": "1", "due_on": f"{year}-12-01", "amount": yuan, "requires": ""}],
    }  # fmt: skip


def contract(town: Town, on: date, signed_on: date | None = None) -> Contract:
    """Drafted, accepted and signed, all on one day unless it was signed before."""
    winner = next(post for post in town.social if post.organisation == town.latest(Tender).winner.organisation)
    yuan = f"{town.latest(Tender).winner.price_fen // 100}"
    town.act("contract.draft", None, on, town.purchaser, **terms(on.year, yuan))
    town.act("contract.accept", town.latest(Contract), on, winner, confirmed="on")
    town.look(on, "before")
    signing = {"signed_on": (signed_on or on).isoformat(), "originals": "4"}
    found: Contract = town.act("contract.sign", town.latest(Contract), on, town.purchaser, **signing)
    return found


def negotiated(**data: Any) -> Town:
    """Three have answered, been found fit and talked with; final offers by the second of April 2014, ten o'clock."""
    town = begun("negotiation", "undefined_spec", date(2014, 3, 3), **data)
    town.act("tender.prepare", None, date(2014, 3, 10), town.purchaser, **WORDS, **MAY)
    appoint(town, date(2014, 3, 10))
    tender = town.latest(Tender)
    soon = {"bids_due_at": "2014-03-12T09:00", "opening_place": "区民政局"}
    assert rules(town.attempt("tender.call", tender, date(2014, 3, 10), town.purchaser, **soon)) == [
        "first-response-negotiation"
    ]
    due = {"bids_due_at": "2014-03-13T09:00", "opening_place": "区民政局"}
    town.act("tender.call", tender, date(2014, 3, 10), town.purchaser, **due)
    respond(town, date(2014, 3, 12), {0: "290000", 1: "280000", 3: "295000"})
    early = town.attempt(
        "tender.receive", town.latest(Tender), date(2014, 3, 12), town.purchaser, attendance="小组三人"
    )
    assert rules(early) == ["response-deadline"]
    town.act("tender.receive", town.latest(Tender), at("2014-03-13T09:30"), town.purchaser, attendance="小组三人")
    assert awaited(town) == ["tender.conclude"]  # from the opening on the talks are somebody's next step
    qualify(town, at("2014-03-13T10:00"))
    return town


def awaited(town: Town) -> list[str]:
    """What is owed now along the procurement."""
    rows = Obligation.objects.filter(purchase=town.purchase, is_open=True, action__startswith="tender.")
    return list(rows.values_list("action", flat=True))


def told(town: Town) -> dict[str, int]:
    """Of how many final offers each learns anything."""
    readers = {
        "purchaser": town.purchaser, "expert": town.experts[0], "own": town.social[1], "finance": town.finance,
    }  # fmt: skip
    rows = list(FinalOffer.objects.filter(purchase=town.purchase).select_related(*FinalOffer.related))
    return {who: sum(row.visible_to(post) for row in rows) for who, post in readers.items()}


def test_a_negotiation_goes_to_the_lowest_final_offer() -> None:
    town = negotiated()
    end = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    untalked = town.attempt("tender.conclude", town.latest(Tender), date(2014, 3, 20), town.purchaser, **end)
    assert rules(untalked) == ["everyone-talked"]
    talk(town, date(2014, 3, 20))
    unconfirmed = town.attempt("variation.issue", None, date(2014, 3, 21), town.purchaser, text="探访改为每月三次")
    assert rules(unconfirmed) == ["variation-confirmed"]
    town.act("variation.issue", None, date(2014, 3, 21), town.purchaser, text="探访改为每月三次", confirmed="on")
    two = town.attempt(
        "tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **end | {"representatives": "2"}
    )
    assert rules(two) == ["group-composition"]
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **end)
    offers(town, date(2014, 4, 1), {0: "270000", 1: "275000", 3: "281000"})
    soon = town.attempt("tender.unseal", town.latest(Tender), date(2014, 4, 1), town.purchaser, attendance="小组三人")
    assert rules(soon) == ["offers-due"]
    town.act("tender.unseal", town.latest(Tender), at("2014-04-02T10:00"), town.purchaser, attendance="小组三人")
    assert told(town) == {"purchaser": 3, "expert": 3, "own": 1, "finance": 0}
    town.act("tender.recommend", town.latest(Tender), at("2014-04-02T11:00"), town.purchaser, report="三家均满足需求")
    due = Obligation.objects.get(purchase=town.purchase, action="tender.award", is_open=True)
    assert (due.rule, due.due_on) == ("confirm-lowest", date(2014, 4, 10))  # a holiday of three days lies between
    town.act("tender.award", town.latest(Tender), date(2014, 4, 3), town.purchaser)
    assert told(town) == {"purchaser": 3, "expert": 3, "own": 1, "finance": 3}
    priced = {"purchaser": [True, True, True], "second": [True, True, False], None: [True, False, False]}
    for who, post in {"purchaser": town.purchaser, "second": town.social[1], None: None}.items():
        rows = ranking(town.purchase, post, at("2014-04-03T12:00"))  # type: ignore[arg-type]
        assert [row.price_fen is not None for row in rows] == priced[who]
        assert {row.shown for row in rows} == {""}  # nothing was scored
    bids = visible_bids(town.purchase, town.social[1], at("2014-04-03T12:00"))  # type: ignore[arg-type]
    assert [bid.price_fen for bid in bids] == [27_000_000, 27_500_000, None]
    tender = town.latest(Tender)
    assert (tender.winner.organisation, tender.winner.price_fen) == (town.social[0].organisation, 27_000_000)
    assert contract(town, date(2014, 4, 10)).amount_fen == 27_000_000
    assert awaited(town) == []
    assert not Obligation.objects.filter(purchase=town.purchase, action="sheet.submit").exists()  # nobody scores


def recommended(prices: dict[int, str]) -> Town:
    """Talked with each, the final offers opened on the second of April 2014, and the candidates recommended."""
    town = negotiated()
    talk(town, date(2014, 3, 20))
    end = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **end)
    offers(town, date(2014, 4, 1), prices)
    town.act("tender.unseal", town.latest(Tender), at("2014-04-02T10:00"), town.purchaser, attendance="小组三人")
    town.act("tender.recommend", town.latest(Tender), at("2014-04-02T11:00"), town.purchaser, report="三家均满足需求")
    return town


def steps(town: Town, on: date) -> list[tuple[str, bool]]:
    """The earliest timetable, in the words of talks, and what of it is done."""
    assert town.purchase is not None
    dossier = Dossier(town.purchase, at=at(f"{on}T10:00"), regime=regimes.current("cn-sh"))
    found = schedule(dossier)
    assert found is not None
    assert [one.to for one in found.outlook.setting.ceilings(on)] == ["awarded"]
    return [(row.what, row.step.done) for row in found.rows]


def test_equal_final_offers_are_settled_with_reasons_before_anybody_is_chosen() -> None:
    town = recommended({0: "270000", 1: "270000", 3: "281000"})
    assert steps(town, date(2014, 4, 3)) == [
        ("采购文件已编制", True), ("采购文件已发出", True), ("响应文件已开启", True), ("谈判（磋商）已结束", True),
        ("最后报价已开启", True), ("候选人已推荐", True), ("成交供应商已确定", False),
    ]  # fmt: skip
    assert rules(town.attempt("tender.award", town.latest(Tender), date(2014, 4, 3), town.purchaser)) == [
        "supplier-untied"
    ]
    first = Bid.objects.get(purchase=town.purchase, organisation=town.social[1].organisation)
    reasons = {"first": str(first.pk), "basis": "服务力量较强", "attendance": "小组三人"}
    lot = town.attempt("tender.draw", town.latest(Tender), date(2014, 4, 3), town.purchaser, settled="lot", **reasons)
    assert list(lot.form.errors) == ["settled"]
    town.act("tender.draw", town.latest(Tender), date(2014, 4, 3), town.purchaser, settled="group", **reasons)
    town.act("tender.award", town.latest(Tender), date(2014, 4, 3), town.purchaser)
    assert town.latest(Tender).winner == first
    assert list(verify()) == []


REFUSED = {"ground": "refused", "refusal": "四月九日来函，称人员不足，不再签订。", "reason": "成交供应商拒绝签订合同"}


def won() -> Town:
    """The second has the lowest final offer and is decided on; its contract is drafted on the eighth of April 2014."""
    town = recommended({0: "275000", 1: "270000", 3: "281000"})
    town.act("tender.award", town.latest(Tender), date(2014, 4, 3), town.purchaser)
    town.act("contract.draft", None, date(2014, 4, 8), town.purchaser, **terms(2014, "270000"))
    return town


def owed_of_the_contract(town: Town) -> set[str]:
    rows = Obligation.objects.filter(purchase=town.purchase, is_open=True, action__startswith="contract.")
    return set(rows.values_list("rule", flat=True))


def serving(town: Town) -> list[Any]:
    """Who provides and has not ceased to."""
    held = Role.objects.filter(purchase=town.purchase, capacity="provider", until=None)
    return [role.organisation for role in held]


def test_whoever_refuses_to_sign_gives_way_to_the_next_candidate() -> None:
    town, on = won(), date(2014, 4, 10)
    tender = town.latest(Tender)
    assert owed_of_the_contract(town) == {"sign-contract", "accept-contract"}
    untold = town.attempt("tender.next", tender, on, town.purchaser, **REFUSED | {"refusal": ""})
    assert (untold.entry, list(untold.form.errors)) == (None, ["refusal"])
    assert rules(town.attempt("tender.next", tender, on, town.purchaser, reason="换人")) == ["next-by-order"]
    town.act("tender.next", tender, on, town.purchaser, **REFUSED)
    assert (town.latest(Tender).state, serving(town), owed_of_the_contract(town)) == ("scored", [], set())
    assert awaited(town) == ["tender.award"]
    town.act("tender.award", town.latest(Tender), date(2014, 4, 11), town.purchaser)
    second = town.social[0]
    assert (town.latest(Tender).winner.organisation, serving(town)) == (second.organisation, [second.organisation])
    stale = town.attempt("contract.accept", town.latest(Contract), date(2014, 4, 11), second, confirmed="on")
    assert rules(stale) == ["contract-with-winner"]
    town.act("contract.return", town.latest(Contract), date(2014, 4, 11), town.purchaser, reason="另行确定")
    town.act("contract.draft", town.latest(Contract), date(2014, 4, 14), town.purchaser, **terms(2014, "275000"))
    town.act("contract.accept", town.latest(Contract), date(2014, 4, 15), second, confirmed="on")
    town.look(date(2014, 4, 15), "before")
    signing = {"signed_on": "2014-04-16", "originals": "4"}
    town.act("contract.sign", town.latest(Contract), date(2014, 4, 16), town.purchaser, **signing)
    assert town.latest(Contract).provider == second.organisation
    late = [
        rules(town.attempt(name, town.latest(Tender), date(2014, 4, 17), town.purchaser, **REFUSED))
        for name in ("tender.next", "tender.annul")
    ]
    assert late == [["refused-after-talks"]] * 2
    assert list(verify()) == []


@pytest.mark.clause("SH-2.5a")
def test_whoever_takes_the_winners_place_is_looked_at_anew() -> None:
    town, on = won(), date(2014, 4, 10)
    town.look(on, "before")
    looks = Obligation.objects.filter(purchase=town.purchase, is_open=True, rule__startswith="look-before-")
    assert not looks.exists()
    town.act("tender.next", town.latest(Tender), on, town.purchaser, **REFUSED)
    town.act("tender.award", town.latest(Tender), date(2014, 4, 11), town.purchaser)
    assert looks.count() == 2
    town.act("contract.return", town.latest(Contract), date(2014, 4, 11), town.purchaser, reason="另行确定")
    town.act("contract.draft", town.latest(Contract), date(2014, 4, 14), town.purchaser, **terms(2014, "275000"))
    town.act("contract.accept", town.latest(Contract), date(2014, 4, 15), town.social[0], confirmed="on")
    signing = {"signed_on": "2014-04-16", "originals": "4"}
    unseen = town.attempt("contract.sign", town.latest(Contract), date(2014, 4, 16), town.purchaser, **signing)
    assert rules(unseen) == ["looked-at-before-signing"]
    town.look(date(2014, 4, 16), "before")
    assert not looks.exists()
    town.act("contract.sign", town.latest(Contract), date(2014, 4, 16), town.purchaser, **signing)
    names = [one.winner.organisation for one in Checkpoint.objects.filter(purchase=town.purchase).order_by("pk")]
    assert names == [town.social[1].organisation] * 2 + [town.social[0].organisation] * 2


def test_whoever_refuses_to_sign_may_have_the_purchaser_begin_anew() -> None:
    town = won()
    town.act("tender.annul", town.latest(Tender), date(2014, 4, 10), town.purchaser, **REFUSED)
    assert (town.latest(Tender).state, serving(town), owed_of_the_contract(town)) == ("failed", [], set())
    assert awaited(town) == ["tender.prepare"]
    owed = Obligation.objects.get(purchase=town.purchase, rule="solicit-again-after-refusal")
    assert (owed.is_open, owed.due_on) == (True, None)
    assert list(verify()) == []


def called_again(on: date, due: str) -> Town:
    """Won by the second, who refuses to sign; the purchaser begins anew with another negotiation."""
    town = won()
    town.act("tender.annul", town.latest(Tender), date(2014, 4, 10), town.purchaser, **REFUSED)
    town.act("tender.prepare", None, on, town.purchaser, **WORDS, **MAY)
    appoint(town, on)
    town.act(
        "tender.call", town.latest(Tender), on, town.purchaser, bids_due_at=f"{due}T09:00", opening_place="区民政局"
    )
    return town


def test_whoever_refused_to_sign_takes_no_part_in_the_procurement_that_is_repeated() -> None:
    town, on = called_again(date(2014, 4, 14), "2014-04-18"), date(2014, 4, 15)
    assert Bid.objects.get(organisation=town.social[1].organisation).refused_at == at("2014-04-10T10:00")
    again = town.attempt("bid.submit", None, on, town.social[1], price="260000", **BID)
    assert rules(again) == ["no-bid-by-who-refused-to-sign"]
    assert again.findings[0].cite == "order-74#第二十二条"
    respond(town, on, {0: "275000", 3: "281000"})
    assert Bid.objects.filter(tender=town.latest(Tender)).count() == 2
    assert list(verify()) == []


def test_where_there_was_one_supplier_only_nobody_comes_next() -> None:
    town = agreed("single_source", "only_source")
    tender = town.latest(Tender)
    assert rules(town.attempt("tender.next", tender, date(2012, 3, 20), town.purchaser, **REFUSED)) == [
        "next-on-refusal"
    ]
    town.act("tender.annul", tender, date(2012, 3, 20), town.purchaser, **REFUSED)
    assert (town.latest(Tender).state, serving(town), awaited(town)) == ("failed", [], ["tender.prepare"])


def test_a_final_offer_is_no_secret_of_the_ledger_and_late_ones_are_not_taken() -> None:
    town = negotiated()
    talk(town, date(2014, 3, 20))
    end = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    town.act("tender.conclude", town.latest(Tender), date(2014, 3, 21), town.purchaser, **end)
    offers(town, date(2014, 4, 1), {0: "270000", 1: "275000"})
    final = FinalOffer.objects.get(bid__organisation=town.social[0].organisation)
    assert (final.visible_to(town.social[0]), final.visible_to(town.purchaser)) == (True, False)
    entry = Entry.objects.get(subject=final.key)
    assert "27000000" not in entry.body
    late = town.attempt("finaloffer.submit", None, at("2014-04-02T10:00"), town.social[3], price="260000")
    assert rules(late) == ["offer-in-time"]
    two = town.attempt("tender.unseal", town.latest(Tender), at("2014-04-02T10:30"), town.purchaser, attendance="小组")
    assert rules(two) == ["three-offers"]
    town.act(
        "tender.fail",
        town.latest(Tender),
        at("2014-04-02T11:00"),
        town.purchaser,
        reason="最后报价不足三家",
        ended_for="few",
    )
    assert town.unborn("method.choose", date(2014, 4, 3), town.purchaser).pk is None


def test_the_method_is_kept_while_its_procurement_runs() -> None:
    town = negotiated()
    outcome = town.attempt("method.return", town.latest(Method), date(2014, 3, 20), town.purchaser, reason="另选")
    assert rules(outcome) == ["method-kept-once-begun"]


def test_talks_with_one_supplier_are_hidden_from_the_others_and_known_to_the_group() -> None:
    town = negotiated()
    talk(town, date(2014, 3, 20))
    first = Talk.objects.get(bid__organisation=town.social[0].organisation)
    seen = [first.visible_to(post) for post in (town.purchaser, town.social[0], town.social[1], town.experts[0])]
    assert seen == [True, True, False, True]


def test_who_is_talked_with_is_not_known_to_the_others_before_the_result() -> None:
    town = negotiated()
    bids = {bid.organisation_id: bid.key for bid in Bid.objects.filter(purchase=town.purchase)}
    roles = {role.pk: role.organisation_id for role in Role.objects.filter(purchase=town.purchase, capacity="bidder")}
    on, own = at("2014-03-20T10:00"), town.social[0].organisation_id

    def hidden(post: Post | None) -> tuple[set[int], set[int]]:
        found = secrets(town.purchase, post, on)
        known = {office for office, key in bids.items() if key in found.subjects}
        return known, {office for role, office in roles.items() if role in found.roles}

    others = set(bids) - {own}
    assert len(others) == 2
    assert hidden(town.social[0]) == (others, others)
    assert hidden(None) == (set(bids), set(bids))
    assert hidden(town.purchaser) == hidden(town.experts[0]) == (set(), set())
    rival = Bid.objects.get(purchase=town.purchase, organisation=town.social[1].organisation)
    assert (rival.visible_to(town.social[0]), rival.visible_to(town.social[1])) == (False, True)
    Tender.objects.filter(purchase=town.purchase).update(awarded_at=on)
    assert hidden(town.social[0]) == (set(), set())
    rival.tender.refresh_from_db()
    assert rival.visible_to(town.social[0])


def test_talks_end_once_every_response_is_reviewed() -> None:
    town = negotiated()
    talk(town, date(2014, 3, 13))
    end = {"offers_due_at": "2014-04-02T10:00", "representatives": "1"}
    Bid.objects.filter(purchase=town.purchase, organisation=town.social[3].organisation).update(state="submitted")
    outcome = town.attempt("tender.conclude", town.latest(Tender), date(2014, 3, 14), town.purchaser, **end)
    assert sorted(rules(outcome)) == ["all-reviewed", "three-respond"]


def test_from_order_94_on_documents_of_talks_say_where_challenges_go() -> None:
    town = begun("consultation", "bought_service", date(2018, 3, 1), **{"acknowledge-jingan-negotiation": "按磋商办法"})
    town.act("tender.prepare", None, date(2018, 3, 1), town.purchaser, **WORDS, **MAY, factors=FACTORS)
    due = {"bids_due_at": "2018-03-11T09:00", "opening_place": "区民政局"}
    outcome = town.attempt("tender.call", town.latest(Tender), date(2018, 3, 1), town.purchaser, **due)
    assert rules(outcome) == ["documents-name-challenge-contact"]


def test_who_answered_is_told_that_talks_are_cancelled_and_nobody_learns_of_the_others() -> None:
    town = begun("negotiation", "undefined_spec", date(2018, 3, 5))
    town.act("tender.prepare", None, date(2018, 3, 5), town.purchaser, **WORDS, **MAY)
    contact = {"challenge_contact": "书面，区民政局采购办"}
    town.act("tender.relief", town.latest(Tender), date(2018, 3, 5), town.purchaser, **contact)
    due = {"bids_due_at": "2018-03-13T09:00", "opening_place": "区民政局"}
    town.act("tender.call", town.latest(Tender), date(2018, 3, 5), town.purchaser, **due)
    respond(town, date(2018, 3, 12), {0: "290000", 1: "280000"})
    ended = {"reason": "区划调整，采购任务取消", "ended_for": "cancelled"}
    town.act("tender.fail", town.latest(Tender), date(2018, 3, 12), town.purchaser, **ended)
    owed = Obligation.objects.filter(purchase=town.purchase, is_open=True, action__startswith="termination.")
    assert set(owed.values_list("action", flat=True)) == {"termination.tell", "termination.explain"}
    told = {"medium": "书面通知", "text": "采购任务取消，本次谈判终止。"}
    by_order_87 = town.attempt(
        "termination.announce", town.latest(Termination), date(2018, 3, 12), town.purchaser, **told
    )
    assert rules(by_order_87) == ["kernel.procedure"]
    town.act("termination.tell", town.latest(Termination), date(2018, 3, 12), town.purchaser, **told)
    assert [len(ended_calls(town.social[index])) for index in (0, 1, 3)] == [1, 1, 0]
    sequence()
    assert notices_of(town.purchase) == []  # Order 74 has the suppliers told, not everybody
    rival = Bid.objects.get(purchase=town.purchase, organisation=town.social[1].organisation)
    assert not rival.visible_to(town.social[0])


@pytest.mark.parametrize("year", [2013, 2014])
def test_who_calls_without_a_group_is_told_to_set_one_up(year: int) -> None:
    town = begun("negotiation", "undefined_spec", date(year, 3, 4))
    town.act("tender.prepare", None, date(year, 3, 4), town.purchaser, **WORDS, **MAY)
    due = {"bids_due_at": f"{year}-03-12T09:00", "opening_place": "区民政局"}
    town.act("tender.call", town.latest(Tender), date(year, 3, 4), town.purchaser, **due)
    owed = Obligation.objects.get(purchase=town.purchase, rule="form-group")
    assert (owed.action, owed.organisation, owed.due_on) == ("tender.appoint", town.purchaser.organisation, None)
    appoint(town, date(year, 3, 5))
    owed.refresh_from_db()
    assert (owed.is_open, owed.met_at is None) == (False, False)


def test_from_order_74_on_cancelled_talks_are_told_and_reported() -> None:
    """Long before Order 87 had the same done of tenders."""
    town, on = negotiated(), date(2014, 3, 14)
    ended = {"reason": "区划调整，采购任务取消", "ended_for": "cancelled"}
    town.act("tender.fail", town.latest(Tender), on, town.purchaser, **ended)
    owed = Obligation.objects.filter(purchase=town.purchase, is_open=True, action__startswith="termination.")
    assert set(owed.values_list("action", flat=True)) == {"termination.tell", "termination.explain"}
    told = {"medium": "书面通知", "text": "采购任务取消，本次谈判终止。"}
    town.act("termination.tell", town.latest(Termination), on, town.purchaser, **told)
    report = {
        "situation": "响应文件已开启",
        "cause": "区划调整",
        "report_number": "静民函〔2014〕3号",
        "reported_on": "2014-03-14",
    }
    town.act("termination.explain", town.latest(Termination), on, town.purchaser, **report)
    assert (town.latest(Termination).state, owed.exists()) == ("reported", False)


def test_scored_factors_do_not_belong_in_a_negotiation() -> None:
    town = begun("negotiation", "undefined_spec", date(2014, 3, 3))
    town.act("tender.prepare", None, date(2014, 3, 10), town.purchaser, **WORDS, **MAY, factors=FACTORS)
    due = {"bids_due_at": "2014-03-20T09:00", "opening_place": "区民政局"}
    outcome = town.attempt("tender.call", town.latest(Tender), date(2014, 3, 10), town.purchaser, **due)
    assert rules(outcome) == ["negotiation-by-price"]


def consulted(on: date, factors: list[dict[str, str]], prices: dict[int, str]) -> Town:
    why = {"acknowledge-jingan-negotiation": "按磋商办法办理"}
    town = begun("consultation", "bought_service", on, **why)
    town.act("tender.prepare", None, on, town.purchaser, **WORDS, **MAY, factors=factors)
    appoint(town, on)
    if on >= date(2018, 3, 1):  # Order 94: the documents say where challenges go
        town.act("tender.relief", town.latest(Tender), on, town.purchaser, challenge_contact="书面，区民政局采购办")
    due = {"bids_due_at": on.replace(day=on.day + 10).isoformat() + "T09:00", "opening_place": "区民政局"}
    outcome = town.attempt("tender.call", town.latest(Tender), on, town.purchaser, **due)
    if outcome.entry is None:
        return town
    respond(town, on.replace(day=on.day + 9), prices)
    town.act("tender.receive", town.latest(Tender), on.replace(day=on.day + 10), town.purchaser, attendance="小组三人")
    qualify(town, datetime.combine(on.replace(day=on.day + 10), datetime.min.time().replace(hour=11), LOCAL))
    talk(town, on.replace(day=on.day + 11))
    return town


def score(town: Town, on: date, points: dict[int, str], members: list[Post] | None = None) -> None:
    bids = {bid.organisation: bid.pk for bid in Bid.objects.filter(purchase=town.purchase)}
    for expert in members or [*town.experts[:2], town.reviewer]:
        rows = {str(bids[town.social[index].organisation]): {"2": value} for index, value in points.items()}
        town.act("sheet.submit", None, on, expert, scores=rows, independent="on")


@pytest.mark.parametrize(("year", "yuan", "winner"), [(2016, "200000", 0), (2018, "100000", 1)])
def test_a_consultation_is_scored_with_the_final_price_and_ends_in_a_contract(
    year: int, yuan: str, winner: int
) -> None:
    """Quality 80, price 20: 75 and 70 for quality; half the price makes up ten points, not five. Order 87, of October
    2017, is about tenders: nobody is told to sign in, to lead the group or to write a committee's report."""
    town = consulted(date(year, 3, 1), FACTORS, {0: "290000", 1: "280000", 3: "295000"})
    end = {"offers_due_at": f"{year}-03-15T10:00", "representatives": "0"}
    town.act("tender.conclude", town.latest(Tender), date(year, 3, 14), town.purchaser, **end)
    offers(town, date(year, 3, 14), {0: "200000", 1: yuan, 3: "290000"})
    town.act("tender.unseal", town.latest(Tender), at(f"{year}-03-15T10:00"), town.purchaser, attendance="小组三人")
    report = {"report": "按评审因素打分"}
    without = town.attempt("tender.recommend", town.latest(Tender), date(year, 3, 16), town.purchaser, **report)
    assert rules(without) == ["scores-complete"]
    scoring = Obligation.objects.filter(purchase=town.purchase, action="sheet.submit")
    assert scoring.filter(is_open=True).count() == 3  # each member's own
    panel = Obligation.objects.filter(purchase=town.purchase, action__in=["signin.sign", "committee.lead"])
    assert not panel.exists()
    score(town, date(year, 3, 16), {0: "75", 1: "70", 3: "60"})
    assert not scoring.filter(is_open=True).exists()
    town.act("tender.recommend", town.latest(Tender), date(year, 3, 16), town.purchaser, **report)
    found = find("evalreport.draft", actor=town.purchaser, at=at(f"{year}-03-16T12:00"), purchase=town.purchase)
    again = town.attempt("tender.recheck", town.latest(Tender), date(year, 3, 16), town.purchaser)
    assert (found, rules(again)) == (None, ["kernel.procedure"])
    town.act("tender.award", town.latest(Tender), date(year, 3, 17), town.purchaser)
    assert town.latest(Tender).winner.organisation == town.social[winner].organisation
    assert contract(town, date(year, 4, 10)).provider == town.social[winner].organisation
    assert list(verify()) == []


def ordered_anew() -> Town:
    """A consultation of 2018 is scored; a challenge of its evaluation is upheld: it is to begin anew."""
    town = consulted(date(2018, 3, 1), FACTORS, {0: "290000", 1: "280000", 3: "295000"})
    end = {"offers_due_at": "2018-03-15T10:00", "representatives": "0"}
    town.act("tender.conclude", town.latest(Tender), date(2018, 3, 14), town.purchaser, **end)
    offers(town, date(2018, 3, 14), {0: "200000", 1: "210000", 3: "290000"})
    town.act("tender.unseal", town.latest(Tender), at("2018-03-15T10:00"), town.purchaser, attendance="小组三人")
    score(town, date(2018, 3, 16), {0: "75", 1: "70", 3: "60"})
    town.act("tender.recommend", town.latest(Tender), date(2018, 3, 16), town.purchaser, report="按评审因素打分")
    letter = town.unborn("challenge.lodge", date(2018, 3, 19), town.social[1], seed="evaluation")
    town.act("challenge.lodge", letter, date(2018, 3, 19), town.social[1], **LETTER)
    effect = {"effect": "may", "effect_reason": "涉及得分。"}
    town.act("challenge.accept", town.latest(Challenge), date(2018, 3, 20), town.purchaser, **effect)
    upheld, on = ANSWER | {"outcome": "upheld"}, date(2018, 3, 21)
    other = town.attempt("challenge.answer", town.latest(Challenge), on, town.purchaser, **upheld | {"then": "next"})
    assert rules(other) == ["answer-about-result"]
    town.act("challenge.answer", town.latest(Challenge), on, town.purchaser, **upheld | {"then": "anew"})
    return town


def test_what_is_to_begin_anew_is_not_awarded() -> None:
    town = ordered_anew()
    award = town.attempt("tender.award", town.latest(Tender), date(2018, 3, 22), town.purchaser)
    assert rules(award) == ["nothing-on-when-anew"]
    assert sorted(awaited(town)) == ["tender.award", "tender.fail"]
    town.act("tender.fail", town.latest(Tender), date(2018, 3, 22), town.purchaser, reason="按质疑答复重新开展")
    assert (town.latest(Tender).state, awaited(town)) == ("failed", ["tender.prepare"])


def test_an_award_made_in_spite_of_it_is_annulled() -> None:
    """As records have it that were kept before anything stood in its way."""
    town, on = ordered_anew(), at("2018-03-22T10:00")
    tender = town.latest(Tender)
    Tender.objects.filter(pk=tender.pk).update(state="awarded", awarded_at=on, winner=tender.first)
    town.act("tender.annul", town.latest(Tender), date(2018, 3, 23), town.purchaser, reason="按质疑答复重新开展")
    owed = Obligation.objects.get(purchase=town.purchase, rule="end-call")
    assert (town.latest(Tender).state, owed.is_open, owed.met_at) == ("failed", False, None)


@pytest.mark.parametrize("price", ["9", "31"])
def test_the_price_of_a_consultation_earns_ten_to_thirty(price: str) -> None:
    rest = str(100 - int(price))
    factors = [{"name": "报价", "points": price, "is_price": "on"}, {"name": "服务方案", "points": rest}]
    town = consulted(date(2016, 3, 1), factors, {})
    assert town.latest(Tender).state == "drafted"


def test_from_the_supplement_on_two_suppliers_are_enough() -> None:
    end = {"offers_due_at": "2016-03-15T10:00", "representatives": "0"}
    town = consulted(date(2016, 3, 1), FACTORS, {0: "290000", 1: "280000"})
    assert (
        town.act("tender.conclude", town.latest(Tender), date(2016, 3, 14), town.purchaser, **end).state == "negotiated"
    )


def test_before_the_supplement_three_are_needed() -> None:
    end = {"offers_due_at": "2015-03-15T10:00", "representatives": "0"}
    town = consulted(date(2015, 3, 2), FACTORS, {0: "290000", 1: "280000"})
    outcome = town.attempt("tender.conclude", town.latest(Tender), date(2015, 3, 14), town.purchaser, **end)
    assert rules(outcome) == ["consultation-suppliers"]


def agreed(way: str, ground: str, town: Town | None = None, source: str = "general", **data: Any) -> Town:
    town = town or settle()
    town.open(date(2012, 3, 1))
    town.budget(date(2012, 3, 1), "300000", source)
    who = {"supplier": str(town.social[2].organisation_id), "acknowledge-jingan-negotiation": "只有一家"}
    town.act("method.choose", None, date(2012, 3, 2), town.purchaser, **choice(way, ground, **who, **data))
    town.act("tender.prepare", None, date(2012, 3, 5), town.purchaser, **WORDS)
    due = {"bids_due_at": "2012-03-08T09:00", "opening_place": "区民政局"}
    town.act("tender.call", town.latest(Tender), date(2012, 3, 5), town.purchaser, **due)
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    other = find("bid.submit", actor=town.social[0], at=at("2012-03-06T10:00"), purchase=town.purchase)
    assert other is None  # it was not asked
    respond(town, date(2012, 3, 7), {2: "298000"})
    town.act("tender.receive", town.latest(Tender), date(2012, 3, 8), town.purchaser, attendance="采购人员两人")
    qualify(town, at("2012-03-08T11:00"))
    record = {
        "held_on": "2012-03-09", "people": [{"name": "王建国", "employer": "区民政局"}], "costs": "人员成本占七成",
        "record": "按月探访，一次支付",
    }  # fmt: skip
    dear = town.attempt(
        "tender.settle", town.latest(Tender), date(2012, 3, 9), town.purchaser, price_fen="300000.01", **record
    )
    assert rules(dear) == ["agreed-within-budget"]
    assert awaited(town) == ["tender.settle"]
    town.act("tender.settle", town.latest(Tender), date(2012, 3, 9), town.purchaser, price_fen="285000", **record)
    town.act("tender.award", town.latest(Tender), date(2012, 3, 12), town.purchaser)
    return town


def test_a_single_source_is_agreed_on_record() -> None:
    town = agreed("single_source", "only_source")
    tender = town.latest(Tender)
    assert (tender.winner.organisation, tender.winner.price_fen) == (town.social[2].organisation, 28_500_000)
    assert contract(town, date(2012, 4, 2)).provider == town.social[2].organisation
    settled = Entry.objects.get(purchase=town.purchase.pk, action="tender.settle")  # type: ignore[union-attr]
    assert "王建国" not in settled.body
    assert list(verify()) == []


@pytest.mark.clause("SH-2.2a")
def test_what_is_entrusted_goes_to_whom_the_function_went_and_stays_flagged() -> None:
    town = agreed("entrustment", "function_transfer", **{"acknowledge-unlisted-method": "职能已经转移"})
    assert contract(town, date(2012, 4, 2)).provider == town.social[2].organisation
    providers = Role.objects.filter(purchase=town.purchase, capacity="provider")
    assert [role.organisation for role in providers] == [town.social[2].organisation]
    assert town.latest(Method).exception is True
    assert list(verify()) == []


def invite(town: Town, on: date, listed: int, drawn: int, source: str = "library", watchers: str = "2") -> Any:
    keys = [str(post.organisation_id) for post in town.social]
    sheet = {
        "source": source, "candidates": keys[:listed], "drawn": keys[:drawn], "watchers": watchers,
        "record": SimpleUploadedFile("抽取记录.pdf", b"%PDF-1.4\n%%EOF"),
    }  # fmt: skip
    return town.attempt("tender.invite", town.latest(Tender), on, town.purchaser, **sheet)


def test_those_drawn_alone_may_bid_in_an_invited_tender() -> None:
    why = {"acknowledge-jingan-negotiation": "供应商有限"}
    town = begun("invited", "limited_suppliers", date(2012, 3, 1), **why)
    town.act("tender.draft", None, date(2012, 3, 2), town.purchaser, **WORDS, factors=FACTORS)
    assert rules(invite(town, date(2012, 3, 5), 5, 2)) == ["three-invited"]
    assert invite(town, date(2012, 3, 5), 5, 3).entry is not None
    due = {"bids_due_at": "2012-03-30T09:00", "opening_place": "区民政局"}
    town.act("tender.publish", town.latest(Tender), date(2012, 3, 6), town.purchaser, **due)
    assert town.purchase is not None
    town.purchase.refresh_from_db()
    found = [
        find("bid.submit", actor=post, at=at("2012-03-07T10:00"), purchase=town.purchase) is not None
        for post in town.social
    ]
    assert found == [True, True, True, False, False]
    listed = [open_calls(at("2012-03-07T10:00"), post.organisation_id).count() for post in town.social]
    assert listed == [1, 1, 1, 0, 0]  # whom nobody asked is not told that others were
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("year", "bought", "found"),
    [
        (2012, True, ["groups-outside-procurement"]), (2012, False, []), (2016, False, []),
        (2016, True, ["groups-not-in-procurement", "groups-outside-procurement"]),
    ],
)  # fmt: skip
def test_the_reports_groups_are_for_what_is_no_procurement(year: int, bought: bool, found: list[str]) -> None:
    size = {"listed": "on"} if bought else {"listed": "", "limit_fen": "1000000", "limit_source": "沪府办发〔2011〕1号"}
    town = begun("open", "", date(year, 3, 1), **size)
    assert town.latest(Method).nature == ("procurement" if bought else "outside")
    town.act("tender.draft", None, date(year, 3, 5), town.purchaser, **WORDS, factors=FACTORS)
    plan = {"size": "7", "experts": "0", "way": "groups", "representatives": []}
    outcome = town.attempt("committee.form", None, date(year, 3, 7), town.purchaser, **plan)
    assert sorted(finding.rule for finding in outcome.findings) == found
    assert (outcome.entry is None) == bought
