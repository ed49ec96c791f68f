"""What rules on the requirement and on its buying plan may name: beside the rest, the item of the budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from gongyue.kernel.dossier import Dossier
from gongyue.needs.facts import (
    BuyingPlanFacts,
    NeedsFacts,
    OutreachFacts,
    RequirementFacts,
    ResearchFacts,
    StandardFacts,
)
from gongyue.needs.models import BuyingPlan, Requirement
from gongyue.programmes.facts import PurchaseFacts

from .money import ItemFacts


@dataclass(frozen=True, slots=True)
class RequirementGate:
    """What rules on a requirement or a buying plan may name."""

    purchase: PurchaseFacts
    needs: NeedsFacts
    item: ItemFacts
    requirement: RequirementFacts
    research: ResearchFacts
    outreach: OutreachFacts
    buyingplan: BuyingPlanFacts
    standard: StandardFacts

    @classmethod
    def of(cls, subject: Requirement | BuyingPlan, dossier: Dossier) -> Self:
        requirement = subject if isinstance(subject, Requirement) else None
        plan = subject if isinstance(subject, BuyingPlan) else None
        return cls(
            PurchaseFacts.of(dossier), NeedsFacts.of(dossier), ItemFacts.of(dossier),
            RequirementFacts.of(dossier, requirement), ResearchFacts.of(dossier), OutreachFacts.of(dossier),
            BuyingPlanFacts.of(dossier, plan), StandardFacts.within(dossier, requirement),
        )  # fmt: skip
