"""A risk is raised at a level, routed to the departments that the regime names, and lifted when all have acted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post, Role
from gongyue.oversight.facts import AlertGate
from gongyue.oversight.forms import MeasureForm, RaiseForm
from gongyue.oversight.models import AlertMeasure, RiskAlert
from gongyue.oversight.models.alert import levels


@action("alert.raise", RiskAlert, reaches=RiskAlert.State.RAISED, label=_("发出风险预警"), form=RaiseForm,
        facts=AlertGate, bears=[(AlertMeasure, AlertMeasure.State.SENT)])  # fmt: skip
def raise_alert(
    alert: RiskAlert, *, at: datetime, actor: Post, dossier: Dossier, level: str, risk: str
) -> list[AlertMeasure]:
    """To everybody who holds one of the level's capacities in this purchase today, the raiser's own body left out."""
    found = next(one for one in levels(dossier.regime) if one.id == level)
    alert.body, alert.raised_on, alert.risk = actor.organisation, dossier.today, risk
    alert.level, alert.level_name = found.id, found.name["zh"]
    alert.state = RiskAlert.State.RAISED
    alert.save()
    held = Role.objects.filter(
        purchase=dossier.purchase, capacity__in=found.route, until=None, since__lte=dossier.today
    )
    offices = {role.organisation_id for role in held} - {actor.organisation_id}
    return [
        AlertMeasure.objects.create(
            purchase=dossier.purchase, alert=alert, department_id=office, state=AlertMeasure.State.SENT
        )
        for office in sorted(offices)
    ]


@action("alertmeasure.answer", AlertMeasure, reaches=AlertMeasure.State.ANSWERED, label=_("报告处置措施"),
        form=MeasureForm, facts=AlertGate)  # fmt: skip
def answer(measure: AlertMeasure, *, at: datetime, actor: Post, dossier: Dossier, measures: str) -> None:
    """What this department did about it."""
    measure.measure, measure.answered_on = measures, dossier.today


@action("alert.lift", RiskAlert, reaches=RiskAlert.State.LIFTED, label=_("解除风险预警"), form=ReasonForm,
        facts=AlertGate)  # fmt: skip
def lift(alert: RiskAlert, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The risk is over."""
    alert.lift_reason, alert.lifted_on = reason, dossier.today
