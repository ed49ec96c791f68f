"""What rules may ask while the documents are written and issued."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.kernel.dossier import Dossier
from gongyue.needs.facts import BuyingPlanFacts, ProposalFacts, RequirementFacts
from gongyue.needs.models import Requirement
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
class RequirementReturnGate:
    """What rules on sending a requirement back may name: beside it, the call whose documents rest on it."""

    purchase: PurchaseFacts
    item: ItemFacts
    requirement: RequirementFacts
    tender: TenderFacts

    @classmethod
    def of(cls, requirement: Requirement, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier), RequirementFacts.of(dossier, requirement),
            TenderFacts.of(dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftingFacts:
    """The documents as their form has them, held against the requirement."""

    repeats: Annotated[bool, "服务需求是否照录审查通过的数量、期限、对象和内容（未填写、没有审查通过的需求时为是）"]

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        row = dossier.latest(Requirement)
        if row is None or row.state != Requirement.State.REVIEWED or not tender.requirement:
            return cls(repeats=True)
        written = _tight(tender.requirement)
        return cls(all(_tight(part) in written for part in (row.quantity, row.term, row.clients, row.content)))


def _tight(text: str) -> str:
    """Without spaces and line ends."""
    return "".join(text.split())


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
    buyingplan: BuyingPlanFacts
    drafting: DraftingFacts
    method: MethodFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), ProposalFacts.of(dossier),
            RequirementFacts.of(dossier), BuyingPlanFacts.of(dossier), DraftingFacts.of(tender, dossier),
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
