"""An assessment of a contract year, at one of its two moments."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, Moment
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .framework import Framework


class Assessment(PurchaseSubject):
    """评估: quality and quantity, two separate measures in basis points (GZ-P-1.1c). `concluded_on` is a legal day."""

    kind = "assessment"
    called = _("考核评估")
    follows = Contract
    related = ("contract", "evaluator", "evaluator__division", "framework")

    class State(models.TextChoices):
        OPENED = "opened", _("评估已启动")
        CONCLUDED = "concluded", _("评估已有结论")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="assessments")
    moment = models.CharField(_("评估时点"), max_length=10, choices=Moment)
    evaluator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("评估机构")
    )
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("评估体系")
    )
    opened_on = models.DateField(_("启动日期"), null=True)
    concluded_on = models.DateField(_("结论日期"), null=True)
    quality_bp = models.PositiveIntegerField(_("质量得分"), null=True)  # of the full mark
    quantity_bp = models.PositiveIntegerField(_("数量完成"), null=True)  # of what was agreed; may exceed the whole
    scores = models.JSONField(_("指标得分"), default=list)
    conclusion = models.TextField(_("评估结论"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "moment"], name="assessment_once"),
            models.CheckConstraint(condition=models.Q(quality_bp__lte=10_000), name="assessment_quality_within_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.get_moment_display()}"

    @property
    def seed(self) -> str:
        return self.moment

    @property
    def owner(self) -> Organisation | None:
        """The evaluator, once one is appointed."""
        return self.evaluator

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Each moment that has none, once a contract has come to the end of its procedure; the first year's first."""
        if dossier is None:
            return []
        done = [contract for contract in dossier.all(Contract) if contract.complete(dossier.regime)]
        held = {(row.contract_id, row.moment) for row in dossier.all(cls)} if done else set()
        out: dict[str, Self] = {}
        for contract in done:
            for moment in Moment.values:
                if (contract.pk, moment) not in held and moment not in out:
                    out[moment] = cls(purchase=dossier.purchase, contract=contract, moment=moment)
        return [out[moment] for moment in Moment.values if moment in out]
