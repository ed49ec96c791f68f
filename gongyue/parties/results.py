"""评价结果: what evaluations of earlier purchases found, for whoever decides on a budget or an award."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Organisation, Purchase


class PastResult(models.Model):
    """One side of a concluded evaluation, about the organisation that it is about. Written when one is concluded, read
    below the room that evaluates. `mark_bp`: of the whole, in basis points."""

    class Side(models.TextChoices):
        MONEY = "money", _("财政资金使用绩效")
        SERVICE = "service", _("服务绩效")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="past_results")
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40)  # the key of what was concluded
    side = models.CharField(_("评价方面"), max_length=8, choices=Side)
    mark_bp = models.PositiveIntegerField(_("得分"))
    advice = models.TextField(_("对以后的意见"))
    concluded_on = models.DateField(_("评价结论日期"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "side"], name="past_result_once")]
        indexes: ClassVar = [models.Index(fields=["organisation", "side"], name="past_result_of_whom")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_side_display()}"


def past(organisations: Collection[int | None], side: str, *, beside: int | None = None) -> list[PastResult]:
    """What is on record of these organisations on one side, but not of the purchase `beside`; the latest first. One
    query."""
    rows = PastResult.objects.filter(organisation__in=[pk for pk in organisations if pk], side=side)
    rows = rows.exclude(purchase=beside).select_related("organisation", "purchase")
    return list(rows.order_by("-concluded_on", "-pk"))
