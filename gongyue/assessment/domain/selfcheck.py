"""自查: the purchaser sets the cycle, the provider looks at its own work in five blocks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.facts import SelfCheckGate
from gongyue.assessment.forms.evaluation import ScheduleForm, SelfCheckForm
from gongyue.assessment.models import SelfCheck
from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject

State = SelfCheck.State


@action("selfcheck.schedule", SelfCheck, reaches=State.SCHEDULED, label=_("确定自查周期"), form=ScheduleForm,
        facts=SelfCheckGate)  # fmt: skip
def schedule(
    check: SelfCheck, *, at: datetime, actor: Post, dossier: Dossier, cycle_months: int, first_on: date
) -> None:
    """The text says 定期: how often is agreed for each purchase."""
    check.cycle_months, check.due_on = cycle_months, first_on


@action("selfcheck.submit", SelfCheck, reaches=State.SUBMITTED, label=_("提交自查"), form=SelfCheckForm,
        facts=SelfCheckGate, bears=[(SelfCheck, State.SCHEDULED)])  # fmt: skip
def submit(
    check: SelfCheck, *, at: datetime, actor: Post, dossier: Dossier, progress: str, effect: str, satisfaction: str,
    needs: str, spending: str, paper: File[bytes] | None,
) -> Iterable[Subject]:  # fmt: skip
    """The five blocks; the next one follows from the cycle while the service lasts."""
    check.submitted_on = at.astimezone(LOCAL).date()
    check.progress, check.effect, check.satisfaction = progress, effect, satisfaction
    check.needs, check.spending = needs, spending
    after = check.following(dossier)
    if after is None:
        return []
    return [
        SelfCheck.objects.create(
            purchase=check.purchase, number=check.number + 1, cycle_months=check.cycle_months, due_on=after,
            state=State.SCHEDULED,
        )
    ]  # fmt: skip
