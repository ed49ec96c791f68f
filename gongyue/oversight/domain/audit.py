"""The audit's recommendations: the only thing it does here."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Purchase
from gongyue.oversight.facts import RecommendationGate
from gongyue.oversight.forms import AnswerForm, RecommendForm, ReopenForm, VerdictForm
from gongyue.oversight.models import Recommendation

State = Recommendation.State


@action("recommendation.make", Recommendation, reaches=State.MADE, label=_("提出审计建议"), form=RecommendForm,
        facts=RecommendationGate)  # fmt: skip
def make(
    recommendation: Recommendation, *, at: datetime, actor: Post, dossier: Dossier, addressee: Organisation,
    about: Purchase | None, field: str, finding: str, advice: str, due_on: date | None,
) -> None:  # fmt: skip
    """To an organisation of the auditor's place, about one of five fields."""
    recommendation.auditor, recommendation.addressee, recommendation.about = actor.organisation, addressee, about
    recommendation.field, recommendation.finding, recommendation.advice = field, finding, advice
    recommendation.made_on, recommendation.due_on = at.astimezone(LOCAL).date(), due_on


@action("recommendation.answer", Recommendation, reaches=State.ANSWERED, label=_("答复审计建议"), form=AnswerForm,
        facts=RecommendationGate)  # fmt: skip
def answer(
    recommendation: Recommendation, *, at: datetime, actor: Post, dossier: Dossier, answer: str,
    evidence: File[bytes] | None,
) -> None:  # fmt: skip
    """What the addressee did about it."""
    recommendation.answer, recommendation.answered_on = answer, at.astimezone(LOCAL).date()


@action("recommendation.close", Recommendation, reaches=State.CLOSED, label=_("跟踪办结"), form=VerdictForm,
        facts=RecommendationGate)  # fmt: skip
def close(recommendation: Recommendation, *, at: datetime, actor: Post, dossier: Dossier, verdict: str) -> None:
    """The auditor is satisfied."""
    recommendation.verdict, recommendation.closed_on = verdict, at.astimezone(LOCAL).date()


@action("recommendation.return", Recommendation, reaches=State.MADE, sources=[State.ANSWERED], label=_("要求继续整改"),
        form=ReopenForm, facts=RecommendationGate)  # fmt: skip
def reopen(
    recommendation: Recommendation, *, at: datetime, actor: Post, dossier: Dossier, reason: str, due_on: date
) -> None:
    """Not followed yet: a further day."""
    recommendation.verdict, recommendation.due_on = reason, due_on
