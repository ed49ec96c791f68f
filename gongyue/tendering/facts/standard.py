"""What rules may ask of the experts' standard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import StandardGroup, Tender


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """The quality standard that an expert group wrote, and whether the documents and their scoring rest on it."""

    written: Annotated[bool, "是否已登记专家组制定的服务质量标准"]
    attached: Annotated[bool, "招标文件的服务质量标准是否就是专家组制定的文本"]
    loose: Annotated[int, "没有对应到服务质量标准要点的评审因素数（价格因素不计）"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None) -> Self:
        group = dossier.latest(StandardGroup)
        attached = group is not None and tender is not None and group.standard.strip() in tender.quality_standard
        return cls(written=group is not None, attached=attached, loose=len(tender.loose) if tender else 0)


@dataclass(frozen=True, slots=True)
class StandardGate:
    """What rules on writing the quality standard may name."""

    purchase: PurchaseFacts
    standard: StandardFacts

    @classmethod
    def of(cls, group: StandardGroup, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), StandardFacts.of(dossier, dossier.latest(Tender)))
