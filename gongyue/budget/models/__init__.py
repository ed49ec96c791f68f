"""The money: what is appropriated to whom, what a plan item costs, who bears which share, and the journal of it all."""

from .fund import Fund
from .item import PlanItem, Share
from .journal import JournalEntry, JournalLine

__all__ = [
    "Fund",
    "JournalEntry",
    "JournalLine",
    "PlanItem",
    "Share",
]
