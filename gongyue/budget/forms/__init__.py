"""What the actions on plan and budget take."""

from .catalogue import ApproveCatalogueForm, CatalogueRow, DraftCatalogueForm, PublishCatalogueForm, listed
from .department import DepartmentBudgetForm
from .investment import DraftInvestmentForm, FollowInvestmentForm, IssueInvestmentForm
from .items import ApproveItemForm, CarryFundForm, OpenFundForm, ProposeItemForm
from .major import DecisionForm, MarkForm, NoticeForm
from .table import (
    ApproveAdjustmentForm,
    ApproveTableForm,
    CloseTableForm,
    FileItemForm,
    OpenTableForm,
    RequestAdjustmentForm,
    ReviewItemForm,
)

__all__ = [
    "ApproveAdjustmentForm",
    "ApproveCatalogueForm",
    "ApproveItemForm",
    "ApproveTableForm",
    "CarryFundForm",
    "CatalogueRow",
    "CloseTableForm",
    "DecisionForm",
    "DepartmentBudgetForm",
    "DraftCatalogueForm",
    "DraftInvestmentForm",
    "FileItemForm",
    "FollowInvestmentForm",
    "IssueInvestmentForm",
    "MarkForm",
    "NoticeForm",
    "OpenFundForm",
    "OpenTableForm",
    "ProposeItemForm",
    "PublishCatalogueForm",
    "RequestAdjustmentForm",
    "ReviewItemForm",
    "listed",
]
