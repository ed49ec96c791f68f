"""采购方式: by which method a purchase finds its provider, and on what ground."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import PlanItem
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.tendering.methods import Way


class Method(PurchaseSubject):
    """采购方式的确定. `year_fen`: one year's budget, by which the limits are judged. `purchaser` and `category` tell
    which other choices of the year it is added up with."""

    kind = "method"
    called = _("采购方式")
    follows = PlanItem
    variants: ClassVar = {"approval": _("须经批准"), "publicity": _("须先公示、再批准")}

    class State(models.TextChoices):
        CHOSEN = "chosen", _("采购方式已拟定")
        PUBLISHED = "published", _("采购方式公示中")
        APPROVED = "approved", _("采购方式已批准")
        RETURNED = "returned", _("采购方式已退回")

    class Nature(models.TextChoices):
        PROCUREMENT = "procurement", _("属于政府采购")
        OUTSIDE = "outside", _("不属于政府采购")
        UNKNOWN = "unknown", _("限额标准未知，无法判断")

    class Size(models.TextChoices):
        ABOVE = "above", _("达到公开招标数额标准")
        BELOW = "below", _("未达到公开招标数额标准")
        UNKNOWN = "unknown", _("数额标准未知，无法判断")

    way = models.CharField(_("采购方式"), max_length=20, choices=Way)
    course = models.CharField(max_length=12, blank=True, editable=False)  # its own variant of the procedure
    ground = models.CharField(max_length=30, blank=True)  # an id of the pack's; pages name it
    reason = models.TextField(_("理由"), blank=True)
    purchaser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("采购人")
    )
    category = models.CharField(_("品目或者类别"), max_length=80)
    year = models.PositiveSmallIntegerField(_("预算年度"))
    year_fen = models.BigIntegerField(_("本年度预算"))
    listed = models.BooleanField(_("列入集中采购目录"), default=False)
    limit_fen = models.BigIntegerField(_("采购限额标准"), null=True)
    open_limit_fen = models.BigIntegerField(_("公开招标数额标准"), null=True)
    limit_source = models.CharField(_("数额标准的文号"), max_length=120, blank=True)
    nature = models.CharField(_("是否属于政府采购"), max_length=12, choices=Nature)
    size = models.CharField(_("与公开招标数额标准相比"), max_length=8, choices=Size)
    others_fen = models.BigIntegerField(_("同年同类其他非公开招标的采购合计"), default=0)
    adjusted = models.BooleanField(_("属预算调整"), default=False)
    original_fen = models.BigIntegerField(_("原合同金额"), null=True)  # of an addition: of the contract added to
    added_fen = models.BigIntegerField(_("此前向该合同添购的金额合计"), null=True)
    exception = models.BooleanField(_("作为例外标记"), default=False)
    supplier = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("拟定的承接单位")
    )
    consent = models.CharField(_("主管预算单位同意的文号"), max_length=120, blank=True)
    chosen_at = models.DateTimeField(_("拟定时间"), null=True)
    published_on = models.DateField(_("公示开始日期"), null=True)
    public_until = models.DateField(_("公示截止日期"), null=True)
    media = models.CharField(_("公示媒体"), max_length=200, blank=True)
    opinions = models.JSONField(_("专业人员论证意见"), default=list)  # as they were made public
    objections = models.JSONField(_("公示期间的异议"), default=list)  # received_on, what; once argued: upheld, told
    approval_number = models.CharField(_("批准文号"), max_length=60, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)

    related: ClassVar[tuple[str, ...]] = ("purchaser", "supplier")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(year_fen__gt=0), name="method_amount_positive"),
        ]
        indexes: ClassVar = [models.Index(fields=["purchaser", "year"], name="method_of_the_year")]

    def __str__(self) -> str:
        return str(self.get_way_display())

    @property
    def method(self) -> str:
        return self.course

    @property
    def open_objections(self) -> int:
        """Those that nobody has argued yet."""
        return sum("upheld" not in row for row in self.objections)

    @property
    def upheld(self) -> bool:
        """Whether an objection to it was found right."""
        return any(row.get("upheld") for row in self.objections)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The first, and another once a call by the one before has failed."""
        from .tender import Tender

        if dossier is None:
            return []
        before, tender = dossier.latest(cls), dossier.latest(Tender)
        if before is None:
            return [cls(purchase=dossier.purchase)]
        failed = tender is not None and tender.failed_at is not None and before.chosen_at is not None
        spent = failed and tender is not None and tender.failed_at > before.chosen_at  # type: ignore[operator]
        return [cls(purchase=dossier.purchase)] if spent else []


def settled(dossier: Dossier) -> Method | None:
    """The method that holds: the latest, once it stands at the last milestone of its order. Where the regime knows no
    such step nothing is read."""
    if not dossier.regime.acts(Method.kind):
        return None
    found = dossier.latest(Method)
    order = dossier.regime.order(Method.kind, found.method) if found is not None else None
    return found if found is not None and order is not None and found.state == order.milestones[-1] else None
