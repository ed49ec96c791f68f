"""The provider's account of the money, and its reports at the end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm, ReasonForm
from gongyue.kernel.models import Batch, Post, Role, Subject
from gongyue.ledger.canonical import plain
from gongyue.payments.facts import UseGate
from gongyue.payments.forms import SpendingForm, UsePlanForm, YearlyForm, entries_of
from gongyue.payments.models import SpendingReport, UsePlan, YearlyReceipt, YearlyReport
from gongyue.payments.queries import over_budget

State = UsePlan.State
RECIPIENTS = (("street_office", False), ("district_bureau", False), ("city_bureau", True))  # capacity, a copy only


@action("useplan.submit", UsePlan, reaches=State.SUBMITTED, also_from=[State.RETURNED], label=_("报送经费预算"),
        form=UsePlanForm, facts=UseGate)  # fmt: skip
def submit(plan: UsePlan, *, at: datetime, actor: Post, dossier: Dossier, headings: list[dict[str, Any]]) -> None:
    """The headings are the provider's own; together they are the contract's amount."""
    plan.headings, plan.submitted_on = plain(headings), dossier.today


@action("useplan.approve", UsePlan, reaches=State.APPROVED, label=_("核准经费预算"), form=NoteForm, facts=UseGate)
def approve(plan: UsePlan, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """From now on spending is accounted for by these headings."""
    plan.approved_on = dossier.today


@action("useplan.return", UsePlan, reaches=State.RETURNED, sources=[State.SUBMITTED, State.APPROVED],
        label=_("退回经费预算"), form=ReasonForm, facts=UseGate)  # fmt: skip
def send_back(plan: UsePlan, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Back to the provider; an approved one too, where the contract's amount has changed."""


@action("spending.report", SpendingReport, reaches=SpendingReport.State.REPORTED, label=_("登记经费支出"),
        form=SpendingForm, facts=UseGate)  # fmt: skip
def report(
    spending: SpendingReport, *, at: datetime, actor: Post, dossier: Dossier, starts_on: date, ends_on: date,
    entries: list[dict[str, Any]], batch: Batch | None, efficiency: str, variance: str, vouchers: File[bytes] | None,
) -> None:  # fmt: skip
    """What was spent in a period, and by how much the headings are now over their budget."""
    entries = entries if batch is None else entries_of(batch)
    spending.starts_on, spending.ends_on, spending.entries = starts_on, ends_on, plain(entries)
    spending.spent_fen = sum(row["amount"] for row in entries)
    spending.over_fen = over_budget(spending.contract, entries)
    spending.efficiency, spending.variance = efficiency, variance


@action("yearly.submit", YearlyReport, reaches=YearlyReport.State.SUBMITTED, label=_("提交年度报告"), form=YearlyForm,
        facts=UseGate, bears=[(YearlyReceipt, YearlyReceipt.State.SENT)])  # fmt: skip
def submit_yearly(
    yearly: YearlyReport, *, at: datetime, actor: Post, dossier: Dossier, summary: str, report: File[bytes]
) -> list[Subject]:
    """To the street and the district bureau, with a copy to the city bureau."""
    yearly.summary, yearly.submitted_on = summary, dossier.today
    yearly.save()
    held = Role.objects.filter(purchase=yearly.purchase, until=None).select_related("organisation").order_by("pk")
    found = {role.capacity: role.organisation for role in reversed(held)}
    return [
        YearlyReceipt.objects.create(
            purchase=yearly.purchase, report=yearly, recipient=found[capacity], copy=copy,
            state=YearlyReceipt.State.SENT,
        )
        for capacity, copy in RECIPIENTS
    ]  # fmt: skip


@action("yearlyreceipt.sign", YearlyReceipt, reaches=YearlyReceipt.State.SIGNED, label=_("签收年度报告"), form=NoteForm,
        facts=UseGate)  # fmt: skip
def sign(receipt: YearlyReceipt, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """Received."""
    receipt.signed_on = dossier.today
