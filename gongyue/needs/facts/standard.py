"""What rules may ask of the standard of a service, and of the one that a requirement cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier

from ..models import Requirement, ServiceStandard


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """One edition; of a requirement the one that it cites, all "" and 0 where it cites none."""

    cited: Annotated[bool, "是否引用需求标准"]
    by: Annotated[str, "需求标准由谁提出：central_agency 集中采购机构，purchaser 购买主体；没有引用的为空"]
    edition: Annotated[int, "需求标准的版本"]
    latest: Annotated[bool, "是否为最新版本"]

    @classmethod
    def of(cls, standard: ServiceStandard | None) -> Self:
        if standard is None:
            return cls(cited=False, by="", edition=0, latest=False)
        replaced = standard.pk is not None and ServiceStandard.objects.filter(replaces=standard).exists()
        return cls(cited=standard.pk is not None, by=standard.by, edition=standard.edition, latest=not replaced)

    @classmethod
    def within(cls, dossier: Dossier, requirement: Requirement | None = None) -> Self:
        """Of the purchase's requirement; no query where it cites none."""
        row = requirement or dossier.latest(Requirement)
        return cls.of(row.standard if row is not None else None)


@dataclass(frozen=True, slots=True)
class StandardGate:
    """What rules on setting a standard may name."""

    standard: StandardFacts

    @classmethod
    def of(cls, standard: ServiceStandard, dossier: Dossier) -> Self:
        return cls(StandardFacts.of(standard))
