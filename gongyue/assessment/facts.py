"""What rules may ask of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import Moment
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from .models import Assessment


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    moment: Annotated[str, "评估时点：midterm 中期，yearend 年终"]
    midterm_concluded_on: Annotated[date | None, "中期评估结论日期；未有结论则无"]
    yearend_concluded_on: Annotated[date | None, "年终评估结论日期；未有结论则无"]
    evaluator: Annotated[str | None, "评估机构名称；未委托则无"]

    @classmethod
    def of(cls, dossier: Dossier, moment: str) -> Self:
        """`moment`: the one in question; "" where none is."""
        held = {assessment.moment: assessment for assessment in dossier.all(Assessment)}
        concluded = {name: assessment.concluded_on for name, assessment in held.items()}
        evaluator = held[moment].evaluator if moment in held else None
        return cls(
            moment, concluded.get(Moment.MIDTERM), concluded.get(Moment.YEAREND), evaluator.name if evaluator else None
        )


@dataclass(frozen=True, slots=True)
class AssessmentGate:
    """What a rule on an assessment's action may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    assessment: AssessmentFacts

    @classmethod
    def of(cls, assessment: Assessment, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier),
            ContractFacts.of(assessment.contract),
            AssessmentFacts.of(dossier, assessment.moment),
        )
