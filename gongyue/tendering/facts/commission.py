"""What rules may ask when a third body is entrusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Agency, Commission


@dataclass(frozen=True, slots=True)
class CommissionFacts:
    """The agreement, beside the others of the purchase."""

    other_tasks: Annotated[int, "同一受托机构在本采购中承担的另一类委托事项数"]

    @classmethod
    def of(cls, commission: Commission, dossier: Dossier) -> Self:
        same = [one for one in dossier.all(Commission) if one.body == commission.body and one.pk != commission.pk]
        tasks = {one.task for one in same} | _acting(commission, dossier)
        return cls(other_tasks=len(tasks - {commission.task}))


def _acting(commission: Commission, dossier: Dossier) -> set[str]:
    """An agent with an account of its own organises the tender as well."""
    acting = any(one.living and one.organisation.name == commission.body for one in dossier.all(Agency))
    return {str(Commission.Task.TENDER)} if acting else set()


@dataclass(frozen=True, slots=True)
class CommissionGate:
    """What rules on entrusting a third body may name."""

    purchase: PurchaseFacts
    commission: CommissionFacts

    @classmethod
    def of(cls, commission: Commission, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), CommissionFacts.of(commission, dossier))
