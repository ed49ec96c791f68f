"""The town every test may use: Guangzhou's regime, one district's bureaus and streets, organisations, experts.

Built once for the whole run by the real actions; a test that empties the tables gets it built again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

from gongyue.clock import LOCAL
from gongyue.demonstration.cast import Cast, assemble
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import funds
from gongyue.kernel import regimes
from gongyue.kernel.models import Person, Purchase
from gongyue.ledger import triggers

REGIME = "cn-gd-guangzhou"
DISTRICT = "440104"


def build(regime: str = REGIME, districts: list[str] | None = None, since: date = date(2010, 7, 1)) -> Cast:
    """Load a regime and enter its people; `districts` None: all of them."""
    regimes.load(regime)
    *_, (_what, cast) = assemble(regime, since=since, districts=districts)
    funds(cast, date(2010, 8, 2))
    return cast


def around(purchase: Purchase) -> None:
    """Rows are put in around the doorway: from now on the purchase does not say what kinds of subjects it has."""
    Purchase.objects.filter(pk=purchase.pk).update(kinds=None)
    purchase.kinds = None


def at(text: str, hour: int = 10) -> datetime:
    """A moment of legal time: ten in the morning of a day, unless the hour is given."""
    return datetime.combine(date.fromisoformat(text), time(hour), LOCAL)


class _Town:
    cast: Cast | None = None


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Fill the test database before any test runs."""
    with django_db_blocker.unblock():
        _Town.cast = build(districts=[DISTRICT])


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody of one district of Guangzhou (越秀区, four mode-one streets), as of July 2010."""
    if not Person.objects.exists():
        _Town.cast = build(districts=[DISTRICT])
    assert _Town.cast is not None
    return _Town.cast


@pytest.fixture
def line(cast: Cast) -> Line:
    """The purchase of 广卫街, not yet opened."""
    return Line(cast, DISTRICT, "广卫街")


@pytest.fixture(autouse=True, scope="session")
def flush_may_empty_the_ledger() -> Iterator[None]:
    """Transactional and live-server tests flush; only there are the append-only triggers lifted."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def lifted(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with triggers.lifted(self.connection):
            flush(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = lifted  # type: ignore[method-assign]
    yield
    BaseDatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]
