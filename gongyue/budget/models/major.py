"""一事一议: what was decided of a major or urgent item, and the notice of an item that was reviewed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import PurchaseSubject

from .item import PlanItem


class SpecialDecision(PurchaseSubject):
    """专题研究决定: the body that studied a major or urgent item case by case, its paper, the sum and where it comes
    from."""

    kind = "decision"
    called = _("专题研究决定")
    section = "planning"
    staged = False

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    body = models.CharField(_("决定机关"), max_length=120)
    number = models.CharField(_("决定文号"), max_length=60)
    decided_on = models.DateField(_("决定日期"), null=True)
    amount_fen = models.BigIntegerField(_("研究确定的金额"))
    source = models.CharField(_("资金来源"), max_length=300)
    summary = models.TextField(_("研究意见"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase"], name="one_decision_per_purchase"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="decision_amount_positive"),
        ]

    def __str__(self) -> str:
        return self.number


class ItemNotice(PurchaseSubject):
    """购买服务项目公告: what suppliers are told of an item that was reviewed, before anybody is chosen."""

    kind = "itemnotice"
    called = _("购买服务项目公告")
    section = "planning"
    staged = False
    follows = PlanItem

    class State(models.TextChoices):
        PUBLISHED = "published", _("已公布")

    standard = models.TextField(_("服务标准"), blank=True)
    budget_fen = models.BigIntegerField(_("购买预算"), null=True)
    evaluation = models.TextField(_("评价方法"), blank=True)
    requirements = models.TextField(_("服务要求"), blank=True)
    address = models.CharField(_("公布的地址"), max_length=300, blank=True)
    published_on = models.DateField(_("公布日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_item_notice_per_purchase")]

    def __str__(self) -> str:
        return str(self.called)
