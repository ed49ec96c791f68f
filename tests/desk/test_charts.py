"""A chart and the table behind it say the same."""

from __future__ import annotations

import json

import pytest
from django.template import Context, Template
from django.utils.translation import override

from gongyue.desk.charts import Chart, Series

MONEY = Chart(
    "各区资金", ["越秀区", "海珠区"], [Series("已拨付", [123_456_78, None]), Series("应拨付", [0, 5])], unit="fen"
)


def test_the_drawing_is_in_ten_thousands_and_leaves_out_what_is_not_known() -> None:
    with override("zh-hans"):
        told = json.loads(MONEY.drawing)
    assert told["series"] == [
        {"name": "已拨付", "values": [12.345678, None]}, {"name": "应拨付", "values": [0.0, 0.000005]},
    ]  # fmt: skip
    assert (told["unit"], told["categories"], told["lying"]) == ("万元", ["越秀区", "海珠区"], False)


def test_the_table_is_exact() -> None:
    with override("zh-hans"):
        page = Template("{% load gongyue %}{% chart of=c %}").render(Context({"c": MONEY}))
    cells = [cell.split("<")[0] for cell in page.split('class="money">')[1:]]
    assert cells == ["123,456.78 元", "0.00 元", "0.05 元"]
    assert page.count("—") == 1


@pytest.mark.parametrize(("values", "empty"), [([0, None], True), ([0, 1], False)])
def test_what_has_no_figures_is_not_drawn(values: list[int | None], empty: bool) -> None:
    chart = Chart("无", ["甲", "乙"], [Series("数", values)])
    assert chart.empty is empty
    page = Template("{% load gongyue %}{% chart of=c %}").render(Context({"c": chart}))
    assert ("data-chart" in page) is not empty
