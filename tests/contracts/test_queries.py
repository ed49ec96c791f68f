from __future__ import annotations

from datetime import date
from typing import Any

from gongyue.contracts.queries import contract_of, steps
from gongyue.demonstration.line import Line
from gongyue.kernel import regimes

from . import stages


def test_no_contract_before_it_is_drafted(awarded: Line) -> None:
    assert contract_of(awarded.purchase, stages.DRAFTED) is None


def test_the_contract_has_its_schedule_and_its_steps(awarded: Line, django_assert_num_queries: Any) -> None:
    stages.signed(awarded)
    purchase = awarded.purchase
    with django_assert_num_queries(2):
        found = contract_of(purchase, stages.SIGNED)
        assert found is not None
        assert str(found.provider) != ""
        assert [(line.number, line.amount_fen) for line in found.schedule] == [
            (1, 78_000_000),
            (2, 78_000_000),
            (3, 39_000_000),
        ]
    assert [(str(step.label), step.on, step.reference) for step in steps(found, regimes.current(purchase.regime))] == [
        ("区（县级市）民政局审定", date(2010, 10, 14), "越民审〔2010〕7号"),
        ("承接主体确认", date(2010, 10, 16), ""),
        ("签订", date(2010, 10, 20), "YX-2010-01"),
        ("抄送财政部门", None, ""),
        ("市民政局备案", None, ""),
    ]
