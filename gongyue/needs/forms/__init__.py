"""What the actions on needs take."""

from .assessing import AnswerRow, AnswersForm, ConcludeForm, StartForm
from .proposal import ArgueForm, InventoryForm, ProposalForm
from .requirement import BuyingPlanForm, RequirementForm, ReviewForm
from .research import CloseOutreachForm, OpenOutreachForm, ResearchForm
from .standard import SetStandardForm
from .survey import CloseSurveyForm, DraftSurveyForm, OpenSurveyForm

__all__ = [
    "AnswerRow",
    "AnswersForm",
    "ArgueForm",
    "BuyingPlanForm",
    "CloseOutreachForm",
    "CloseSurveyForm",
    "ConcludeForm",
    "DraftSurveyForm",
    "InventoryForm",
    "OpenOutreachForm",
    "OpenSurveyForm",
    "ProposalForm",
    "RequirementForm",
    "ResearchForm",
    "ReviewForm",
    "SetStandardForm",
    "StartForm",
]
