"""Importing 100 000 service records against merely reading the file, and the part 服务 with 1 000 and with 100 000."""

from __future__ import annotations

import io
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from support import DISTRICT, median, ms, site, town

ROWS, LIMIT, GROWTH = 100_000, 4.0, 1.2
DAY = date(2011, 10, 30)


def workbook(rows: int) -> bytes:
    """A file as the template gives it; minutes, people and days differ from row to row."""
    import xlsxwriter

    from gongyue.delivery.forms.records import RecordRow
    from gongyue.demonstration.written.delivery import ITEMS
    from gongyue.kernel.batches import columns

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(columns(RecordRow)))
        kinds = ("个案", "小组", "社区活动", "探访", "咨询")
        for n in range(rows):
            day = (date(2010, 11, 1) + timedelta(days=n % 360)).isoformat()
            worker, item = f"W{n % 3 + 1:02d}", ITEMS[n % 3]
            line = [day, kinds[n % 5], worker, item, "C001", n % 37 + 1, n % 37 + 4, n % 241, n % 97]
            sheet.write_row(n + 1, 0, line)
    return out.getvalue()


def contract(line: Any, number: int = 1) -> None:
    """A filed contract with a team: the tender as rows, since nothing before delivery is measured here."""
    from django.db import transaction

    from gongyue.demonstration.written.delivery import ITEMS
    from gongyue.needs.models import NeedsAssessment, ServiceNeed
    from tests.contracts import stages

    with transaction.atomic():
        stages.awarded.__wrapped__(line)  # as it is told the first time
    accepted, on = stages.accepted(line, number=f"{number}"), stages.SIGNED
    line.act("contract.sign", accepted, on, signed_on=on.isoformat())
    line.act("contract.file", line.contract(), stages.FILED, filing_number=f"穗民备〔2010〕{number}号")
    needs = NeedsAssessment.objects.create(purchase=line.purchase, assessor="-", method="survey", state="concluded")
    for item in ITEMS:
        ServiceNeed.objects.create(assessment=needs, service=item, target="-", volume=100, unit_cost_fen=1)
    for _worker in range(3):
        line.act("worker.join", None, date(2010, 11, 1))
    line.act("client.register", None, date(2010, 11, 1))


def spent() -> tuple[float, float]:
    """By the clock, and by this process alone: what others do on the machine only ever adds to the first."""
    return time.perf_counter(), time.process_time()


def took(start: tuple[float, float]) -> tuple[float, float]:
    now = spent()
    return now[0] - start[0], now[1] - start[1]


def take_in(line: Any, path: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """Seconds to check and keep the rows, and to accept them."""
    from gongyue.delivery.forms.records import RecordRow
    from gongyue.desk import xlsxfile
    from gongyue.kernel import batches

    start = spent()
    with path.open("rb") as file:
        rows = xlsxfile.rows(xlsxfile.sheet(file), batches.columns(RecordRow))
        batch = batches.stage(
            kind="delivery.records", row_form=RecordRow, rows=rows, post=line.actor("records.import"),
            purchase=line.purchase, source=path.name,
        )  # fmt: skip
    staged, start = took(start), spent()
    assert batch.faults == 0, batch.content.exclude(fault="").first().fault
    line.act("records.import", None, DAY, batch=str(batch.pk))
    return staged, took(start)


def read(path: Path) -> tuple[float, float]:
    from python_calamine import CalamineWorkbook

    start = spent()
    for _row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows():
        pass
    return took(start)


def page(line: Any) -> tuple[int, float]:
    """Queries and seconds of the part 服务, as its provider sees it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client, post = Client(HTTP_HOST="127.0.0.1"), line.actor("record.enter")
    client.force_login(post.person)
    url = f"/purchases/{line.purchase.pk}/service/"
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    queries = len(asked)
    return queries, median(lambda: client.get(url), 15)


def main(folder: Path) -> None:
    from gongyue import clock
    from gongyue.demonstration.line import Line

    clock.advance(DAY)
    cast = town(DISTRICT)
    line = Line(cast, DISTRICT, "广卫街")
    contract(line)
    small, large = folder / "small.xlsx", folder / "large.xlsx"
    small.write_bytes(workbook(1_000))
    large.write_bytes(workbook(ROWS))
    take_in(line, small)
    before = page(line)
    reading = read(large)
    staged, accepted = take_in(line, large)
    for which, name in enumerate(("by the clock", "of processor time")):
        once, checking, accepting = reading[which], staged[which], accepted[which]
        ratio = (checking + accepting) / once
        print(
            f"{ROWS} records, seconds {name}: reading {once:.2f}, checking {checking:.2f}, accepting {accepting:.2f}; "
            f"{ratio:.2f} times reading (limit {LIMIT}): {'ok' if ratio <= LIMIT else 'NOT REACHED'}"
        )
    after = page(line)
    growth = after[1] / before[1]
    print(
        f"the part 服务: {before[0]} and {after[0]} queries, {ms(before[1])} and {ms(after[1])}, {growth:.2f} times "
        f"(limit {GROWTH}): {'ok' if growth <= GROWTH and before[0] == after[0] else 'NOT REACHED'}"
    )


if __name__ == "__main__":
    import sys
    import tempfile

    sys.path.insert(0, str(Path(__file__).parent.parent))
    with site(), tempfile.TemporaryDirectory() as place:
        main(Path(place))
