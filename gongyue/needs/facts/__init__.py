"""What rules may ask of the needs, the requirement and who was asked about it."""

from .assessing import InventoryGate, NeedsFacts, NeedsGate, ProposalFacts, ProposalGate, SurveyGate
from .requirement import BuyingPlanFacts, OutreachFacts, OutreachGate, RequirementFacts, ResearchFacts, ResearchGate
from .standard import StandardFacts, StandardGate

__all__ = [
    "BuyingPlanFacts",
    "InventoryGate",
    "NeedsFacts",
    "NeedsGate",
    "OutreachFacts",
    "OutreachGate",
    "ProposalFacts",
    "ProposalGate",
    "RequirementFacts",
    "ResearchFacts",
    "ResearchGate",
    "StandardFacts",
    "StandardGate",
    "SurveyGate",
]
