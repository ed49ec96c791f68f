"""What the public site remembers of those who send something in without an account: counts, never who."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class DaySalt(models.Model):
    """The secret of one real day; once it is deleted, nobody can tell which address a count was about."""

    day = models.DateField(unique=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.day.isoformat()


class NetworkUse(models.Model):
    """How often something was sent from one network within one hour. `network` is a salted hash, no address."""

    what = models.CharField(max_length=80)
    network = models.CharField(max_length=64)
    hour = models.DateTimeField()  # its beginning, real time
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["what", "network", "hour"], name="network_use_once_an_hour")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.used}"
