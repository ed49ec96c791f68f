"""How the suite is run: which tests need what, and that nothing is left out unseen."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from django.conf import settings

CHROMIUM = Path("/usr/bin/chromium")
NO_SKIP = bool(os.environ.get("GONGYUE_NO_SKIP"))

# Playwright's own event loop runs in the thread of the test; the queries there are the test's, one at a time.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Once, on SQLite: browser tests, where there is a browser, and whatever asks for no database or is marked."""
    on_sqlite = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    browser = [item for item in items if item.get_closest_marker("browser")]
    once = {item for item in items if item.get_closest_marker("once") or not _asks_a_database(item)} | set(browser)
    if once and not on_sqlite:
        config.hook.pytest_deselected(items=list(once))
        items[:] = [item for item in items if item not in once]
    elif not CHROMIUM.exists():
        for item in browser:
            item.add_marker(pytest.mark.skip(reason=f"no {CHROMIUM}: make system installs it"))


def _asks_a_database(item: pytest.Item) -> bool:
    """By its mark or its fixtures; whoever asks for fixtures while it runs may ask for this one."""
    fixtures, own = set(getattr(item, "fixturenames", ())), getattr(item, "_fixtureinfo", None)
    late = own is not None and "request" in own.argnames
    return late or bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With GONGYUE_NO_SKIP a skipped test is a failed one."""
    report = yield
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and nothing may be: {report.longrepr}"
    return report
