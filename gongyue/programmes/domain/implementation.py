"""The implementation plan: the street writes, the district reviews, the city approves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm, ReasonForm
from gongyue.kernel.models import Post, Subject
from gongyue.programmes.facts import ImplementationGate
from gongyue.programmes.forms import ApproveForm, SubmitForm
from gongyue.programmes.models import ImplementationPlan, PanelMember

State = ImplementationPlan.State


@action(
    "implementation.submit", ImplementationPlan, reaches=State.SUBMITTED, label=_("提交实施方案"), form=SubmitForm,
    facts=ImplementationGate, also_from=[State.RETURNED],
)  # fmt: skip
def submit(
    plan: ImplementationPlan, *, at: datetime, actor: Post, dossier: Dossier, former_name: str, goals: str,
    content: str, site_kind: str, site_address: str, site_ready_on: date | None, paper: Any,
) -> Iterable[Subject] | None:  # fmt: skip
    """Put the plan forward, or forward again: earlier reviews are the ledger's, the new text needs its own."""
    plan.former_name, plan.goals, plan.content = former_name, goals, content
    plan.site_kind, plan.site_address, plan.site_ready_on = site_kind, site_address, site_ready_on
    plan.submitted_on, plan.reviewed_on, plan.review_opinion = at.astimezone(LOCAL).date(), None, ""
    return None


@action(
    "implementation.review", ImplementationPlan, reaches=State.REVIEWED, label=_("审核实施方案"), form=NoteForm,
    facts=ImplementationGate,
)  # fmt: skip
def review(
    plan: ImplementationPlan, *, at: datetime, actor: Post, dossier: Dossier, opinion: str
) -> Iterable[Subject] | None:
    """The district's review."""
    plan.reviewed_on, plan.review_opinion = at.astimezone(LOCAL).date(), opinion
    return None


@action(
    "implementation.approve", ImplementationPlan, reaches=State.APPROVED, label=_("批准实施方案"), form=ApproveForm,
    facts=ImplementationGate,
)  # fmt: skip
def approve(
    plan: ImplementationPlan, *, at: datetime, actor: Post, dossier: Dossier, panel: list[dict[str, Any]], result: str,
    opinion: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """The city's approval of one plan, with the panel that judged it: each as it ripens, none waits for another."""
    plan.approved_on, plan.approval_result, plan.approval_opinion = at.astimezone(LOCAL).date(), result, opinion
    PanelMember.objects.bulk_create(PanelMember(plan=plan, **member) for member in panel)
    return None


@action(
    "implementation.return", ImplementationPlan, reaches=State.RETURNED, label=_("退回实施方案"), form=ReasonForm,
    facts=ImplementationGate, sources=[State.SUBMITTED, State.REVIEWED],
)  # fmt: skip
def send_back(
    plan: ImplementationPlan, *, at: datetime, actor: Post, dossier: Dossier, reason: str
) -> Iterable[Subject] | None:
    """Back to the street, with the reason; the text stays for the next submission."""
    plan.returned_on, plan.return_reason = at.astimezone(LOCAL).date(), reason
    return None
