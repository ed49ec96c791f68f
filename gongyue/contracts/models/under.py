"""What belongs to one contract of a purchase, be it the first year's or the second's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .contract import Contract, filed


class UnderContract(PurchaseSubject):
    """A subject under one filed contract, told apart by that contract's number, on the part 资金."""

    section = "money"
    staged = False
    follows: ClassVar[type[PurchaseSubject] | None] = Contract
    related: ClassVar[tuple[str, ...]] = ("contract", "contract__provider", "contract__provider__division")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="+", verbose_name=_("合同"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.contract)

    @property
    def seed(self) -> str:
        return self.contract.number

    @property
    def sides(self) -> Mapping[str, Organisation]:
        return self.contract.sides

    @classmethod
    def awaited(cls, contract: Contract, dossier: Dossier) -> bool:
        """Whether one could be born under this filed contract: the first one, unless a kind says otherwise."""
        return all(row.contract_id != contract.pk for row in dossier.all(cls))

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One under each filed contract that awaits it."""
        return [
            cls(purchase=dossier.purchase, contract=contract)
            for contract in filed(dossier)
            if dossier is not None and cls.awaited(contract, dossier)
        ]
