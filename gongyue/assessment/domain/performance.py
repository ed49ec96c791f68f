"""绩效评价: opened by finance, reported on both sides, concluded for later budgets and awards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.facts import PerformanceGate
from gongyue.assessment.forms.performance import (
    OpenPerformanceForm,
    PerformanceConclusionForm,
    PerformanceForm,
    ViewForm,
)
from gongyue.assessment.models import Performance, PerformanceView
from gongyue.assessment.models.performance import weighed
from gongyue.kernel import capacities
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Role
from gongyue.ledger.canonical import plain
from gongyue.parties.results import PastResult

from .evaluation import EVALUATOR

State, Asked = Performance.State, PerformanceView.State
GIVE = "performanceview.give"  # whoever may do it takes part


@action("performance.open", Performance, reaches=State.OPENED, label=_("启动绩效评价"), form=OpenPerformanceForm,
        facts=PerformanceGate, bears=[(PerformanceView, Asked.ASKED)])  # fmt: skip
def open_(
    performance: Performance, *, at: datetime, actor: Post, dossier: Dossier, by: str, evaluator: Organisation | None
) -> Iterable[PerformanceView]:
    """Say who evaluates, and ask the offices that take part by the regime for what they think of it."""
    performance.by, performance.evaluator, performance.opened_on = by, evaluator, dossier.today
    performance.save()
    if evaluator is not None:
        capacities.appoint(dossier.purchase, EVALUATOR, evaluator, since=dossier.today)
    return [
        PerformanceView.objects.create(
            purchase=dossier.purchase, performance=performance, office=office, state=Asked.ASKED
        )
        for office in _taking_part(dossier)
    ]


def _taking_part(dossier: Dossier) -> list[Organisation]:
    """The offices of this purchase that the regime has join, each once."""
    who = dossier.regime.who(GIVE, dossier.today)
    held = Role.objects.filter(purchase=dossier.purchase, capacity__in=who.capacities if who else (), until=None)
    return list(Organisation.objects.filter(pk__in=held.values("organisation")).order_by("pk"))


@action("performance.report", Performance, reaches=State.REPORTED, label=_("提交绩效评价报告"), form=PerformanceForm,
        facts=PerformanceGate)  # fmt: skip
def report(
    performance: Performance, *, at: datetime, actor: Post, dossier: Dossier, money: list[dict[str, Any]],
    service: list[dict[str, Any]], effect: str, benefit: str, cost: int | None, own_cost: int | None,
    cost_basis: str, report: File[bytes] | None, money_rows: int, service_rows: int,
) -> None:  # fmt: skip
    """Both sides with their marks, what came of it, and what it cost beside doing it oneself (fen)."""
    performance.money, performance.service = plain(money), plain(service)
    performance.money_bp, performance.service_bp = weighed(money), weighed(service)
    performance.effect, performance.benefit = effect, benefit
    performance.cost_fen, performance.own_cost_fen, performance.cost_basis = cost, own_cost, cost_basis
    if cost is not None and own_cost is not None:
        performance.saving_fen = own_cost - cost
    performance.reported_on = dossier.today


@action("performanceview.give", PerformanceView, reaches=Asked.GIVEN, label=_("参与绩效评价、提出意见"), form=ViewForm,
        facts=PerformanceGate)  # fmt: skip
def give(
    view: PerformanceView, *, at: datetime, actor: Post, dossier: Dossier, opinion: str, paper: File[bytes] | None
) -> None:
    """What this office thinks of it."""
    view.opinion, view.given_on = opinion, dossier.today


@action("performance.conclude", Performance, reaches=State.CONCLUDED, label=_("作出绩效评价结论"),
        form=PerformanceConclusionForm, facts=PerformanceGate)  # fmt: skip
def conclude(
    performance: Performance, *, at: datetime, actor: Post, dossier: Dossier, budget_advice: str, award_advice: str
) -> None:
    """What follows for later budgets of the purchaser and for later awards to the provider; both are kept with them."""
    performance.budget_advice, performance.award_advice = budget_advice, award_advice
    performance.concluded_on = dossier.today
    contract, told = performance.contract, {"purchase": performance.purchase, "subject": performance.key}
    sides = [
        (PastResult.Side.MONEY, contract.purchaser, performance.money_bp, budget_advice),
        (PastResult.Side.SERVICE, contract.provider, performance.service_bp, award_advice),
    ]
    PastResult.objects.bulk_create(
        PastResult(
            **told, side=side, organisation=organisation, mark_bp=mark, advice=advice, concluded_on=dossier.today
        )
        for side, organisation, mark, advice in sides
        if organisation is not None and mark is not None
    )
