"""What must happen next in Guangzhou, by whom, and the days it counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.policy import Due, ObligationRule, Regime

from .conftest import IN_FORCE, at


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
        "open-bids": (("tender.publish", "change.publish"), "tender.open", ("purchaser",), ""),
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
