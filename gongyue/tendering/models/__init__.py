"""The room's tables: the call, the bids that answer it, the panel, its score sheets and the ranking that follows from
them."""

from .bid import Bid, live
from .evaluation import MARK_NAMES, MARKS, STEPS, Asked, Correction, Explanation, low_marks, marks, scored_bids
from .falsehood import REVIEWERS, FalseReply, FalseStatement, OnBid, Reviewed, upheld
from .panel import PanelSeat, Ranking, ScoreSheet
from .standard import GroupMember, StandardGroup
from .supply import Clarification, Enquiry, Package, Sealed, calling_to
from .tender import Factor, Tender

__all__ = [
    "Asked",
    "Bid",
    "Clarification",
    "Correction",
    "Enquiry",
    "Explanation",
    "Factor",
    "FalseReply",
    "FalseStatement",
    "GroupMember",
    "MARKS",
    "MARK_NAMES",
    "OnBid",
    "Package",
    "PanelSeat",
    "REVIEWERS",
    "Ranking",
    "Reviewed",
    "STEPS",
    "ScoreSheet",
    "Sealed",
    "StandardGroup",
    "Tender",
    "calling_to",
    "live",
    "low_marks",
    "marks",
    "scored_bids",
    "upheld",
]
