"""Asking the residents first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.batches import accepted_rows
from gongyue.kernel.checking import chunks
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Batch, Post, Subject
from gongyue.needs.facts import NeedsGate
from gongyue.needs.forms import AnswersForm, ConcludeForm, StartForm
from gongyue.needs.models import NeedsAssessment, ServiceNeed, SurveyAnswer

State = NeedsAssessment.State


@action(
    "needs.start", NeedsAssessment, reaches=State.STARTED, label=_("启动需求评估"), form=StartForm, facts=NeedsGate,
)  # fmt: skip
def start(
    assessment: NeedsAssessment, *, at: datetime, actor: Post, dossier: Dossier, assessor: str, method: str,
    commission: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """Say who assesses and how, before it is done."""
    assessment.assessor, assessment.method, assessment.commission = assessor, method, commission
    assessment.started_on = at.astimezone(LOCAL).date()
    return None


@action(
    "needs.accept_answers", NeedsAssessment, reaches=None, sources=[State.STARTED], label=_("接收问卷答卷"),
    form=AnswersForm, facts=NeedsGate,
)  # fmt: skip
def accept_answers(
    assessment: NeedsAssessment, *, at: datetime, actor: Post, dossier: Dossier, batch: Batch
) -> Iterable[Subject] | None:
    """Take in what the residents of one file answered, row by row."""
    answers = (
        SurveyAnswer(purchase=assessment.purchase, assessment=assessment, batch=batch, number=number, **data)
        for number, data in accepted_rows(batch)
    )
    for several in chunks(answers):
        SurveyAnswer.objects.bulk_create(several)
    assessment.answers += batch.rows
    return None


@action(
    "needs.conclude", NeedsAssessment, reaches=State.CONCLUDED, label=_("完成需求评估"), form=ConcludeForm,
    facts=NeedsGate,
)  # fmt: skip
def conclude(
    assessment: NeedsAssessment, *, at: datetime, actor: Post, dossier: Dossier, concluded_on: date, sample: int,
    summary: str, services: list[dict[str, Any]], report: Any,
) -> Iterable[Subject] | None:  # fmt: skip
    """Record what was found: the services needed, how much of each, and what a unit costs (fen)."""
    assessment.concluded_on, assessment.sample, assessment.summary = concluded_on, sample, summary
    ServiceNeed.objects.bulk_create(
        ServiceNeed(
            assessment=assessment, service=row["service"], target=row["target"], volume=row["volume"],
            unit_cost_fen=row["unit_cost"],
        )
        for row in services
    )  # fmt: skip
    return None
