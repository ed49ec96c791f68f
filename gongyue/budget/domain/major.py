"""一事一议, and the notice of an item: what is special about it is said, decided and told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget.facts import ItemGate, MajorGate
from gongyue.budget.forms import DecisionForm, MarkForm, NoticeForm
from gongyue.budget.models import ItemNotice, PlanItem, SpecialDecision
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post

State = PlanItem.State


@action(
    "item.mark", PlanItem, reaches=None, sources=[State.PROPOSED, State.FILED, State.REVIEWED],
    label=_("认定重大事项"), form=MarkForm, facts=ItemGate,
)  # fmt: skip
def mark(
    item: PlanItem, *, at: datetime, actor: Post, dossier: Dossier, major: str, reason: str, by_finance: bool
) -> None:
    """Say, with reasons, whether it is to be studied case by case, and whether it is finance that says so."""
    item.major, item.major_by_finance = major, by_finance and major != PlanItem.Major.NONE


@action(
    "decision.record", SpecialDecision, reaches=SpecialDecision.State.RECORDED, label=_("登记专题研究决定"),
    form=DecisionForm, facts=MajorGate,
)  # fmt: skip
def record(
    decision: SpecialDecision, *, at: datetime, actor: Post, dossier: Dossier, body: str, number: str,
    decided_on: date, amount: int, source: str, summary: str, paper: Any,
) -> None:  # fmt: skip
    """Which body decided on the sum (fen) and where it comes from, by which paper."""
    decision.body, decision.number, decision.decided_on = body, number, decided_on
    decision.amount_fen, decision.source, decision.summary = amount, source, summary


@action(
    "itemnotice.publish", ItemNotice, reaches=ItemNotice.State.PUBLISHED, label=_("公布购买服务项目"), form=NoticeForm,
    facts=MajorGate,
)  # fmt: skip
def publish(
    notice: ItemNotice, *, at: datetime, actor: Post, dossier: Dossier, standard: str, budget: int | None,
    evaluation: str, requirements: str, address: str,
) -> None:  # fmt: skip
    """Tell suppliers what will be bought: standard, budget (fen), method of evaluation, requirements."""
    notice.standard, notice.budget_fen, notice.evaluation = standard, budget, evaluation
    notice.requirements, notice.address, notice.published_on = requirements, address, dossier.today
