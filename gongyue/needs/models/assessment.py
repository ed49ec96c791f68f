"""The needs assessment of a purchase, what residents answered, and the services it found wanting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Batch, Purchase, PurchaseSubject


class NeedsAssessment(PurchaseSubject):
    """需求评估: who asked how many residents, by what method, and what they need; one a purchase."""

    kind = "needs"
    called = _("需求评估")
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
    answers = models.PositiveIntegerField(_("问卷答卷数"), default=0)  # accepted, over all batches
    summary = models.TextField(_("评估结论"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_needs_assessment_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 需求评估"


class SurveyAnswer(models.Model):
    """问卷答卷: what one resident answered; nobody is named. `number` is its row in the batch it came with."""

    class AgeBand(models.TextChoices):
        UNDER_18 = "under_18", _("18岁以下")
        FROM_18 = "18_35", _("18至35岁")
        FROM_36 = "36_59", _("36至59岁")
        FROM_60 = "60_over", _("60岁及以上")

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(NeedsAssessment, on_delete=models.PROTECT, related_name="survey")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    community = models.CharField(_("社区"), max_length=60)
    age_band = models.CharField(_("年龄段"), max_length=10, choices=AgeBand)
    service = models.CharField(_("最需要的服务"), max_length=80)
    urgency = models.PositiveSmallIntegerField(_("紧迫程度"))  # 1 can wait … 5 at once

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="survey_answer_once"),
            models.CheckConstraint(condition=models.Q(urgency__range=(1, 5)), name="survey_answer_urgency"),
        ]

    def __str__(self) -> str:
        return f"{self.community} {self.service}"


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
