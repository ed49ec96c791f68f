"""What the residents of a purchase's place need, as the budget and the tender read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongyue.kernel.models import Purchase
from gongyue.needs.models import NeedsAssessment, ServiceNeed, ServiceProposal


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


def unit_cost_fen(row: Mapping[str, Any]) -> int:
    """What one unit of a costed service costs: its parts together."""
    parts: list[int] = [row["staff"], row["activity"], row["other"], row.get("taxes") or 0]
    return sum(parts)


def worksheet(proposal: ServiceProposal | None) -> Totals:
    """What the services proposed come to in a year; nought while nothing is costed."""
    rows = proposal.costs if proposal else []
    cost = sum(row["volume"] * unit_cost_fen(row) for row in rows)
    return Totals(len(rows), sum(row["volume"] for row in rows), cost)


def volumes(proposal: ServiceProposal) -> str:
    """What is to be done in a year, a line a service: the budget and the tender begin with it."""
    return "\n".join(
        f"{row['service']}（{row['target']}）：每年 {row['volume']} {row['unit']}" for row in proposal.costs
    )
