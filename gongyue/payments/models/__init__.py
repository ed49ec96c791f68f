"""Claims and payments, what follows when either side fails, and how the provider uses the money."""

from .claims import Claim, Payment
from .failings import Breach, Liability, Refund
from .notice import MoneyNotice
from .use import SpendingReport, UsePlan, YearlyReceipt, YearlyReport

__all__ = [
    "Breach", "Claim", "Liability", "MoneyNotice", "Payment", "Refund", "SpendingReport", "UsePlan",
    "YearlyReceipt", "YearlyReport",
]  # fmt: skip
