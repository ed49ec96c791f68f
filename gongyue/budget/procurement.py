"""Whether a purchase is government procurement at all: in the central catalogue, or at the limit or above it.

Both conditions have to fail before it is none; a limit that no source gives leaves the answer open. Several years'
services are measured by one year's budget, which is what a plan item holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.policy import Dated, Regime
from gongyue.programmes.facts import PurchaserFacts

from .models import PlanItem

LIMIT = "procurement.limit"  # from which amount on it is government procurement whatever it is; `_city` and the like


def limit(regime: Regime, level: str, on: date) -> Dated | None:
    """The limit at a level of government on a day, with its article; None where no source gives one."""
    known = {parameter.name for parameter in regime.parameters()}
    for name in (f"{LIMIT}_{level}", LIMIT):
        if name in known and (value := regime.parameter(name, on)) is not None:
            return value
    return None


def listed(item: PlanItem | None) -> bool | None:
    """Whether the entry that an item cites is in the central catalogue; None where it cites none."""
    return item.entry.central if item is not None and item.entry is not None else None


def limit_for(dossier: Dossier) -> int | None:
    """The limit (fen) that the purchaser of a purchase stands under today; None where no source gives one."""
    dated = limit(dossier.regime, PurchaserFacts.within(dossier).level or "", dossier.today)
    return int(dated.value) if dated is not None else None


@dataclass(frozen=True, slots=True)
class ProcurementFacts:
    """What follows for one item; None: not known."""

    listed: Annotated[bool | None, "所引目录条目是否列入集中采购目录；没有引用目录的未知"]
    limit_fen: Annotated[int | None, "采购限额标准（分）；没有依据的未知"]
    within: Annotated[bool | None, "是否属于政府采购"]
    by: Annotated[
        str, "依什么认定：listed 列入集中采购目录，amount 达到限额标准，neither 两项都不符合，unknown 不能认定"
    ]

    @classmethod
    def of(cls, dossier: Dossier, item: PlanItem | None) -> Self:
        return cls.judged(item.amount_fen if item else None, listed(item), limit_for(dossier))

    @classmethod
    def judged(cls, year_fen: int | None, listed: bool | None, limit_fen: int | None) -> Self:
        """From one year's budget, whether it is listed, and the limit."""
        above = None if year_fen is None or limit_fen is None else year_fen >= limit_fen
        if listed or above:
            return cls(listed, limit_fen, True, "listed" if listed else "amount")
        if listed is None or above is None:
            return cls(listed, limit_fen, None, "unknown")
        return cls(listed, limit_fen, False, "neither")
