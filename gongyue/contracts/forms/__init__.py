"""What the actions on a contract take."""

from .acceptance import AcceptanceForm
from .checkpoint import CheckForm, CommissionCheckForm
from .contract import (
    TERMS,
    AcceptForm,
    ApproveForm,
    ContractForm,
    CopyForm,
    DraftForm,
    FileForm,
    InstalmentRow,
    ScanForm,
    SignForm,
)
from .examination import ExaminationForm
from .refusal import GiveUpForm

__all__ = [
    "AcceptForm",
    "AcceptanceForm",
    "ApproveForm",
    "CheckForm",
    "CommissionCheckForm",
    "ContractForm",
    "CopyForm",
    "DraftForm",
    "ExaminationForm",
    "FileForm",
    "GiveUpForm",
    "InstalmentRow",
    "ScanForm",
    "SignForm",
    "TERMS",
]
