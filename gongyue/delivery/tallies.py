"""Monthly sums of records, kept by every verb that changes one: pages read these, however many records there are.

Called under the purchase's lock: nobody else changes them meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gongyue.delivery.models import MonthlyTally, ServiceRecord
from gongyue.kernel.models import Purchase

FIGURES = ("records", "people", "times", "direct", "indirect")
Key = tuple[Any, ...]  # month (its first day), kind, worker, item
Delta = tuple[Key, tuple[int, ...]]


def of(record: ServiceRecord, *, sign: int = 1) -> Delta:
    """What one record adds (or, once it is taken back, takes)."""
    assert record.served_on is not None
    key = (record.served_on.replace(day=1), record.service_kind, record.worker_id, record.item)
    return key, tuple(sign * n for n in (1, record.people, record.times, record.direct, record.indirect))


def sum_up(sums: dict[Key, list[int]], key: Key, figures: tuple[int, int, int, int]) -> None:
    """One more row of a file."""
    found = sums.get(key)
    if found is None:
        sums[key] = [1, *figures]
        return
    found[0] += 1
    found[1] += figures[0]
    found[2] += figures[1]
    found[3] += figures[2]
    found[4] += figures[3]


def add(purchase: Purchase, deltas: Iterable[Delta]) -> None:
    """Three queries at most."""
    changes = [(key, figures) for key, figures in deltas]
    months = {key[0] for key, _figures in changes}
    rows = {
        (row.month, row.service_kind, row.worker_id, row.item): row
        for row in MonthlyTally.objects.filter(purchase=purchase, month__in=months)
    }
    for key, figures in changes:
        row = rows.get(key)
        if row is None:
            month, kind, worker, item = key
            row = rows[key] = MonthlyTally(
                purchase=purchase, month=month, service_kind=kind, worker_id=worker, item=item
            )
        for name, figure in zip(FIGURES, figures, strict=True):
            setattr(row, name, getattr(row, name) + figure)
    touched = [rows[key] for key in dict.fromkeys(key for key, _figures in changes)]
    MonthlyTally.objects.bulk_create(row for row in touched if row.pk is None)
    MonthlyTally.objects.bulk_update([row for row in touched if row.pk is not None], FIGURES, batch_size=500)
