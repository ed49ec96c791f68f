"""台账: what happened and why it was allowed. Rows are only ever added; the database itself refuses anything else."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

_ACTOR = ("post_id", "person_id", "organisation_id")


class Entry(models.Model):
    """One act. `body`: canonical JSON text; `digest`: its RFC 9162 leaf hash; `prev`: the digest of the one before.

    Ids are plain numbers: the ledger lies below the rooms and knows none of their tables.
    """

    purchase = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=60)
    post_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    request_id = models.UUIDField(unique=True)
    regime = models.CharField(max_length=64, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    body = models.TextField()  # the widest column last: reading the others then skips it

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "version"], name="entry_once_per_version"),
            models.CheckConstraint(  # only what is founded before anybody is there has no actor
                condition=Q(**{f"{name}__isnull": False for name in _ACTOR})
                | Q(version=1, **{f"{name}__isnull": True for name in _ACTOR}),
                name="entry_names_its_actor",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["purchase", "id"], name="entry_of_purchase"),
            models.Index(fields=["person_id", "purchase"], name="entry_of_person"),
            models.Index(fields=["person_id", "id"], name="entry_done_by"),
            models.Index(fields=["action", "id"], name="entry_of_action"),
        ]


class Pending(models.Model):
    """An entry that has no leaf yet; removed by the sequencer."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="pending")


class Leaf(models.Model):
    """An entry's place in the tree. Numbered from 0 without gaps, in the order of sequencing."""

    seq = models.PositiveBigIntegerField(unique=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")
    hash = models.CharField(max_length=64)


class TreeHead(models.Model):
    """The root over the first `size` leaves. `peaks`: the roots of its perfect subtrees, largest first (hex)."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    peaks = models.JSONField()
    at = models.DateTimeField()


class Opening(models.Model):
    """A personal or sealed value behind a commitment in an entry; may be deleted, the entry still verifies."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings")
    path = models.CharField(max_length=120)
    salt = models.CharField(max_length=64)
    value = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "path"], name="opening_once")]
