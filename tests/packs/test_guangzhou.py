"""Guangzhou's regime: its instruments, its annex to the fen, who does what in which order, and the days it counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Due, Finding, Incompatible, ObligationRule, Programme, Regime, read_packs, run_pack_tests

from .conftest import OWN

WAN = 1_000_000  # ten thousand yuan, in fen
CHINA = ZoneInfo("Asia/Shanghai")
IN_FORCE = date(2010, 10, 8)
DISTRICTS = {
    "440103": "荔湾区", "440104": "越秀区", "440105": "海珠区", "440106": "天河区",
    "440111": "白云区", "440112": "黄埔区", "440113": "番禺区", "440114": "花都区",
    "440115": "南沙区", "440116": "萝岗区", "440183": "增城市", "440184": "从化市",
}  # fmt: skip


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.fixture
def pilot(guangzhou: Regime) -> Programme:
    return guangzhou.programmes["gz-pilot-2010"]


def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], "cn-gd-guangzhou", vocabulary()) == []
    assert run_pack_tests([OWN], "cn-national", vocabulary()) == []


@pytest.mark.parametrize("code", ["cn-gd-guangzhou", "cn-national"])
def test_every_rule_is_tested_both_ways(code: str, guangzhou: Regime) -> None:
    tests = read_packs([OWN])[code].entries("tests")
    rules = {rule.id for rule in guangzhou.all_rules() if rule.pack == code}
    assert rules - {name for test in tests for name in test.get("expect", ())} == set()
    assert rules - {name for test in tests for name in test.get("passes", ())} == set()


# --- instruments --------------------------------------------------------------------------------------------


@pytest.mark.clause("GZ-P-0")
def test_the_norm_is_kept_with_its_number_its_annex_and_as_a_trial(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert (norm.number, norm.trial, norm.loaded) == ("穗民〔2010〕320号附件1", True, True)
    assert str(guangzhou.citation("gz-procedure-2010#三(二)2")) == "穗民〔2010〕320号附件1 三(二)2"


@pytest.mark.clause("GZ-P-5.3")
def test_the_end_of_the_norms_two_years_cannot_be_computed(guangzhou: Regime) -> None:
    norm = guangzhou.instruments["gz-procedure-2010"]
    assert norm.assumed is not None
    assert (norm.effective, norm.expires, norm.expiry_unknown) == (date(2010, 8, 31), None, True)
    assert guangzhou.body["instruments"]["gz-procedure-2010"]["expires"] == {"value": 2, "unit": "year"}
    assert (norm.in_force(date(2010, 8, 30)), norm.in_force(date(2013, 1, 1))) == (False, True)


def test_the_scheme_has_no_date_of_its_own(guangzhou: Regime) -> None:
    scheme = guangzhou.instruments["gz-scheme-2010"]
    assert scheme.assumed is not None
    assert (scheme.number, scheme.effective, scheme.by_reference) == ("穗民〔2010〕213号", date(2010, 1, 1), False)


def test_what_the_sources_do_not_give_is_listed(guangzhou: Regime) -> None:
    assert [slot.id for slot in guangzhou.slots if slot.pack == "cn-gd-guangzhou"] == [
        "gz-annex-1", "gz-quality-standard", "gz-funding-agreement", "gz-procedure-date", "gz-scheme-date",
        "gz-carry-over", "gz-dropped-words", "gz-fiscal-opinion", "gz-half-year-day",
        "gz-briefing-cycle", "gz-coordination-time", "gz-spot-check-cycle", "gz-feedback-days",
    ]  # fmt: skip


# --- the annex ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("district", "street", "mode", "total", "city", "share"),
    [
        pytest.param("440104", "广卫街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.01")),
        pytest.param("440104", "建设街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.02")),
        pytest.param("440104", "矿泉街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.03")),
        pytest.param("440104", "北京街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.04")),
        pytest.param("440105", "沙园街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.05")),
        pytest.param("440105", "江南中街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.06")),
        pytest.param("440103", "逢源街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.07")),
        pytest.param("440103", "海龙街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.08")),
        pytest.param("440103", "金花街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.09")),
        pytest.param("440106", "天园街", "one", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.10")),
        pytest.param("440112", "黄埔街", "two", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.11")),
        pytest.param("440111", "三元里街", "two", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.12")),
        pytest.param("440111", "金沙街", "one", 200, 100, 100, marks=pytest.mark.clause("GZ-S-A2.13")),
        pytest.param("440114", "新华街", "one", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.14")),
        pytest.param("440113", "桥南街", "two", 200, 80, 120, marks=pytest.mark.clause("GZ-S-A2.15")),
        pytest.param("440115", "珠江街", "two", 200, 0, 200, marks=pytest.mark.clause("GZ-S-A2.16")),
        pytest.param("440115", "南沙街", "two", 200, 0, 200, marks=pytest.mark.clause("GZ-S-A2.17")),
        pytest.param("440116", "夏港街", "two", 200, 0, 200, marks=pytest.mark.clause("GZ-S-A2.18")),
        pytest.param("440184", "街口街", "two", 200, 160, 40, marks=pytest.mark.clause("GZ-S-A2.19")),
        pytest.param("440183", "荔城街", "two", 200, 120, 80, marks=pytest.mark.clause("GZ-S-A2.20")),
    ],
)
def test_each_street_has_its_row(
    pilot: Programme, district: str, street: str, mode: str, total: int, city: int, share: int
) -> None:
    unit = pilot.unit(district, street)
    assert unit is not None
    assert (unit.mode, unit.total_fen) == (mode, total * WAN)
    assert unit.shares == {"city": city * WAN, "district": share * WAN}


def test_each_row_carries_its_own_clause_in_the_annexs_order(pilot: Programme) -> None:
    assert [unit.clauses for unit in pilot.units] == [(f"GZ-S-A2.{n:02}",) for n in range(1, 21)]


@pytest.mark.clause("GZ-S-A2.0", "GZ-S-4.1a")
def test_the_annex_adds_up(pilot: Programme) -> None:
    modes = [unit.mode for unit in pilot.units]
    assert (len(modes), modes.count("one"), modes.count("two")) == (20, 9, 11)
    assert sum(unit.total_fen for unit in pilot.units) == 4000 * WAN


@pytest.mark.clause("GZ-S-4.3b")
def test_the_forty_million_are_those_of_2010(pilot: Programme, guangzhou: Regime) -> None:
    year = guangzhou.parameter("grant.year", IN_FORCE)
    assert year is not None
    assert (pilot.year, year.value, sum(unit.total_fen for unit in pilot.units)) == (2010, 2010, 40_000_000_00)


@pytest.mark.clause("GZ-S-4.3c")
def test_each_district_bears_its_ratio(pilot: Programme) -> None:
    ratios = {unit.district: (unit.ratio_bp["city"], unit.ratio_bp["district"]) for unit in pilot.units}
    assert ratios == {
        "440103": (5000, 5000), "440104": (5000, 5000), "440105": (5000, 5000), "440111": (5000, 5000),
        "440106": (4000, 6000), "440112": (4000, 6000), "440113": (4000, 6000), "440114": (4000, 6000),
        "440115": (0, 10000), "440116": (0, 10000), "440184": (8000, 2000), "440183": (6000, 4000),
    }  # fmt: skip


@pytest.mark.clause("GZ-S-4.3d")
def test_the_city_bears_seventeen_million_and_the_districts_twenty_three(pilot: Programme) -> None:
    assert sum(unit.shares["city"] for unit in pilot.units) == 17_000_000_00
    assert sum(unit.shares["district"] for unit in pilot.units) == 23_000_000_00


@pytest.mark.clause("GZ-S-4.3e")
def test_the_evaluation_fee_stands_beside_the_grants(pilot: Programme) -> None:
    assert [(line.id, line.share_bp, line.of, line.amount_fen) for line in pilot.lines] == [
        ("evaluation", 200, "total", 800_000_00)
    ]
    assert sum(unit.total_fen for unit in pilot.units) == 40_000_000_00


@pytest.mark.clause("GZ-S-2.3b")
def test_the_pilot_stage_has_its_days(pilot: Programme) -> None:
    assert (pilot.starts, pilot.ends) == (date(2010, 9, 1), date(2012, 9, 30))


def test_the_districts_are_those_of_2010(guangzhou: Regime, pilot: Programme) -> None:
    named = {d.code: d.name["zh"] for d in guangzhou.divisions if d.level == "district"}
    assert named == DISTRICTS
    assert {unit.district for unit in pilot.units} == set(DISTRICTS)
    assert {d.code: (d.level, d.parent) for d in guangzhou.divisions if d.code not in DISTRICTS} == {
        "440000": ("province", ""), "440100": ("city", "440000"),
    }  # fmt: skip


# --- who, and in what order -----------------------------------------------------------------------------------


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


def test_every_action_has_somebody(guangzhou: Regime) -> None:
    assert [name for name in vocabulary().actions if guangzhou.who(name) is None] == []


def test_every_kind_has_an_order(guangzhou: Regime) -> None:
    assert [kind for kind in vocabulary().milestones if guangzhou.order(kind) is None] == []


def test_duties_that_one_person_must_not_join(guangzhou: Regime) -> None:
    assert [(pair.duties, pair.within) for pair in guangzhou.incompatible] == [
        (("signoff.draft", "signoff.check"), "subject"),
        (("contract.draft", "contract.approve"), "purchase"),
        (("contract.approve", "contract.sign"), "purchase"),
        (("implementation.review", "implementation.approve"), "purchase"),
        (("claim.check", "payment.pay"), "purchase"),
    ]
    assert all(isinstance(pair, Incompatible) for pair in guangzhou.incompatible)


# --- rules ----------------------------------------------------------------------------------------------------


def ids(regime: Regime, action: str, on: date = IN_FORCE) -> list[str]:
    return sorted(rule.id for rule in regime.rules(action, on))


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("purchase.open", ["one-project-per-street", "street-listed"]),
        ("implementation.approve", ["goals-stated"]),
        ("item.propose", ["item-within-grant", "needs-before-project"]),
        ("item.approve", ["needs-before-project"]),
        ("fund.open", ["evaluation-fee", "one-fund-line"]),
        ("share.commit", ["fund-sufficient"]),
        (
            "tender.draft",
            ["ceiling-within-item", "item-before-tender", "mode-two-only-if-bought", "proposal-before-tender"],
        ),
        (
            "tender.publish",
            [
                "authority-before-tender",
                "bid-period",
                "briefing-lead",
                "expert-standard",
                "factors-measure-the-standard",
                "package-complete",
                "plan-before-tender",
                "quality-dominates",
            ],
        ),
        ("bid.submit", ["bid-in-time", "one-bid", "provider-type"]),
        ("bid.withdraw", ["bid-in-time"]),
        ("package.take", ["package-in-time"]),
        ("enquiry.ask", ["enquiry-in-time"]),
        ("tender.open", ["opening-after-deadline", "three-bids"]),
        ("bid.qualify", ["four-conditions", "reviewed-after-opening"]),
        ("bid.disqualify", ["reviewed-after-opening"]),
        ("sheet.submit", ["panel-independent"]),
        ("tender.score", ["all-reviewed", "all-sheets", "three-bids"]),
        ("tender.award", ["award-untied"]),
        ("contract.draft", ["award-before-contract", "contract-at-award-price"]),
        ("contract.sign", ["contract-complete", "funds-committed"]),
        (
            "claim.submit",
            ["approved-and-filed", "assessment-before-instalment", "instalments-in-order", "invoice-matches"],
        ),
        ("payment.pay", ["approved-and-filed"]),
    ],
)
def test_the_rules_of_each_action(guangzhou: Regime, action: str, asked: list[str]) -> None:
    assert ids(guangzhou, action) == asked


@pytest.mark.clause("GZ-S-3.1a")
def test_the_citys_award_before_contract_stands_before_the_nations(guangzhou: Regime) -> None:
    on = {rule.id: rule for rule in guangzhou.rules("contract.draft", IN_FORCE)}
    assert (on["award-before-contract"].pack, on["award-before-contract"].cite) == (
        "cn-gd-guangzhou", "gz-scheme-2010#三模式一",
    )  # fmt: skip


def test_before_its_assumed_day_the_norm_asks_nothing(guangzhou: Regime) -> None:
    assert ids(guangzhou, "tender.publish", date(2010, 8, 30)) == ["bid-period", "plan-before-tender"]
    assert "briefing-lead" in ids(guangzhou, "tender.publish", date(2010, 8, 31))


PUBLISH = {
    "action.at": at("2010-10-08 09:00"), "input.bids_due_at": at("2010-10-28 09:00"), "tender.has_package": True,
    "tender.briefing_on": date(2010, 9, 24), "tender.price_points": 30, "tender.total_points": 100,
    "purchase.by_reference": False, "implementation.state": "approved", "authority.recorded": True,
    "standard.written": True, "standard.attached": True, "standard.loose": 0,
}  # fmt: skip


@pytest.mark.clause("GZ-P-3.2.2a")
def test_a_briefing_fourteen_days_before_names_the_days_and_the_reading(guangzhou: Regime) -> None:
    found = guangzhou.ask("tender.publish", PUBLISH, IN_FORCE)
    assert found == [
        Finding(
            "briefing-lead",
            "block",
            "gz-procedure-2010#三(二)2",
            {
                "action.at": "2010-10-08",
                "param.tender.briefing_lead_days": 15,
                "tender.briefing_on": "2010-09-24",
            },
        )
    ]
    assert guangzhou.say(found[0], "zh") == (
        "信息发布及沟通会要比发标早 15 日以上，本次沟通会日期是 2010-09-24。请等满 15 日再发标。"
    )
    assert guangzhou.say(found[0], "en") == (
        "The briefing must come at least 15 days before the tender is issued; it was held on 2010-09-24. "
        "Wait until the 15 days have passed."
    )
    rule = next(rule for rule in guangzhou.rules("tender.publish", IN_FORCE) if rule.id == "briefing-lead")
    assert rule.reading is not None
    assert rule.reading["zh"].startswith("原文“自发标之日起至少提前15天”有歧义")


@pytest.mark.clause("GZ-P-5.2")
def test_by_reference_the_norm_warns_and_the_law_still_blocks(guangzhou: Regime) -> None:
    values = PUBLISH | {"purchase.by_reference": True, "input.bids_due_at": at("2010-10-27 09:00")}
    found = guangzhou.ask("tender.publish", values, IN_FORCE, soften=True)
    assert [(f.rule, f.severity) for f in found] == [("briefing-lead", "warn"), ("bid-period", "block")]


@pytest.mark.clause("GZ-P-3.3.2c")
@pytest.mark.parametrize(("soften", "severity"), [(False, "block"), (True, "warn")])
def test_no_money_without_approval_and_filing(guangzhou: Regime, soften: bool, severity: str) -> None:
    on = date(2011, 3, 1)
    values = {"action.at": at("2011-03-01 10:00"), "contract.approved_on": date(2010, 11, 15)}
    found = guangzhou.ask("payment.pay", values | {"contract.filed_on": None}, on, soften=soften)
    assert [(f.rule, f.severity) for f in found] == [("approved-and-filed", severity)]
    assert guangzhou.say(found[0], "zh") == (
        "合同还没有经区民政局审定并报市民政局备案，不能据以拨付资金（审定日期：2010-11-15，备案日期：未知）。"
    )


@pytest.mark.clause("GZ-S-3.1a")
def test_by_reference_nobody_contracts_without_an_award_either(guangzhou: Regime) -> None:
    values = {"action.at": at("2010-11-05 10:00"), "award.awarded_on": None, "award.price_fen": None, "input.amount": 1}
    found = guangzhou.ask("contract.draft", values, date(2010, 11, 5), soften=True)
    assert [(f.rule, f.severity) for f in found] == [("award-before-contract", "block")]


def test_quality_below_half_is_a_warning(guangzhou: Regime) -> None:
    values = PUBLISH | {"tender.briefing_on": date(2010, 9, 1), "tender.price_points": 60}
    found = guangzhou.ask("tender.publish", values, IN_FORCE)
    assert [(f.rule, f.severity) for f in found] == [("quality-dominates", "warn")]


def test_every_sentence_can_be_said_in_both_languages(guangzhou: Regime) -> None:
    for rule in guangzhou.all_rules():
        for action in rule.on:
            finding = Finding(rule.id, "block", rule.cite, rule.figures(action, {}))
            for lang in ("zh", "en"):
                assert "{" not in guangzhou.say(finding, lang)


# --- obligations ----------------------------------------------------------------------------------------------


def duty(regime: Regime, name: str) -> ObligationRule:
    return next(rule for rule in regime.all_obligations() if rule.id == name)


def due(regime: Regime, name: str, on: date, **values: Any) -> Due:
    named = {key.replace("__", "."): value for key, value in values.items()}
    return regime.due(duty(regime, name), named, on)


def test_who_must_do_what_after_what(guangzhou: Regime) -> None:
    listed = {rule.id: (rule.after, rule.do, rule.who, rule.seed) for rule in guangzhou.all_obligations()}
    line = {
        "submit-plan": (("purchase.open",), "implementation.submit", ("street_office",), ""),
        "review-plan": (("implementation.submit",), "implementation.review", ("district_bureau",), ""),
        "approve-plan": (("implementation.review",), "implementation.approve", ("city_bureau",), ""),
        "resubmit-plan": (("implementation.return",), "implementation.submit", ("street_office",), ""),
        "start-needs": (("purchase.open",), "needs.start", ("street_office",), ""),
        "start-needs-by-reference": (("purchase.open_by_reference",), "needs.start", ("street_office",), ""),
        "conclude-needs": (("needs.start",), "needs.conclude", ("street_office",), ""),
        "conclude-needs-by-reference": (("needs.start",), "needs.conclude", ("street_office",), ""),
        "propose-item": (("needs.conclude",), "item.propose", ("street_office",), ""),
        "approve-item": (("item.propose",), "item.approve", ("district_finance",), ""),
        "repropose-item": (("item.return",), "item.propose", ("street_office",), ""),
        "commit-share": (("item.approve",), "share.commit", ("city_finance", "district_finance"), ""),
        "commit-share-by-reference": (("item.approve",), "share.commit", ("district_finance",), ""),
        "finish-tender": (("implementation.approve",), "tender.award", ("purchaser",), ""),
        "record-authority": (("tender.brief",), "authority.record", ("purchaser",), ""),
        "write-standard": (("tender.brief",), "standardgroup.record", ("purchaser",), ""),
        "draft-tender": (("item.approve",), "tender.draft", ("purchaser",), ""),
        "hold-briefing": (("tender.draft",), "tender.brief", ("purchaser",), ""),
        "publish-tender": (("tender.brief",), "tender.publish", ("purchaser",), ""),
        "appoint-panel": (("tender.publish",), "tender.appoint", ("purchaser",), ""),
        "open-bids": (("tender.publish",), "tender.open", ("purchaser",), ""),
        "score-bids": (("tender.open",), "tender.score", ("purchaser",), ""),
        "submit-sheet": (("tender.appoint",), "sheet.submit", ("expert",), ""),
        "award-tender": (("tender.score",), "tender.award", ("purchaser",), ""),
        "draft-contract": (("tender.award",), "contract.draft", ("purchaser",), ""),
        "approve-contract": (("contract.draft",), "contract.approve", ("district_bureau",), ""),
        "redraft-contract": (("contract.return",), "contract.draft", ("purchaser",), ""),
        "accept-contract": (("contract.approve",), "contract.accept", ("provider",), ""),
        "file-contract": (("contract.sign",), "contract.file", ("city_bureau",), ""),
        "midterm-assessment": (("contract.file",), "assessment.open", ("city_bureau",), "midterm"),
        "yearend-assessment": (("contract.file",), "assessment.open", ("city_bureau",), "yearend"),
        "conclude-assessment": (("assessment.open",), "assessment.conclude", ("evaluator",), ""),
        "submit-claim": (("contract.file",), "claim.submit", ("provider",), ""),
        "next-claim": (("claim.check",), "claim.submit", ("provider",), ""),
        "check-claim": (("claim.submit",), "claim.check", ("purchaser",), ""),
        "resubmit-claim": (("claim.return",), "claim.submit", ("provider",), ""),
        "pay-instalment": (("claim.check",), "payment.pay", ("city_finance", "district_finance"), ""),
        "sign-contract": (("tender.award",), "contract.sign", ("purchaser",), ""),
        "copy-to-finance": (("contract.sign",), "contract.copy_finance", ("purchaser",), ""),
        "tender-again": (("tender.fail",), "tender.draft", ("purchaser",), ""),
    }
    assert {name: listed.get(name) for name in line} == line


@pytest.mark.clause("GZ-S-2.3a")
def test_preparation_ends_with_august_2010(guangzhou: Regime) -> None:
    assert due(guangzhou, "submit-plan", date(2010, 7, 5)) == Due(date(2010, 8, 31))


@pytest.mark.clause("GZ-S-4.4")
def test_the_tender_ends_a_month_after_the_plan_is_approved_in_mode_one(guangzhou: Regime) -> None:
    rule, approved = duty(guangzhou, "finish-tender"), {"action.at": at("2010-08-31 16:00")}
    assert guangzhou.due(rule, approved, date(2010, 8, 31)) == Due(date(2010, 9, 30))
    one, two = ({"purchase.mode": mode, "purchase.by_reference": False} for mode in ("one", "two"))
    reference = {"purchase.mode": "one", "purchase.by_reference": True}
    applies = [guangzhou.applies(rule, facts, date(2010, 8, 31)) for facts in (one, two, reference)]
    assert applies == [True, False, False]


def test_the_contract_is_signed_within_thirty_days(guangzhou: Regime) -> None:
    assert due(guangzhou, "sign-contract", IN_FORCE, action__at=at("2010-10-08 09:00")) == Due(date(2010, 11, 8))


def test_the_copy_goes_to_finance_within_seven_working_days(guangzhou: Regime) -> None:
    assert due(guangzhou, "copy-to-finance", IN_FORCE, input__signed_on=date(2010, 9, 29)) == Due(date(2010, 10, 14))


@pytest.mark.clause("GZ-P-3.4.2b")
def test_the_assessments_fall_on_the_middle_and_the_end_of_the_contract(guangzhou: Regime) -> None:
    days = {"contract.mid_on": date(2011, 5, 16), "contract.ends_on": date(2011, 11, 15)}
    on = date(2010, 11, 26)
    assert guangzhou.due(duty(guangzhou, "midterm-assessment"), days, on) == Due(date(2011, 5, 16))
    assert guangzhou.due(duty(guangzhou, "yearend-assessment"), days, on) == Due(date(2011, 11, 15))


@pytest.mark.clause("GZ-P-3.3.3a")
def test_an_instalment_is_due_on_its_day_or_the_next_working_day(guangzhou: Regime) -> None:
    on = date(2010, 12, 20)
    assert due(guangzhou, "pay-instalment", on, instalment__payable_on=date(2010, 12, 31)) == Due(date(2010, 12, 31))
    assert due(guangzhou, "pay-instalment", on, instalment__payable_on=date(2011, 1, 1)) == Due(date(2011, 1, 4))


def test_next_steps_do_not_wait_for_the_norm_to_be_issued(guangzhou: Regime) -> None:
    """In July 2010 only the scheme and the law are in force; the twenty streets have their next step all the same."""
    july, own = date(2010, 7, 5), {"purchase.by_reference": False, "purchase.mode": "one", "purchase.bought": True}
    opened = {
        action: [rule.id for rule in guangzhou.obligations_after(action) if guangzhou.applies(rule, own, july)]
        for action in ("purchase.open", "needs.start", "needs.conclude", "item.propose", "item.approve")
    }
    assert opened == {
        "purchase.open": ["submit-plan", "start-needs"], "needs.start": ["conclude-needs"],
        "needs.conclude": ["propose-item"], "item.propose": ["approve-item"],
        "item.approve": ["commit-share", "draft-tender"],
    }  # fmt: skip


@pytest.mark.clause("GZ-P-5.2", "GZ-P-3.1a", "GZ-P-2.1a", "GZ-P-4.3", "GZ-P-3.3.1")
def test_by_reference_the_steps_are_the_norms(guangzhou: Regime) -> None:
    facts = {"purchase.by_reference": True, "purchase.mode": "one", "purchase.bought": True}
    opened = {
        action: [rule.id for rule in guangzhou.obligations_after(action) if guangzhou.applies(rule, facts, IN_FORCE)]
        for action in ("purchase.open_by_reference", "needs.start", "item.approve", "tender.score")
    }
    assert opened == {
        "purchase.open_by_reference": ["start-needs-by-reference"],
        "needs.start": ["conclude-needs-by-reference", "record-inventory"],
        "item.approve": ["commit-share-by-reference", "draft-tender"],
        "tender.score": ["award-tender"],
    }


def test_a_sheet_is_owed_only_while_the_panel_sits(guangzhou: Regime) -> None:
    assert duty(guangzhou, "submit-sheet").lapse == ("tender.appoint", "tender.score", "tender.fail")


def test_a_next_step_has_no_day(guangzhou: Regime) -> None:
    assert due(guangzhou, "file-contract", IN_FORCE) == Due(None)


# --- what the public reads ------------------------------------------------------------------------------------


def test_only_these_acts_are_published(guangzhou: Regime) -> None:
    listed = {a: [d.kind for d in guangzhou.disclosures_of(a, IN_FORCE)] for a in vocabulary().actions}
    assert {action: kinds for action, kinds in listed.items() if kinds} == {
        "tender.publish": ["notice"], "clarification.give": ["clarification"],
        "tender.award": ["award"], "contract.sign": ["contract"],
        "contract.file": ["filing"], "projectfacts.publish": ["project"], "feedback.answer": ["feedback"],
    }  # fmt: skip


def test_the_public_never_reads_how_many_bid_or_who_judges(guangzhou: Regime) -> None:
    named = {n for a in vocabulary().actions for d in guangzhou.disclosures_of(a) for n in d.fields}
    secret = {"tender.bids", "tender.reviewed", "tender.qualified", "tender.panel", "tender.sheets"}
    assert named & secret == set()
