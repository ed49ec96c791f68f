"""What rules may ask of the catalogue, the item table and the money."""

from .catalogue import CatalogueGate
from .department import DepartmentBudgetGate, DepartmentMoneyFacts
from .investment import InvestmentGate
from .major import MajorGate
from .money import FundGate, GrantFacts, ItemFacts, ItemGate, LineFacts, ProgrammeFacts, ShareFacts, ShareGate
from .requirement import RequirementGate
from .table import AdjustmentGate, TableGate

__all__ = [
    "AdjustmentGate",
    "CatalogueGate",
    "DepartmentBudgetGate",
    "DepartmentMoneyFacts",
    "FundGate",
    "GrantFacts",
    "InvestmentGate",
    "ItemFacts",
    "ItemGate",
    "LineFacts",
    "MajorGate",
    "ProgrammeFacts",
    "RequirementGate",
    "ShareFacts",
    "ShareGate",
    "TableGate",
]
