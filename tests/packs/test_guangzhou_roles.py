"""Who does what in Guangzhou, and in what order."""

from __future__ import annotations

import pytest

from gongyue.kernel.actions import ACTIONS, vocabulary
from gongyue.policy import Incompatible, Regime
from gongyue.tendering.models import Tender


def test_the_tender_is_briefed_before_it_is_issued(guangzhou: Regime) -> None:
    order = guangzhou.order("tender")
    assert order is not None
    assert order.milestones == ("drafted", "briefed", "announced", "opened", "scored", "awarded")


@pytest.mark.clause("GZ-P-3.3.2b")
def test_the_contract_is_approved_by_the_district_and_filed_by_the_city(guangzhou: Regime) -> None:
    order = guangzhou.order("contract")
    whos = [guangzhou.who(f"contract.{verb}") for verb in ("approve", "file")]
    assert order is not None
    assert order.milestones == ("drafted", "approved", "accepted", "signed", "filed")
    assert [who and who.capacities for who in whos] == [("district_bureau",), ("city_bureau",)]


@pytest.mark.clause("GZ-S-4.1b")
def test_the_plan_goes_from_street_to_district_to_city(guangzhou: Regime) -> None:
    order = guangzhou.order("implementation")
    whos = [guangzhou.who(f"implementation.{verb}") for verb in ("submit", "review", "approve")]
    assert order is not None
    assert order.milestones == ("submitted", "reviewed", "approved")
    assert [who and who.capacities for who in whos] == [("street_office",), ("district_bureau",), ("city_bureau",)]


@pytest.mark.clause("GZ-P-3.2.1b")
def test_what_the_experts_wrote_is_recorded_by_the_purchaser(guangzhou: Regime) -> None:
    order, who = guangzhou.order("standardgroup"), guangzhou.who("standardgroup.record")
    assert order is not None
    assert (order.milestones, who and who.capacities) == (("recorded",), ("purchaser",))


ELSEWHERE = {
    "acceptance", "adjustment", "alert", "alertmeasure", "audit", "buyingplan", "catalogue", "checkpoint", "commission",
    "control", "decision", "departmentbudget", "examination", "finaloffer", "investment", "itemnotice", "itemtable",
    "method", "moneynotice", "outreach", "performance", "performanceview", "redemption", "requirement", "research",
    "servicestandard", "talk", "variation", "violation", "violationreply", "voucher", "voucherscheme",
}  # kinds that only other places' regulation knows  # fmt: skip


def other_methods() -> set[str]:
    """The steps of methods that are no tender."""
    return {name for name, act in ACTIONS.items() if act.subject is Tender and not act.serves("")}


def test_every_action_has_somebody(guangzhou: Regime) -> None:
    actions = {name: spec.subject for name, spec in vocabulary().actions.items() if guangzhou.who(name) is None}
    assert {name for name, kind in actions.items() if kind not in ELSEWHERE} == {
        "item.file", "item.mark", "item.review", "purchase.start", "bid.quit", *other_methods() - {"tender.give_up"},
    }  # fmt: skip


def test_every_kind_has_an_order(guangzhou: Regime) -> None:
    assert {kind for kind in vocabulary().milestones if guangzhou.order(kind) is None} == ELSEWHERE


def test_duties_that_one_person_must_not_join(guangzhou: Regime) -> None:
    assert [(pair.duties, pair.within) for pair in guangzhou.incompatible] == [
        (("signoff.draft", "signoff.check"), "subject"),
        (("contract.draft", "contract.approve"), "purchase"),
        (("contract.renew", "contract.approve"), "purchase"),
        (("contract.approve", "contract.sign"), "purchase"),
        (("amendment.draft", "amendment.approve"), "purchase"),
        (("amendment.approve", "amendment.sign"), "purchase"),
        (("implementation.review", "implementation.approve"), "purchase"),
        (("claim.check", "payment.pay"), "purchase"),
    ]
    assert all(isinstance(pair, Incompatible) for pair in guangzhou.incompatible)
