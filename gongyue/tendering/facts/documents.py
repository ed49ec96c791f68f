"""What rules may ask while the documents are written and issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from gongyue.budget.facts import ItemFacts
from gongyue.kernel.dossier import Dossier
from gongyue.needs.facts import ProposalFacts, RequirementFacts
from gongyue.programmes.facts import AuthorityFacts, ImplementationFacts, PurchaseFacts
from gongyue.tendering.models import Tender

from .agency import ActingFacts
from .disputes import DisputeFacts
from .method import MethodFacts
from .outcome import AwardFacts
from .standard import StandardFacts
from .tender import TenderFacts
from .terms import TermsFacts


@dataclass(frozen=True, slots=True)
class DraftGate:
    """What rules on drafting the documents may name: beside the rest, the services they are to rest on."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    item: ItemFacts
    tender: TenderFacts
    award: AwardFacts
    proposal: ProposalFacts
    requirement: RequirementFacts
    method: MethodFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), ProposalFacts.of(dossier),
            RequirementFacts.of(dossier),
            MethodFacts.of(dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class IssueGate:
    """What rules on a call not yet issued may name: beside the rest, on whose authority and by which standard."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    item: ItemFacts
    tender: TenderFacts
    award: AwardFacts
    authority: AuthorityFacts
    standard: StandardFacts
    requirement: RequirementFacts
    documents: TermsFacts
    agency: ActingFacts
    dispute: DisputeFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), AuthorityFacts.of(dossier),
            StandardFacts.of(dossier, tender), RequirementFacts.of(dossier), TermsFacts.of(tender),
            ActingFacts.of(dossier), DisputeFacts.of(dossier),
        )  # fmt: skip
