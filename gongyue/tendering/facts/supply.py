"""What rules may ask once the documents are out. Never who took them or asked, nor how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import PurchaseSubject
from gongyue.programmes.facts import PurchaseFacts

from .tender import TenderFacts


@dataclass(frozen=True, slots=True)
class SupplyGate:
    """What rules on enquiries, answers and the taking of documents may name."""

    purchase: PurchaseFacts
    tender: TenderFacts

    @classmethod
    def of(cls, subject: PurchaseSubject, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier))
