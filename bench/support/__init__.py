"""What the measurements share: a database of their own with a small town in it, and how time is taken."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

REGIME, DISTRICT, STREETS = "cn-gd-guangzhou", "440104", ["广卫街", "建设街", "矿泉街", "北京街"]


@contextmanager
def site() -> Iterator[None]:
    """Django on a fresh SQLite file (or on BENCH_DATABASE_URL, an empty database), migrated, demonstration mode."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ["GONGYUE_DEMONSTRATION"] = "1"
        os.environ["GONGYUE_MEDIA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongyue.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield


def town(*districts: str) -> Any:
    """Everybody of some districts (of all where none is named), and the money lines, entered by the real actions."""
    from gongyue.demonstration.cast import assemble
    from gongyue.demonstration.streets import funds
    from gongyue.kernel import regimes

    regimes.load(REGIME)
    *_, (_what, cast) = assemble(REGIME, since=date(2010, 7, 1), districts=list(districts) or None)
    funds(cast, date(2010, 8, 2))
    return cast


def timed(act: Callable[[], Any], times: int = 30, *, warm: int = 3) -> list[float]:
    """Seconds of each run, after a few that do not count."""
    for _ in range(warm):
        act()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        taken.append(time.perf_counter() - start)
    return taken


def median(act: Callable[[], Any], times: int = 30) -> float:
    """Seconds that half of the runs took at most."""
    return statistics.median(timed(act, times))


def yardstick() -> int:
    """Work that is the same at every size: its time tells how quick the machine is just then."""
    return sum(len(str(number)) for number in range(20_000))


def quickest(act: Callable[[], Any], times: int = 30) -> tuple[float, float]:
    """Seconds of the run that was disturbed least (what others do on the machine only ever adds), and of the quickest
    yardstick, measured in turn with it."""
    runs, yards = [], []
    for _ in range(times):
        runs += timed(act, 1, warm=0)
        yards += timed(yardstick, 1, warm=0)
    return min(runs), min(yards)


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
