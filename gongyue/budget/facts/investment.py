"""What rules may ask of an investment plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier

from .. import investments
from ..models import InvestmentPlan


@dataclass(frozen=True, slots=True)
class InvestmentFacts:
    """One plan, and what has become of it."""

    projects: Annotated[int, "政府投资计划的项目数"]
    suitable: Annotated[int, "其中适合列入购买服务计划的项目数"]
    waiting: Annotated[int, "适合而尚未列入任何购买服务计划的项目数"]
    issued_on: Annotated[date | None, "政府投资计划下达日期"]

    @classmethod
    def of(cls, plan: InvestmentPlan) -> Self:
        marks = list(plan.projects.values_list("suitable", flat=True)) if plan.pk else []
        return cls(len(marks), sum(marks), investments.waiting(plan), plan.issued_on)


@dataclass(frozen=True, slots=True)
class InvestmentGate:
    """What rules on an investment plan may name."""

    investment: InvestmentFacts

    @classmethod
    def of(cls, plan: InvestmentPlan, dossier: Dossier) -> Self:
        return cls(InvestmentFacts.of(plan))
