"""What the provider does under its contract: plans, people, records, and work with others."""

from .cooperation import Contact, Coordination, Partner, Referral
from .people import Client, TeamMember, Volunteer, VolunteerHours
from .plans import Briefing, BriefingCycle, Receipt, ServicePlan
from .records import MonthlyTally, PeriodTally, RecordImport, ServiceKind, ServiceRecord

__all__ = [
    "Briefing", "BriefingCycle", "Client", "Contact", "Coordination", "MonthlyTally", "Partner", "PeriodTally",
    "Receipt", "RecordImport", "Referral", "ServiceKind", "ServicePlan", "ServiceRecord", "TeamMember", "Volunteer",
    "VolunteerHours",
]  # fmt: skip
