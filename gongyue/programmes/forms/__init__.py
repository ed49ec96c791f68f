"""What the room's actions take."""

from .city import AnswerForm, AssignForm, DraftForm, EvaluateForm, IssueForm, OpinionForm, SummaryForm
from .purchase import ApproveForm, OpenByReferenceForm, OpenForm, PanelField, PanelRow, SubmitForm

__all__ = [
    "AnswerForm",
    "ApproveForm",
    "AssignForm",
    "DraftForm",
    "EvaluateForm",
    "IssueForm",
    "OpenByReferenceForm",
    "OpenForm",
    "OpinionForm",
    "PanelField",
    "PanelRow",
    "SubmitForm",
    "SummaryForm",
]
