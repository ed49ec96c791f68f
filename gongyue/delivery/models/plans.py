"""Half-year service plans with their receipts, and progress briefings on the cycle that the purchaser chose."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.policy.periods import months_later

from .service import Service, contract_in_force

HALF_YEAR = 6  # months


def half_year(contract: Contract, number: int) -> date:
    """The first day of a half-year of the contract's term, counted from 1."""
    assert contract.starts_on is not None
    return months_later(contract.starts_on, HALF_YEAR * (number - 1))


def half_years(contract: Contract) -> int:
    """How many half-years its term touches."""
    assert contract.ends_on is not None
    number = 1
    while half_year(contract, number + 1) <= contract.ends_on:
        number += 1
    return number


def half_of(contract: Contract, day: date) -> date | None:
    """The first day of the half-year of its term that a day lies in; None: outside the term, or it has none."""
    if contract.starts_on is None or contract.ends_on is None or not contract.starts_on <= day <= contract.ends_on:
        return None
    return max(first for n in range(half_years(contract)) if (first := half_year(contract, n + 1)) <= day)


class ServicePlan(Service):
    """半年服务计划: what is planned for one half-year, by service item (GZ-S-4.5d). Kept: who was sent it."""

    kind = "plan"
    called = _("半年服务计划")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提交")

    number = models.PositiveSmallIntegerField(_("第几个半年"))
    starts_on = models.DateField(_("起"), null=True)
    ends_on = models.DateField(_("止"), null=True)
    submitted_on = models.DateField(_("提交日期"), null=True)
    summary = models.TextField(_("计划要点"), blank=True)
    outputs = models.JSONField(_("计划服务量"), default=list)
    to_city = models.BooleanField(_("抄送市民政局"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "number"], name="service_plan_once_a_half_year")
        ]

    def __str__(self) -> str:
        return str(_("第 %(n)s 个半年") % {"n": self.number})

    @property
    def seed(self) -> str:
        return str(self.number)

    @classmethod
    def before(cls, contract: Contract, dossier: Dossier) -> int:
        """How many plans the years before this contract's had: numbers run on, half-years begin anew with a term."""
        start = contract.starts_on
        return sum(bool(plan.starts_on and start and plan.starts_on < start) for plan in dossier.all(cls))

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The next half-year of the contract in force that has none."""
        contract = contract_in_force(dossier) if dossier else None
        if dossier is None or contract is None:
            return []
        number = len(dossier.all(cls)) + 1
        left = number - cls.before(contract, dossier) <= half_years(contract)
        return [cls(purchase=dossier.purchase, number=number)] if left else []


class Receipt(Service):
    """签收: one recipient of a plan. The receiving organisation owns it and says when it took the paper in."""

    kind = "receipt"
    called = _("计划签收")
    follows = ServicePlan
    related = ("plan", "recipient", "recipient__division")

    class State(models.TextChoices):
        SENT = "sent", _("待签收")
        SIGNED = "signed", _("已签收")

    plan = models.ForeignKey(ServicePlan, on_delete=models.PROTECT, related_name="receipts")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("签收单位"))
    sent_on = models.DateField(_("提交日期"))
    signed_on = models.DateField(_("签收日期"), null=True)
    opinion = models.TextField(_("意见"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "recipient"], name="plan_receipt_once")]

    def __str__(self) -> str:
        return f"{self.plan} {self.recipient}"

    @property
    def owner(self) -> Organisation | None:
        return self.recipient

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """They are born with the plan."""
        return []


class BriefingCycle(Service):
    """简报周期: every so many months, from a day on. No source says how often: the purchaser chooses (GZ-P-3.3.5c)."""

    kind = "cycle"
    called = _("简报周期")

    class State(models.TextChoices):
        SET = "set", _("已确定")

    months = models.PositiveSmallIntegerField(_("每隔几个月"), null=True)
    first_on = models.DateField(_("第一期应交日期"), null=True)
    basis = models.CharField(_("确定的依据"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_briefing_cycle")]

    def __str__(self) -> str:
        return str(_("每 %(n)s 个月一期") % {"n": self.months})

    def due(self, number: int) -> date:
        """The day the briefing of this number (from 1) is due."""
        assert self.first_on is not None and self.months is not None
        return months_later(self.first_on, self.months * (number - 1))

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [] if dossier is None or dossier.all(cls) else super().unborn(dossier, actor)


class Briefing(Service):
    """服务进程简报: one of each turn of the cycle, received by the purchaser."""

    kind = "briefing"
    called = _("服务进程简报")
    follows = BriefingCycle

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提交")
        RECEIVED = "received", _("已签收")

    number = models.PositiveSmallIntegerField(_("期次"))
    due_on = models.DateField(_("应交日期"), null=True)
    submitted_on = models.DateField(_("提交日期"), null=True)
    progress = models.TextField(_("服务进程"), blank=True)
    figures = models.JSONField(default=dict)  # the counts of the months up to it, as they stood
    problems = models.TextField(_("问题与困难"), blank=True)
    plans = models.TextField(_("下一步安排"), blank=True)
    received_on = models.DateField(_("签收日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "number"], name="briefing_once")]

    def __str__(self) -> str:
        return str(_("第 %(n)s 期") % {"n": self.number})

    @property
    def seed(self) -> str:
        return str(self.number)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The next turn; none while no cycle is chosen."""
        contract = contract_in_force(dossier) if dossier else None
        if dossier is None or contract is None or not dossier.all(BriefingCycle):
            return []
        return [cls(purchase=dossier.purchase, number=len(dossier.all(cls)) + 1)]
