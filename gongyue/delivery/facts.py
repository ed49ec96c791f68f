"""What rules may ask of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import current, filed
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import PurchaseSubject
from gongyue.programmes.facts import PurchaseFacts

from .models import Briefing, BriefingCycle, Redemption, ServicePlan, Volunteer, Voucher, VoucherScheme
from .models.plans import half_year, half_years
from .models.service import contract_in_force


@dataclass(frozen=True, slots=True)
class PlanFacts:
    number: Annotated[int, "第几个半年"]
    starts_on: Annotated[date | None, "该半年的首日"]
    later: Annotated[int, "资助期内其后还有几个半年"]
    next_starts_on: Annotated[date | None, "下一个半年的首日"]

    @classmethod
    def of(cls, plan: ServicePlan, dossier: Dossier) -> Self:
        contract, number = contract_in_force(dossier), plan.number or 1
        if contract is None:
            return cls(number, None, 0, None)
        turn = number - ServicePlan.before(contract, dossier)
        later = max(0, half_years(contract) - turn)
        return cls(number, half_year(contract, turn), later, half_year(contract, turn + 1))


@dataclass(frozen=True, slots=True)
class BriefingFacts:
    """About the briefing in question, before it is submitted."""

    number: Annotated[int, "简报期次"]
    due_on: Annotated[date | None, "本期应交日期；未定周期则无"]
    following_on: Annotated[date | None, "下一期应交日期"]
    follows: Annotated[bool, "下一期是否仍在已备案合同的资助期内"]

    @classmethod
    def of(cls, briefing: Briefing, dossier: Dossier) -> Self:
        cycle, number = dossier.latest(BriefingCycle), briefing.number or 1
        ends = [contract.ends_on for contract in filed(dossier) if contract.ends_on is not None]
        if cycle is None or not ends:
            return cls(number, None, None, False)
        following = cycle.due(number + 1)
        return cls(number, cycle.due(number), following, following <= max(ends))


@dataclass(frozen=True, slots=True)
class VolunteerFacts:
    paired: Annotated[bool, "志愿者是否已与在岗社工结对"]

    @classmethod
    def of(cls, volunteer: Volunteer) -> Self:
        return cls(volunteer.worker is not None and volunteer.worker.until is None)


@dataclass(frozen=True, slots=True)
class DeliveryGate:
    """What a rule on an act of delivery may name."""

    purchase: PurchaseFacts
    contract: ContractFacts

    @classmethod
    def of(cls, subject: PurchaseSubject, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ContractFacts.of(current(dossier)))


@dataclass(frozen=True, slots=True)
class PlanGate:
    """What a rule on a half-year plan may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    plan: PlanFacts

    @classmethod
    def of(cls, plan: ServicePlan, dossier: Dossier) -> Self:
        contract = ContractFacts.of(current(dossier))
        return cls(PurchaseFacts.of(dossier), contract, PlanFacts.of(plan, dossier))


@dataclass(frozen=True, slots=True)
class BriefingGate:
    """What a rule on a briefing may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    briefing: BriefingFacts

    @classmethod
    def of(cls, briefing: Briefing, dossier: Dossier) -> Self:
        contract = ContractFacts.of(current(dossier))
        return cls(PurchaseFacts.of(dossier), contract, BriefingFacts.of(briefing, dossier))


@dataclass(frozen=True, slots=True)
class VolunteerGate:
    """What a rule on a volunteer may name."""

    purchase: PurchaseFacts
    contract: ContractFacts
    volunteer: VolunteerFacts

    @classmethod
    def of(cls, volunteer: Volunteer, dossier: Dossier) -> Self:
        contract = ContractFacts.of(current(dossier))
        return cls(PurchaseFacts.of(dossier), contract, VolunteerFacts.of(volunteer))


@dataclass(frozen=True, slots=True)
class VoucherFacts:
    """The vouchers of a purchase; what there is of none reads as nothing."""

    providers: Annotated[int, "已签订合同、可由服务对象选择的承接主体数"]
    contracts_until: Annotated[date | None, "各合同中最晚的期满日"]
    per_client: Annotated[int | None, "每人最多持有的凭单数；未公布方案则无"]
    stock: Annotated[int | None, "凭单发放总数；未公布方案则无"]
    issued: Annotated[int, "已发放且未作废的凭单数"]
    expires_on: Annotated[date | None, "方案规定的有效期末日；未公布方案则无"]
    used: Annotated[bool, "这张凭单是否已经核销"]
    void: Annotated[bool, "这张凭单是否已经作废"]

    @classmethod
    def of(cls, subject: PurchaseSubject, dossier: Dossier) -> Self:
        contracts, scheme = filed(dossier), dossier.latest(VoucherScheme)
        rows = Voucher.objects.filter(purchase=dossier.purchase, state=Voucher.State.ISSUED)
        known = isinstance(subject, Voucher) and subject.pk is not None
        return cls(
            providers=len({contract.provider_id for contract in contracts}),
            contracts_until=max((one.ends_on for one in contracts if one.ends_on is not None), default=None),
            per_client=scheme.per_client if scheme else None,
            stock=scheme.stock if scheme else None,
            issued=rows.count() if scheme else 0,
            expires_on=scheme.expires_on if scheme else None,
            used=known and Redemption.objects.filter(voucher=subject.pk).exists(),
            void=known and subject.state == Voucher.State.VOID,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class VoucherGate:
    """What a rule on vouchers may name; the contract is the redeeming provider's own."""

    purchase: PurchaseFacts
    item: ItemFacts
    contract: ContractFacts
    voucher: VoucherFacts

    @classmethod
    def of(cls, subject: PurchaseSubject, dossier: Dossier) -> Self:
        contract = subject.contract if isinstance(subject, Redemption) else current(dossier)
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier), ContractFacts.of(contract),
            VoucherFacts.of(subject, dossier),
        )  # fmt: skip
