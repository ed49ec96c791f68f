"""The needs assessment of a purchase, and the services it found wanting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import PurchaseSubject


class NeedsAssessment(PurchaseSubject):
    """需求评估: who asked how many residents, by what method, and what they need; one a purchase."""

    kind = "needs"
    related: ClassVar[tuple[str, ...]] = ()

    class State(models.TextChoices):
        STARTED = "started", _("评估中")
        CONCLUDED = "concluded", _("已完成评估")

    class Method(models.TextChoices):
        SURVEY = "survey", _("问卷调查")
        INTERVIEW = "interview", _("访谈调研")
        COMMISSIONED = "commissioned", _("委托专业机构评估")

    assessor = models.CharField(_("评估承担单位"), max_length=120)
    method = models.CharField(_("评估方法"), max_length=20, choices=Method)
    commission = models.CharField(_("委托文件"), max_length=200, blank=True)  # its number or title
    started_on = models.DateField(_("启动日期"), null=True)
    concluded_on = models.DateField(_("完成日期"), null=True)  # the report's own date
    sample = models.PositiveIntegerField(_("样本量"), null=True)  # residents asked
    summary = models.TextField(_("评估结论"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_needs_assessment_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 需求评估"


class ServiceNeed(models.Model):
    """One service that is needed: for whom, how much of it a year, at what measured cost each (fen)."""

    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="services")
    service = models.CharField(_("服务项目"), max_length=80)
    target = models.CharField(_("服务对象"), max_length=80)
    volume = models.PositiveIntegerField(_("服务量"))
    unit_cost_fen = models.BigIntegerField(_("单位成本"))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(volume__gt=0), name="service_need_has_volume"),
            models.CheckConstraint(condition=models.Q(unit_cost_fen__gte=0), name="service_need_cost_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.service}（{self.target}）"

    @property
    def cost_fen(self) -> int:
        """What the whole volume costs, in fen."""
        return self.volume * self.unit_cost_fen
