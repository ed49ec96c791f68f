"""政府投资计划: drawn up with other departments, issued, and followed until what is fit stands in a purchase plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget.facts import InvestmentGate
from gongyue.budget.forms import DraftInvestmentForm, FollowInvestmentForm, IssueInvestmentForm
from gongyue.budget.models import InvestmentPlan, InvestmentProject
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post

State = InvestmentPlan.State


@action(
    "investment.draft", InvestmentPlan, reaches=State.DRAFTED, also_from=[State.DRAFTED], label=_("编制政府投资计划"),
    form=DraftInvestmentForm, facts=InvestmentGate,
)  # fmt: skip
def draft(
    plan: InvestmentPlan, *, at: datetime, actor: Post, dossier: Dossier, year: int, title: str, made_with: str,
    projects: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Write the year's projects (again, while it is not issued) and say which are fit to be bought."""
    plan.year, plan.title, plan.made_with, plan.drafted_on = year, title, made_with, dossier.today
    plan.save()
    plan.projects.all().delete()
    InvestmentProject.objects.bulk_create(
        InvestmentProject(
            plan=plan, code=row["code"], name=row["name"], amount_fen=row["amount"],
            suitable=row["suitable"] == "yes", reason=row["reason"],
        )
        for row in projects
    )  # fmt: skip


@action(
    "investment.issue", InvestmentPlan, reaches=State.ISSUED, label=_("下达政府投资计划"), form=IssueInvestmentForm,
    facts=InvestmentGate,
)  # fmt: skip
def issue(
    plan: InvestmentPlan, *, at: datetime, actor: Post, dossier: Dossier, number: str, issued_on: date, paper: Any
) -> None:
    """From now on its suitable projects are offered to whoever writes a purchase plan."""
    plan.number, plan.issued_on = number, issued_on


@action(
    "investment.follow", InvestmentPlan, reaches=State.FOLLOWED, label=_("核实投资项目列入购买服务计划的情况"),
    form=FollowInvestmentForm, facts=InvestmentGate,
)  # fmt: skip
def follow(plan: InvestmentPlan, *, at: datetime, actor: Post, dossier: Dossier, followed: str) -> None:
    """Say what has become of the suitable ones."""
    plan.followed, plan.followed_on = followed, dossier.today
