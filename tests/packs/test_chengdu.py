"""Chengdu's measures of 2017: when they hold, what they rest on, who may do what, what is still missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime, run_pack_tests
from gongyue.tendering.methods import admitted, ground_name

from .conftest import OWN

CODE = "cn-sc-chengdu"
FIRST = date(2017, 9, 1)


@pytest.fixture(scope="session")
def chengdu() -> Regime:
    return Regime.load([OWN], CODE, vocabulary())


@pytest.mark.clause(
    "CD-2", "CD-3a", "CD-4", "CD-6", "CD-7a", "CD-7b", "CD-8", "CD-9", "CD-11a", "CD-11b", "CD-12", "CD-13.1",
    "CD-13.2", "CD-13.3", "CD-13.4", "CD-13.5", "CD-13.6", "CD-13.7", "CD-14", "CD-15", "CD-16", "CD-18", "CD-21a",
    "CD-22", "CD-23a", "CD-23b", "CD-41",
)  # fmt: skip
def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], CODE, vocabulary()) == []


@pytest.mark.clause("CD-0", "CD-43")
def test_the_measures_hold_from_the_first_of_september_2017(chengdu: Regime) -> None:
    measures = chengdu.instruments["cd-purchase-2017"]
    assert (measures.number, measures.issued, measures.effective) == ("成财采〔2017〕143号", date(2017, 8, 9), FIRST)
    asked: dict[str, Any] = {"item.state": "proposed", "requirement.state": "reviewed", "item.procurement": True}
    asked |= {"input.ceiling": 1, "item.amount_fen": 1, "method.used": False, "input.conditions_reason": ""}
    asked |= {"tender.procured": True, "drafting.repeats": True, "tender.measured_fen": None}
    found = [[f.rule for f in chengdu.ask("tender.draft", asked, on)] for on in (date(2017, 8, 31), FIRST)]
    assert found == [[], ["only-from-the-table"]]


@pytest.mark.clause("CD-42")
def test_the_city_finance_bureau_interprets_them(chengdu: Regime) -> None:
    measures = chengdu.instruments["cd-purchase-2017"]
    assert measures.issuer == {"zh": "成都市财政局", "en": "Chengdu Finance Bureau"}
    assert measures.note["zh"].startswith("由成都市财政局解释（第四十二条）")


@pytest.mark.clause("CD-1")
def test_what_they_rest_on_is_listed_with_its_days_and_refuses_nothing(chengdu: Regime) -> None:
    basis = ("state-council-96-2013", "caizong-96-2014", "sichuan-67-2014", "chengdu-21-2015")
    found = [chengdu.instruments[name] for name in basis]
    assert [(one.number, one.effective, one.expires, one.loaded) for one in found] == [
        ("国办发〔2013〕96号", None, None, False),
        ("财综〔2014〕96号", date(2015, 1, 1), date(2020, 2, 29), False),
        ("川办发〔2014〕67号", None, None, False),
        ("成办发〔2015〕21号", date(2015, 5, 2), date(2017, 5, 2), False),
    ]
    assert "已经届满" in found[-1].note["zh"]
    cited = {rule.cite.partition("#")[0] for rule in chengdu.all_rules()}
    assert cited & set(basis) == set()


@pytest.mark.clause("CD-8")
def test_finance_of_the_same_level_reviews_and_has_no_hand_in_the_tender(chengdu: Regime) -> None:
    whose = {name: who.capacities for name in vocabulary().actions if (who := chengdu.who(name))}
    assert {name for name, capacities in whose.items() if "finance" in capacities} == {
        "post.mail", "purchase.recuse", "fund.open", "itemtable.open", "itemtable.close", "itemtable.approve",
        "item.review", "item.approve", "item.return", "adjustment.approve", "adjustment.refuse", "share.commit",
    }  # fmt: skip
    assert [whose[name] for name in ("item.review", "item.return")] == [("finance",), ("finance",)]
    review = next(rule for rule in chengdu.all_obligations() if rule.id == "review-item")
    assert (review.after, review.do, review.who) == (("item.file",), "item.review", ("finance",))


@pytest.mark.clause("CD-17")
def test_posts_that_one_person_may_not_join(chengdu: Regime) -> None:
    assert [(pair.duties, pair.within, pair.cite, pair.since) for pair in chengdu.incompatible] == [
        (duties, "purchase", "cd-purchase-2017#第十七条", FIRST)
        for duties in (
            ("requirement.draft", "requirement.review"),
            ("tender.draft", "tender.publish"),
            ("tender.prepare", "tender.call"),
            ("contract.sign", "acceptance.record"),
        )  # fmt: skip
    ]


@pytest.mark.clause("CD-11a")
def test_the_requirement_is_owed_once_the_item_stands_and_then_its_review(chengdu: Regime) -> None:
    duties = {rule.id: (rule.after, rule.do, rule.who, rule.cite) for rule in chengdu.all_obligations()}
    assert duties["draft-requirement"] == (
        ("item.approve", "requirement.return"), "requirement.draft", ("purchaser",), "cd-purchase-2017#第十一条",
    )  # fmt: skip
    assert duties["review-requirement"] == (
        ("requirement.draft",), "requirement.review", ("purchaser",), "cd-purchase-2017#第十七条",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "cite"),
    [
        (date(2021, 6, 30), "cd-purchase-2017#第十一条"),
        pytest.param(date(2021, 7, 1), "caiku-2021-22#第三十四条", marks=pytest.mark.clause("CD-40")),
    ],
)
def test_national_law_prevails_where_it_has_a_rule(chengdu: Regime, on: date, cite: str) -> None:
    name = "requirement-before-documents"
    asked = [rule for rule in chengdu.rules("tender.draft", on) if rule.id.startswith("requirement-before")]
    assert {rule.id: rule.cite for rule in asked} == {
        name: cite, "requirement-before-other-documents": "cd-purchase-2017#第十一条",
    }  # fmt: skip
    given = {"item.procurement": True, "requirement.state": "drafted"}
    found = [f for f in chengdu.ask("tender.publish", given, on) if f.rule == name]
    assert [(f.severity, f.cite) for f in found] == [("block", cite)]


@pytest.mark.clause("CD-39a")
def test_suppliers_ask_challenge_and_complain_by_the_law(chengdu: Regime) -> None:
    names = ("question.ask", "challenge.lodge", "complaint.file")
    found = [chengdu.who(name, FIRST) for name in names]
    assert [(one.capacities, one.cite) for one in found if one] == [(("bidder",), "cd-purchase-2017#第三十九条")] * 3
    answers = [chengdu.who(name, FIRST) for name in ("question.answer", "challenge.answer", "complaint.decide")]
    assert [one.capacities[0] for one in answers if one] == ["purchaser", "purchaser", "procurement_supervisor"]


@pytest.mark.clause("CD-39b")
def test_the_purchaser_names_the_relief_of_what_is_no_procurement(chengdu: Regime) -> None:
    who = chengdu.who("tender.relief", FIRST)
    assert who is not None and (who.capacities, who.cite) == (("purchaser",), "cd-purchase-2017#第三十九条")
    asked = {"tender.procured": False, "tender.relief": False}
    found = [f.rule for f in chengdu.ask("tender.publish", asked, FIRST)]
    assert "relief-channel-named" in found
    told = [f.rule for f in chengdu.ask("tender.publish", asked | {"tender.relief": True}, FIRST)]
    assert "relief-channel-named" not in told


@pytest.mark.clause("CD-23a")
def test_the_longest_term(chengdu: Regime) -> None:
    longest = chengdu.parameter("contract.longest", FIRST)
    assert longest is not None
    assert (longest.value, longest.unit) == (36, "month")
    assert chengdu.parameter("contract.longest", date(2017, 8, 31)) is None


def test_what_no_source_gives_is_named(chengdu: Regime) -> None:
    assert [slot.id for slot in chengdu.slots if slot.pack == CODE] == [
        "cd-second-key", "cd-validity", "cd-item-table", "cd-catalogue", "cd-registrar",
    ]  # fmt: skip


@pytest.mark.parametrize("action", ["tender.draw", "bid.invalidate", "correction.ask", "explanation.ask"])
def test_a_tie_or_a_price_is_settled_by_the_purchaser_once_order_87_is_law(chengdu: Regime, action: str) -> None:
    """Whatever the law asks before an award somebody here can do."""
    who = chengdu.who(action, date(2017, 10, 1))
    assert who is not None and who.capacities == ("purchaser",)
    assert chengdu.who(action, date(2017, 9, 30)) is None


@pytest.mark.clause("CD-18")
def test_the_method_is_chosen_first_and_approved_by_the_citys_finance_where_the_law_wants_it(chengdu: Regime) -> None:
    found = {name: chengdu.order("method", name, FIRST) for name in ("", "approval", "publicity")}
    assert {name: order and order.milestones for name, order in found.items()} == {
        "": ("chosen",), "approval": ("chosen", "approved"), "publicity": ("chosen", "published", "approved"),
    }  # fmt: skip
    whos = [chengdu.who(f"method.{verb}") for verb in ("choose", "approve")]
    assert [who and who.capacities for who in whos] == [("purchaser",), ("city_finance",)]
    duty = next(rule for rule in chengdu.all_obligations() if rule.id == "choose-method")
    assert (duty.after, duty.do, duty.who) == (("requirement.review",), "method.choose", ("purchaser",))


@pytest.mark.clause("CD-19a")
def test_vouchers_are_a_method_from_the_first_day_and_a_framework_of_law_from_2022(chengdu: Regime) -> None:
    """Article 19 has the providers found by the ways of the law; the law's own frame for it came in 2022."""
    assert [one.way.value for one in admitted(chengdu, FIRST)] == [
        "open", "invited", "negotiation", "consultation", "single_source", "voucher",
    ]  # fmt: skip
    assert ground_name(chengdu, "voucher", "client_choice").startswith("市场竞争较为充分")
    asked = {
        on: [rule.id for rule in chengdu.rules("tender.award", on) if rule.id.startswith("framework")]
        for on in (date(2022, 2, 28), date(2022, 3, 1))
    }
    assert asked[date(2022, 2, 28)] == ["framework-several"]
    assert set(asked[date(2022, 3, 1)]) == {
        "framework-several", "framework-one-out", "framework-share-out", "framework-cut-untied",
    }  # fmt: skip
    notice = next(one for one in chengdu.disclosures_of("tender.award", FIRST) if one.id == "award-list")
    assert "input.chosen" in notice.fields


