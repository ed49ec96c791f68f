"""What rules may ask of a needs assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.needs.models import NeedsAssessment, Questionnaire
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
