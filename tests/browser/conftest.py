"""A browser for the tests that drive one: `page` is wide, `phone` is 390 pixels. Both collect what the console says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = "/usr/bin/chromium"
PATIENCE = 30_000  # milliseconds: a busy machine is slow, not wrong

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _open(chromium: Browser, width: int, height: int) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    yield from _open(chromium, 1440, 900)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    yield from _open(chromium, 390, 844)


@pytest.fixture
def complaints(page: Page, phone: Page) -> list[str]:
    """Everything the consoles of both print: a strict content policy complains there, and so do scripts."""
    said: list[str] = []
    for each in (page, phone):
        each.on("console", lambda message: said.append(message.text))
        each.on("pageerror", lambda error: said.append(str(error)))
    return said
