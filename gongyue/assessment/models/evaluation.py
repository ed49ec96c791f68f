"""What the city commissions: the pilot's three evaluations, and the centre's own after a full year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Fund
from gongyue.contracts.models import Contract, standing
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.policy import Regime

from .framework import Framework


class Series(models.TextChoices):
    """Three of the pilot (GZ-S-4.3f), and the comprehensive one that decides on the second year (GZ-S-4.5h)."""

    PLAN = "plan", _("方案制定评估")
    MIDPILOT = "midpilot", _("试点中期评估")
    ENDPILOT = "endpilot", _("试点末期评估")
    COMPREHENSIVE = "comprehensive", _("一年期满综合评估")


class Evaluation(PurchaseSubject):
    """委托评估: quality (basis points of the whole) and quantity (of what was agreed) are two measures; there is no
    mark to pass, only a signed conclusion. `fee_fen` is paid from the programme's evaluation line."""

    kind = "evaluation"
    called = _("委托评估")
    section = "supervision"
    staged = False
    related = ("evaluator", "evaluator__division", "framework", "fund")

    class State(models.TextChoices):
        COMMISSIONED = "commissioned", _("已委托评估")
        REPORTED = "reported", _("已提交评估报告")
        CONCLUDED = "concluded", _("已签署评估结论")

    class Result(models.TextChoices):
        CONTINUE = "continue", _("延续")
        IMPROVE = "improve", _("改进")
        EXIT = "exit", _("退出")

    series = models.CharField(_("评估类别"), max_length=14, choices=Series)
    evaluator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("评估机构")
    )
    framework = models.ForeignKey(
        Framework, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("评估体系")
    )
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("资金指标"))
    fee_fen = models.BigIntegerField(_("评估费用"), null=True)
    fee_paid_on = models.DateField(_("评估费支付日期"), null=True)
    commissioned_on = models.DateField(_("委托日期"), null=True)
    reported_on = models.DateField(_("报告日期"), null=True)
    scores = models.JSONField(_("指标得分"), default=list)
    quality_bp = models.PositiveIntegerField(_("质量得分"), null=True)
    quantity_bp = models.PositiveIntegerField(_("数量完成"), null=True)
    findings = models.TextField(_("评估意见"), blank=True)
    result = models.CharField(_("评估结论"), max_length=10, choices=Result, blank=True)
    reasons = models.TextField(_("结论理由"), blank=True)
    concluded_on = models.DateField(_("签署日期"), null=True)
    concluded_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("签署人")
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "series"], name="evaluation_once"),
            models.CheckConstraint(condition=models.Q(quality_bp__lte=10_000), name="evaluation_within_whole"),
        ]

    def __str__(self) -> str:
        return str(self.get_series_display())

    @property
    def seed(self) -> str:
        return self.series

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The pilot's three in a pilot street; the comprehensive one once there is a contract in force."""
        if dossier is None:
            return []
        wanted = [Series.PLAN, Series.MIDPILOT, Series.ENDPILOT] if dossier.purchase.programme else []
        contract = first_contract(dossier)
        if contract is not None and contract.complete(dossier.regime):
            wanted.append(Series.COMPREHENSIVE)
        held = {row.series for row in dossier.all(cls)}
        return [cls(purchase=dossier.purchase, series=series) for series in wanted if series not in held]


class Improvement(PurchaseSubject):
    """改进: what the provider undertakes after a conclusion 改进, and the city's word that it was done."""

    kind = "improvement"
    called = _("改进")
    section = "supervision"
    staged = False
    follows = Evaluation
    related = ("evaluation",)

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("改进方案已提交")
        ACCEPTED = "accepted", _("改进已验收")
        RETURNED = "returned", _("改进方案已退回")

    evaluation = models.OneToOneField(
        Evaluation, on_delete=models.PROTECT, related_name="improvement", verbose_name=_("评估")
    )
    plan = models.TextField(_("改进方案"))
    submitted_on = models.DateField(_("提交日期"), null=True)
    accepted_on = models.DateField(_("验收日期"), null=True)
    opinion = models.TextField(_("验收意见"), blank=True)

    def __str__(self) -> str:
        return f"{self.evaluation} · {self.called}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        decisive = comprehensive(dossier) if dossier else None
        if dossier is None or decisive is None or decisive.state != Evaluation.State.CONCLUDED:
            return []
        if decisive.result != Evaluation.Result.IMPROVE or dossier.all(cls):
            return []
        return [cls(purchase=dossier.purchase, evaluation=decisive)]


def first_contract(dossier: Dossier) -> Contract | None:
    """The first year's."""
    return next(iter(standing(dossier)), None)


def comprehensive(dossier: Dossier) -> Evaluation | None:
    return next((row for row in dossier.all(Evaluation) if row.series == Series.COMPREHENSIVE), None)


def pilot_days(regime: Regime, programme: str) -> tuple[date | None, date | None]:
    """(the day in the middle, the last day) of the pilot as the programme dates it."""
    found = regime.programmes.get(programme)
    if found is None:
        return None, None
    return found.starts + timedelta(days=(found.ends - found.starts).days // 2), found.ends
