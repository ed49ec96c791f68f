"""What the residents of a purchase's place need, as the budget and the tender read it."""

from __future__ import annotations

from dataclasses import dataclass

from gongyue.kernel.models import Purchase
from gongyue.needs.models import NeedsAssessment, ServiceNeed


@dataclass(frozen=True, slots=True)
class Totals:
    """The measured total: units of service a year, and what they cost in fen."""

    services: int
    volume: int
    cost_fen: int


def assessment_of(purchase: Purchase) -> NeedsAssessment | None:
    """The purchase's needs assessment with its services, in two queries; None while there is none."""
    return NeedsAssessment.objects.filter(purchase=purchase).prefetch_related("services").first()


def totals(assessment: NeedsAssessment) -> Totals:
    """The sums of its services."""
    rows: list[ServiceNeed] = list(assessment.services.all())
    return Totals(len(rows), sum(row.volume for row in rows), sum(row.cost_fen for row in rows))
