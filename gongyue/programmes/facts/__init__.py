"""What rules may ask of a purchase and its plan, and of what the city made for the whole pilot."""

from .city import NormFacts, NormGate, OpinionGate, ProgrammeGate, TaskGate
from .purchase import ImplementationFacts, ImplementationGate, PurchaseFacts, PurchaseGate, StreetFacts

__all__ = [
    "ImplementationFacts",
    "ImplementationGate",
    "NormFacts",
    "NormGate",
    "OpinionGate",
    "ProgrammeGate",
    "PurchaseFacts",
    "PurchaseGate",
    "StreetFacts",
    "TaskGate",
]
