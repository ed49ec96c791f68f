"""What pages read of a purchase's assessments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongyue.contracts.models import Moment
from gongyue.contracts.queries import contract_of
from gongyue.kernel.models import Organisation, Purchase

from .models import Assessment


@dataclass(frozen=True)
class MomentLine:
    """One of the two moments: the day of the contract it goes by, and the assessment where one was opened."""

    moment: Moment
    on: date | None
    assessment: Assessment | None

    @property
    def concluded(self) -> bool:
        return self.assessment is not None and self.assessment.state == Assessment.State.CONCLUDED


def moments(purchase: Purchase, today: date) -> list[MomentLine]:
    """Midterm and year-end of the contract that runs, held or not; empty while there is none. Three queries."""
    contract = contract_of(purchase, today)
    if contract is None:
        return []
    rows = Assessment.objects.filter(contract=contract).select_related("evaluator")
    held = {assessment.moment: assessment for assessment in rows}
    days = {Moment.MIDTERM: contract.mid_on, Moment.YEAREND: contract.ends_on}
    return [MomentLine(moment, day, held.get(moment)) for moment, day in days.items()]


def of_evaluator(organisation: Organisation) -> list[Assessment]:
    """The assessments an organisation was commissioned with, those still open first. One query."""
    rows = Assessment.objects.filter(evaluator=organisation).select_related("purchase", "contract")
    return sorted(rows.order_by("-pk"), key=lambda assessment: assessment.state == Assessment.State.CONCLUDED)
