"""What all kinds of this room have in common: nothing of them before the contract is filed."""

from __future__ import annotations

from typing import ClassVar, Self

from gongyue.contracts.models import Contract, in_force
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject


def contract_in_force(dossier: Dossier) -> Contract | None:
    """The contract that is delivered under: the one in force, with its term."""
    contract = in_force(dossier)
    return contract if contract and contract.starts_on and contract.ends_on else None


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
