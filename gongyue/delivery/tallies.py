"""Sums of records by month and by half-year, kept by every verb that changes one: pages read these, however many
records there are.

Called under the purchase's lock: nobody else changes them meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Sum

from gongyue.contracts.models import Contract
from gongyue.delivery.models import MonthlyTally, PeriodTally, ServiceRecord
from gongyue.delivery.models.plans import half_of
from gongyue.kernel.models import Batch, Purchase

FIGURES = ("records", "people", "times", "direct", "indirect")
MONTHLY = ("month", "service_kind", "worker_id", "item")
PERIOD = ("starts_on", "service_kind", "item")
Key = tuple[Any, ...]  # day, kind, worker, item
Delta = tuple[Key, tuple[int, ...]]


def of(record: ServiceRecord, *, sign: int = 1) -> Delta:
    """What one record adds (or, once it is taken back, takes)."""
    assert record.served_on is not None
    key = (record.served_on, record.service_kind, record.worker_id, record.item)
    return key, tuple(sign * n for n in (1, record.people, record.times, record.direct, record.indirect))


def of_batch(batch: Batch) -> list[Delta]:
    """What the records of one file add. One query."""
    rows = ServiceRecord.objects.filter(batch=batch).order_by()
    found = rows.values_list("served_on", "service_kind", "worker", "item").annotate(
        Count("pk"), *(Sum(name) for name in FIGURES[1:])
    )
    return [(tuple(row[:4]), tuple(row[4:])) for row in found]


def add(purchase: Purchase, deltas: Iterable[Delta]) -> None:
    """Five queries, one more for each further 500 sums."""
    contracts = list(Contract.objects.filter(purchase=purchase).order_by("-pk"))
    monthly: dict[Key, list[int]] = {}
    period: dict[Key, list[int]] = {}
    halves: dict[date, date | None] = {}
    for (day, kind, worker, item), figures in deltas:
        _sum(monthly, (day.replace(day=1), kind, worker, item), figures)
        if day not in halves:
            halves[day] = next(filter(None, (half_of(contract, day) for contract in contracts)), None)
        if halves[day] is not None:
            _sum(period, (halves[day], kind, item), (figures[0], figures[2]))
    _keep(MonthlyTally, purchase, MONTHLY, FIGURES, monthly)
    _keep(PeriodTally, purchase, PERIOD, ("records", "times"), period)


def _sum(sums: dict[Key, list[int]], key: Key, figures: Sequence[int]) -> None:
    before = sums.get(key)
    sums[key] = list(figures) if before is None else [a + b for a, b in zip(before, figures, strict=True)]


def _keep(
    model: type[MonthlyTally] | type[PeriodTally], purchase: Purchase, names: Sequence[str], figures: Sequence[str],
    sums: Mapping[Key, Sequence[int]],
) -> None:  # fmt: skip
    """Add the sums to the rows that stand under their keys, the first part of which is a day."""
    found = model._default_manager.filter(purchase=purchase, **{f"{names[0]}__in": {key[0] for key in sums}})
    rows = {tuple(getattr(row, name) for name in names): row for row in found}
    touched = []
    for key, numbers in sums.items():
        row: Any = rows.get(key) or model(purchase=purchase, **dict(zip(names, key, strict=True)))
        row.pk = None  # the database finds it by its key
        for name, number in zip(figures, numbers, strict=True):
            setattr(row, name, getattr(row, name) + number)
        touched.append(row)
    unique = ["purchase", *(name.removesuffix("_id") for name in names)]
    model._default_manager.bulk_create(
        touched, update_conflicts=True, unique_fields=unique, update_fields=figures, batch_size=500
    )
