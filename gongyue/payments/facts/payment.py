"""What rules may ask of a claim and of a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.assessment.facts import AssessmentFacts
from gongyue.budget.facts import ItemFacts
from gongyue.clock import LOCAL
from gongyue.contracts.facts import AcceptanceFacts, ContractFacts, ExaminationFacts
from gongyue.contracts.models import Amendment, Contract, Instalment
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import Claim, Payment


def _contract(instalment: Instalment, dossier: Dossier) -> Contract:
    """Its contract as the dossier reads it, with the schedule read once for all."""
    return next(contract for contract in dossier.all(Contract) if contract.pk == instalment.contract_id)


@dataclass(frozen=True, slots=True)
class InstalmentFacts:
    number: Annotated[int, "期次"]
    amount_fen: Annotated[int, "本期金额（分）"]
    due_on: Annotated[date, "约定的应付日期"]
    payable_on: Annotated[date, "约定日期与办理当日中较晚的一日"]
    requires: Annotated[str, "付款前须完成的评估：midterm 中期，yearend 年终；无则为空"]
    earlier_open: Annotated[int, "以前各期中尚未请款或请款已退回的期数"]
    later: Annotated[int, "以后各期中尚未请款的期数"]
    replanned: Annotated[bool, "已签订、尚未备案的补充协议是否重新安排了本期"]

    @classmethod
    def of(cls, instalment: Instalment, dossier: Dossier) -> Self:
        asked = {claim.instalment_id for claim in dossier.all(Claim)}
        claimed = {claim.instalment_id for claim in dossier.all(Claim) if claim.state != Claim.State.RETURNED}
        schedule = _contract(instalment, dossier).schedule
        earlier = [line for line in schedule if line.number < instalment.number]
        return cls(
            number=instalment.number,
            amount_fen=instalment.amount_fen,
            due_on=instalment.due_on,
            payable_on=max(instalment.due_on, dossier.at.astimezone(LOCAL).date()),
            requires=instalment.requires,
            earlier_open=sum(line.pk not in claimed for line in earlier),
            later=sum(line.number > instalment.number and line.pk not in asked for line in schedule),
            replanned=any(
                row.contract_id == instalment.contract_id
                and instalment.number >= row.first
                and row.signed_on is not None
                and not row.ended(dossier.regime)
                for row in dossier.all(Amendment)
            ),
        )


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    invoice_fen: Annotated[int | None, "发票金额（分）；尚未请款则无"]
    state: Annotated[str, "请款所处的步骤；尚未请款为空"]


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    amount_fen: Annotated[int, "本单位应付金额（分）"]
    due_on: Annotated[date, "应付日期"]
    payer_level: Annotated[str, "付款单位的层级：city 市，district 区"]
    payer: Annotated[str, "付款单位名称"]


@dataclass(frozen=True, slots=True)
class ClaimGate:
    """What a rule on a claim's action may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    assessment: AssessmentFacts
    instalment: InstalmentFacts
    claim: ClaimFacts

    @classmethod
    def of(cls, claim: Claim, dossier: Dossier) -> Self:
        instalment = claim.instalment
        return cls(
            PurchaseFacts.of(dossier),
            ContractFacts.of(_contract(instalment, dossier)),
            AssessmentFacts.of(dossier, instalment.requires, instalment.contract),
            InstalmentFacts.of(instalment, dossier),
            ClaimFacts(claim.invoice_fen, claim.state),
        )


@dataclass(frozen=True, slots=True)
class PaymentGate:
    """What a rule on a payment's action may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    instalment: InstalmentFacts
    claim: ClaimFacts
    payment: PaymentFacts
    item: ItemFacts
    acceptance: AcceptanceFacts
    examination: ExaminationFacts

    @classmethod
    def of(cls, payment: Payment, dossier: Dossier) -> Self:
        claim = payment.claim
        contract = _contract(claim.instalment, dossier)
        return cls(
            PurchaseFacts.of(dossier),
            ContractFacts.of(contract),
            InstalmentFacts.of(claim.instalment, dossier),
            ClaimFacts(claim.invoice_fen, claim.state),
            PaymentFacts(payment.amount_fen, payment.due_on, payment.payer.division.level, payment.payer.name),
            ItemFacts.of(dossier, payment.share.item),
            AcceptanceFacts.of(contract, dossier),
            ExaminationFacts.of(contract, dossier),
        )
