"""委托: a third body that organises a tender for its purchasers, or that supervises and evaluates the service."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject


class Commission(PurchaseSubject):
    """委托协议: one task for one body, each under an agreement of its own."""

    kind = "commission"
    called = _("委托协议")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("principal",)

    class State(models.TextChoices):
        SIGNED = "signed", _("已签委托协议")

    class Task(models.TextChoices):
        TENDER = "tender", _("组织招投标")
        EVALUATION = "evaluation", _("监管评估")

    task = models.CharField(_("委托事项"), max_length=12, choices=Task)
    body = models.CharField(_("受托机构"), max_length=120)
    principal = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("协议编号"), max_length=60)
    signed_on = models.DateField(_("签订日期"), null=True)
    scope = models.TextField(_("委托的范围"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "number"], name="commission_agreement_of_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_task_display()}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Any number of them."""
        return [cls(purchase=dossier.purchase, principal=actor.organisation)] if dossier is not None else []
