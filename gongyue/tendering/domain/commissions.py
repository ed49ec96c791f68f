"""委托第三方: the purchasers entrust whoever organises their tender; whoever evaluates has an agreement of its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import CommissionGate
from gongyue.tendering.forms import AgencyForm, EvaluatorForm
from gongyue.tendering.models import Commission

State, Task = Commission.State, Commission.Task


@action(
    "commission.tender", Commission, reaches=State.SIGNED, label=_("委托组织招投标"), form=AgencyForm,
    facts=CommissionGate,
)  # fmt: skip
def tender(
    commission: Commission, *, at: datetime, actor: Post, dossier: Dossier, entrusted: str, number: str,
    signed_on: date, entrusted_with: str, paper: Any,
) -> None:  # fmt: skip
    """The purchasers' own agreement with whoever organises their tender."""
    _sign(commission, Task.TENDER, entrusted, number, signed_on, entrusted_with)


@action(
    "commission.evaluation", Commission, reaches=State.SIGNED, label=_("委托监管评估"), form=EvaluatorForm,
    facts=CommissionGate,
)  # fmt: skip
def evaluation(
    commission: Commission, *, at: datetime, actor: Post, dossier: Dossier, entrusted: str, number: str,
    signed_on: date, entrusted_with: str, paper: Any,
) -> None:  # fmt: skip
    """The agreement with whoever supervises and evaluates the service."""
    _sign(commission, Task.EVALUATION, entrusted, number, signed_on, entrusted_with)


def _sign(commission: Commission, task: str, entrusted: str, number: str, signed_on: date, scope: str) -> None:
    commission.task, commission.body, commission.number = task, entrusted.strip(), number
    commission.signed_on, commission.scope = signed_on, scope
