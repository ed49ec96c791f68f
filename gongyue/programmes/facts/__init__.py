"""What rules may ask of a purchase and its plan, of its founding, and of what the city did for the whole pilot."""

from .centre import EntityFacts, EntityGate, FoundingGate, SiteGate, SitesFacts, StaffFacts, StaffGate
from .city import NormFacts, NormGate, OpinionGate, ProgrammeGate, StageGate, TaskGate, ValidityFacts
from .coverage import PlaceGate
from .purchase import (
    AuthorityFacts,
    AuthorityGate,
    ImplementationFacts,
    ImplementationGate,
    PurchaseFacts,
    PurchaseGate,
    StreetFacts,
)
from .starting import PurchaserFacts, StartGate

__all__ = [
    "AuthorityFacts",
    "AuthorityGate",
    "EntityFacts",
    "EntityGate",
    "FoundingGate",
    "ImplementationFacts",
    "ImplementationGate",
    "NormFacts",
    "NormGate",
    "OpinionGate",
    "PlaceGate",
    "ProgrammeGate",
    "PurchaseFacts",
    "PurchaseGate",
    "PurchaserFacts",
    "SiteGate",
    "SitesFacts",
    "StageGate",
    "StaffFacts",
    "StaffGate",
    "StartGate",
    "StreetFacts",
    "TaskGate",
    "ValidityFacts",
]
