"""What the actions of a tender take."""

from .bids import FrozenField, SubmitBidForm, WithdrawForm
from .change import ChangeForm, NotedForm
from .committee import (
    DissolveForm,
    FormCommitteeForm,
    LeadForm,
    OpenDrawForm,
    RecuseForm,
    ReplaceForm,
    SeatForm,
    SignInForm,
)
from .common import LONG, personal, sealed, text
from .documents import FORMER, POINTS_IN_ALL, BriefForm, DraftTenderForm, FactorRow, PublishForm
from .evaluation import (
    MINUTES_MOST,
    AcceptForm,
    ConfirmForm,
    CorrectionForm,
    ExplainAskForm,
    ExplainForm,
    InvalidateForm,
    PriceRow,
    RefuseForm,
    shown_yuan,
)
from .falsehood import DropForm, FalseForm, FalseReplyForm, UpholdForm
from .method import (
    ApproveMethodForm,
    ArgueForm,
    ChooseForm,
    MethodPublicityForm,
    ObjectForm,
    OpinionRow,
    ReturnMethodForm,
)
from .outcome import DrawForm, OpenForm
from .panel import KEY_LENGTH, AppointForm, PostsField, SheetForm
from .rating import CheckRow, DisqualifyForm, FailedCheckRow, QualifyForm, RatingForm, computed
from .standard import ExpertRow, StandardForm
from .supply import AskForm, ClarifyForm, TakeForm
from .timetable import TryForm

__all__ = [
    "SignInForm",
    "SeatForm",
    "ReplaceForm",
    "RecuseForm",
    "OpenDrawForm",
    "LeadForm",
    "FormCommitteeForm",
    "DissolveForm",
    "AcceptForm",
    "AppointForm",
    "ApproveMethodForm",
    "ArgueForm",
    "AskForm",
    "BriefForm",
    "ChangeForm",
    "CheckRow",
    "ChooseForm",
    "ClarifyForm",
    "ConfirmForm",
    "CorrectionForm",
    "DisqualifyForm",
    "DraftTenderForm",
    "DrawForm",
    "DropForm",
    "ExpertRow",
    "ExplainAskForm",
    "ExplainForm",
    "FORMER",
    "FactorRow",
    "FailedCheckRow",
    "FalseForm",
    "FalseReplyForm",
    "FrozenField",
    "InvalidateForm",
    "KEY_LENGTH",
    "LONG",
    "MINUTES_MOST",
    "MethodPublicityForm",
    "ObjectForm",
    "NotedForm",
    "OpenForm",
    "OpinionRow",
    "POINTS_IN_ALL",
    "PostsField",
    "PriceRow",
    "PublishForm",
    "QualifyForm",
    "RatingForm",
    "RefuseForm",
    "ReturnMethodForm",
    "SheetForm",
    "StandardForm",
    "SubmitBidForm",
    "TakeForm",
    "TryForm",
    "UpholdForm",
    "WithdrawForm",
    "computed",
    "personal",
    "sealed",
    "shown_yuan",
    "text",
]
