"""Purchase money stands in the budgets of departments: what it is of the whole, recorded year by year."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.budget.facts import DepartmentBudgetGate
from gongyue.budget.forms import DepartmentBudgetForm
from gongyue.budget.models import DepartmentBudget
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post

RECORDED = DepartmentBudget.State.RECORDED


def write(
    budget: DepartmentBudget, *, at: datetime, actor: Post, dossier: Dossier, department: Organisation, year: int,
    total: int, purchase: int, number: str,
) -> None:  # fmt: skip
    """One department's sums of a year, in fen."""
    budget.department, budget.year, budget.number = department, year, number
    budget.total_fen, budget.purchase_fen, budget.recorded_on = total, purchase, dossier.today


action("departmentbudget.record", DepartmentBudget, reaches=RECORDED, label=_("登记部门预算中的购买服务资金"),
       form=DepartmentBudgetForm, facts=DepartmentBudgetGate)(write)  # fmt: skip
action("departmentbudget.adjust", DepartmentBudget, reaches=None, sources=[RECORDED],
       label=_("调整部门预算中的购买服务资金"),
       form=DepartmentBudgetForm, facts=DepartmentBudgetGate)(write)  # fmt: skip
