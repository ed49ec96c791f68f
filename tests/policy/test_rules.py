import json

import pytest

from gongyue.policy import Finding, Regime
from gongyue.policy.rules import jsonable

from .test_regime import TestLawOfAnotherDay, at


@pytest.mark.parametrize(
    ("value", "kept"),
    [({"b", "a"}, ["a", "b"]), (("b", "a"), ["b", "a"]), ({"a": 1}, {"a": 1}), (None, None), (True, True), ("a", "a")],
)
def test_figures_are_kept_as_json_keeps_them(value: object, kept: object) -> None:
    assert json.loads(json.dumps(jsonable(value))) == kept


@pytest.mark.parametrize(("severity", "blocks"), [("block", True), ("undetermined", True), ("warn", False)])
def test_only_a_warning_lets_pass(severity: str, blocks: bool) -> None:
    assert Finding("x", severity, "law#1", {}).blocks is blocks  # type: ignore[arg-type]


def test_a_day_and_a_condition_that_are_both_unknown_cannot_be_judged(city: Regime) -> None:
    values = TestLawOfAnotherDay.HIGH | {"tender.announced_at": None, "tender.method": None}
    found = city.ask("tender.award", values, at(2011, 9, 1).date())
    assert [(f.rule, f.missing) for f in found] == [("award-in-panel", "tender.announced_at")]
