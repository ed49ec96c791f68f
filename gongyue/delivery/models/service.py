"""What all kinds of this room have in common: nothing of them before the contract is filed."""

from __future__ import annotations

from typing import ClassVar, Self

from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject


def contract_in_force(dossier: Dossier) -> Contract | None:
    """The contract that is delivered under: the latest one that is filed and has a term. Until a second-year agreement
    is filed, that is the first year's."""
    filed = [one for one in dossier.all(Contract) if one.filed_on and one.starts_on and one.ends_on]
    return filed[-1] if filed else None


class Service(PurchaseSubject):
    """A subject of delivery, done on the part 服务."""

    section = "service"
    staged = False
    follows: ClassVar[type[PurchaseSubject] | None] = Contract

    class Meta:
        abstract = True

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        return contract_in_force(dossier) is None

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more is always possible while the contract stands; kinds of which there are few say otherwise."""
        if dossier is None or contract_in_force(dossier) is None:
            return []
        return [cls(purchase=dossier.purchase)]
