"""What rules may ask before a contract is revoked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import Acceptance, Contract, standing
from gongyue.delivery.models import Redemption, ServiceRecord
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Tender

from ..models import Payment


@dataclass(frozen=True, slots=True)
class RevocationFacts:
    fallen: Annotated[bool, "合同所依据的中标（成交）结果是否已被取消"]
    awarded: Annotated[bool, "是否已经另行确定一家中标（成交）供应商，其合同只待本合同撤销"]
    paid_fen: Annotated[int, "本合同已拨付的金额（分）"]
    served: Annotated[int, "本合同已登记的服务记录、凭单核销和验收考核数"]

    @classmethod
    def of(cls, contract: Contract, dossier: Dossier) -> Self:
        paid = [one for one in dossier.all(Payment) if one.state == Payment.State.PAID]
        return cls(
            fallen=_fallen(contract, dossier),
            awarded=_awarded(contract, dossier),
            paid_fen=sum(one.amount_fen for one in paid if one.claim.instalment.contract_id == contract.pk),
            served=_served(contract, dossier),
        )


def _fallen(contract: Contract, dossier: Dossier) -> bool:
    """Whether its provider is not among the winners of its own tender any more."""
    tender = next((one for one in dossier.all(Tender) if one.pk == contract.tender_id), None)
    return tender is not None and all(bid.organisation_id != contract.provider_id for bid in tender.winners)


def _awarded(contract: Contract, dossier: Dossier) -> bool:
    """Whether somebody else has won in its place, by its own call or a repeated one, and it was all that kept a new
    contract back; where several win, theirs wait for nothing."""
    tender = dossier.latest(Tender)
    others = [one for one in standing(dossier) if one.pk != contract.pk]
    return tender is not None and not tender.several and not others and bool(tender.winners)


def _served(contract: Contract, dossier: Dossier) -> int:
    """What was done under it. A record of services does not say under which of several contracts: there only what was
    redeemed and checked counts."""
    checked = sum(one.contract_id == contract.pk for one in dossier.all(Acceptance))
    if dossier.purchase.may_have(Redemption.kind):
        checked += Redemption.objects.filter(contract=contract).count()
    if contract.one_of_several or not dossier.purchase.may_have(ServiceRecord.kind):
        return checked
    records = ServiceRecord.objects.filter(purchase=dossier.purchase, state=ServiceRecord.State.ENTERED)
    return checked + records.count()


@dataclass(frozen=True, slots=True)
class RevocationGate:
    """What a rule on the revocation of a contract may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    revocation: RevocationFacts

    @classmethod
    def of(cls, contract: Contract, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ContractFacts.of(contract, dossier), RevocationFacts.of(contract, dossier)
        )
