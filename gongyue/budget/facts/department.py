"""What rules may ask of a department's budget, and of what it leaves for an item."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier

from .. import departments
from ..models import DepartmentBudget, PlanItem


@dataclass(frozen=True, slots=True)
class DepartmentBudgetFacts:
    """The figures that are being recorded, beside those of the year before."""

    share_bp: Annotated[int | None, "购买服务资金占部门预算的比例（万分之一）；尚未填写则无"]
    former_bp: Annotated[int | None, "上一年度的比例（万分之一）；没有登记则无"]

    @classmethod
    def of(cls, budget: DepartmentBudget) -> Self:
        if not budget.year or not budget.department_id or not budget.total_fen:
            return cls(None, None)
        before = DepartmentBudget.objects.filter(department=budget.department_id, year=budget.year - 1).first()
        return cls(budget.share_bp, before.share_bp if before else None)


@dataclass(frozen=True, slots=True)
class DepartmentBudgetGate:
    """What rules on recording a department's budget may name."""

    departmentbudget: DepartmentBudgetFacts

    @classmethod
    def of(cls, budget: DepartmentBudget, dossier: Dossier) -> Self:
        return cls(DepartmentBudgetFacts.of(budget))


@dataclass(frozen=True, slots=True)
class DepartmentMoneyFacts:
    """What the purchaser's own budget of the item's year holds for purchases."""

    left_fen: Annotated[
        int | None, "购买部门该年度部门预算中购买服务资金的余额（分，扣除其他已批复项目）；没有登记则无"
    ]

    @classmethod
    def of(cls, dossier: Dossier, item: PlanItem) -> Self:
        """No query where the regime records no such budget."""
        if not dossier.regime.acts(DepartmentBudget.kind):
            return cls(None)
        return cls(departments.left_fen(item, dossier.purchase.opened_by))
