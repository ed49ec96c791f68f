"""What two bids have in common: a lead, and no more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from gongyue.tendering.traits import Trait, even, traits

LONG = "以家庭为单位评估与跟进，社工带领志愿者开展服务，每月组织社区活动两次，个案、小组分别建档，督导每季度进场。"


@dataclass
class Paper:
    """A bid as a reader sees it."""

    pk: int
    organisation: str
    price_fen: int = 0
    plan: str = ""
    fund_rules: str = ""
    profile: str = ""
    snapshot: dict[str, Any] | None = field(default=None)


def bids(**of_both: Any) -> list[Paper]:
    """Two bids that share what is given, and a third that does not."""
    return [Paper(1, "甲", 100, **of_both), Paper(2, "乙", 250, **of_both), Paper(3, "丙", 300)]


def taken(**item: Any) -> dict[str, Any]:
    return {"items": [item], "profile": None}


@pytest.mark.parametrize(
    ("shared", "what"),
    [
        ({"plan": LONG}, "实施方案文字相同"),
        ({"fund_rules": LONG}, "资金使用细则文字相同"),
        ({"profile": LONG}, "机构情况文字相同"),
        ({"snapshot": taken(person="关 某某")}, "机构档案中有同名人员"),
        ({"snapshot": taken(papers=[{"sha256": "a"}])}, "机构档案中有同一份文件"),
        ({"snapshot": {"items": [], "profile": {"representative": "关某某"}}}, "法定代表人同名"),
    ],
)
def test_what_two_bids_share_is_told_of_both(shared: dict[str, Any], what: str) -> None:
    one, two, three = bids(**shared)
    assert traits(one, [one, two, three]) == [Trait(what, ("乙",))]
    assert traits(two, [one, two, three]) == [Trait(what, ("甲",))]
    assert traits(three, [one, two, three]) == []


def test_a_short_phrase_and_an_empty_profile_tell_nothing() -> None:
    one, two, three = bids(plan="按招标文件执行。", snapshot=taken(person="", papers=[]))
    assert traits(one, [one, two, three]) == []


def test_spaces_do_not_hide_a_copy() -> None:
    one, two = Paper(1, "甲", 1, plan=LONG), Paper(2, "乙", 2, plan=LONG.replace("，", "， \n"))
    assert traits(one, [one, two]) == [Trait("实施方案文字相同", ("乙",))]


def test_equal_prices_are_told() -> None:
    one, two, three = Paper(1, "甲", 100), Paper(2, "乙", 100), Paper(3, "丙", 300)
    assert traits(one, [one, two, three]) == [Trait("报价相同", ("乙",))]


@pytest.mark.parametrize(
    ("prices", "found"),
    [
        ([100, 120, 140], True),  # by twenty each
        ([140, 100, 120], True),  # in whatever order
        ([100, 120, 141], False),
        ([100, 120], False),  # two always do
        ([100, 100, 100], False),  # equal is told as equal
    ],
)
def test_prices_that_rise_by_the_same_step(prices: list[int], found: bool) -> None:
    assert even(prices) is found
