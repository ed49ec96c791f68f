"""部门预算: how much of a department's budget of a year goes into buying services."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject

WHOLE = 10_000  # basis points


class DepartmentBudget(Subject):
    """部门预算中的购买服务资金: what one department has in all in a year and what of it is for buying services, in fen.

    Written by the finance bureau of the department's own level, once a year; when the budget is adjusted, anew.
    """

    kind = "departmentbudget"
    called = _("部门预算中的购买服务资金")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("finance", "finance__division", "department")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    finance = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("财政部门"))
    department = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="department_budgets", verbose_name=_("预算部门")
    )
    year = models.PositiveSmallIntegerField(_("预算年度"))
    total_fen = models.BigIntegerField(_("部门预算总额"))
    purchase_fen = models.BigIntegerField(_("其中购买服务资金"))
    number = models.CharField(_("预算批复文号"), max_length=60)
    recorded_on = models.DateField(_("登记日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["department", "year"], name="department_budget_once_a_year"),
            models.CheckConstraint(
                condition=Q(purchase_fen__gte=0) & Q(purchase_fen__lte=F("total_fen")),
                name="department_budget_holds_its_purchases",
            ),
            models.CheckConstraint(condition=Q(total_fen__gt=0), name="department_budget_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.year}"

    @property
    def share_bp(self) -> int:
        """Of the whole, in basis points; what is less than one is left out."""
        return self.purchase_fen * WHOLE // self.total_fen

    @property
    def place(self) -> Division:
        return self.finance.division

    @property
    def regime_code(self) -> str:
        return self.finance.regime_code

    @property
    def owner(self) -> Organisation:
        return self.finance

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(finance=actor.organisation)] if dossier is None else []
