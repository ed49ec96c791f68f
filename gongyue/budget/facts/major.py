"""What rules may ask of the decision on a major item, and of an item's notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import ItemNotice, SpecialDecision
from .money import DecisionFacts, ItemFacts


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The notice of the item; state "" while there is none."""

    state: Annotated[str, "购买服务项目公告所处环节"]
    published_on: Annotated[date | None, "购买服务项目公告公布日期"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        row = dossier.latest(ItemNotice)
        return cls(row.state if row else "", row.published_on if row else None)


@dataclass(frozen=True, slots=True)
class MajorGate:
    """What rules on a decision or a notice may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    decision: DecisionFacts
    itemnotice: NoticeFacts

    @classmethod
    def of(cls, subject: SpecialDecision | ItemNotice, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ItemFacts.of(dossier), DecisionFacts.of(dossier), NoticeFacts.of(dossier))
