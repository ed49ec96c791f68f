"""What is appropriated to whom."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject

EARMARKED = ("special", "lottery")  # money of these natures is only spent on what names it as its source


class Fund(Subject):
    """资金指标: one line of a payer's budget for a year. Amounts in fen; all three follow from the journal.

    What is unpaid when the year is over may be carried (结转) into the next year's line, once: then `amount_fen` and
    `committed_fen` are what stayed, and what was promised is paid from the line it went to.
    `committed_fen` counts everything ever committed, paid or not; `programme` "" is money outside any pilot.
    """

    kind = "fund"
    called = _("资金指标")
    staged = False

    class State(models.TextChoices):
        OPENED = "opened", _("已下达")

    class Purpose(models.TextChoices):
        PROGRAMME = "programme", _("购买服务")
        EVALUATION = "evaluation", _("评估经费")

    class Nature(models.TextChoices):
        GENERAL = "general", _("财政预算资金")
        SPECIAL = "special", _("专项资金")
        LOTTERY = "lottery", _("福利彩票公益金")
        OTHER = "other", _("其他资金")

    class Giver(models.TextChoices):
        """Who put money into a special fund."""

        GOVERNMENT = "government", _("政府出资")
        ENTERPRISE = "enterprise", _("企业捐赠")
        FOUNDATION = "foundation", _("基金会认购")
        OTHER = "other", _("其他社会资金")

    year = models.PositiveSmallIntegerField(_("预算年度"))
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funds", verbose_name=_("出资方"))
    purpose = models.CharField(_("用途"), max_length=10, choices=Purpose, default=Purpose.PROGRAMME)
    programme = models.CharField(_("试点"), max_length=40, blank=True)
    name = models.CharField(_("指标名称"), max_length=120)
    indicator_number = models.CharField(_("指标文号"), max_length=60)
    project_code = models.CharField(_("项目编码"), max_length=40, blank=True)
    function_code = models.CharField(_("功能分类科目"), max_length=20, blank=True)
    economic_code = models.CharField(_("经济分类科目"), max_length=20, blank=True)
    nature = models.CharField(_("资金性质"), max_length=10, choices=Nature, blank=True)
    contributors = models.JSONField(
        _("出资构成"), default=list
    )  # rows of the form, amounts in fen; they sum to the line
    amount_fen = models.BigIntegerField(_("指标金额"), default=0)
    committed_fen = models.BigIntegerField(_("已落实"), default=0)
    paid_fen = models.BigIntegerField(_("已拨付"), default=0)
    carried_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="carried_from", null=True, verbose_name=_("结转到")
    )
    carried_on = models.DateField(_("结转日期"), null=True)
    carried_fen = models.BigIntegerField(_("结转金额"), default=0)
    carry_number = models.CharField(_("结转文号"), max_length=60, blank=True)

    related: ClassVar[tuple[str, ...]] = ("payer", "payer__division")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["payer", "year", "programme", "purpose"],
                name="fund_line_once",
                condition=~Q(programme="") | ~Q(nature__in=EARMARKED),
            ),
            models.UniqueConstraint(
                fields=["payer", "year", "purpose", "nature"],
                name="earmarked_line_once",
                condition=Q(programme="", nature__in=EARMARKED),
            ),
            models.CheckConstraint(condition=Q(paid_fen__gte=0), name="fund_paid_not_negative"),
            models.CheckConstraint(condition=Q(paid_fen__lte=F("committed_fen")), name="fund_paid_within_committed"),
            models.CheckConstraint(
                condition=Q(committed_fen__lte=F("amount_fen")), name="fund_committed_within_amount"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def available_fen(self) -> int:
        return self.amount_fen - self.committed_fen

    @property
    def promised_fen(self) -> int:
        """Committed and not yet paid."""
        return self.committed_fen - self.paid_fen

    @property
    def unpaid_fen(self) -> int:
        """Everything that has not left it."""
        return self.amount_fen - self.paid_fen

    @property
    def place(self) -> Division:
        return self.payer.division

    @property
    def regime_code(self) -> str:
        return self.payer.regime_code

    @property
    def owner(self) -> Organisation:
        """A payer opens its own lines only, whatever lies in its territory."""
        return self.payer

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(payer=actor.organisation)] if dossier is None else []
