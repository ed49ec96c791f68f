"""Looking at a project before, during and after its service, from inside and from outside."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.contracts.facts import CheckpointGate
from gongyue.contracts.forms import CheckForm, CommissionCheckForm
from gongyue.contracts.models import Checkpoint
from gongyue.kernel import capacities
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.ledger.canonical import plain

State = Checkpoint.State
EVALUATOR = "evaluator"


@action("checkpoint.commission", Checkpoint, reaches=State.COMMISSIONED, label=_("委托外部评估"),
        form=CommissionCheckForm, facts=CheckpointGate, variants=[Checkpoint.Side.EXTERNAL])  # fmt: skip
def commission(
    checkpoint: Checkpoint, *, at: datetime, actor: Post, dossier: Dossier, evaluator: Organisation, conflict: str
) -> None:
    """Name the body that looks at it from outside; it takes part from now on."""
    checkpoint.evaluator, checkpoint.commissioned_on = evaluator, dossier.today
    capacities.appoint(dossier.purchase, EVALUATOR, evaluator, since=dossier.today)


@action("checkpoint.record", Checkpoint, reaches=State.RECORDED, label=_("登记阶段评估"), form=CheckForm,
        facts=CheckpointGate)  # fmt: skip
def record(
    checkpoint: Checkpoint, *, at: datetime, actor: Post, dossier: Dossier, checked_on: date,
    items: list[dict[str, Any]], result: str, opinion: str, paper: Any,
) -> None:  # fmt: skip
    """What was found, item by item, and the conclusion."""
    checkpoint.evaluator = checkpoint.evaluator or actor.organisation
    checkpoint.checked_on, checkpoint.items = checked_on, plain(items)
    checkpoint.result, checkpoint.opinion = result, opinion
