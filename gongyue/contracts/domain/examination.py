"""财政审核合同."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.contracts.facts import ExaminationGate
from gongyue.contracts.forms import ExaminationForm
from gongyue.contracts.models import Examination
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post


@action(
    "examination.record", Examination, reaches=Examination.State.RECORDED, label=_("审核购买服务合同"),
    form=ExaminationForm, facts=ExaminationGate,
)  # fmt: skip
def record(examination: Examination, *, at: datetime, actor: Post, dossier: Dossier, result: str, opinion: str) -> None:
    """Say whether money may be paid on this contract directly, and why."""
    examination.examiner, examination.examined_on = actor.organisation, dossier.today
    examination.result, examination.opinion = result, opinion
