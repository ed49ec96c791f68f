"""What rules may ask when a third body is entrusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Commission


@dataclass(frozen=True, slots=True)
class CommissionFacts:
    """The agreement, beside the others of the purchase."""

    other_tasks: Annotated[int, "同一受托机构在本采购中承担的另一类委托事项数"]

    @classmethod
    def of(cls, commission: Commission, dossier: Dossier) -> Self:
        same = [one for one in dossier.all(Commission) if one.body == commission.body and one.pk != commission.pk]
        return cls(other_tasks=len({one.task for one in same} - {commission.task}))


@dataclass(frozen=True, slots=True)
class CommissionGate:
    """What rules on entrusting a third body may name."""

    purchase: PurchaseFacts
    commission: CommissionFacts

    @classmethod
    def of(cls, commission: Commission, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), CommissionFacts.of(commission, dossier))
