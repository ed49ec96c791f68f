"""Monthly sums of records, kept by every verb that changes one: pages read these, however many records there are.

Called under the purchase's lock: nobody else changes them meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Sum, TextField
from django.db.models.functions import Cast, Substr

from gongyue.delivery.models import MonthlyTally, ServiceRecord
from gongyue.kernel.models import Batch, Purchase

KEY = ("month", "service_kind", "worker", "item")
FIGURES = ("records", "people", "times", "direct", "indirect")
Key = tuple[Any, ...]  # month (its first day), kind, worker, item
Delta = tuple[Key, tuple[int, ...]]


def of(record: ServiceRecord, *, sign: int = 1) -> Delta:
    """What one record adds (or, once it is taken back, takes)."""
    assert record.served_on is not None
    key = (record.served_on.replace(day=1), record.service_kind, record.worker_id, record.item)
    return key, tuple(sign * n for n in (1, record.people, record.times, record.direct, record.indirect))


def of_batch(batch: Batch) -> list[Delta]:
    """What the records of one file add. One query."""
    month = Substr(Cast("served_on", TextField()), 1, 7)
    rows = ServiceRecord.objects.filter(batch=batch).order_by().annotate(month=month)
    found = rows.values_list("month", "service_kind", "worker", "item").annotate(
        Count("pk"), *(Sum(name) for name in FIGURES[1:])
    )
    return [((date.fromisoformat(f"{month}-01"), *rest[:3]), tuple(rest[3:])) for month, *rest in found]


def add(purchase: Purchase, deltas: Iterable[Delta]) -> None:
    """Two queries, one more for each further 500 sums."""
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
    for row in touched:
        row.pk = None  # the database finds it by its key
    MonthlyTally.objects.bulk_create(
        touched, update_conflicts=True, unique_fields=["purchase", *KEY], update_fields=FIGURES, batch_size=500
    )
