"""The kernel's tables."""

from .batch import Batch, BatchRow
from .identity import Division, Organisation, Person, Post
from .obligation import Draft, Obligation, Refused, RegimeVersion, Reminder
from .purchase import Document, Purchase, Recusal, Role
from .subjects import PurchaseSubject, Subject

__all__ = [
    "Batch",
    "BatchRow",
    "Division",
    "Document",
    "Draft",
    "Obligation",
    "Organisation",
    "Person",
    "Post",
    "Purchase",
    "PurchaseSubject",
    "Recusal",
    "Refused",
    "RegimeVersion",
    "Reminder",
    "Role",
    "Subject",
]
