"""What every test may use; the town is in `town.py`, what is told once in `memory.py`."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.memory import own_packs_are_read_once, stories_are_remembered, what_is_patched_is_told_anew
from tests.town import cast, django_db_setup, flush_may_empty_the_ledger, line

__all__ = [
    "cast", "django_db_setup", "flush_may_empty_the_ledger", "line", "own_packs_are_read_once",
    "stories_are_remembered", "what_is_patched_is_told_anew",
]  # fmt: skip

# A busy machine is slow, not wrong; what decides whether a change lands tries the same examples each time.
settings.register_profile(
    "gongyue", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="GONGYUE_NO_SKIP" in os.environ
)
settings.load_profile("gongyue")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--clause", metavar="ID[,ID]", default="", help="only the tests that claim one of these clauses")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every report names the clauses that its test claims; with --clause nothing else is run."""
    wanted, kept, others = set(filter(None, config.getoption("clause").split(","))), [], []
    for item in items:
        claimed = {clause for mark in item.iter_markers("clause") for clause in mark.args}
        item.user_properties += [("clause", clause) for clause in sorted(claimed)]
        (kept if not wanted or claimed & wanted else others).append(item)
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = kept
