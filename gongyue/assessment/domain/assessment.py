"""Opening and concluding an assessment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.facts import AssessmentGate
from gongyue.assessment.forms.contract import ConcludeForm, OpenForm
from gongyue.assessment.models import Assessment, Framework
from gongyue.clock import LOCAL
from gongyue.kernel import capacities
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post

EVALUATOR = "evaluator"
State = Assessment.State


@action("assessment.open", Assessment, reaches=State.OPENED, label=_("启动评估"), form=OpenForm, facts=AssessmentGate)
def start(
    assessment: Assessment, *, at: datetime, actor: Post, dossier: Dossier, evaluator: Organisation, conflict: str
) -> None:
    """Commission a third party, which from now on stands in the purchase as its evaluator."""
    day = at.astimezone(LOCAL).date()
    assessment.evaluator, assessment.opened_on = evaluator, day
    assessment.framework = Framework.current(dossier.purchase.regime, dossier.purchase.scope)
    capacities.appoint(dossier.purchase, EVALUATOR, evaluator, since=day)


@action("assessment.conclude", Assessment, reaches=State.CONCLUDED, label=_("提交评估结论"), form=ConcludeForm,
        facts=AssessmentGate)  # fmt: skip
def conclude(
    assessment: Assessment, *, at: datetime, actor: Post, dossier: Dossier, scores: list[dict[str, Any]],
    quality: int, quantity: int,
    conclusion: str, report: File[bytes] | None,
) -> None:  # fmt: skip
    """The evaluator's finding: how good, how much (basis points each), and in words."""
    assessment.quality_bp, assessment.quantity_bp = quality, quantity
    assessment.scores = scores if assessment.framework else []
    assessment.conclusion, assessment.concluded_on = conclusion, at.astimezone(LOCAL).date()
