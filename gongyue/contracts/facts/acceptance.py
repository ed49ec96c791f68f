"""What rules may ask of the check of a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import Acceptance, Contract
from .contract import CheckpointFacts, ContractFacts


@dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """The check of one contract; result "" while there is none."""

    result: Annotated[str, "验收考核结果：passed 合格，failed 不合格；没有则为空"]
    checked_on: Annotated[date | None, "验收考核日期"]

    @classmethod
    def of(cls, contract: Contract | None, dossier: Dossier) -> Self:
        rows = [row for row in dossier.all(Acceptance) if contract is not None and row.contract_id == contract.pk]
        return cls(result=rows[-1].result, checked_on=rows[-1].checked_on) if rows else cls("", None)


@dataclass(frozen=True, slots=True)
class AcceptanceGate:
    """What rules on the check of a contract may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    acceptance: AcceptanceFacts
    checkpoint: CheckpointFacts

    @classmethod
    def of(cls, acceptance: Acceptance, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ContractFacts.of(acceptance.contract),
            AcceptanceFacts.of(acceptance.contract, dossier), CheckpointFacts.of(dossier),
        )  # fmt: skip
