"""Rows handed in together: staged beside the purchase, then accepted by one action."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Post
from .purchase import Purchase


class Batch(models.Model):
    """批量数据. Staged like a draft: nothing of the purchase changes until an action accepts it, once.

    `rows` of them, `faults` of which the row form refused; `root` is the RFC 9162 root over the rows' digests, in hex,
    "" while they are still being staged; `expected` says how many there will be, where the file tells, and `failed` why
    they could not be read to the end. `staged_at` and `touched_at` are real time.
    """

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, null=True, related_name="batches")
    kind = models.CharField(max_length=40)  # what the rows are; the action's form names it: `needs.answers`
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")  # who staged it
    source = models.CharField(_("文件名"), max_length=200)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    faults = models.PositiveIntegerField(_("有误行数"), default=0)
    root = models.CharField(max_length=64, default="")
    staged_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)  # the last sign of life while it is being staged
    expected = models.PositiveIntegerField(null=True)
    failed = models.CharField(max_length=300, blank=True)
    accepted_by = models.BigIntegerField(null=True)  # ledger entry; written by the kernel only

    class Meta:
        indexes: ClassVar = [models.Index(fields=["purchase", "kind"])]

    def __str__(self) -> str:
        return self.source

    def ledger_value(self) -> dict[str, Any]:
        """How an entry names it: anybody who holds the rows can recompute the root."""
        return {"rows": self.rows, "root": self.root, "source": self.source}


class BatchRow(models.Model):
    """One row: `data` as its form cleaned it, by field name; of a faulty one what was typed.

    Of a personal field `data` holds a salted commitment alone, which is what the digest covers; `personal` holds salt
    and value of each, may be deleted, and the rows still give their root. `fault` has a line for each thing wrong,
    `列名：原因`; "" where nothing is. Digests have no index: they would lie
    at random in it, and to keep one took three quarters of the time of staging.
    """

    # No index of its own: the constraint begins with it, and a file writes each index once a row. The database does not
    # look up the batch of each row either: rows are written by `batches.fill` alone, under the batch it has begun.
    batch = models.ForeignKey(
        Batch, on_delete=models.CASCADE, related_name="content", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField()  # from 1, as handed in
    data = models.JSONField()
    digest = models.CharField(max_length=64)  # RFC 9162 leaf hash of the canonical text of `data`, in hex
    fault = models.TextField(blank=True)
    personal = models.JSONField(null=True)  # {field: {"salt": hex, "value": …}}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once")]
