"""What rules may ask of lateness, of a breach, and of the use of the money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.contracts.facts import ContractFacts
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Subject
from gongyue.programmes.facts import PurchaseFacts

from ..models import Breach, Liability, MoneyNotice, Refund, SpendingReport, UsePlan, YearlyReceipt, YearlyReport
from ..models.notice import paid_under
from ..queries import days_late, paid_of


@dataclass(frozen=True, slots=True)
class LatenessFacts:
    days: Annotated[int, "这一笔拨付逾期的天数；按时为零"]
    payer: Annotated[str, "付款单位名称"]


@dataclass(frozen=True, slots=True)
class LiabilityGate:
    """What a rule on a liability's action may name."""

    purchase: PurchaseFacts
    lateness: LatenessFacts

    @classmethod
    def of(cls, case: Liability, dossier: Dossier) -> Self:
        days = days_late(case.payment, today=dossier.today)
        return cls(PurchaseFacts.of(dossier), LatenessFacts(days, case.payment.payer.name))


@dataclass(frozen=True, slots=True)
class BreachFacts:
    failure_recorded: Annotated[bool, "是否记明未按约定完成的服务"]
    effect_recorded: Annotated[bool, "是否记明造成的影响"]
    severity: Annotated[str, "影响程度：serious 严重，ordinary 未造成严重影响"]
    paid_fen: Annotated[int, "本合同已拨付而未退回的金额（分）"]


@dataclass(frozen=True, slots=True)
class BreachGate:
    """What a rule on a breach's action may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    breach: BreachFacts

    @classmethod
    def of(cls, case: Breach, dossier: Dossier) -> Self:
        told = BreachFacts(
            bool(case.failure.strip()), bool(case.effect.strip()), case.severity,
            sum(amount for _share, amount in paid_of(case.contract, dossier)),
        )  # fmt: skip
        return cls(PurchaseFacts.of(dossier), ContractFacts.of(case.contract), told)


@dataclass(frozen=True, slots=True)
class MoneyNoticeFacts:
    paid_fen: Annotated[int, "该合同累计已拨付金额（分）"]


@dataclass(frozen=True, slots=True)
class MoneyNoticeGate:
    """What a rule on telling the public of the money may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    contract: ContractFacts
    moneynotice: MoneyNoticeFacts

    @classmethod
    def of(cls, notice: MoneyNotice, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier, notice.contract.item), ContractFacts.of(notice.contract),
            MoneyNoticeFacts(paid_under(notice.contract, dossier)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UseGate:
    """What a rule on the provider's account of the money may name."""

    purchase: PurchaseFacts
    contract: ContractFacts

    @classmethod
    def of(cls, subject: Subject, dossier: Dossier) -> Self:
        contract = subject.report.contract if isinstance(subject, YearlyReceipt) else None
        if isinstance(subject, UsePlan | SpendingReport | YearlyReport | Refund):
            contract = subject.contract
        return cls(PurchaseFacts.of(dossier), ContractFacts.of(contract))
