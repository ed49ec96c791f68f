"""What rules may ask of finance's look at a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import Contract, Examination
from .contract import ContractFacts


@dataclass(frozen=True, slots=True)
class ExaminationFacts:
    """The latest look at one contract; result "" while there is none."""

    result: Annotated[str, "财政审核合同的结果：passed 通过，objected 未通过；没有则为空"]
    examined_on: Annotated[date | None, "财政审核合同的日期"]

    @classmethod
    def of(cls, contract: Contract | None, dossier: Dossier) -> Self:
        rows = [row for row in dossier.all(Examination) if contract is not None and row.contract_id == contract.pk]
        return cls(str(rows[-1].result), rows[-1].examined_on) if rows else cls("", None)


@dataclass(frozen=True, slots=True)
class ExaminationGate:
    """What rules on finance's look at a contract may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    contract: ContractFacts
    examination: ExaminationFacts

    @classmethod
    def of(cls, examination: Examination, dossier: Dossier) -> Self:
        contract = examination.contract
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier, contract.item), ContractFacts.of(contract),
            ExaminationFacts.of(contract, dossier),
        )  # fmt: skip
