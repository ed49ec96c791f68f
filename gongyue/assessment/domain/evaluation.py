"""The city commissions a third party, which reports; the city signs a conclusion with its reasons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.facts import EvaluationGate, ImprovementGate, evaluation_line
from gongyue.assessment.forms.evaluation import (
    AcceptForm,
    CommissionForm,
    ConcludeForm,
    FeeForm,
    ImprovementForm,
    ReportForm,
)
from gongyue.assessment.models import Evaluation, Framework, Improvement
from gongyue.budget.domain import journal
from gongyue.budget.models import Fund, JournalLine
from gongyue.clock import LOCAL
from gongyue.kernel import capacities
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Organisation, Post
from gongyue.ledger.canonical import plain

EVALUATOR = "evaluator"
State, Account = Evaluation.State, JournalLine.Account


@action("evaluation.commission", Evaluation, reaches=State.COMMISSIONED, label=_("委托第三方评估"),
        form=CommissionForm, facts=EvaluationGate,
        locks=lambda evaluation: [Fund.objects.filter(
            programme=evaluation.purchase.programme or "-", purpose=Fund.Purpose.EVALUATION)])  # fmt: skip
def commission(
    evaluation: Evaluation, *, at: datetime, actor: Post, dossier: Dossier, evaluator: Organisation, fee: int | None,
    conflict: str,
) -> None:  # fmt: skip
    """Name the evaluator and hold its fee in the programme's evaluation line."""
    day = at.astimezone(LOCAL).date()
    evaluation.evaluator, evaluation.commissioned_on = evaluator, day
    evaluation.framework = Framework.current(dossier.purchase.regime, dossier.purchase.scope)
    capacities.appoint(dossier.purchase, EVALUATOR, evaluator, since=day)
    evaluation.fee_fen = fee
    evaluation.save()
    line = evaluation_line(dossier)
    if fee and line is not None:
        evaluation.fund = line
        _move(line, Account.AVAILABLE, Account.COMMITTED, fee, at, f"委托评估 {evaluator}", evaluation.key)


def _move(
    line: Fund, source: JournalLine.Account, target: JournalLine.Account, fen: int, at: datetime, memo: str, key: str
) -> None:
    journal.post([journal.Line(source, line, -fen), journal.Line(target, line, fen)], at=at, memo=memo, subject_key=key)


@action("evaluation.report", Evaluation, reaches=State.REPORTED, label=_("提交评估报告"), form=ReportForm,
        facts=EvaluationGate)  # fmt: skip
def report(
    evaluation: Evaluation, *, at: datetime, actor: Post, dossier: Dossier, scores: list[dict[str, Any]],
    quantity: int, findings: str, independent: bool, report: File[bytes] | None,
) -> None:  # fmt: skip
    """Quality by indicator, exact until it is rounded to a basis point once; quantity beside it."""
    evaluation.reported_on = at.astimezone(LOCAL).date()
    if evaluation.framework is not None:
        evaluation.scores = plain(scores)
        evaluation.quality_bp = round(evaluation.framework.quality([row["mark"] for row in scores]))
    evaluation.quantity_bp, evaluation.findings = quantity, findings


@action("evaluation.conclude", Evaluation, reaches=State.CONCLUDED, label=_("签署评估结论"), form=ConcludeForm,
        facts=EvaluationGate)  # fmt: skip
def conclude(evaluation: Evaluation, *, at: datetime, actor: Post, dossier: Dossier, result: str, reasons: str) -> None:
    """延续, 改进 or 退出, signed by this post; no mark decides it."""
    evaluation.result, evaluation.reasons = result, reasons
    evaluation.concluded_on, evaluation.concluded_by = at.astimezone(LOCAL).date(), actor


@action("evaluation.withdraw", Evaluation, reaches=State.REPORTED, sources=[State.CONCLUDED],
        label=_("撤回评估结论"), form=ReasonForm, facts=EvaluationGate)  # fmt: skip
def withdraw(evaluation: Evaluation, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The report stands; the conclusion is to be signed again."""
    evaluation.result, evaluation.reasons = "", ""
    evaluation.concluded_on = evaluation.concluded_by = None


@action("evaluation.pay_fee", Evaluation, reaches=None, sources=[State.REPORTED, State.CONCLUDED],
        label=_("支付评估费"), form=FeeForm, facts=EvaluationGate)  # fmt: skip
def pay_fee(evaluation: Evaluation, *, at: datetime, actor: Post, dossier: Dossier, voucher: str) -> None:
    """From the evaluation line, once the report is in."""
    evaluation.fee_paid_on = at.astimezone(LOCAL).date()
    assert evaluation.fund is not None and evaluation.fee_fen is not None  # the rule asked for an agreed fee
    memo = f"支付评估费 {evaluation.evaluator} {voucher}"
    _move(evaluation.fund, Account.COMMITTED, Account.PAID, evaluation.fee_fen, at, memo, evaluation.key)


@action("improvement.submit", Improvement, reaches=Improvement.State.SUBMITTED,
        also_from=[Improvement.State.RETURNED], label=_("提交改进方案"), form=ImprovementForm,
        facts=ImprovementGate)  # fmt: skip
def submit(
    improvement: Improvement, *, at: datetime, actor: Post, dossier: Dossier, plan: str, paper: File[bytes] | None
) -> None:
    """What the provider changes, and by what it can be seen."""
    improvement.plan, improvement.submitted_on = plan, at.astimezone(LOCAL).date()


@action("improvement.accept", Improvement, reaches=Improvement.State.ACCEPTED, label=_("验收改进"), form=AcceptForm,
        facts=ImprovementGate)  # fmt: skip
def accept(improvement: Improvement, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """The city has seen that it was done."""
    improvement.accepted_on, improvement.opinion = at.astimezone(LOCAL).date(), opinion


@action("improvement.return", Improvement, reaches=Improvement.State.RETURNED,
        sources=[Improvement.State.SUBMITTED], label=_("退回改进方案"), form=ReasonForm,
        facts=ImprovementGate)  # fmt: skip
def send_back(improvement: Improvement, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Back to the provider with a reason."""
