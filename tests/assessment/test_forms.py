from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from gongyue.kernel.fields import PercentField


@pytest.mark.parametrize(
    ("typed", "points"),
    [("87.5", 8750), ("0", 0), ("100", 10_000), ("99.99", 9999), (" 86.05 % ", 8605), ("90％", 9000), (8750, 8750)],
)
def test_a_percentage_is_kept_in_basis_points(typed: Any, points: int) -> None:
    assert PercentField().clean(typed) == points


@pytest.mark.parametrize(
    ("typed", "code"),
    [("100.01", "range"), (10_001, "range"), (-1, "range"), ("86.555", "invalid"), ("-5", "invalid"),
     ("八成", "invalid"), ("٣", "invalid"), ("1e3", "invalid"), ("NaN", "invalid"), (True, "invalid"),
     ("", "required")],
)  # fmt: skip
def test_anything_else_is_refused(typed: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        PercentField().clean(typed)
    assert [error.code for error in refused.value.error_list] == [code]


def test_more_than_was_agreed_may_be_done() -> None:
    assert PercentField(most=100_000).clean("120.25") == 12_025


def test_what_was_typed_is_shown_again() -> None:
    field = PercentField()
    assert (field.prepare_value(8605), field.prepare_value("86.055")) == ("86.05", "86.055")
