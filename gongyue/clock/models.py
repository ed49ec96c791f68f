"""The training clock's table: one row a move, the last one holds."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar

from django.db import models, transaction

from . import LOCAL


class TrainingClock(models.Model):
    """A day the demonstration has come to. Rows are only added, and only forwards."""

    day = models.DateField(unique=True)
    moved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["day"]

    @classmethod
    def moment(cls) -> datetime:
        """Nine o'clock of the day it shows; of the real day before it was ever set."""
        day = cls.objects.order_by("-day").values_list("day", flat=True).first()
        return at_nine(day) if day else datetime.now(LOCAL)

    @classmethod
    def move(cls, to: date) -> datetime:
        with transaction.atomic():
            latest = cls.objects.order_by("-day").first()
            if latest and to <= latest.day:
                raise ValueError(f"the training clock stands at {latest.day.isoformat()} and moves forward only")
            cls.objects.create(day=to)
        return at_nine(to)


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), LOCAL)
