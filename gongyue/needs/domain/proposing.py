"""What there is, what is to be done with it: the resource inventory and the argued proposal of services and goals."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain
from gongyue.needs.facts import InventoryGate, ProposalGate
from gongyue.needs.forms import ArgueForm, InventoryForm, ProposalForm
from gongyue.needs.models import ResourceInventory, ServiceProposal

State = ServiceProposal.State
RECORDED = ResourceInventory.State.RECORDED


def record(
    inventory: ResourceInventory, *, at: datetime, actor: Post, dossier: Dossier, surveyed_on: date,
    resources: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Write down what the neighbourhood has, or write it anew after another survey."""
    inventory.surveyed_on, inventory.resources = surveyed_on, plain(resources)


action("inventory.record", ResourceInventory, reaches=RECORDED, label=_("登记资源清单"), form=InventoryForm,
       facts=InventoryGate)(record)  # fmt: skip
action("inventory.update", ResourceInventory, reaches=None, sources=[RECORDED], label=_("更新资源清单"),
       form=InventoryForm, facts=InventoryGate)(record)  # fmt: skip


@action(
    "service_proposal.submit", ServiceProposal, reaches=State.SUBMITTED, also_from=[State.RETURNED],
    label=_("提出服务内容与目标"), form=ProposalForm, facts=ProposalGate,
)  # fmt: skip
def submit(
    proposal: ServiceProposal, *, at: datetime, actor: Post, dossier: Dossier, content: str, goals: str, basis: str,
    services: list[dict[str, Any]], costs: list[dict[str, Any]], estimated_with: str, quantity_goal: str,
    scale_goal: str, quality_goal: str, effect_goal: str,
) -> None:  # fmt: skip
    """Propose what the centre does, in which order, how much of it, at what cost a unit (fen)."""
    proposal.content, proposal.goals, proposal.basis = content, goals, basis
    proposal.services, proposal.costs = plain(services), plain(costs)
    proposal.estimated_with = estimated_with
    proposal.quantity_goal, proposal.scale_goal = quantity_goal, scale_goal
    proposal.quality_goal, proposal.effect_goal = quality_goal, effect_goal


@action(
    "service_proposal.argue", ServiceProposal, reaches=State.ARGUED, label=_("登记论证"), form=ArgueForm,
    facts=ProposalGate,
)  # fmt: skip
def argue(
    proposal: ServiceProposal, *, at: datetime, actor: Post, dossier: Dossier, argued_on: date,
    participants: list[dict[str, Any]], result: str, conclusion: str, record: Any,
) -> None:  # fmt: skip
    """Record who took part, what each said, and what came of it."""
    proposal.argued_on, proposal.participants = argued_on, plain(participants)
    proposal.result, proposal.conclusion = result, conclusion


@action(
    "service_proposal.return", ServiceProposal, reaches=State.RETURNED, sources=[State.SUBMITTED, State.ARGUED],
    label=_("退回服务建议"), form=ReasonForm, facts=ProposalGate,
)  # fmt: skip
def send_back(proposal: ServiceProposal, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Send it back with a reason; it is proposed and argued again."""
