"""What rules may ask when something is put before the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import current
from gongyue.kernel.dossier import Dossier

from .models import ProjectFacts, ProviderFile, Publication


@dataclass(frozen=True, slots=True)
class PublicationFacts:
    logged: Annotated[int, "已登记的发布次数"]


@dataclass(frozen=True, slots=True)
class PublicationGate:
    """What a rule on a publication may name."""

    publication: PublicationFacts

    @classmethod
    def of(cls, publication: Publication, dossier: Dossier) -> Self:
        return cls(PublicationFacts(len(dossier.all(Publication))))


@dataclass(frozen=True, slots=True)
class ProjectFactsGate:
    """What a rule on a provider's project facts may name."""

    contract: ContractFacts

    @classmethod
    def of(cls, facts: ProjectFacts, dossier: Dossier) -> Self:
        return cls(ContractFacts.of(current(dossier)))


@dataclass(frozen=True, slots=True)
class ProviderFileFacts:
    submitted_on: Annotated[date | None, "本年度该项材料的公开日期；未公开则无"]


@dataclass(frozen=True, slots=True)
class ProviderFileGate:
    """What a rule on a provider's yearly file may name."""

    providerfile: ProviderFileFacts

    @classmethod
    def of(cls, file: ProviderFile, dossier: Dossier) -> Self:
        return cls(ProviderFileFacts(file.submitted_on))
