"""The score sheet as a field: what may stand in a cell, and how the grid is drawn."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.models import Organisation
from gongyue.tendering.fields import ScoresField
from gongyue.tendering.models import Bid, Factor

FACTORS: list[Factor] = [
    {"name": "服务方案", "points": 60, "is_price": False},
    {"name": "价格", "points": 10, "is_price": True},
    {"name": "团队", "points": 30, "is_price": False},
]
BIDS = [Bid(pk=11, organisation=Organisation(name="甲中心")), Bid(pk=12, organisation=Organisation(name="乙中心"))]
FULL = {"11": {"1": "55.5", "3": "28"}, "12": {"1": "60", "3": "0.25"}}
CLEAN = {"11": {"1": 5550, "3": 2800}, "12": {"1": 6000, "3": 25}}


class Sheet(forms.Form):
    scores = ScoresField(label="评分")


def sheet(data: dict[str, Any] | None = None) -> Sheet:
    form = Sheet(data)
    field = form.fields["scores"]
    assert isinstance(field, ScoresField)
    field.grid(bids=BIDS, factors=FACTORS)
    return form


def test_a_posted_grid_becomes_hundredths() -> None:
    form = sheet({f"scores-{bid}-{n}": text for bid, row in FULL.items() for n, text in row.items()})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["scores"] == CLEAN


@pytest.mark.parametrize("typed", [FULL, json.dumps(FULL), {11: {1: 55.5, 3: 28}, 12: {1: 60, 3: "0.25"}}])
def test_a_program_sends_a_mapping(typed: Any) -> None:
    form = sheet({"scores": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["scores"] == CLEAN


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填写得分"),
        (None, "请填写得分"),
        (True, "请填写得分"),
        ("60.001", "请填写得分，最多两位小数"),
        ("-1", "请填写得分，最多两位小数"),
        ("1e1", "请填写得分，最多两位小数"),
        ("５", "请填写得分，最多两位小数"),
        ("60.01", "不得超过 60 分"),
    ],
)
def test_a_cell_that_cannot_be_a_score_is_named(typed: Any, reason: str) -> None:
    form = sheet({"scores": FULL | {"12": {"1": typed, "3": "0"}}})
    assert form.errors["scores"] == [f"乙中心 的“服务方案”：{reason}"]


def test_an_empty_sheet_names_every_cell() -> None:
    form = sheet({})
    assert len(form.errors["scores"]) == 4


@pytest.mark.parametrize("typed", ["{", "[1]", 5, ["a"]])
def test_what_is_no_grid_is_refused(typed: Any) -> None:
    with pytest.raises(ValidationError, match="评分表无法读取"):
        ScoresField().clean(typed)


def test_cells_of_no_bid_are_ignored() -> None:
    form = sheet({"scores": FULL | {"99": {"1": "60"}}})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["scores"] == CLEAN


def test_the_grid_has_a_row_a_factor_and_a_column_a_bid() -> None:
    page = str(sheet()["scores"])
    assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["评审因素", "分值", "甲中心", "乙中心"]
    assert re.findall(r'<th scope="row">(.*?)</th>', page) == ["服务方案", "价格", "团队"]
    assert re.findall(r'name="(.*?)"', page) == ["scores-11-1", "scores-12-1", "scores-11-3", "scores-12-3"]
    assert "按报价计算，无需评分" in page


def test_what_was_typed_comes_back_with_the_wrong_cell_marked() -> None:
    typed = {f"scores-{bid}-{n}": text for bid, row in FULL.items() for n, text in row.items()}
    form = sheet(typed | {"scores-11-1": "99"})
    assert not form.is_valid()
    page = str(form["scores"])
    assert re.findall(r'name="(.*?)" value="99"[^>]*aria-invalid="true"', page) == ["scores-11-1"]
    assert 'value="0.25"' in page


def test_scores_are_sealed_and_unknown_to_rules() -> None:
    assert ACTIONS["sheet.submit"].vocabulary().keys() & {"input.scores"} == set()
    assert ACTIONS["sheet.submit"].form.base_fields["scores"].sealed is True  # type: ignore[attr-defined]


def test_a_factor_with_intervals_takes_only_what_they_give() -> None:
    form = sheet({"scores": {"11": {"1": "60", "3": "20"}, "12": {"1": "45", "3": "15"}}})
    field = form.fields["scores"]
    assert isinstance(field, ScoresField)
    words = "5以上得30分；3以上不足5得15分；不足3得0分"
    field.grid(bids=BIDS, factors=[*FACTORS[:2], {**FACTORS[2], "bands": words}])
    assert form.errors == {"scores": ["甲中心 的“团队”：按区间只能给 30、15、0 分"]}
    assert words in str(form["scores"])
