"""The sums by half-year, for records older than the table that holds them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import migrations
from django.db.models import Count, Sum

from gongyue.policy.periods import months_later


def rebuild(apps: Any, schema_editor: Any) -> None:
    """Every sum anew from the records that count: verbs only ever added to what stood there."""
    record, tally, contract = (
        apps.get_model(*name)
        for name in (("delivery", "ServiceRecord"), ("delivery", "PeriodTally"), ("contracts", "Contract"))
    )
    tally.objects.all().delete()
    for purchase in list(record.objects.order_by().values_list("purchase", flat=True).distinct()):
        terms = list(contract.objects.filter(purchase=purchase).order_by("-pk").values_list("starts_on", "ends_on"))
        rows = record.objects.filter(purchase=purchase, state="entered").order_by()
        sums: dict[tuple[date, str, str], list[int]] = {}
        for day, kind, item, records, times in rows.values_list("served_on", "service_kind", "item").annotate(
            Count("pk"), Sum("times")
        ):
            first = half_of(terms, day)
            if first is not None:
                held = sums.setdefault((first, kind, item), [0, 0])
                held[0], held[1] = held[0] + records, held[1] + times
        tally.objects.bulk_create(
            [
                tally(purchase_id=purchase, starts_on=first, service_kind=kind, item=item, records=n, times=times)
                for (first, kind, item), (n, times) in sums.items()
            ],
            batch_size=500,
        )


def half_of(terms: Iterable[tuple[date | None, date | None]], day: date) -> date | None:
    """The first day of the half-year that a day lies in, of the latest contract whose term has it."""
    for starts_on, ends_on in terms:
        if starts_on is not None and ends_on is not None and starts_on <= day <= ends_on:
            number = 0
            while months_later(starts_on, 6 * (number + 1)) <= day:
                number += 1
            return months_later(starts_on, 6 * number)
    return None


class Migration(migrations.Migration):
    dependencies = [
        ("delivery", "0005_fewer_constraints"),
        ("contracts", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(rebuild, migrations.RunPython.noop),
    ]
