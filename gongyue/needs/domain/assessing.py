"""Asking the residents first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.needs.facts import NeedsGate
from gongyue.needs.forms import ConcludeForm, StartForm
from gongyue.needs.models import NeedsAssessment, ServiceNeed

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