PLANNING = {
    "purchaser": [
        "item.propose", "item.file", "research.record", "outreach.open", "outreach.close", "requirement.draft",
        "requirement.review", "adjustment.request", "acceptance.record",
    ],
    "finance": [
        "itemtable.open", "itemtable.close", "itemtable.approve", "item.review", "item.approve", "item.return",
        "adjustment.approve", "adjustment.refuse",
    ],
}  # fmt: skip


@pytest.mark.clause("CD-7a", "CD-7b", "CD-8", "CD-9", "CD-10", "CD-14", "CD-15")
def test_who_plans_and_who_decides(chengdu: Regime) -> None:
    found = {name: who.capacities for names in PLANNING.values() for name in names if (who := chengdu.who(name))}
    assert found == {name: (capacity,) for capacity, names in PLANNING.items() for name in names}


@pytest.mark.clause("CD-5", "CD-6", "CD-7b", "CD-8", "CD-9", "CD-10", "CD-15", "CD-23b")
def test_what_planning_owes_next(chengdu: Regime) -> None:
    ids = {
        "propose-services", "argue-services", "propose-item", "file-item", "await-table", "review-item", "approve-item",
        "decide-adjustment", "ask-the-public", "check-contract",
    }  # fmt: skip
    duties = {rule.id: (rule.after, rule.do, rule.who) for rule in chengdu.all_obligations() if rule.id in ids}
    assert duties == {
        "propose-services": (("needs.conclude",), "service_proposal.submit", ("purchaser",)),
        "argue-services": (("service_proposal.submit",), "service_proposal.argue", ("purchaser",)),
        "propose-item": (("service_proposal.argue",), "item.propose", ("purchaser",)),
        "file-item": (("item.propose",), "item.file", ("purchaser",)),
        "await-table": (("item.propose",), "item.file", ("purchaser",)),
        "review-item": (("item.file",), "item.review", ("finance",)),
        "approve-item": (("item.review",), "item.approve", ("finance",)),
        "decide-adjustment": (("adjustment.request",), "adjustment.approve", ("finance",)),
        "ask-the-public": (("requirement.draft",), "outreach.close", ("purchaser",)),
        "check-contract": (("contract.sign",), "acceptance.record", ("purchaser",)),
    }


@pytest.mark.clause("CD-16")
def test_the_agency_and_purchasers_set_standards_and_the_agency_has_no_part_in_a_purchase(chengdu: Regime) -> None:
    who = chengdu.who("servicestandard.set")
    assert who is not None and who.capacities == ("central_agency", "purchaser")
    agency = chengdu.capacities["central_agency"]
    assert (agency.by, agency.organisations) == ("registration", ("central_agency",))
