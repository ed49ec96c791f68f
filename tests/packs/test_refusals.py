"""A wrong figure, a misspelt fact or a value without its article does not load, and the line is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .conftest import OWN

Refused = Callable[[str, str, str], list[str]]
PILOT = "programmes/gz-pilot-2010.yaml"


def place(file: str, text: str, less: int = 0) -> str:
    """Where a text stands in Guangzhou's pack, as refusals name it: `cn-gd-guangzhou/file:line`."""
    before, found, _after = (OWN / "cn-gd-guangzhou" / file).read_text(encoding="utf-8").partition(text)
    assert found, text
    return f"cn-gd-guangzhou/{file}:{before.count(chr(10)) + 1 - less}"


TIANYUAN = '{district: "440106", street: 天园街, mode: one, total: "200", city: "80", district_share: "120",'
ROW, FEE = place(PILOT, TIANYUAN), place(PILOT, "- id: evaluation")
TOTALS = place(PILOT, "  units: 20")


@pytest.mark.clause("GZ-S-A2.10")
def test_a_share_that_is_not_the_streets_ratio(refused: Refused) -> None:
    """Five to five instead of four to six: the row still sums to 200, the ratio and both totals do not agree."""
    assert refused(PILOT, TIANYUAN, TIANYUAN.replace('"80"', '"100"').replace('"120"', '"100"')) == [
        f"{ROW}: 天园街: city bears 100000000 fen, which is not 4000 basis points of 200000000 fen",
        f"{ROW}: 天园街: district bears 100000000 fen, which is not 6000 basis points of 200000000 fen",
        f"{TOTALS}: city: the units sum to 1720000000 fen, 1700000000 fen are stated",
        f"{TOTALS}: district: the units sum to 2280000000 fen, 2300000000 fen are stated",
    ]


@pytest.mark.clause("GZ-S-A2.10")
def test_shares_that_do_not_make_up_the_grant(refused: Refused) -> None:
    assert refused(PILOT, TIANYUAN, TIANYUAN.replace('"120"', '"110"')) == [
        f"{ROW}: 天园街: district bears 110000000 fen, which is not 6000 basis points of 200000000 fen",
        f"{ROW}: 天园街: the shares sum to 190000000 fen, not to the total of 200000000 fen",
        f"{TOTALS}: district: the units sum to 2290000000 fen, 2300000000 fen are stated",
    ]


@pytest.mark.clause("GZ-S-A2.0")
def test_a_street_in_the_wrong_mode(refused: Refused) -> None:
    assert refused(PILOT, TIANYUAN, TIANYUAN.replace("mode: one", "mode: two")) == [
        f"{TOTALS}: mode one: 8 units are listed, 9 are stated",
        f"{TOTALS}: mode two: 12 units are listed, 11 are stated",
    ]


@pytest.mark.clause("GZ-S-A2.0")
def test_a_street_left_out(refused: Refused) -> None:
    row = TIANYUAN + '\n     cite: "gz-scheme-2010#附件2", clause: GZ-S-A2.10}'
    totals = place(PILOT, "  units: 20", less=2)
    assert refused(PILOT, f"  - {row}\n", "") == [
        f"{totals}: 19 units are listed, 20 are stated",
        f"{totals}: city: the units sum to 1620000000 fen, 1700000000 fen are stated",
        f"{totals}: district: the units sum to 2180000000 fen, 2300000000 fen are stated",
        f"{totals}: mode one: 8 units are listed, 9 are stated",
        f"{totals}: total: the units sum to 3800000000 fen, 4000000000 fen are stated",
    ]


@pytest.mark.clause("GZ-S-4.3b")
def test_another_total(refused: Refused) -> None:
    """The fee is two percent of the stated total, so it disagrees too."""
    assert refused(PILOT, 'total: "4000"', 'total: "4100"') == [
        f"{TOTALS}: total: the units sum to 4000000000 fen, 4100000000 fen are stated",
        f"{FEE}: evaluation: 200 basis points of 4100000000 fen is not 80000000 fen",
    ]


@pytest.mark.clause("GZ-S-4.3d")
@pytest.mark.parametrize(
    ("payer", "right", "wrong"),
    [("city", 1700, 1220), ("district", 2300, 2299)],
)
def test_another_total_of_a_payer(refused: Refused, payer: str, right: int, wrong: int) -> None:
    """1220 is what the scheme's text alone would give the city: two of its ratios stand in the annex only."""
    assert refused(PILOT, f'{payer}: "{right}"', f'{payer}: "{wrong}"') == [
        f"{TOTALS}: {payer}: the units sum to {right}000000 fen, {wrong}000000 fen are stated"
    ]


@pytest.mark.clause("GZ-S-4.3c")
def test_a_ratio_that_does_not_make_a_whole(refused: Refused) -> None:
    row, street = place(PILOT, '{districts: ["440184"]'), place(PILOT, "街口街")
    assert refused(PILOT, 'city: "80", district: "20", unit: percent', 'city: "80", district: "30", unit: percent') == [
        f"{row}: the ratio sums to 11000, not 10000 basis points",
        f"{street}: 街口街: district bears 40000000 fen, which is not 3000 basis points of 200000000 fen",
    ]


@pytest.mark.clause("GZ-S-4.3e")
def test_another_fee(refused: Refused) -> None:
    assert refused(PILOT, 'amount: "80"', 'amount: "81"') == [
        f"{FEE}: evaluation: 200 basis points of 4000000000 fen is not 81000000 fen"
    ]


def test_a_misspelt_fact(refused: Refused) -> None:
    where = place("rules/tender.yaml", "- id: package-complete")
    said = refused("rules/tender.yaml", "require: tender.has_package", "require: tender.has_packages")
    assert said == [f"{where}: package-complete: 1:7: undeclared reference to 'tender.has_packages'"]


def test_a_misspelt_fact_in_a_sentence(refused: Refused) -> None:
    where = place("rules/payment.yaml", "- id: approved-and-filed")
    assert refused("rules/payment.yaml", "（审定日期：{contract.approved_on}", "（审定日期：{contract.aproved_on}") == [
        f"{where}: approved-and-filed (on {action}): the message names contract.aproved_on, which nothing declares"
        for action in ("claim.submit", "payment.pay")
    ]


def test_a_value_without_its_article(refused: Refused) -> None:
    value = '{value: 15, cite: "gz-procedure-2010#三(二)2", clause: GZ-P-3.2.2a}'
    assert refused("parameters/tender.yaml", value, "{value: 15}") == [
        f"{place('parameters/tender.yaml', value)}: cite is missing"
    ]


def test_an_article_of_an_instrument_that_was_not_read(refused: Refused) -> None:
    cite = 'cite: "gz-scheme-2010#二(三)", clause: GZ-S-2.3a'
    assert refused("obligations.yaml", cite, 'cite: "gz-fiscal-2010#二"') == [
        f"{place('obligations.yaml', cite)}: gz-fiscal-2010 is not loaded, so nothing may rest on it"
    ]


def test_an_action_nobody_may_do(refused: Refused) -> None:
    order, who = place("procedure.yaml", "contract: {order"), place("roles.yaml", "  contract.approve: {who")
    assert refused("roles.yaml", "  contract.approve: {who", "  contract.aprove: {who") == [
        f"{order}: contract: nobody may do contract.approve, which reaches approved",
        f"{who}: actions: unknown action contract.aprove (did you mean contract.approve?)",
    ]
