"""The room's tables: the call, the bids that answer it, the panel, its score sheets and the ranking that follows from
them."""

from .agency import Agency
from .bid import Bid, live
from .change import Change, ChangeReceipt, unnoted
from .commission import Commission
from .committee import Committee, SignIn, committee_of, pool_key
from .complaints import Complaint, ComplaintReply, OfComplaint, Pause, Supplement, Withdrawal
from .consortium import Consortium, ConsortiumMember, Tie
from .disputes import Challenge, Dispute, Link, Question
from .evaluation import MARK_NAMES, MARKS, STEPS, Asked, Correction, Explanation, low_marks, marks, scored_bids
from .falsehood import REVIEWERS, FalseReply, FalseStatement, OnBid, Reviewed, upheld
from .method import Method
from .opening import Opening, Presence, line_of, locked_out, sealed_bids, waiting
from .panel import PanelSeat, Ranking, ScoreSheet
from .report import AwardNotice, PanelFee, Recheck, Report, Signature, report_of
from .sealing import BidPaper, KeyHolder, Layer, SealedBid, SealedFile, SealedUpload, holders, latest_trace
from .standard import GroupMember, StandardGroup
from .supply import Clarification, Enquiry, Package, Sealed, calling_to
from .talks import FinalOffer, Talk, Variation
from .tender import Factor, Tender
from .termination import Termination

__all__ = [
    "Agency",
    "Commission",
    "Asked",
    "AwardNotice",
    "Bid",
    "BidPaper",
    "Challenge",
    "Change",
    "ChangeReceipt",
    "Clarification",
    "Committee",
    "Complaint",
    "ComplaintReply",
    "Consortium",
    "ConsortiumMember",
    "Correction",
    "Dispute",
    "Enquiry",
    "Explanation",
    "Factor",
    "FalseReply",
    "FalseStatement",
    "FinalOffer",
    "GroupMember",
    "KeyHolder",
    "Layer",
    "Link",
    "MARKS",
    "MARK_NAMES",
    "Method",
    "OfComplaint",
    "OnBid",
    "Opening",
    "Package",
    "PanelFee",
    "PanelSeat",
    "Pause",
    "Presence",
    "Question",
    "REVIEWERS",
    "Ranking",
    "Recheck",
    "Report",
    "Reviewed",
    "STEPS",
    "ScoreSheet",
    "Sealed",
    "SealedBid",
    "SealedFile",
    "SealedUpload",
    "SignIn",
    "Signature",
    "StandardGroup",
    "Supplement",
    "Talk",
    "Tender",
    "Termination",
    "Tie",
    "Variation",
    "Withdrawal",
    "calling_to",
    "committee_of",
    "holders",
    "latest_trace",
    "line_of",
    "live",
    "locked_out",
    "low_marks",
    "marks",
    "pool_key",
    "report_of",
    "scored_bids",
    "sealed_bids",
    "unnoted",
    "upheld",
    "waiting",
]
