"""Suzhou's plan of 2017: what is known of it, who buys, who may bid, and whether the end of May can hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime, run_pack_tests
from gongyue.tendering import qualification
from gongyue.tendering.timetable import Setting, trials

from .conftest import OWN

CODE = "cn-js-suzhou"
FIRST = date(2017, 1, 1)
MAY = date(2017, 5, 31)


@pytest.fixture(scope="session")
def suzhou() -> Regime:
    return Regime.load([OWN], CODE, vocabulary())


@pytest.mark.clause("SU-2.1a", "SU-2.2a", "SU-4.1", "SU-4.2")
def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], CODE, vocabulary()) == []


@pytest.mark.clause("SU-0")
def test_number_and_days_are_not_known_and_its_first_day_is_assumed(suzhou: Regime) -> None:
    plan = suzhou.instruments["su-plan-2017"]
    assert (plan.number, plan.issued, plan.effective, plan.expires) == ("", None, FIRST, None)
    assert plan.assumed is not None
    assert "没有文号、印发日和起始日" in plan.assumed["zh"]
    assert "2017年7月至2018年6月" in plan.note["zh"]  # type: ignore[index]
    asked: dict[str, Any] = {"bid.registration": "company", "tender.bids_due_at": None, "bid.bids_of_organisation": 0}
    found = [[f.rule for f in suzhou.ask("bid.submit", asked, on)] for on in (date(2016, 12, 31), FIRST)]
    assert ["registered-with-civil-affairs" in one for one in found] == [False, True]


@pytest.mark.clause("SU-0", "SU-4.2b")
def test_what_is_missing_is_named() -> None:
    suzhou = Regime.load([OWN], CODE, vocabulary())
    assert {slot.id: slot.clauses for slot in suzhou.slots if slot.pack == CODE} == {
        "su-number": ("SU-0",), "su-annex-1": ("SU-0",), "su-annex-2": ("SU-0", "SU-4.2b"), "su-annex-3": ("SU-0",),
        "su-part-six": ("SU-0",), "su-norm-guide-text": ("SU-4.1",), "su-park-code": (), "su-limits": (),
    }  # fmt: skip


def test_what_it_rests_on_is_listed_and_refuses_nothing(suzhou: Regime) -> None:
    named = ("su-full-pilot", "su-five-year", "su-norm-guide")
    assert [suzhou.instruments[name].loaded for name in named] == [False, False, False]
    assert {rule.cite.partition("#")[0] for rule in suzhou.all_rules()} & set(named) == set()
    assert suzhou.frameworks["norm-references"]["norms"] == ["su-norm-guide"]


@pytest.mark.clause("SU-4.2b")
def test_the_team_that_has_to_be_fielded_is_a_table_without_rows(suzhou: Regime) -> None:
    team = suzhou.frameworks["team-requirement"]
    assert (team["items"], team["slot"], team["clause"]) == ([], "su-annex-2", "SU-4.2b")
    assert qualification.missing(suzhou).startswith("附件2：投标机构资质及执行团队配备要求")


@pytest.mark.clause("SU-2.1a", "SU-2.1b")
def test_street_and_district_purchase_and_the_citys_bureau_has_no_step_of_the_tender(suzhou: Regime) -> None:
    held = {name: (c.organisations, c.levels, c.by) for name, c in suzhou.capacities.items()}
    assert held["purchaser"] == (("street_office",), ("street",), "opening")
    assert held["joint_purchaser"] == (("civil_affairs",), ("district",), "")
    assert held["beneficiary"] == (("street_office", "residents_committee"), ("street",), "")
    assert held["organiser"] == (("civil_affairs",), ("city",), "")
    whose = {name: set(who.capacities) for name in vocabulary().actions if (who := suzhou.who(name))}
    assert {name for name, capacities in whose.items() if {"organiser", "registrar"} & capacities} == {
        "commission.evaluation", "organisation.register", "organisations.import", "post.assign", "posts.import",
        "post.hand_over", "post.mail",
    }  # fmt: skip
    assert whose["commission.tender"] == {"purchaser", "joint_purchaser"}
    assert whose["contract.approve"] == {"joint_purchaser"}
    assert whose["purchase.start"] == {"purchaser"}
    assert whose["tender.publish"] == {"purchaser", "joint_purchaser", "agent"}
    assert whose["agency.propose"] == {"purchaser", "joint_purchaser"}


@pytest.mark.clause("SU-2.1b")
def test_no_contract_without_the_joint_purchaser(suzhou: Regime) -> None:
    order = suzhou.order("contract")
    assert order is not None
    assert order.milestones == ("drafted", "approved", "accepted", "signed")
    duty = next(rule for rule in suzhou.all_obligations() if rule.id == "approve-contract")
    assert (duty.after, duty.do, duty.who) == (("contract.draft",), "contract.approve", ("joint_purchaser",))


@pytest.mark.clause("SU-2.1a")
def test_two_agreements_are_owed_once_the_unit_is_approved(suzhou: Regime) -> None:
    duties = [one for one in suzhou.all_obligations() if one.do.startswith("commission.")]
    assert [(one.after, one.do, one.who) for one in duties] == [
        (("item.approve",), "commission.tender", ("purchaser",)),
        (("item.approve",), "commission.evaluation", ("organiser",)),
    ]  # fmt: skip
    order, who = suzhou.order("commission"), suzhou.who("commission.evaluation")
    assert (order and order.milestones, who and who.capacities) == (("signed",), ("organiser",))


@pytest.mark.clause("SU-2.2a")
def test_the_end_of_may_is_a_fixed_day(suzhou: Regime) -> None:
    duty = next(rule for rule in suzhou.all_obligations() if rule.id == "finish-tender")
    assert (duty.do, duty.fixed_on, duty.cite) == ("tender.award", MAY, "su-plan-2017#二(二)")
    known = suzhou.parameter("tender.finish_on", FIRST)
    assert known is not None and known.value == MAY


@pytest.mark.clause("SU-2.2a")
@pytest.mark.parametrize(("start", "finish", "fits", "over"), [
    (date(2017, 5, 11), MAY, True, 0), (date(2017, 5, 12), date(2017, 6, 1), False, 1),
])  # fmt: skip
def test_planned_on_the_twelfth_of_may_the_end_of_may_cannot_hold(
    suzhou: Regime, start: date, finish: date, fits: bool, over: int
) -> None:
    """Twenty days from the issue to the deadline are the law's; nothing the plan says shortens them."""
    setting = Setting.afresh(suzhou)
    assert setting is not None
    trial = trials(setting, start)[0]
    assert trial.ceiling is not None
    assert (trial.ceiling.on, trial.table.finish, trial.fits, trial.over) == (MAY, finish, fits, over)
    assert [(wait.value, wait.cite) for wait in trial.binding] == [(20, "procurement-law#第三十五条")]
    assert trial.begin_by == date(2017, 5, 11)


