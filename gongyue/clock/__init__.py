"""Two clocks. Legal time comes from `clock.now()` and reaches code only as `at`; sessions, tokens and `recorded_at`
stay real. In a deployment both are the same; in the demonstration legal time is a training clock that moves forward.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Legal time. One query in the demonstration, none elsewhere."""
    if not settings.GONGYUE_DEMONSTRATION:
        return timezone.now()
    from .models import TrainingClock  # the table exists only once the apps are loaded

    return TrainingClock.moment()


def today() -> date:
    """The legal day, in local time."""
    return now().astimezone(LOCAL).date()


def advance(to: date) -> datetime:
    """Move the training clock on to a later day, nine in the morning. ValueError: backwards, or in a deployment."""
    if not settings.GONGYUE_DEMONSTRATION:
        raise ValueError("the clock of a deployment is the real one")
    from .models import TrainingClock

    return TrainingClock.move(to)
