"""Guangzhou's rules: what is asked of each act, and what is said when it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.kernel.actions import vocabulary
from gongyue.policy import Finding, Regime, read_packs, run_pack_tests

from .conftest import IN_FORCE, OWN, at


def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN], "cn-gd-guangzhou", vocabulary()) == []
    assert run_pack_tests([OWN], "cn-national", vocabulary()) == []


@pytest.mark.parametrize("code", ["cn-gd-guangzhou", "cn-national"])
def test_every_rule_is_tested_both_ways(code: str, guangzhou: Regime) -> None:
    tests = read_packs([OWN])[code].entries("tests")
    rules = {rule.id for rule in guangzhou.all_rules() if rule.pack == code}
    assert rules - {name for test in tests for name in test.get("expect", ())} == set()
    assert rules - {name for test in tests for name in test.get("passes", ())} == set()


def ids(regime: Regime, action: str, on: date = IN_FORCE) -> list[str]:
    return sorted(rule.id for rule in regime.rules(action, on))


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("purchase.open", ["norm-end-unknown", "norm-valid", "one-project-per-street", "street-listed"]),
        ("implementation.approve", ["goals-stated"]),
        ("item.propose", ["item-within-grant", "needs-before-project"]),
        ("item.approve", ["needs-before-project"]),
        ("fund.open", ["evaluation-fee", "one-fund-line"]),
        ("share.commit", ["fund-sufficient"]),
        (
            "tender.draft",
            [
                "approved-before-start",
                "ceiling-within-item",
                "item-before-tender",
                "method-before-documents",
                "method-by-the-budget-of-today",
                "mode-two-only-if-bought",
                "proposal-before-tender",
            ],
        ),
        (
            "tender.publish",
            [
                "authority-before-tender",
                "bid-period",
                "briefing-lead",
                "ceiling-still-within-item",
                "expert-standard",
                "factors-measure-the-standard",
                "method-by-the-budget-of-today",
                "package-complete",
                "plan-before-tender",
                "purchase-paused",
                "quality-dominates",
            ],
        ),
        (
            "bid.submit",
            [
                "bid-in-time",
                "call-change-noted",
                "joint-agreement",
                "one-bid",
                "one-response",
                "provider-type",
                "response-in-time",
            ],
        ),
        ("bid.withdraw", ["bid-in-time", "response-in-time"]),
        ("package.take", ["package-in-time"]),
        ("enquiry.ask", ["enquiry-in-time"]),
        ("tender.open", ["opening-after-deadline", "purchase-paused", "three-bids"]),
        ("bid.qualify", ["false-statement-weighed", "four-conditions", "reviewed-after-opening", "reviewed-once-read"]),
        ("bid.disqualify", ["reviewed-after-opening", "reviewed-once-read"]),
        ("sheet.submit", ["all-reviewed", "finance-scores-nothing", "panel-independent", "purchase-paused"]),
        (
            "tender.score",
            [
                "all-reviewed",
                "all-sheets",
                "nothing-on-when-anew",
                "purchase-paused",
                "ranked-within-ceiling",
                "sheets-whole",
                "three-bids",
            ],
        ),
        (
            "tender.award",
            ["award-not-on-falsehood", "award-untied", "nothing-on-when-anew", "purchase-paused", "supplier-untied"],
        ),
        ("contract.draft", ["award-before-contract", "contract-at-award-price", "draft-with-winner"]),
        ("contract.sign", ["contract-complete", "contract-with-winner", "funds-committed", "purchase-paused"]),
        (
            "claim.submit",
            [
                "amendment-filed",
                "approved-and-filed",
                "assessment-before-instalment",
                "instalments-in-order",
                "invoice-matches",
                "nothing-under-revoked",
            ],
        ),
        ("payment.pay", ["approved-and-filed", "nothing-under-revoked"]),
        (
            "amendment.draft",
            [
                "additions-of-the-same",
                "additions-within-tenth",
                "amended-while-running",
                "amendment-within-grant",
                "not-changed-at-will",
            ],
        ),
        (
            "amendment.sign",
            [
                "additions-still-within-tenth",
                "amended-while-running",
                "amendment-funds-committed",
                "nothing-under-revoked",
            ],
        ),
        ("topup.commit", ["fund-sufficient"]),
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
    assert ids(guangzhou, "tender.publish", date(2010, 8, 30)) == [
        "bid-period",
        "ceiling-still-within-item",
        "method-by-the-budget-of-today",
        "plan-before-tender",
        "purchase-paused",
    ]
    assert "briefing-lead" in ids(guangzhou, "tender.publish", date(2010, 8, 31))


PUBLISH = {
    "dispute.paused": False,
    "action.at": at("2010-10-08 09:00"), "input.bids_due_at": at("2010-10-28 09:00"), "tender.has_package": True,
    "tender.procured": True, "tender.measured_fen": None, "tender.ceiling_fen": 1, "tender.budget_fen": 1,
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
    values = {
        "action.at": at("2011-03-01 10:00"),
        "contract.approved_on": date(2010, 11, 15),
        "contract.state": "signed",
    }
    found = guangzhou.ask("payment.pay", values | {"contract.filed_on": None}, on, soften=soften)
    assert [(f.rule, f.severity) for f in found] == [("approved-and-filed", severity)]
    assert guangzhou.say(found[0], "zh") == (
        "合同还没有经区民政局审定并报市民政局备案，不能据以拨付资金（审定日期：2010-11-15，备案日期：未知）。"
    )


@pytest.mark.clause("GZ-S-3.1a")
def test_by_reference_nobody_contracts_without_an_award_either(guangzhou: Regime) -> None:
    values = {"action.at": at("2010-11-05 10:00"), "award.awarded_on": None, "award.price_fen": None, "input.amount": 1}
    values["award.several"] = False
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
