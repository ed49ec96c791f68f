"""What rules may ask of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.contracts.facts import ContractFacts
from gongyue.contracts.models import current, filed
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import PurchaseSubject
from gongyue.programmes.facts import PurchaseFacts

from .models import Briefing, BriefingCycle, ServicePlan, Volunteer
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
