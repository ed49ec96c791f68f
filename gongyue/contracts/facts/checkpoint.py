"""What rules may ask of what was found before, during and after the service, from inside and from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import Checkpoint
from ..models.checkpoint import served
from .contract import CheckpointFacts, ContractFacts


@dataclass(frozen=True, slots=True)
class CheckpointGate:
    """What rules on one of these looks may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    checkpoint: CheckpointFacts

    @classmethod
    def of(cls, checkpoint: Checkpoint, dossier: Dossier) -> Self:
        contract = ContractFacts.of(served(dossier))
        return cls(PurchaseFacts.of(dossier), contract, CheckpointFacts.of(dossier, checkpoint))
