"""A programme's streets, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongyue.kernel.models import Division, Post, Purchase
from gongyue.kernel.queries import visible
from gongyue.policy import Programme, Unit
from gongyue.programmes.models import ImplementationPlan


@dataclass(frozen=True, slots=True)
class StreetRow:
    """One pilot street as the list has it, with its purchase where the reader may see one."""

    unit: Unit
    code: str
    purchase: Purchase | None


def board(programme: Programme, post: Post, *, on: date | None = None) -> list[StreetRow]:
    """Every street of a programme in the order of its list, each with its project where visible. Two queries."""
    opened = {p.division_id: p for p in visible(post, on=on).exclude(programme="").filter(programme=programme.id)}
    codes = [(unit, Division.street_code(unit.district, unit.street)) for unit in programme.units]
    return [StreetRow(unit, code, opened.get(code)) for unit, code in codes]


def plan_of(purchase: Purchase) -> ImplementationPlan | None:
    """The purchase's implementation plan with its panel, in two queries; None while there is none."""
    return ImplementationPlan.objects.filter(purchase=purchase).prefetch_related("panel").first()


def approval_queue(post: Post, *, on: date | None = None) -> list[ImplementationPlan]:
    """Plans that wait for the city's approval: streets that pilot three in one first, then as they were reviewed."""
    waiting = ImplementationPlan.objects.filter(
        purchase__in=visible(post, on=on).order_by(), state=ImplementationPlan.State.REVIEWED
    ).select_related("purchase__division__parent")
    return sorted(waiting, key=lambda plan: (not plan.priority_basis, plan.reviewed_on or date.max, plan.pk))
