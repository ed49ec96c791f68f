"""政府投资计划: what a level invests in, and which of it is to be bought from social organisations (GD-9.1.3)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject


class InvestmentPlan(Subject):
    """政府投资计划 of one year, drawn up by the development and reform department of a level together with others."""

    kind = "investment"
    called = _("政府投资计划")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("office", "office__division")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("投资计划已编制")
        ISSUED = "issued", _("投资计划已下达")
        FOLLOWED = "followed", _("列入情况已核实")

    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="investment_plans", verbose_name=_("发展改革部门")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=120)
    made_with = models.CharField(_("会同的部门"), max_length=200, blank=True)
    drafted_on = models.DateField(_("编制日期"), null=True)
    number = models.CharField(_("下达文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("下达日期"), null=True)
    followed_on = models.DateField(_("核实日期"), null=True)
    followed = models.TextField(_("列入情况"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["office", "year"], name="investment_plan_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Division:
        return self.office.division

    @property
    def regime_code(self) -> str:
        return self.office.regime_code

    @property
    def owner(self) -> Organisation:
        return self.office

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(office=actor.organisation)] if dossier is None else []


class InvestmentProject(models.Model):
    """政府投资项目: one line of the plan, in fen; `suitable`: to be brought into a purchase plan."""

    plan = models.ForeignKey(InvestmentPlan, on_delete=models.PROTECT, related_name="projects")
    code = models.CharField(_("项目编号"), max_length=40)
    name = models.CharField(_("项目名称"), max_length=120)
    amount_fen = models.BigIntegerField(_("投资金额"))
    suitable = models.BooleanField(_("适合列入购买服务计划"))
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="investment_project_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="investment_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
