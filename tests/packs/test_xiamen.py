"""Xiamen's opinion of 2015: what it is, since when it holds, what it rests on, who may do what, what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime, run_pack_tests
from gongyue.tendering.methods import admitted

from .conftest import OWN

CODE = "cn-fj-xiamen"
ISSUED = date(2015, 1, 6)


@pytest.fixture(scope="session")
def xiamen() -> Regime:
    return Regime.load([OWN], CODE, vocabulary())


@pytest.mark.clause("XM-3.1a", "XM-3.1b", "XM-3.2a", "XM-3.2b", "XM-3.3", "XM-3.4a", "XM-3.4c")
def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], CODE, vocabulary()) == []


@pytest.mark.clause("XM-0")
def test_its_number_and_days(xiamen: Regime) -> None:
    """No first day is stated, so the day of issue is assumed; no end is stated either, so nothing ends it."""
    opinion = xiamen.instruments["xm-pilot-2015"]
    assert (opinion.number, opinion.issued, opinion.effective) == ("厦府办〔2015〕3号", ISSUED, ISSUED)
    assert opinion.issuer == {"zh": "厦门市人民政府办公厅", "en": "General Office of Xiamen Municipal Government"}
    assert (opinion.expires, opinion.assumed is not None, opinion.loaded) == (None, True, True)
    assert "没有写明有效期" in opinion.note["zh"]  # type: ignore[index]
    assert (xiamen.body["jurisdiction"], xiamen.name["zh"]) == ("350200", "厦门市（2015年）")
    asked: dict[str, Any] = {"needs.state": "", "proposal.state": ""}
    found = [[f.rule for f in xiamen.ask("item.propose", asked, on)] for on in (date(2015, 1, 5), ISSUED)]
    assert found == [[], ["research-before-item", "cost-before-item"]]


def test_what_it_names_and_nobody_has_seen_is_listed_and_refuses_nothing(xiamen: Regime) -> None:
    named = ("xm-guide", "xm-evaluation-trial")
    assert [(xiamen.instruments[name].loaded, xiamen.instruments[name].effective) for name in named] == [
        (False, None), (False, None),
    ]  # fmt: skip
    assert {rule.cite.partition("#")[0] for rule in xiamen.all_rules()} & set(named) == set()
    assert [slot.id for slot in xiamen.slots if slot.pack == CODE] == [
        "xm-validity", "xm-guide-text", "xm-evaluation-text", "xm-enterprise-proof", "xm-limits", "xm-registrar",
    ]  # fmt: skip


def test_the_city_and_its_six_districts(xiamen: Regime) -> None:
    assert [(one.code, one.name["zh"], one.level) for one in xiamen.divisions] == [
        ("350000", "福建省", "province"), ("350200", "厦门市", "city"), ("350203", "思明区", "district"),
        ("350205", "海沧区", "district"), ("350206", "湖里区", "district"), ("350211", "集美区", "district"),
        ("350212", "同安区", "district"), ("350213", "翔安区", "district"),
    ]  # fmt: skip


@pytest.mark.clause("XM-3.2a")
def test_six_conditions_of_a_provider(xiamen: Regime) -> None:
    items = xiamen.frameworks["qualification"]["items"]
    assert [item["id"] for item in items] == [
        "liability", "ability", "governance", "rules", "reputation", "operation",
    ]  # fmt: skip


@pytest.mark.clause("XM-3.3")
def test_comprehensive_special_and_experimental_forms(xiamen: Regime) -> None:
    assert {key: entry["form"] for key, entry in xiamen.catalogue.items()} == {
        "comprehensive-centre": "comprehensive", "comprehensive-station": "comprehensive", "special": "special",
        "experimental": "experimental",
    }  # fmt: skip


@pytest.mark.clause("XM-3.4b")
def test_the_method_is_chosen_by_the_law_of_the_day(xiamen: Regime) -> None:
    """The Regulation came on 1 March 2015, when the pilot had begun; Order 87 in October 2017."""
    order, duty = xiamen.order("method"), next(o for o in xiamen.all_obligations() if o.id == "choose-method")
    assert order is not None
    assert (order.milestones, duty.after, duty.do) == (("chosen",), ("item.approve",), "method.choose")
    who = xiamen.who("method.choose")
    assert who is not None and who.capacities == ("purchaser",)
    days = (date(2015, 2, 28), date(2015, 3, 1), date(2017, 9, 30), date(2017, 10, 1))
    rests = [{r.cite.partition("#")[0] for r in xiamen.rules("tender.publish", on)} for on in days]
    assert [("procurement-regulation" in one, "order-87" in one) for one in rests] == [
        (False, False), (True, False), (True, False), (True, True),
    ]  # fmt: skip
    ways = [one.way.value for one in admitted(xiamen, ISSUED)]
    assert ways == ["open", "invited", "negotiation", "consultation", "single_source"]


def test_the_panel_of_the_regulation_comes_with_it(xiamen: Regime) -> None:
    steps = [xiamen.order("committee", "", on) for on in (date(2015, 2, 28), date(2015, 3, 1))]
    assert [step and step.milestones for step in steps] == [None, ("formed", "seated")]


def test_finance_keeps_the_money_and_has_no_hand_in_the_tender(xiamen: Regime) -> None:
    whose = {name: who.capacities for name in vocabulary().actions if (who := xiamen.who(name))}
    assert {name for name, capacities in whose.items() if {"finance", "city_finance"} & set(capacities)} == {
        "post.mail", "purchase.recuse", "fund.open", "item.approve", "item.return", "share.commit", "method.approve",
        "method.return",
    }  # fmt: skip


@pytest.mark.clause("XM-3.4a")
def test_needs_cost_and_budget_are_owed_one_after_the_other(xiamen: Regime) -> None:
    duties = {
        rule.id: (rule.after, rule.do, rule.who) for rule in xiamen.all_obligations() if "XM-3.4a" in rule.clauses
    }
    assert duties == {
        "start-needs": (("purchase.start",), "needs.start", ("purchaser",)),
        "conclude-needs": (("needs.start",), "needs.conclude", ("purchaser",)),
        "propose-services": (("needs.conclude",), "service_proposal.submit", ("purchaser",)),
        "propose-item": (("service_proposal.submit",), "item.propose", ("purchaser",)),
    }
    orders = [xiamen.order(kind) for kind in ("needs", "service_proposal")]
    assert [order and order.milestones for order in orders] == [("started", "concluded"), ("submitted",)]
