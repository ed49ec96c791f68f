"""What the provider does under its contract: plans, people, records, and work with others."""

from .cooperation import Contact, Coordination, Partner, Referral
from .people import Client, TeamMember, Volunteer, VolunteerHours
from .plans import Briefing, BriefingCycle, Receipt, ServicePlan
from .records import MonthlyTally, PeriodTally, RecordImport, ServiceKind, ServiceRecord
from .vouchers import Redemption, Voucher, VoucherScheme

__all__ = [
    "Briefing", "BriefingCycle", "Client", "Contact", "Coordination", "MonthlyTally", "Partner", "PeriodTally",
    "Receipt", "RecordImport", "Redemption", "Referral", "ServiceKind", "ServicePlan", "ServiceRecord", "TeamMember",
    "Volunteer", "VolunteerHours", "Voucher", "VoucherScheme",
]  # fmt: skip