@pytest.mark.clause("SU-4.2")
def test_eight_people_and_four_social_workers(suzhou: Regime) -> None:
    found = [suzhou.parameter(f"bidder.least_{name}", FIRST) for name in ("staff", "social_workers")]
    assert [(one.value, one.cite) for one in found if one] == [(8, "su-plan-2017#四"), (4, "su-plan-2017#四")]


@pytest.mark.clause("SU-4.2", "SU-4.2b")
def test_the_form_by_which_bidders_are_reviewed(suzhou: Regime) -> None:
    form = suzhou.frameworks["qualification"]
    assert [item["id"] for item in form["items"]] == [
        "agency", "people", "liability", "accounting", "ability", "reputation",
    ]  # fmt: skip


@pytest.mark.clause("SU-4.2")
def test_order_87_is_not_cited_before_its_first_day(suzhou: Regime) -> None:
    days = (date(2017, 9, 30), date(2017, 10, 1))
    acts = ("tender.draft", "tender.publish", "bid.submit", "bid.qualify", "bid.disqualify")
    rests = [{r.cite.partition("#")[0] for act in acts for r in suzhou.rules(act, on)} for on in days]
    assert ["order-87" in one for one in rests] == [False, True]
    counted = [[r.id for r in suzhou.rules("bid.qualify", on) if r.id == "enough-people"] for on in days]
    assert counted == [["enough-people"], []]


def test_divisions_with_the_units_that_have_a_code(suzhou: Regime) -> None:
    assert [one.code for one in suzhou.divisions if one.level == "street"] == [
        "320508:苏锦街道", "320508:虎丘街道", "320508:白洋湾街道", "320505:浒墅关镇", "320505:浒墅关开发区",
        "320505:东渚镇",
    ]  # fmt: skip
    assert [(one.code, one.name["zh"]) for one in suzhou.divisions if one.level in ("province", "city")] == [
        ("320000", "江苏省"), ("320500", "苏州市"),
    ]  # fmt: skip
