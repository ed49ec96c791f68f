"""What rules may ask of payments, of what follows them and of amendments."""

from .after import BreachGate, LiabilityGate, MoneyNoticeGate, UseGate
from .amendment import AmendmentGate, TopUpGate, committed_fen
from .payment import ClaimGate, PaymentGate
from .revocation import RevocationGate

__all__ = [
    "AmendmentGate",
    "BreachGate",
    "ClaimGate",
    "LiabilityGate",
    "MoneyNoticeGate",
    "PaymentGate",
    "RevocationGate",
    "TopUpGate",
    "UseGate",
    "committed_fen",
]
