"""The money: what is appropriated to whom, what a plan item costs, who bears which share, and the journal of it all."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, PurchaseSubject, Subject


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
        LOTTERY = "lottery", _("福利彩票公益金")
        OTHER = "other", _("其他资金")

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
            models.UniqueConstraint(fields=["payer", "year", "programme", "purpose"], name="fund_line_once"),
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


class PlanItem(PurchaseSubject):
    """购买服务项目 (项目表的一项): what is to be bought in a year, for how much (fen), and what it must achieve."""

    kind = "item"
    called = _("购买项目")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("项目已申报")
        APPROVED = "approved", _("项目已批复")
        RETURNED = "returned", _("项目已退回")

    year = models.PositiveSmallIntegerField(_("预算年度"))
    amount_fen = models.BigIntegerField(_("金额"))
    content = models.TextField(_("服务内容"))
    goals = models.TextField(_("服务目标"))
    requirements = models.TextField(_("具体要求"), blank=True)
    proposed_on = models.DateField(_("申报日期"), null=True)
    approved_on = models.DateField(_("批复日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="item_amount_positive"),
            models.UniqueConstraint(fields=["purchase", "year"], name="item_once_a_year"),
        ]

    def __str__(self) -> str:
        return str(_("%(year)s年度购买服务项目") % {"year": self.year})


class Share(PurchaseSubject):
    """出资份额: what one payer bears of a plan item, in fen. `fund` is the line it was committed against."""

    kind = "share"
    called = _("资金落实")
    follows = PlanItem

    class State(models.TextChoices):
        ARRANGED = "arranged", _("资金待落实")
        COMMITTED = "committed", _("资金已落实")

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="shares", verbose_name=_("购买服务项目"))
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shares", verbose_name=_("出资方"))
    fund = models.ForeignKey(
        Fund, on_delete=models.PROTECT, related_name="shares", null=True, verbose_name=_("资金指标")
    )
    amount_fen = models.BigIntegerField(_("金额"))
    paid_fen = models.BigIntegerField(_("已拨付"), default=0)
    committed_on = models.DateField(_("落实日期"), null=True)

    related: ClassVar[tuple[str, ...]] = ("payer", "payer__division", "item")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "payer"], name="share_once_per_payer"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="share_amount_positive"),
            models.CheckConstraint(
                condition=Q(paid_fen__gte=0) & Q(paid_fen__lte=F("amount_fen")), name="share_paid_within_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state="committed") | Q(fund__isnull=False), name="share_committed_against_a_fund"
            ),
            models.CheckConstraint(condition=Q(paid_fen=0) | Q(state="committed"), name="share_paid_once_committed"),
        ]

    def __str__(self) -> str:
        return str(self.payer)

    @property
    def owner(self) -> Organisation:
        return self.payer

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: shares are born when their item is approved."""
        return []


class JournalEntry(models.Model):
    """资金台账的一笔: balanced lines, written once. `subject` is the key of what it was about (`share:12`)."""

    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    memo = models.CharField(_("摘要"), max_length=120)
    subject = models.CharField(max_length=80, db_index=True)

    def __str__(self) -> str:
        return self.memo


class JournalLine(models.Model):
    """One account's part of an entry, in signed fen; the lines of an entry sum to nought."""

    class Account(models.TextChoices):
        """What was granted flows one way: appropriation (its source, negative), available, committed, paid. What a
        line hands on to the next year's is `carried`: positive where it leaves, negative where it comes in."""

        APPROPRIATION = "appropriation", _("下达")
        AVAILABLE = "available", _("可用")
        COMMITTED = "committed", _("已落实待拨")
        PAID = "paid", _("已拨付")
        CARRIED = "carried", _("结转")

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(max_length=13, choices=Account)
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="lines")
    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="+", null=True)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="lines", null=True)
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="journal_line_not_empty"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(purchase__isnull=False), name="journal_share_names_its_purchase"
            ),
        ]

    @property
    def size_fen(self) -> int:
        return abs(self.amount_fen)
