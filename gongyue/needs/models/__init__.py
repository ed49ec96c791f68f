"""The needs assessment of a purchase, what residents answered, the services it found wanting, and questionnaires."""

from .assessment import NeedsAssessment, ServiceNeed, SurveyAnswer
from .proposal import ResourceInventory, ServiceProposal
from .questionnaire import Answer, NeedsSurvey, Questionnaire, SatisfactionSurvey, TurnedAway

__all__ = [
    "Answer",
    "NeedsAssessment",
    "NeedsSurvey",
    "Questionnaire",
    "ResourceInventory",
    "SatisfactionSurvey",
    "ServiceNeed",
    "ServiceProposal",
    "SurveyAnswer",
    "TurnedAway",
]
