"""不连号: keys that count nothing."""

from __future__ import annotations

import time
from typing import Any

from django.db import models


class Unnumbered(models.Model):
    """What is secret in number until the opening has no running number for a key, since its own maker reads that in
    addresses: with running numbers, two of one's own tell how many others came between. The key is the moment of its
    making by the real clock, in microseconds, so that keys still run in order."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A key of its own before its first row is written."""
        if self.pk is None:
            self.pk = time.time_ns() // 1000
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)
