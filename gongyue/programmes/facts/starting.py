"""What rules may ask of a purchase that somebody starts, and of whoever starts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase

from .purchase import PurchaseFacts


@dataclass(frozen=True, slots=True)
class PurchaserFacts:
    """The organisation that opened the purchase; None where the purchase is older than that was kept."""

    body: Annotated[str | None, "立项单位的主体性质（登记的代码，如 department 行政机关）；未登记的为空"]
    level: Annotated[str | None, "立项单位所在区划级别"]

    @classmethod
    def within(cls, dossier: Dossier) -> Self:
        """Of an open purchase; nothing is read where nobody purchases by opening one."""
        if all(one.by != "opening" for one in dossier.regime.capacities.values()):
            return cls(body=None, level=None)
        return dossier.beside("purchaser", lambda: cls.of(dossier.purchase))

    @classmethod
    def of(cls, purchase: Purchase) -> Self:
        opener = purchase.opened_by
        if opener is None:
            return cls(body=None, level=None)
        return cls(body=opener.nature, level=str(opener.division.level))


@dataclass(frozen=True, slots=True)
class StartGate:
    """What rules on starting a purchase may name."""

    purchase: PurchaseFacts
    purchaser: PurchaserFacts

    @classmethod
    def of(cls, purchase: Purchase, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.about(purchase), PurchaserFacts.of(purchase))
