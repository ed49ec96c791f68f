"""Every component, in a real browser: nothing is blocked by the content policy, nothing pushes a page sideways."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.urls("tests.browser.look")]

WIDTH = "document.documentElement.scrollWidth"
CONTRAST = """() => {
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const line = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => line(v / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) faint.push(`${element.className}: ${walker.currentNode.data.trim()} ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("name", ["desk", "portal", "gate"])
def test_pages_fit_both_screens_and_obey_the_content_policy(
    name: str, live_server: Any, page: Page, phone: Page, complaints: list[str]
) -> None:
    for each, width in ((page, 1440), (phone, 390)):
        each.goto(f"{live_server.url}/look/{name}/", wait_until="networkidle")
        assert each.evaluate(WIDTH) == width
        assert each.evaluate(CONTRAST) == []
    assert complaints == []


def test_the_drawer_opens_on_a_phone_and_closes_by_escape(live_server: Any, phone: Page) -> None:
    phone.goto(f"{live_server.url}/look/desk/")
    assert phone.locator("nav.side").is_hidden()
    phone.click("[data-opens=drawer]")
    assert phone.locator("dialog#drawer").is_visible()
    phone.keyboard.press("Escape")
    assert phone.locator("dialog#drawer").is_hidden()


def test_rows_are_added_with_fresh_names_and_removed(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/look/desk/")
    page.click("[data-row-add]")
    page.locator("[data-row-remove]").nth(0).click()
    names = page.locator("[data-rows] tbody tr input").evaluate_all("all => all.map((e) => e.name)")
    assert names == [f"lots-{row}-{field}" for row in (1, 2) for field in ("name", "amount", "opens")]


def test_a_second_press_sends_nothing(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/look/desk/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    page.evaluate(
        "const f = document.querySelector('#twice'); f.requestSubmit(); f.requestSubmit(); f.requestSubmit();"
    )
    page.wait_for_load_state("networkidle")
    assert sent == ["POST"]


def test_the_language_switch_keeps_the_page(live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/look/portal/")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.click("text=English")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{live_server.url}/look/portal/"
    assert page.locator("html").get_attribute("lang") == "en"
