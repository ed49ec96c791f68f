"""What the actions on money take."""

from .after import (
    AnswerForm,
    BreachForm,
    DecisionForm,
    HarmForm,
    LiabilityResultForm,
    ReceiveForm,
    SavingForm,
    SilenceForm,
    SpendingForm,
    SpendingRow,
    StatementForm,
    UsePlanForm,
    YearlyForm,
    entries_of,
)
from .amendment import AcceptAmendmentForm, AmendForm, ApproveAmendmentForm, FileAmendmentForm, SignAmendmentForm
from .notice import MoneyNoticeForm
from .payment import BounceForm, CheckForm, ClaimForm, PayForm
from .revocation import RevokeForm

__all__ = [
    "AcceptAmendmentForm",
    "AmendForm",
    "AnswerForm",
    "ApproveAmendmentForm",
    "BounceForm",
    "BreachForm",
    "CheckForm",
    "ClaimForm",
    "DecisionForm",
    "FileAmendmentForm",
    "HarmForm",
    "LiabilityResultForm",
    "MoneyNoticeForm",
    "PayForm",
    "ReceiveForm",
    "RevokeForm",
    "SavingForm",
    "SignAmendmentForm",
    "SilenceForm",
    "SpendingForm",
    "SpendingRow",
    "StatementForm",
    "UsePlanForm",
    "YearlyForm",
    "entries_of",
]
