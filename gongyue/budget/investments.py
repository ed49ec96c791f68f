"""What has become of the projects of an investment plan, for whoever plans purchases and whoever follows it up."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongyue.kernel.models import Purchase

from .models import InvestmentPlan, InvestmentProject, PlanItem

State = InvestmentPlan.State


def offered(purchase: Purchase) -> QuerySet[InvestmentProject]:
    """The suitable projects of issued plans of the purchaser's own level and those above it, latest year first."""
    opener = purchase.opened_by
    path = opener.division.path.strip("/").split("/") if opener is not None else []
    rows = InvestmentProject.objects.filter(suitable=True, plan__office__division__in=path)
    rows = rows.filter(plan__state__in=[State.ISSUED, State.FOLLOWED]).select_related("plan")
    return rows.order_by("-plan__year", "plan", "code")


def taken(projects: Iterable[InvestmentProject]) -> dict[int, list[PlanItem]]:
    """By project the plan items that it was brought into, returned ones left out. One query."""
    out: dict[int, list[PlanItem]] = {}
    rows = PlanItem.objects.filter(investment__in=list(projects)).exclude(state=PlanItem.State.RETURNED)
    for item in rows.select_related("purchase").order_by("pk"):
        out.setdefault(item.investment_id or 0, []).append(item)
    return out


def waiting(plan: InvestmentPlan) -> int:
    """How many suitable projects stand in no purchase plan yet. Two queries."""
    suitable = list(plan.projects.filter(suitable=True)) if plan.pk else []
    return len([one for one in suitable if one.pk not in taken(suitable)]) if suitable else 0
