"""Whether a purchase is government procurement: either condition makes it so, both have to fail before it is none."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.budget.procurement import ProcurementFacts, limit
from gongyue.kernel.actions import vocabulary
from gongyue.policy import Regime
from tests.packs.conftest import OWN


@pytest.mark.clause("CD-41")
@pytest.mark.parametrize(
    ("year_fen", "listed", "limit_fen", "found"),
    [
        (10_000_000, True, 50_000_000, (True, "listed")),
        (50_000_000, False, 50_000_000, (True, "amount")),
        (49_999_999, False, 50_000_000, (False, "neither")),
        (10_000_000, True, None, (True, "listed")),
        (60_000_000, None, 50_000_000, (True, "amount")),
        (10_000_000, None, 50_000_000, (None, "unknown")),
        (10_000_000, False, None, (None, "unknown")),
        (None, False, 50_000_000, (None, "unknown")),
    ],
)
def test_both_conditions_have_to_fail(
    year_fen: int | None, listed: bool | None, limit_fen: int | None, found: tuple[bool | None, str]
) -> None:
    judged = ProcurementFacts.judged(year_fen, listed, limit_fen)
    assert (judged.within, judged.by) == found


def test_a_limit_that_no_source_gives_is_not_known() -> None:
    for code in ("cn-sc-chengdu", "cn-gd"):
        assert limit(Regime.load([OWN], code, vocabulary()), "city", date(2018, 3, 1)) is None
