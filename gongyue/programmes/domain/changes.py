"""Changes of an approved plan: proposed with what supervision found, approved by the city; the old text stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm, ReasonForm
from gongyue.kernel.models import Post, Purchase, Subject
from gongyue.policy import Regime
from gongyue.programmes.facts import FoundingGate, ImplementationGate
from gongyue.programmes.forms.centre import ChangeForm, PriorityForm
from gongyue.programmes.models import ImplementationPlan, PlanChange
from gongyue.programmes.streets import mode_in

State = PlanChange.State


@action(
    "planchange.propose", PlanChange, reaches=State.PROPOSED, label=_("提出方案调整"), form=ChangeForm,
    facts=FoundingGate, also_from=[State.RETURNED],
)  # fmt: skip
def propose(
    change: PlanChange, *, at: datetime, actor: Post, dossier: Dossier, found_by: str, reason: str, goals: str,
    content: str, mode: str, paper: Any,
) -> Iterable[Subject] | None:  # fmt: skip
    """A problem found, and the text that solves it; where the centre is to be run otherwise, in which mode."""
    change.found_by, change.reason, change.goals, change.content = found_by, reason, goals, content
    change.mode = mode
    change.proposed_on = at.astimezone(LOCAL).date()
    return None


@action(
    "planchange.approve", PlanChange, reaches=State.APPROVED, label=_("批准方案调整"), form=NoteForm,
    facts=FoundingGate,
)  # fmt: skip
def approve(
    change: PlanChange, *, at: datetime, actor: Post, dossier: Dossier, opinion: str
) -> Iterable[Subject] | None:
    """The plan says the new text from now on; the change keeps the old one. No other act changes a centre's mode."""
    plan = dossier.latest(ImplementationPlan)
    assert plan is not None, "a rule let a change of no plan pass"
    change.goals_before, change.content_before = plan.goals, plan.content
    change.approved_on, change.opinion = at.astimezone(LOCAL).date(), opinion
    plan.goals, plan.content, plan.edition = change.goals, change.content, plan.edition + 1
    plan.save(update_fields=["goals", "content", "edition"])
    if change.mode:
        _run_as(dossier.purchase, change, dossier.regime)
    return None


def _run_as(purchase: Purchase, change: PlanChange, regime: Regime) -> None:
    """The mode of the approved change; one that purchases leaves nothing to choose about buying."""
    change.mode_before, purchase.mode = purchase.mode, change.mode
    mode = mode_in(regime, change.mode)
    purchase.bought = purchase.bought or (mode is not None and mode.purchased)
    purchase.save(update_fields=["mode", "bought"])


@action(
    "planchange.return", PlanChange, reaches=State.RETURNED, label=_("退回方案调整"), form=ReasonForm,
    facts=FoundingGate, sources=[State.PROPOSED],
)  # fmt: skip
def send_back(
    change: PlanChange, *, at: datetime, actor: Post, dossier: Dossier, reason: str
) -> Iterable[Subject] | None:
    change.returned_on, change.return_reason = at.astimezone(LOCAL).date(), reason
    return None


@action(
    "implementation.prioritise", ImplementationPlan, reaches=None, label=_("列入优先审批"), form=PriorityForm,
    facts=ImplementationGate,
)  # fmt: skip
def prioritise(
    plan: ImplementationPlan, *, at: datetime, actor: Post, dossier: Dossier, basis: str
) -> Iterable[Subject] | None:
    """A pilot street of enforcement, management and service in one comes first in the city's queue."""
    plan.priority_basis, plan.priority_on = basis, at.astimezone(LOCAL).date()
    return None
