"""What the room's actions take."""

from .city import (
    AnswerForm,
    AssignForm,
    DraftForm,
    EvaluateForm,
    IssueForm,
    OpinionForm,
    StageDraftForm,
    StageReportForm,
    SummaryForm,
)
from .purchase import ApproveForm, OpenByReferenceForm, OpenForm, PanelField, PanelRow, SubmitForm
from .starting import StartForm

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
    "StageDraftForm",
    "StageReportForm",
    "StartForm",
    "SummaryForm",
]
