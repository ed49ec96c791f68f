from collections.abc import Callable
from pathlib import Path

import pytest

from gongyue.policy import PackErrors, run_pack_tests

from .speech import VOCABULARY

Put = Callable[..., None]
FILE = "city/tests/tender.yaml"


def failures(packs: Path, code: str = "city") -> list[str]:
    return run_pack_tests([packs], code, VOCABULARY)


def test_the_examples_pass(packs: Path) -> None:
    assert failures(packs) == []
    assert failures(packs, "nation") == []


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("on: tender.publish, at: 2011-03-16, given: {tender.briefing_on: 2011-03-01}, expect: [briefing-lead]",
         "briefing-lead does not object"),
        ("on: tender.publish, at: 2011-03-15, given: {tender.briefing_on: 2011-03-01}, passes: [briefing-lead]",
         "briefing-lead objects, which is not expected: {'action.at': '2011-03-15', "
         "'param.tender.briefing_lead_days': 15, 'tender.briefing_on': '2011-03-01'}"),
        ("on: tender.publish, at: 2011-03-15, given: {}, expect: [briefing-lead]",
         "briefing-lead cannot be judged: tender.briefing_on"),
        ("on: tender.publish, at: 2010-08-30, given: {tender.briefing_on: 2010-08-29}, expect: [briefing-lead]",
         "briefing-lead is not in force on the day"),
        ("on: tender.publish, at: 2010-08-30, given: {tender.briefing_on: 2010-08-29}, passes: [briefing-lead]",
         "briefing-lead is not in force on the day"),
        ("on: tender.publish, at: 2011-03-15, given: {}, expect: [briefing-led]",
         "no rule briefing-led on tender.publish (did you mean briefing-lead?)"),
        ("on: tender.publish, at: 2011-03-15, given: {}, rules: [bid-period], expect: [briefing-lead]",
         "briefing-lead is expected, but not among rules"),
        ("on: tender.publish, at: 2011-03-15, given: {}", "no rule is asked: name them in expect, passes or rules"),
        ("on: tender.publsh, at: 2011-03-15, given: {}, expect: [briefing-lead]",
         "unknown action tender.publsh (did you mean tender.publish?)"),
        ("on: tender.publish, at: 2011-03-15, given: {tender.breifing_on: 2011-03-01}, expect: [briefing-lead]",
         "nothing declares tender.breifing_on (did you mean tender.briefing_on?)"),
        ("on: tender.publish, at: 2011-03-15, given: {tender.briefing_on: soon}, expect: [briefing-lead]",
         "tender.briefing_on is given as 'soon', which is not date"),
        ("on: tender.publish, at: 2011-03-15, given: {tender.places: [1]}, expect: [briefing-lead]",
         "tender.places is given as [1], which is not list[str]"),
        ("on: tender.award, at: 2011-09-01, given: {tender.announced_at: 2011-06-30, tender.method: open, "
         "tender.ceiling_fen: 1}, passes: [award-in-panel]", "award-in-panel is not in force on the day"),
    ],
)  # fmt: skip
def test_a_failure_says_what_differs(packs: Path, put: Put, test: str, said: str) -> None:
    put("city/tests/more.yaml", "- {name: 试, " + test + "}")
    assert failures(packs) == [f"city/tests/more.yaml:1: 试: {said}"]


@pytest.mark.parametrize(
    "test",
    [
        "on: tender.publish, at: 2010-08-30, given: {tender.briefing_on: 2010-08-29}, rules: [briefing-lead]",
        "on: tender.publish, at: 2011-03-15T23:59:00+08:00, "
        "given: {tender.briefing_on: 2011-03-01}, expect: [briefing-lead]",
        "on: tender.publish, at: 2011-03-15T16:00:00Z, "
        "given: {tender.briefing_on: 2011-03-01}, passes: [briefing-lead]",
        "on: tender.publish, at: 2011-03-15T23:59:00, given: {tender.briefing_on: 2011-03-01}, expect: [briefing-lead]",
        "on: contract.file, at: 2011-03-15, "
        "given: {contract.amount_fen: 2, plan.amount_fen: 1}, expect: [contract-in-order]",
        "on: tender.award, at: 2011-09-01, given: {tender.announced_at: 2011-07-01, tender.method: open, "
        "tender.ceiling_fen: 100000001}, expect: [award-in-panel]",
        "on: tender.award, at: 2011-09-01, given: {tender.announced_at: 2011-06-30T12:00:00, tender.method: open, "
        "tender.ceiling_fen: 100000001}, rules: [award-in-panel]",
        "on: tender.award, at: 2011-09-01, given: {tender.announced_at: 2011-07-01, tender.method: open, "
        "tender.ceiling_fen: 1}, passes: [award-in-panel]",
    ],
)
def test_what_passes(packs: Path, put: Put, test: str) -> None:
    put("city/tests/more.yaml", "- {name: 试, " + test + "}")
    assert failures(packs) == []


def test_only_the_named_rules_are_asked(packs: Path, put: Put) -> None:
    given = "{tender.briefing_on: 2011-03-01, input.closes_on: 2011-03-15}"
    put(
        "city/tests/more.yaml",
        f"- {{name: 试, on: tender.publish, at: 2011-03-15, given: {given}, expect: [briefing-lead]}}",
    )
    assert failures(packs) == []


def test_a_pack_that_does_not_load_is_not_tested(packs: Path, put: Put) -> None:
    put("city/rules/tender.yaml", "  on: tender.publish", "  on: tender.publsh")
    with pytest.raises(PackErrors):
        failures(packs)
