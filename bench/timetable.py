"""The earliest lawful timetable: what one costs, what its last day to begin costs, and how much is the calendar's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any
from unittest.mock import patch

from support import REGIME, ms, quickest, site

LIMIT = 5.0  # all readings of a page, in yardsticks of the same moment
START, CEILING = date(2010, 9, 20), date(2010, 10, 20)


def calendars(run: Callable[[], Any]) -> str:
    """The share of its time that it spends in the calendar."""
    from gongyue.policy import Calendar

    spent, own = 0.0, Calendar.add

    def timed(*given: Any, **named: Any) -> Any:
        nonlocal spent
        begun = perf_counter()
        try:
            return own(*given, **named)
        finally:
            spent += perf_counter() - begun

    with patch.object(Calendar, "add", timed):
        begun = perf_counter()
        run()
        return f"calendar's share {spent / (perf_counter() - begun):.0%}"


def main() -> None:
    from gongyue.kernel import regimes
    from gongyue.tendering.timetable import Setting, trials

    regimes.load(REGIME)
    setting = Setting.afresh(regimes.current(REGIME))
    assert setting is not None

    def page() -> list[Any]:
        return [(one.fits, one.over, one.begin_by, one.binding) for one in trials(setting, START)]

    for what, run in [
        ("one timetable", lambda: setting.table(START)),
        ("last day to begin", lambda: setting.begin_by(CEILING)),
        ("all readings", page),
    ]:
        seconds, yard = quickest(run, 60)
        print(f"{what:<18} {ms(seconds)}, {calendars(run)}")
    verdict = "ok" if seconds / yard <= LIMIT else "NOT REACHED"
    print(f"timetable  all readings {seconds / yard:.1f} yardsticks (limit {LIMIT}): {verdict}")


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent.parent))
    with site():
        main()
