from .audit import Recommendation
from .feedback import Feedback
from .supervision import FollowUp, SpotCheck, SupervisionLog

__all__ = ["Feedback", "FollowUp", "Recommendation", "SpotCheck", "SupervisionLog"]
