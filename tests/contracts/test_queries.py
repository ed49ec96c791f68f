from __future__ import annotations

from datetime import date
from typing import Any

from gongyue.contracts.queries import summary
from gongyue.demonstration.line import Line

from . import stages


def test_no_summary_without_a_contract(awarded: Line) -> None:
    assert summary(awarded.purchase) is None


def test_the_summary_has_the_contract_its_schedule_and_its_steps(awarded: Line, django_assert_num_queries: Any) -> None:
    stages.signed(awarded)
    purchase = awarded.purchase
    with django_assert_num_queries(2):
        found = summary(purchase)
        assert found is not None
        assert str(found.contract.provider) != ""
        assert [(line.number, line.amount_fen) for line in found.instalments] == [
            (1, 78_000_000),
            (2, 78_000_000),
            (3, 39_000_000),
        ]
    assert [(str(step.label), step.on, step.reference) for step in found.steps] == [
        ("区民政局审定", date(2010, 10, 14), "越民审〔2010〕7号"),
        ("承接主体确认", date(2010, 10, 16), ""),
        ("签订", date(2010, 10, 20), "YX-2010-01"),
        ("抄送财政部门", None, ""),
        ("市民政局备案", None, ""),
    ]
