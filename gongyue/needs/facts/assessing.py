"""What rules may ask of a needs assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.needs.models import NeedsAssessment, Questionnaire, ResourceInventory, ServiceProposal
from gongyue.programmes.facts import PurchaseFacts


@dataclass(frozen=True, slots=True)
class NeedsFacts:
    """The purchase's needs assessment; state "" while there is none."""

    state: Annotated[str, "需求评估所处环节"]
    concluded_on: Annotated[date | None, "需求评估完成日期"]
    sample: Annotated[int | None, "需求评估样本量"]
    answers: Annotated[int, "已接收的问卷答卷数"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        assessment = dossier.latest(NeedsAssessment)
        if assessment is None:
            return cls(state="", concluded_on=None, sample=None, answers=0)
        return cls(
            state=assessment.state, concluded_on=assessment.concluded_on, sample=assessment.sample,
            answers=assessment.answers,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NeedsGate:
    """What rules on a needs assessment may name."""

    purchase: PurchaseFacts
    needs: NeedsFacts

    @classmethod
    def of(cls, assessment: NeedsAssessment, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), NeedsFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """One questionnaire, without what anybody answered."""

    state: Annotated[str, "问卷所处环节"]
    questions: Annotated[int, "问卷的问题数"]
    opened_on: Annotated[date | None, "问卷发布日期"]

    @classmethod
    def of(cls, survey: Questionnaire) -> Self:
        return cls(state=survey.state, questions=len(survey.questions), opened_on=survey.opened_on)


@dataclass(frozen=True, slots=True)
class SurveyGate:
    """What rules on a questionnaire may name."""

    purchase: PurchaseFacts
    survey: SurveyFacts

    @classmethod
    def of(cls, survey: Questionnaire, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), SurveyFacts.of(survey))


@dataclass(frozen=True, slots=True)
class InventoryFacts:
    """The resource inventory of the purchase's centre."""

    resources: Annotated[int, "资源清单登记的资源数"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        row = dossier.latest(ResourceInventory)
        return cls(resources=len(row.resources) if row else 0)


@dataclass(frozen=True, slots=True)
class InventoryGate:
    """What rules on a resource inventory may name."""

    purchase: PurchaseFacts
    inventory: InventoryFacts

    @classmethod
    def of(cls, inventory: ResourceInventory, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), InventoryFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """The proposal of services and goals; state "" while there is none. Its services as the form gives them."""

    state: Annotated[str, "服务内容与目标建议所处环节"]
    argued_on: Annotated[date | None, "服务内容与目标建议论证日期"]
    priority_first: Annotated[bool, "优先类别的服务是否在列并排在最前（尚未填写时为是）"]
    unready_first: Annotated[int, "条件不成熟而列为先行开展的服务项目数"]
    ready_later: Annotated[int, "条件成熟而列为逐步增加的服务项目数"]
    without_norm: Annotated[int, "先行开展而没有服务标准或评估规范的服务项目数"]
    without_taxes: Annotated[int, "测算成本而没有列明税费的服务项目数（没有税费的填零）"]

    @classmethod
    def of(cls, dossier: Dossier, proposal: ServiceProposal | None = None) -> Self:
        """Of the purchase's one, or of `proposal`, which may not be born yet."""
        row = proposal or dossier.latest(ServiceProposal) or ServiceProposal(purchase=dossier.purchase)
        catalogue = dossier.regime.catalogue
        priority = {key for key, entry in catalogue.items() if entry.get("priority")}
        first = [one for one in row.services if one["phase"] == ServiceProposal.Phase.FIRST]
        return cls(
            state=row.state, argued_on=row.argued_on,
            priority_first=not row.services or not priority or row.services[0]["category"] in priority,
            unready_first=sum(not one["ready"] for one in first),
            ready_later=sum(one["ready"] for one in row.services if one not in first),
            without_norm=sum(not one["standard"] for one in first),
            without_taxes=sum(one.get("taxes") is None for one in row.costs),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposalGate:
    """What rules on a proposal may name."""

    purchase: PurchaseFacts
    needs: NeedsFacts
    inventory: InventoryFacts
    proposal: ProposalFacts

    @classmethod
    def of(cls, proposal: ServiceProposal, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), NeedsFacts.of(dossier), InventoryFacts.of(dossier),
            ProposalFacts.of(dossier, proposal),
        )  # fmt: skip
