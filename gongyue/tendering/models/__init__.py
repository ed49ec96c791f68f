"""The room's tables: the call, the bids that answer it, the panel, its score sheets and the ranking that follows from
them."""

from .bid import Bid, live
from .change import Change, ChangeReceipt, unnoted
from .committee import Committee, SignIn, committee_of, pool_key
from .complaints import Complaint, ComplaintReply, OfComplaint, Pause, Supplement, Withdrawal
from .disputes import Challenge, Dispute, Link, Question
from .evaluation import MARK_NAMES, MARKS, STEPS, Asked, Correction, Explanation, low_marks, marks, scored_bids
from .falsehood import REVIEWERS, FalseReply, FalseStatement, OnBid, Reviewed, upheld
from .method import Method
from .panel import PanelSeat, Ranking, ScoreSheet
from .report import AwardNotice, PanelFee, Recheck, Report, Signature, report_of
from .standard import GroupMember, StandardGroup
from .supply import Clarification, Enquiry, Package, Sealed, calling_to
from .tender import Factor, Tender

__all__ = [
    "report_of",
    "Signature",
    "Report",
    "Recheck",
    "PanelFee",
    "AwardNotice",
    "Asked",
    "Bid",
    "Change",
    "ChangeReceipt",
    "Challenge",
    "Clarification",
    "Committee",
    "Complaint",
    "ComplaintReply",
    "Correction",
    "Dispute",
    "Enquiry",
    "Explanation",
    "Factor",
    "FalseReply",
    "FalseStatement",
    "GroupMember",
    "Link",
    "MARKS",
    "MARK_NAMES",
    "Method",
    "OfComplaint",
    "OnBid",
    "Package",
    "PanelSeat",
    "Pause",
    "Question",
    "REVIEWERS",
    "Ranking",
    "Reviewed",
    "STEPS",
    "ScoreSheet",
    "Sealed",
    "SignIn",
    "StandardGroup",
    "Supplement",
    "Tender",
    "Withdrawal",
    "calling_to",
    "committee_of",
    "live",
    "low_marks",
    "marks",
    "pool_key",
    "scored_bids",
    "unnoted",
    "upheld",
]
