"""The journal of all money."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Purchase

from .fund import Fund
from .item import Share


class JournalEntry(models.Model):
    """资金台账的一笔: balanced lines, written once. `subject` is the key of what it was about (`share:12`)."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    memo = models.CharField(_("摘要"), max_length=120)
    subject = models.CharField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return self.memo


class JournalLine(models.Model):
    """One account's part of an entry, in signed fen; the lines of an entry sum to nought."""

    class Account(models.TextChoices):
        """What was granted flows one way: appropriation (its source, negative), available, committed, paid. What a
        line hands on to the next year's is `carried`: positive where it leaves, negative where it comes in."""

        APPROPRIATION = "appropriation", _("下达")
        AVAILABLE = "available", _("可用")
        COMMITTED = "committed", _("已落实待拨")
        PAID = "paid", _("已拨付")
        CARRIED = "carried", _("结转")

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=13, choices=Account)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="lines")
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+", null=True)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="lines", null=True)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="journal_line_not_empty"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(purchase__isnull=False), name="journal_share_names_its_purchase"
            ),
        ]

    @property
    def size_fen(self) -> int:
        return abs(self.amount_fen)
