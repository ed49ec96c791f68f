"""终止招标以后: the notice, the report to finance, and what is given back (Order 87, article 29); of talks the word to
those that took part, and the report (Order 74, article 23)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import SupplyGate
from gongyue.tendering.forms import AnnounceEndForm, RepayForm, ReportEndForm, TellEndForm
from gongyue.tendering.models import Termination

State = Termination.State


@action("termination.announce", Termination, reaches=State.NOTIFIED, label=_("发布终止公告"), form=AnnounceEndForm,
        facts=SupplyGate, variants=[""])  # fmt: skip
def announce(termination: Termination, *, at: datetime, actor: Post, dossier: Dossier, medium: str, text: str) -> None:
    """Tell everybody where the call was told; whoever holds its documents or was invited finds it among its calls."""
    termination.medium, termination.text, termination.announced_at = medium, text, at


@action(
    "termination.report", Termination, reaches=State.REPORTED, label=_("向财政部门报告终止招标"), form=ReportEndForm,
    facts=SupplyGate, variants=[""],
)  # fmt: skip
def report(
    termination: Termination, *, at: datetime, actor: Post, dossier: Dossier, situation: str, cause: str,
    report_number: str, reported_on: date,
) -> None:  # fmt: skip
    """Put on record what finance was told: how far the project had come, and why its task was cancelled."""
    termination.situation, termination.cause = situation, cause
    termination.report_number, termination.reported_on = report_number, reported_on


@action("termination.tell", Termination, reaches=State.NOTIFIED, label=_("通知供应商采购任务取消"), form=TellEndForm,
        facts=SupplyGate, variants=["talks"])  # fmt: skip
def tell(termination: Termination, *, at: datetime, actor: Post, dossier: Dossier, medium: str, text: str) -> None:
    """Tell every supplier that took part, and nobody else; each finds it among its calls."""
    termination.medium, termination.text, termination.announced_at = medium, text, at


@action("termination.explain", Termination, reaches=State.REPORTED, label=_("向财政部门报送采购任务取消原因"),
        form=ReportEndForm, facts=SupplyGate, variants=["talks"])  # fmt: skip
def explain(
    termination: Termination, *, at: datetime, actor: Post, dossier: Dossier, situation: str, cause: str,
    report_number: str, reported_on: date,
) -> None:  # fmt: skip
    """Put on record what finance was told of cancelled talks."""
    termination.situation, termination.cause = situation, cause
    termination.report_number, termination.reported_on = report_number, reported_on


@action("termination.repay", Termination, reaches=None, sources=State.values, label=_("退还文件费用和投标保证金"),
        form=RepayForm, facts=SupplyGate)  # fmt: skip
def repay(
    termination: Termination, *, at: datetime, actor: Post, dossier: Dossier, repayments: list[dict[str, Any]]
) -> None:
    """Record what each supplier got back, with the interest its bond earned in the bank."""
    rows = [row | {"repaid_on": row["repaid_on"].isoformat()} for row in repayments]
    termination.repaid = [*termination.repaid, *rows]
