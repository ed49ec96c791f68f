"""The city's dashboard over the twenty streets with 1 000 service records and with 100 000: same queries, same time?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from delivery import DAY, contract
from support import ms, quickest, site, town

SIZES = (1_000, 100_000)
LIMIT = 1.2  # time with the most records, against the fewest, both in yardsticks
KINDS = ("个案", "小组", "社区活动", "探访", "咨询")


def streets() -> list[Any]:
    """Every pilot street with a contract in force, a team, and a plan for its first half-year."""
    from gongyue.demonstration.line import Line

    cast = town()
    lines = [Line(cast, unit.district, unit.street) for unit in cast.programme.units]
    for number, line in enumerate(lines, 1):
        contract(line, number)
        line.act("plan.submit", None, date(2010, 11, 5))
    return lines


def rows(start: int, count: int) -> Iterator[dict[str, str]]:
    from gongyue.demonstration.written.delivery import ITEMS

    for n in range(start, start + count):
        day = date(2010, 11, 1) + timedelta(days=n % 360)
        yield {
            "served_on": day.isoformat(), "service_kind": KINDS[n % 5], "worker": f"W{n % 3 + 1:02d}",
            "item": ITEMS[n // 5 % 3], "clients": "C001", "people": str(n % 37 + 1), "times": str(n % 37 + 4),
            "direct": str(n % 241), "indirect": str(n % 97),
        }  # fmt: skip


def serve(line: Any, start: int, count: int) -> None:
    """As many more records, checked and accepted as a file of them is."""
    from gongyue.delivery.forms.records import RecordRow
    from gongyue.kernel import batches

    batch = batches.stage(
        kind="delivery.records", row_form=RecordRow, rows=rows(start, count), post=line.actor("records.import"),
        purchase=line.purchase, source=f"{start}.xlsx",
    )  # fmt: skip
    assert batch.faults == 0, batch.content.exclude(fault="").first().fault
    line.act("records.import", None, DAY, batch=str(batch.pk))


def page(visitor: Any) -> tuple[int, float, float]:
    """Queries, seconds, and seconds in yardsticks of the same moment."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert visitor.get("/dashboard/").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/dashboard/")
    queries = len(asked)  # now: the next request begins a new log
    seconds, yard = quickest(lambda: visitor.get("/dashboard/"), 40)
    return queries, seconds, seconds / yard


def main() -> None:
    from django.test import Client

    from gongyue import clock

    clock.advance(DAY)
    lines = streets()
    visitor = Client(SERVER_NAME="127.0.0.1")
    visitor.force_login(lines[0].cast.registrar.person, backend="django.contrib.auth.backends.ModelBackend")
    found, there = {}, 0
    for size in SIZES:
        for line in lines:
            serve(line, there, size // len(lines) - there)
        there = size // len(lines)
        found[size] = page(visitor)
        print(f"{len(lines)} streets, {size:>6} records: {found[size][0]} queries, {ms(found[size][1])}")
    few, many = (found[size] for size in SIZES)
    ratio, same = many[2] / few[2], many[0] == few[0]
    verdict = "ok" if same and ratio <= LIMIT else "NOT REACHED"
    print(f"dashboard  time × {ratio:.2f} (limit {LIMIT}), queries {'the same' if same else 'differ'}: {verdict}")


if __name__ == "__main__":
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent.parent))
    with site():
        main()
