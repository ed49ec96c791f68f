from .alert import AlertMeasure, RiskAlert
from .audit import Recommendation
from .auditing import Audit
from .feedback import Feedback
from .supervision import FollowUp, SpotCheck, SupervisionLog
from .violation import InternalControl, Violation, ViolationReply

__all__ = [
    "AlertMeasure", "Audit", "Feedback", "FollowUp", "InternalControl", "Recommendation", "RiskAlert", "SpotCheck",
    "SupervisionLog", "Violation", "ViolationReply",
]  # fmt: skip
