"""What a plan item costs, and who bears which share of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .catalogue import CatalogueEntry
from .fund import Fund
from .investment import InvestmentProject
from .table import ItemTable


class PlanItem(PurchaseSubject):
    """购买服务项目 (项目表的一项): what is to be bought in a year, for how much (fen), and what it must achieve."""

    kind = "item"
    called = _("购买项目")
    related: ClassVar[tuple[str, ...]] = ("table", "entry__catalogue", "investment__plan")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("项目已申报")
        FILED = "filed", _("已填报项目表")
        REVIEWED = "reviewed", _("财政已审核")
        APPROVED = "approved", _("项目已批复")
        RETURNED = "returned", _("项目已退回")

    class Major(models.TextChoices):
        """重大项目、重大民生事项、应急项目: studied case by case."""

        NONE = "", _("一般项目")
        PROJECT = "project", _("重大项目")
        LIVELIHOOD = "livelihood", _("重大民生事项")
        URGENT = "urgent", _("因工作需要临时确定的重要事项")

    year = models.PositiveSmallIntegerField(_("预算年度"))
    amount_fen = models.BigIntegerField(_("金额"))
    content = models.TextField(_("服务内容"))
    goals = models.TextField(_("服务目标"))
    requirements = models.TextField(_("具体要求"), blank=True)
    proposed_on = models.DateField(_("申报日期"), null=True)
    source = models.CharField(_("资金来源"), max_length=10, choices=Fund.Nature, blank=True)
    source_approval = models.CharField(_("列支专项资金的批准文号"), max_length=60, blank=True)
    entry = models.ForeignKey(
        CatalogueEntry, on_delete=models.PROTECT, related_name="items", null=True, verbose_name=_("所引目录条目")
    )
    investment = models.ForeignKey(
        InvestmentProject, on_delete=models.PROTECT, related_name="items", null=True, verbose_name=_("政府投资项目")
    )
    table = models.ForeignKey(
        ItemTable, on_delete=models.PROTECT, related_name="items", null=True, verbose_name=_("购买服务项目表")
    )
    filed_on = models.DateField(_("填报日期"), null=True)
    procurement = models.BooleanField(_("属政府采购项目"), null=True)  # None: not filed in a table
    procurement_budget = models.JSONField(_("政府采购预算"), default=list)  # rows of the form, amounts in fen
    reviewed_on = models.DateField(_("财政审核日期"), null=True)
    review_note = models.TextField(_("财政审核意见"), blank=True)
    approved_on = models.DateField(_("批复日期"), null=True)
    major = models.CharField(_("重大事项"), max_length=10, choices=Major, blank=True)
    major_by_finance = models.BooleanField(_("重大事项由财政部门认定"), default=False)
    adjusted_on = models.DateField(_("预算调整日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="item_amount_positive"),
            models.UniqueConstraint(fields=["purchase", "year"], name="item_once_a_year"),
        ]

    def __str__(self) -> str:
        return str(_("%(year)s年度购买服务项目") % {"year": self.year})

    @property
    def procurement_fen(self) -> int:
        """What its procurement budget comes to."""
        return sum(row["amount"] for row in self.procurement_budget)


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
