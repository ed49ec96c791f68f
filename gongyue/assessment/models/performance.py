"""绩效评价: how well public money was spent and how well it was served with it, two sides of one evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .framework import WHOLE


class Performance(PurchaseSubject):
    """绩效评价 of one contract, by finance itself or by a third party (GD-9.3a). No source gives indicators or weights:
    whoever evaluates states its own; `money` and `service` are its rows, the marks in basis points of the whole.
    Beside them stand effect, benefit and what it would have cost to do it oneself (GD-2.3), sums in fen."""

    kind = "performance"
    called = _("绩效评价")
    section = "supervision"
    staged = False
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("contract", "contract__provider", "contract__purchaser", "evaluator")

    class State(models.TextChoices):
        OPENED = "opened", _("绩效评价已启动")
        REPORTED = "reported", _("绩效评价已提交报告")
        CONCLUDED = "concluded", _("绩效评价已有结论")

    class By(models.TextChoices):
        FINANCE = "finance", _("财政部门实施")
        THIRD_PARTY = "third_party", _("引入第三方实施")

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="performances", verbose_name=_("合同")
    )
    by = models.CharField(_("实施方式"), max_length=12, choices=By)
    evaluator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("评价机构")
    )
    opened_on = models.DateField(_("启动日期"), null=True)
    money = models.JSONField(_("财政资金使用绩效"), default=list)
    service = models.JSONField(_("服务绩效"), default=list)
    money_bp = models.PositiveIntegerField(_("财政资金使用绩效得分"), null=True)
    service_bp = models.PositiveIntegerField(_("服务绩效得分"), null=True)
    effect = models.TextField(_("实际效果"), blank=True)
    benefit = models.TextField(_("社会效益"), blank=True)
    cost_fen = models.BigIntegerField(_("购买服务的全部成本"), null=True)
    own_cost_fen = models.BigIntegerField(_("自行承办的行政成本（测算）"), null=True)
    saving_fen = models.BigIntegerField(_("比自行承办节省（负数为多支出）"), null=True)
    cost_basis = models.TextField(_("成本的口径和依据"), blank=True)
    reported_on = models.DateField(_("报告日期"), null=True)
    budget_advice = models.TextField(_("对以后预算安排的意见"), blank=True)
    award_advice = models.TextField(_("对以后承接政府购买服务的意见"), blank=True)
    concluded_on = models.DateField(_("结论日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract"], name="performance_once"),
            models.CheckConstraint(
                condition=models.Q(money_bp__lte=WHOLE) & models.Q(service_bp__lte=WHOLE),
                name="performance_within_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.called}"

    @property
    def owner(self) -> Organisation | None:
        """The third party while it evaluates; then whoever is finance concludes."""
        return self.evaluator if self.state == self.State.OPENED else None

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Of each year's contract one, once it is in force; the earliest first."""
        if dossier is None:
            return []
        held = {row.contract_id for row in dossier.all(cls)}
        done = [one for one in dossier.all(Contract) if one.complete(dossier.regime) and one.pk not in held]
        return [cls(purchase=dossier.purchase, contract=one) for one in done[:1]]


class PerformanceView(PurchaseSubject):
    """参与绩效评价的意见: what one of the offices that take part says of the report (GD-9.1.4, 9.1.5, 9.1.6)."""

    kind = "performanceview"
    called = _("参与绩效评价")
    section = "supervision"
    staged = False
    follows = Performance
    related: ClassVar[tuple[str, ...]] = ("performance", "performance__contract", "office")

    class State(models.TextChoices):
        ASKED = "asked", _("待提出意见")
        GIVEN = "given", _("已提出意见")

    performance = models.ForeignKey(
        Performance, on_delete=models.PROTECT, related_name="views", verbose_name=_("绩效评价")
    )
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("参与部门"))
    opinion = models.TextField(_("意见"), blank=True)
    given_on = models.DateField(_("提出日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["performance", "office"], name="performance_view_once"),
        ]

    def __str__(self) -> str:
        return str(self.office)

    @property
    def owner(self) -> Organisation:
        return self.office

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: they are asked when an evaluation is opened."""
        return []


def weighed(rows: Iterable[Mapping[str, Any]]) -> int:
    """The weighted mark of rows (`weight`, `mark`: basis points), exact until it is rounded to a basis point once."""
    return round(sum((Fraction(row["weight"] * row["mark"], WHOLE) for row in rows), Fraction()))
