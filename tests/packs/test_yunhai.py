"""An invented city with other figures and another order: nothing in the house knows Guangzhou."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongyue.kernel import regimes
from gongyue.kernel.actions import ACTIONS, vocabulary
from gongyue.kernel.models import Division
from gongyue.policy import Due, Regime, run_pack_tests

from .conftest import ELSEWHERE, OWN

CHINA = ZoneInfo("Asia/Shanghai")
ON = date(2010, 10, 8)


def test_the_packs_own_tests_pass() -> None:
    assert run_pack_tests([OWN, ELSEWHERE], "cn-xx-yunhai", vocabulary()) == []


def test_a_folder_of_packs_joins_those_of_the_package(settings: Any) -> None:
    settings.GONGYUE_PACKS = []
    own = sorted(folder.name for folder in OWN.glob("cn-*") if folder.name != "cn-national")  # it governs no place
    assert own[:2] == ["cn-fj-xiamen", "cn-gd"]
    assert regimes.codes() == own
    settings.GONGYUE_PACKS = [ELSEWHERE]
    assert regimes.codes() == [*own, "cn-xx-yunhai"]


def test_it_is_loaded_with_its_divisions_and_streets(settings: Any, db: None, yunhai: Regime) -> None:
    settings.GONGYUE_PACKS = [ELSEWHERE]
    assert regimes.load("cn-xx-yunhai").digest == yunhai.digest
    city = Division.objects.get(pk="999900")
    assert regimes.code_for(Division.objects.get(pk="999901:望潮街")) == "cn-xx-yunhai"
    assert dict(Division.objects.filter(path__startswith=city.path).values_list("name", "level")) == {
        "云海市": "city", "海东区": "district", "海西区": "district",
        "望潮街": "street", "鸣沙街": "street", "归帆街": "street",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "order"),
    [
        ("implementation", ("submitted", "approved")),
        ("tender", ("drafted", "announced", "briefed", "opened", "scored", "awarded")),
        ("contract", ("drafted", "accepted", "signed", "filed")),
    ],
)
def test_its_order_is_its_own(yunhai: Regime, kind: str, order: tuple[str, ...]) -> None:
    found = yunhai.order(kind)
    assert found is not None
    assert found.milestones == order


def test_what_it_leaves_out_nobody_may_do(yunhai: Regime) -> None:
    """Steps of other methods than a tender left aside: the city knows no choice between methods."""
    specs = [(name, spec) for name, spec in vocabulary().actions.items() if ACTIONS[name].serves("")]
    used = {name for name, spec in specs if yunhai.acts(spec.subject) or yunhai.order(spec.subject)}
    assert {name for name in used if yunhai.who(name) is None} == {
        "purchase.open_by_reference", "purchase.start", "implementation.review", "implementation.prioritise",
        "contract.approve", "contract.return", "contract.scan", "fund.carry",
        "contract.renew", "bid.quit", "bid.invalidate", "bid.exceed", "tender.draw",
        "tender.seal", "tender.on_paper", "item.file", "item.mark", "item.review",
        "tender.recheck", "sheet.recall", "sheet.correct", "commission.evaluation",
        "committee.form", "committee.seat", "committee.lead", "committee.replace", "committee.dissolve",
        "committee.open",
    }  # fmt: skip


def test_its_purchaser_is_the_street_office(yunhai: Regime) -> None:
    purchaser = yunhai.capacities["purchaser"]
    assert (purchaser.organisations, purchaser.levels, purchaser.by) == (("street_office",), ("street",), "")


def test_its_programme_has_other_streets_ratios_and_payments_to_the_fen(yunhai: Regime) -> None:
    units = yunhai.programmes["yh-pilot-2010"].units
    assert {unit.street: (unit.mode, unit.total_fen, dict(unit.shares)) for unit in units} == {
        "望潮街": ("operated", 120000000, {"city": 36000000, "district": 84000000}),
        "鸣沙街": ("operated", 90000000, {"city": 27000000, "district": 63000000}),
        "归帆街": ("hosted", 75500050, {"city": 52850035, "district": 22650015}),
    }


def test_its_figure_stands_before_the_nations(yunhai: Regime, guangzhou: Regime) -> None:
    found = [regime.parameter("tender.bid_period_days", ON) for regime in (yunhai, guangzhou)]
    assert [(each.value, each.cite) for each in found if each] == [
        (21, "yh-measures-2010#8"), (20, "procurement-law#第三十五条"),
    ]  # fmt: skip


def test_when_its_measures_end_the_law_remains(yunhai: Regime) -> None:
    """Five years from 1 January 2010, the corresponding day included."""
    after = date(2015, 1, 2)
    figure = yunhai.parameter("tender.bid_period_days", after)
    assert figure is not None
    assert (yunhai.instruments["yh-measures-2010"].expires, figure.value) == (date(2015, 1, 1), 20)
    assert [rule.id for rule in yunhai.rules("tender.publish", after)] == [
        "purchase-paused", "method-by-the-budget-of-today", "ceiling-still-within-item", "bid-period",
    ]  # fmt: skip
    assert [rule.id for rule in yunhai.rules("bid.submit", after)] == [
        "call-change-noted", "joint-agreement", "response-in-time", "one-response", "bid-in-time", "one-bid",
        "no-bid-by-who-refused-to-sign",
    ]  # fmt: skip


def test_its_deadlines_are_its_own(yunhai: Regime) -> None:
    rules = {rule.id: rule for rule in yunhai.all_obligations()}
    moment = {"action.at": datetime(2010, 10, 8, 9, tzinfo=CHINA), "input.signed_on": ON}
    assert yunhai.due(rules["sign-contract"], moment, ON) == Due(date(2010, 10, 25))
    assert yunhai.due(rules["file-contract"], moment, ON) == Due(date(2010, 10, 14))
    assert yunhai.due(rules["hold-briefing"], moment, ON) == Due(date(2010, 10, 18))
    assert yunhai.due(rules["pay-instalment"], moment, ON) == Due(date(2010, 10, 21))


def test_its_instrument_says_that_it_is_invented(yunhai: Regime) -> None:
    title = yunhai.instruments["yh-measures-2010"].title
    assert (title["zh"][-4:], title["en"][-10:]) == ("（虚构）", "(invented)")
