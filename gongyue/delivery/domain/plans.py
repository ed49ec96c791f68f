"""Half-year plans to their recipients, and briefings on the chosen cycle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.delivery import queries
from gongyue.delivery.facts import BriefingGate, DeliveryGate, PlanGate
from gongyue.delivery.forms.plans import BriefingForm, CycleForm, PlanForm, SignForm
from gongyue.delivery.models import Briefing, BriefingCycle, Receipt, ServicePlan
from gongyue.delivery.models.plans import half_year
from gongyue.delivery.models.service import contract_in_force
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Role, Subject
from gongyue.ledger.canonical import plain

RECIPIENTS = ("street_office", "district_bureau")  # GZ-S-4.5d
CITY = "city_bureau"


@action(
    "plan.submit", ServicePlan, reaches=ServicePlan.State.SUBMITTED, label=_("提交半年服务计划"), form=PlanForm,
    facts=PlanGate, bears=[(Receipt, Receipt.State.SENT)],
)  # fmt: skip
def submit(
    plan: ServicePlan, *, at: datetime, actor: Post, dossier: Dossier, summary: str, outputs: list[dict[str, Any]],
    to_city: bool, document: File[bytes] | None,
) -> Iterable[Subject]:  # fmt: skip
    """Hand the plan of a half-year to its two recipients (and to the city, where that reading is followed)."""
    contract = contract_in_force(dossier)
    assert contract is not None and contract.ends_on is not None
    turn = plan.number - ServicePlan.before(contract, dossier)
    plan.starts_on = half_year(contract, turn)
    plan.ends_on = min(half_year(contract, turn + 1) - timedelta(days=1), contract.ends_on)
    plan.summary, plan.outputs, plan.to_city = summary, plain(outputs), to_city
    plan.submitted_on = dossier.today
    plan.save()
    wanted = (*RECIPIENTS, CITY) if to_city else RECIPIENTS
    roles = Role.objects.filter(purchase=dossier.purchase, capacity__in=wanted, until=None)
    offices = dict.fromkeys(role.organisation for role in roles.select_related("organisation__division").order_by("pk"))
    return [_receipt(plan, office, dossier.today) for office in offices]


def _receipt(plan: ServicePlan, office: Any, on: date) -> Receipt:
    return Receipt.objects.create(
        purchase=plan.purchase, plan=plan, recipient=office, sent_on=on, state=Receipt.State.SENT
    )


@action("receipt.sign", Receipt, reaches=Receipt.State.SIGNED, label=_("签收半年服务计划"), form=SignForm,
        facts=DeliveryGate)  # fmt: skip
def sign(receipt: Receipt, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """The recipient has it."""
    receipt.signed_on, receipt.opinion = dossier.today, opinion


@action("cycle.set", BriefingCycle, reaches=BriefingCycle.State.SET, label=_("确定简报周期"), form=CycleForm,
        facts=DeliveryGate)  # fmt: skip
def choose(
    cycle: BriefingCycle, *, at: datetime, actor: Post, dossier: Dossier, months: int, first_on: date, basis: str
) -> None:
    """The purchaser says how often it wants to hear."""
    cycle.months, cycle.first_on, cycle.basis = months, first_on, basis


@action("briefing.submit", Briefing, reaches=Briefing.State.SUBMITTED, label=_("提交服务进程简报"), form=BriefingForm,
        facts=BriefingGate)  # fmt: skip
def brief(
    briefing: Briefing, *, at: datetime, actor: Post, dossier: Dossier, progress: str, problems: str, plans: str,
    document: File[bytes] | None,
) -> None:  # fmt: skip
    """Tell how the service goes, with the counts as they stand."""
    cycle = dossier.latest(BriefingCycle)
    briefing.due_on = cycle.due(briefing.number) if cycle else None
    briefing.submitted_on = dossier.today
    briefing.progress, briefing.problems, briefing.plans = progress, problems, plans
    briefing.figures = {
        line.kind: [line.records, line.people, line.times] for line in queries.by_kind(briefing.purchase)
    }


@action("briefing.receive", Briefing, reaches=Briefing.State.RECEIVED, label=_("签收服务进程简报"), form=SignForm,
        facts=BriefingGate)  # fmt: skip
def receive(briefing: Briefing, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """The purchaser has read it."""
    briefing.received_on = dossier.today
