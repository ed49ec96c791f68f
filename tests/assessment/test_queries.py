from __future__ import annotations

from datetime import date
from typing import Any

from gongyue.assessment.models import Assessment
from gongyue.assessment.queries import moments, of_evaluator
from gongyue.demonstration.line import Line


def test_both_moments_with_their_days(filed: Line, django_assert_num_queries: Any) -> None:
    midterm = filed.assess("midterm", date(2011, 5, 2), date(2011, 5, 20))
    purchase = filed.purchase
    with django_assert_num_queries(3):
        found = moments(purchase, date(2011, 5, 20))
        assert str(found[0].assessment.evaluator) != ""  # type: ignore[union-attr]
    assert [(line.moment, line.on, line.assessment, line.concluded) for line in found] == [
        ("midterm", date(2011, 5, 2), midterm, True),
        ("yearend", date(2011, 10, 31), None, False),
    ]


def test_no_moments_without_a_contract(line: Line) -> None:
    line.open(date(2010, 8, 2))
    assert moments(line.purchase, date(2010, 8, 2)) == []


def test_an_evaluator_sees_its_open_work_first(filed: Line, django_assert_num_queries: Any) -> None:
    filed.act("assessment.open", None, date(2011, 5, 2), seed="yearend")
    filed.assess("midterm", date(2011, 5, 3), date(2011, 5, 20))
    evaluator = filed.actor("assessment.conclude").organisation
    with django_assert_num_queries(1):
        found = of_evaluator(evaluator)
        assert [(row.moment, str(row.purchase), str(row.contract)) for row in found] == [
            ("yearend", str(filed._purchase), "YX-2010-01"),
            ("midterm", str(filed._purchase), "YX-2010-01"),
        ]
    assert of_evaluator(filed.actor("assessment.open").organisation) == []
    assert Assessment.objects.count() == 2
