"""The money: what is appropriated to whom, what a plan item costs, who bears which share, and the journal of it all."""

from .adjustment import Adjustment
from .catalogue import Catalogue, CatalogueEntry
from .department import DepartmentBudget
from .fund import Fund
from .investment import InvestmentPlan, InvestmentProject
from .item import PlanItem, Share
from .journal import JournalEntry, JournalLine
from .major import ItemNotice, SpecialDecision
from .table import ItemTable

__all__ = [
    "Adjustment",
    "Catalogue",
    "CatalogueEntry",
    "DepartmentBudget",
    "Fund",
    "InvestmentPlan",
    "InvestmentProject",
    "ItemNotice",
    "ItemTable",
    "JournalEntry",
    "JournalLine",
    "PlanItem",
    "Share",
    "SpecialDecision",
]
