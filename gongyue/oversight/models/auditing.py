"""审计: of each project its own audit, and after it the extended one of whoever served."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, in_force
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject


class Audit(PurchaseSubject):
    """审计 of one project: of the project itself, then extended (延伸审计) to its provider. Every project has the
    first, so that coverage is counted."""

    kind = "audit"
    called = _("审计")
    section = "supervision"
    staged = False
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("auditor", "audited")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已有审计结果")

    class Scope(models.TextChoices):
        PROJECT = "project", _("项目审计")
        EXTENDED = "extended", _("延伸审计")

    class Result(models.TextChoices):
        SOUND = "sound", _("未发现问题")
        PROBLEM = "problem", _("发现问题")

    scope = models.CharField(_("审计类别"), max_length=8, choices=Scope)
    auditor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审计机关")
    )
    audited = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("被审计单位")
    )
    audited_on = models.DateField(_("审计日期"), null=True)
    result = models.CharField(_("审计结果"), max_length=8, choices=Result, blank=True)
    findings = models.TextField(_("审计发现"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "scope"], name="audit_once")]

    def __str__(self) -> str:
        return str(self.get_scope_display())

    @property
    def seed(self) -> str:
        return str(self.scope)

    @classmethod
    def of_seed(cls, seed: str) -> str:
        return str(cls.Scope(seed).label)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The project's, once there is a contract: whoever buys is audited. Then its provider's."""
        contract = in_force(dossier)
        if dossier is None or contract is None:
            return []
        held = {row.scope for row in dossier.all(cls)}
        if cls.Scope.PROJECT not in held:
            return [cls(purchase=dossier.purchase, scope=cls.Scope.PROJECT, audited=contract.purchaser)]
        if cls.Scope.EXTENDED not in held:
            return [cls(purchase=dossier.purchase, scope=cls.Scope.EXTENDED, audited=contract.provider)]
        return []
