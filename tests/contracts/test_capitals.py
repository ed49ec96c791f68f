"""An amount in Chinese capitals, as banks and courts read it."""

from __future__ import annotations

import pytest

from gongyue.contracts.capitals import capitals


@pytest.mark.parametrize(
    ("fen", "written"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角"),
        (105, "壹元零伍分"),
        (1_000, "壹拾元整"),
        (1_001_00, "壹仟零壹元整"),
        (1_010_00, "壹仟零壹拾元整"),
        (10_005_00, "壹万零伍元整"),
        (195_000_000, "壹佰玖拾伍万元整"),
        (123_456_78, "壹拾贰万叁仟肆佰伍拾陆元柒角捌分"),
        (100_000_100_00, "壹亿零壹佰元整"),
        (100_000_000_000_001, "壹万亿元零壹分"),
    ],
)
def test_an_amount_is_written_out(fen: int, written: str) -> None:
    assert capitals(fen) == written


@pytest.mark.parametrize("fen", [-1, 10**18])
def test_what_is_no_amount_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="no amount"):
        capitals(fen)
