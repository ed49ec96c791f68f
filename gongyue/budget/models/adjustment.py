"""预算调整: an approved item is changed in no other way."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject

from .item import PlanItem


class Adjustment(PurchaseSubject):
    """预算调整: what an approved item is to come to instead, why, under which budget rule, and who approved it."""

    kind = "adjustment"
    called = _("预算调整")
    section = "planning"
    staged = False
    follows = PlanItem
    related: ClassVar[tuple[str, ...]] = ("item",)

    class State(models.TextChoices):
        REQUESTED = "requested", _("待审批")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="adjustments")
    before_fen = models.BigIntegerField(_("原预算金额"))
    amount_fen = models.BigIntegerField(_("调整后金额"))
    procurement_budget = models.JSONField(_("调整后的政府采购预算"), default=list)  # as an item's; empty: it is none
    reason = models.TextField(_("调整理由"))
    basis = models.CharField(_("预算管理依据"), max_length=200)  # the budget rule it is made under
    requested_on = models.DateField(_("申请日期"), null=True)
    approval_number = models.CharField(_("批准文号"), max_length=60, blank=True)
    decided_on = models.DateField(_("审批日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="adjustment_amount_positive"),
            models.UniqueConstraint(fields=["item"], condition=Q(state="requested"), name="one_adjustment_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.requested_on}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One at a time, of the latest item, once that is approved."""
        item = dossier.latest(PlanItem) if dossier is not None else None
        if dossier is None or item is None or item.state != PlanItem.State.APPROVED:
            return []
        if any(row.state == cls.State.REQUESTED for row in dossier.all(cls)):
            return []
        return [cls(purchase=dossier.purchase, item=item)]
