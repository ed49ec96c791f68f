"""What the actions on parties take."""

from .entering import (
    CODE_LENGTH,
    ORGANS,
    AssignForm,
    HandOverForm,
    MailForm,
    PersonalEmailField,
    PersonalField,
    RecuseForm,
    RegisterForm,
    RowField,
)
from .profile import PastProjectForm, PenaltyForm, ProfileForm, QualificationForm, StaffForm

__all__ = [
    "AssignForm",
    "CODE_LENGTH",
    "HandOverForm",
    "MailForm",
    "ORGANS",
    "PastProjectForm",
    "PenaltyForm",
    "PersonalEmailField",
    "PersonalField",
    "ProfileForm",
    "QualificationForm",
    "RecuseForm",
    "RegisterForm",
    "RowField",
    "StaffForm",
]
