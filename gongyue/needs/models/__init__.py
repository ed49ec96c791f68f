"""The needs assessment of a purchase, what residents answered, the services it found wanting, and questionnaires."""

from .assessment import NeedsAssessment, ServiceNeed, SurveyAnswer
from .proposal import ResourceInventory, ServiceProposal
from .questionnaire import Answer, NeedsSurvey, Questionnaire, SatisfactionSurvey, TurnedAway
from .requirement import BuyingPlan, MarketResearch, Outreach, Requirement
from .standard import ServiceStandard

__all__ = [
    "Answer",
    "BuyingPlan",
    "MarketResearch",
    "NeedsAssessment",
    "NeedsSurvey",
    "Outreach",
    "Questionnaire",
    "Requirement",
    "ResourceInventory",
    "SatisfactionSurvey",
    "ServiceNeed",
    "ServiceProposal",
    "ServiceStandard",
    "SurveyAnswer",
    "TurnedAway",
]
