"""自查: the provider's own look at its work, again and again."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, filed, in_force
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject


class SelfCheck(PurchaseSubject):
    """One self-check of the five blocks (GZ-P-3.4.3a). The text says 定期 and no figure: the purchaser sets the cycle
    (calendar months), and each one submitted brings the next into the world until the service ends."""

    kind = "selfcheck"
    called = _("自查")
    section = "supervision"
    staged = False
    follows = Contract

    class State(models.TextChoices):
        SCHEDULED = "scheduled", _("待自查")
        SUBMITTED = "submitted", _("自查已提交")

    number = models.PositiveSmallIntegerField(_("次数"), default=1)
    cycle_months = models.PositiveSmallIntegerField(_("周期（月）"), null=True)
    due_on = models.DateField(_("应提交日期"), null=True)
    submitted_on = models.DateField(_("提交日期"), null=True)
    progress = models.TextField(_("项目进展"), blank=True)
    effect = models.TextField(_("服务成效"), blank=True)
    satisfaction = models.TextField(_("服务对象满意度"), blank=True)
    needs = models.TextField(_("需求变化"), blank=True)
    spending = models.TextField(_("资金使用"), blank=True)

    BLOCKS: ClassVar[tuple[str, ...]] = ("progress", "effect", "satisfaction", "needs", "spending")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "number"], name="selfcheck_once")]

    def __str__(self) -> str:
        return str(_("第 %(n)s 次自查") % {"n": self.number})

    @property
    def next_on(self) -> date | None:
        """The corresponding day one cycle later, or that month's last."""
        if self.due_on is None or self.cycle_months is None:
            return None
        months = self.due_on.month - 1 + self.cycle_months
        year, month = self.due_on.year + months // 12, months % 12 + 1
        for day in range(self.due_on.day, 27, -1):
            try:
                return date(year, month, day)
            except ValueError:
                continue
        return date(year, month, min(self.due_on.day, 28))

    def following(self, dossier: Dossier) -> date | None:
        """The day of the next one, while a filed contract's term lasts."""
        ends = [contract.ends_on for contract in filed(dossier) if contract.ends_on is not None]
        return self.next_on if self.next_on is not None and ends and self.next_on <= max(ends) else None

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The first of each contract's term; the others follow from it."""
        contract = in_force(dossier)
        if dossier is None or contract is None:
            return []
        last = dossier.latest(cls)
        running = last and last.due_on and contract.starts_on and last.due_on >= contract.starts_on
        if last is not None and (running or last.state == cls.State.SCHEDULED):
            return []
        return [cls(purchase=dossier.purchase, number=len(dossier.all(cls)) + 1)]
