"""A chart's legend is whole on a phone: it breaks into lines, and the drawing makes room for them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.urls("tests.browser.look")]
PLACE = """() => {
  const place = document.createElement("div"), names = ["已安排", "已落实", "已拨付", "逾期未付"];
  place.id = "drawn";
  place.style.width = Math.min(320, innerWidth) * (innerWidth > 1000 ? 2 : 1) + "px";
  place.style.height = "260px";
  place.dataset.chart = JSON.stringify({
    categories: ["甲街"], unit: "万元", kind: "bar", lying: false, series: names.map((name) => ({ name, values: [1] })),
  });
  document.querySelector("main").append(place);
}"""
DRAWN = """() => {
  const told = echarts.getInstanceByDom(document.getElementById("drawn")).getOption();
  return [told.legend[0].type ?? "plain", told.grid[0].top];
}"""


def test_a_legend_of_four_is_whole_on_a_phone(live_server: Any, page: Page, phone: Page) -> None:
    drawn = []
    for each in (page, phone):
        each.goto(f"{live_server.url}/look/desk/", wait_until="networkidle")
        each.evaluate(PLACE)
        for script in ("vendor/echarts.js", "gongyue/charts.js"):
            each.add_script_tag(url=f"/static/{script}")
        drawn.append(each.evaluate(DRAWN))
    assert drawn == [["plain", 44], ["plain", 68]]
