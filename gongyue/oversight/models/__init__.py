from .alert import AlertMeasure, RiskAlert
from .audit import Recommendation
from .auditing import Audit
from .feedback import Feedback
from .supervision import FollowUp, SpotCheck, SupervisionLog

__all__ = [
    "AlertMeasure", "Audit", "Feedback", "FollowUp", "Recommendation", "RiskAlert", "SpotCheck", "SupervisionLog",
]  # fmt: skip
