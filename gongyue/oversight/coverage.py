"""How many of the projects of a place are audited, and which are not yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from gongyue.contracts.models import Contract
from gongyue.kernel.models import Purchase

from .models import Audit

WHOLE = 10_000  # basis points


@dataclass(frozen=True)
class Coverage:
    """Of the purchases whose contract is signed: how many have their own audit, and how many their provider's."""

    projects: int
    audited: int
    extended: int

    @property
    def share_bp(self) -> int:
        """Audited of all, in basis points; of none at all the whole."""
        return self.audited * WHOLE // self.projects if self.projects else WHOLE


def contracted(purchases: QuerySet[Purchase]) -> QuerySet[Purchase]:
    """Those with a signed contract, the oldest first."""
    signed = Contract.objects.standing().filter(purchase=OuterRef("pk"), signed_on__isnull=False)
    return Purchase.objects.filter(Exists(signed), pk__in=purchases.order_by().values("pk")).order_by("pk")


def _audit(scope: Audit.Scope) -> Exists:
    return Exists(Audit.objects.filter(purchase=OuterRef("pk"), scope=scope))


def coverage(purchases: QuerySet[Purchase]) -> Coverage:
    """Three counts."""
    rows = contracted(purchases)
    audited, extended = rows.filter(_audit(Audit.Scope.PROJECT)), rows.filter(_audit(Audit.Scope.EXTENDED))
    return Coverage(rows.count(), audited.count(), extended.count())


def unaudited(purchases: QuerySet[Purchase]) -> QuerySet[Purchase]:
    """Whose own audit is still to come."""
    return contracted(purchases).exclude(_audit(Audit.Scope.PROJECT))
