from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line

from . import stages
from .stages import DRAFTED, TERMS, attempt


def errors(line: Line, name: str, subject: Contract | None, on: date, **data: Any) -> dict[str, list[str]]:
    """What the form objects to; nothing was done."""
    outcome = attempt(line, name, subject, on, **data)
    assert outcome.entry is None
    assert outcome.findings == []
    return {field: [str(error) for error in found] for field, found in outcome.form.errors.items()}


def test_a_new_contract_begins_from_the_award(awarded: Line) -> None:
    form = attempt(awarded, "contract.draft", None, DRAFTED, bare=True).form
    assert form.initial == {
        "amount": 195_000_000,
        "service_requirements": "家庭服务",
        "quality_standard": "个案按期结案",
    }


def rows(*amounts: str) -> list[dict[str, str]]:
    return [{"due_on": f"2010-1{n}-01", "amount": amount, "requires": ""} for n, amount in enumerate(amounts, 1)]


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        (("975000", "974999.99"), "各期合计比合同金额少 0.01 元"),
        (("975000", "975000.01"), "各期合计比合同金额多 0.01 元"),
        (("100",), "各期合计比合同金额少 1949900.00 元"),
    ],
)
def test_instalments_sum_to_the_amount_to_the_fen(awarded: Line, amounts: tuple[str, ...], said: str) -> None:
    data = TERMS | {"instalments": rows(*amounts)}
    assert errors(awarded, "contract.draft", None, DRAFTED, **data) == {"instalments": [said]}


def test_due_days_follow_each_other(awarded: Line) -> None:
    twice = [{"due_on": "2010-12-01", "amount": "975000", "requires": ""}] * 2
    data = TERMS | {"instalments": twice}
    assert errors(awarded, "contract.draft", None, DRAFTED, **data) == {
        "instalments": ["第 2 期的应付日期须晚于上一期"]
    }


def test_the_term_ends_after_it_starts(awarded: Line) -> None:
    data = TERMS | {"ends_on": TERMS["starts_on"]}
    assert errors(awarded, "contract.draft", None, DRAFTED, **data) == {"ends_on": ["资助期止须晚于资助期起"]}


def test_there_is_at_least_one_instalment(awarded: Line) -> None:
    data = TERMS | {"instalments": []}
    assert errors(awarded, "contract.draft", None, DRAFTED, **data) == {"instalments": ["至少填写 1 行"]}


def test_an_instalment_waits_for_an_assessment_or_for_none(awarded: Line) -> None:
    data = TERMS | {"instalments": [{"due_on": "2010-12-01", "amount": "1950000", "requires": "audit"}]}
    assert list(errors(awarded, "contract.draft", None, DRAFTED, **data)) == ["instalments"]


def test_a_number_names_one_contract(awarded: Line) -> None:
    contract = stages.drafted(awarded)
    awarded.act("contract.return", contract, date(2010, 10, 13), reason="更正")
    outcome = attempt(awarded, "contract.draft", contract, date(2010, 10, 14), **TERMS)  # its own number again
    assert outcome.entry is not None
    actor = awarded.actor("contract.draft")
    form = type(outcome.form)(TERMS, subject=Contract(purchase=awarded.purchase), actor=actor)
    assert form.errors["number"] == ["本单位已有同一编号的合同"]


@pytest.mark.parametrize(
    ("day", "said"),
    [("2010-10-21", "日期不能晚于办理当日"), ("2010-10-13", "签订日期不能早于审定日期（2010-10-14）")],
)
def test_the_day_of_signature_is_past_and_after_the_approval(
    accepted: Contract, awarded: Line, day: str, said: str
) -> None:
    assert errors(awarded, "contract.sign", accepted, stages.SIGNED, signed_on=day) == {"signed_on": [said]}


@pytest.mark.parametrize(
    ("day", "said"),
    [("2010-10-26", "日期不能晚于办理当日"), ("2010-10-19", "抄送日期不能早于签订日期（2010-10-20）")],
)
def test_the_day_of_the_copy_is_past_and_after_the_signature(awarded: Line, day: str, said: str) -> None:
    contract = stages.signed(awarded)
    found = errors(awarded, "contract.copy_finance", contract, date(2010, 10, 25), copied_on=day)
    assert found == {"copied_on": [said]}
