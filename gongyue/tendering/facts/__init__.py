"""What rules may ask of a tender, a bid, a score sheet and an award. Never a price before the award, never the number
of bids before their deadline."""

from .agency import AgencyFacts, AgencyGate
from .bid import BidFacts, BidGate
from .change import ChangeFacts, ChangeGate
from .commission import CommissionFacts, CommissionGate
from .committee import CommitteeGate, PanelFacts
from .disputes import ChallengeFacts, ComplaintFacts, ComplaintGate, DisputeFacts, DisputeGate
from .documents import DraftGate, IssueGate, RequirementReturnGate
from .evaluation import EvaluationFacts, MatterFacts, MatterGate
from .falsehood import FalseFacts, FalseGate
from .method import MethodFacts, MethodGate
from .outcome import AwardFacts, ResultGate, TenderGate
from .recheck import RecheckFacts
from .report import ReportFacts, ReportGate
from .sealing import KeyFacts, KeyGate, OpeningFacts, OpeningGate, SealedFacts, SealedGate
from .sheet import MemberGate, SheetFacts, SheetGate
from .standard import StandardFacts, StandardGate
from .supply import SupplyGate
from .talks import TalksFacts, TalksGate
from .tender import TenderFacts, own, procured, sheets_of

__all__ = [
    "AgencyFacts",
    "ChangeFacts",
    "ChangeGate",
    "AgencyGate",
    "CommissionGate",
    "CommissionFacts",
    "AwardFacts",
    "BidFacts",
    "BidGate",
    "ChallengeFacts",
    "CommitteeGate",
    "ComplaintFacts",
    "ComplaintGate",
    "DisputeFacts",
    "DisputeGate",
    "DraftGate",
    "EvaluationFacts",
    "FalseFacts",
    "FalseGate",
    "IssueGate",
    "KeyFacts",
    "KeyGate",
    "MatterFacts",
    "MatterGate",
    "MemberGate",
    "MethodFacts",
    "MethodGate",
    "OpeningFacts",
    "OpeningGate",
    "PanelFacts",
    "RecheckFacts",
    "ReportFacts",
    "ReportGate",
    "RequirementReturnGate",
    "ResultGate",
    "SealedFacts",
    "SealedGate",
    "SheetFacts",
    "SheetGate",
    "StandardFacts",
    "StandardGate",
    "SupplyGate",
    "TalksFacts",
    "TalksGate",
    "TenderFacts",
    "TenderGate",
    "own",
    "procured",
    "sheets_of",
]
