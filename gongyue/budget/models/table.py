"""购买服务项目表: what finance issues each year with the budget, and what comes back approved."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject


class ItemTable(Subject):
    """购买服务项目表: one year's table of a place, issued to the purchasers of the same level by their finance bureau.

    Purchasers file their items in it until it is closed; what the congress approved goes back with the budget reply.
    """

    kind = "itemtable"
    called = _("购买服务项目表")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("finance", "finance__division")

    class State(models.TextChoices):
        OPENED = "opened", _("填报中")
        CLOSED = "closed", _("已截止填报")
        APPROVED = "approved", _("已随预算批复下达")

    finance = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="item_tables", verbose_name=_("财政部门")
    )
    year = models.PositiveSmallIntegerField(_("预算年度"))
    requirements = models.TextField(_("预算编制要求"))
    closes_on = models.DateField(_("填报截止日"), null=True)
    opened_on = models.DateField(_("下达日期"), null=True)
    closed_on = models.DateField(_("截止填报日期"), null=True)
    congress_on = models.DateField(_("人民代表大会批准日期"), null=True)
    reply_number = models.CharField(_("预算批复文号"), max_length=60, blank=True)
    approved_on = models.DateField(_("批复下达日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["finance", "year"], name="item_table_once_a_year")]

    def __str__(self) -> str:
        return str(_("%(year)s年度购买服务项目表") % {"year": self.year})

    @property
    def place(self) -> Division:
        return self.finance.division

    @property
    def regime_code(self) -> str:
        return self.finance.regime_code

    @property
    def owner(self) -> Organisation:
        return self.finance

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(finance=actor.organisation)] if dossier is None else []
