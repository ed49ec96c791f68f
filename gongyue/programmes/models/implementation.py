"""A pilot street's implementation plan and the panel that judged it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import PurchaseSubject


class ImplementationPlan(PurchaseSubject):
    """实施方案: written by the street, reviewed by the district, approved by the city; one a purchase.

    Days are the legal days on which each step was recorded. A return keeps the text, so that it can be sent again.
    """

    kind = "implementation"
    called = _("实施方案")
    related: ClassVar[tuple[str, ...]] = ()

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提交")
        REVIEWED = "reviewed", _("已审核")
        APPROVED = "approved", _("已批准")
        RETURNED = "returned", _("已退回")

    class SiteKind(models.TextChoices):
        """How the centre's rooms are found."""

        NEW = "new", _("新建")
        EXTENDED = "extended", _("扩建")
        CONVERTED = "converted", _("改建")
        RENTED = "rented", _("租赁")

    class Result(models.TextChoices):
        """What the panel came to; a plan that did not pass is returned, not approved."""

        APPROVED = "approved", _("通过")
        AMENDED = "amended", _("修改后通过")

    former_name = models.CharField(_("前身（原社区服务中心）"), max_length=120, blank=True)  # renamed on founding
    goals = models.TextField(_("服务目标"), blank=True)
    content = models.TextField(_("服务内容"))
    site_kind = models.CharField(_("场地来源"), max_length=20, choices=SiteKind)
    site_address = models.CharField(_("场地地址"), max_length=200)
    site_ready_on = models.DateField(_("场地就绪日期"), null=True)  # may lie ahead
    submitted_on = models.DateField(_("提交日期"), null=True)
    reviewed_on = models.DateField(_("审核日期"), null=True)
    review_opinion = models.TextField(_("审核意见"), blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    approval_result = models.CharField(_("评审结果"), max_length=20, choices=Result, blank=True)
    approval_opinion = models.TextField(_("批准意见"), blank=True)
    edition = models.PositiveSmallIntegerField(_("方案版次"), default=1)  # one more with every approved change
    priority_basis = models.CharField(_("优先审批依据"), max_length=120, blank=True)  # a three-in-one pilot street
    priority_on = models.DateField(_("列入优先审批日期"), null=True)
    returned_on = models.DateField(_("退回日期"), null=True)
    return_reason = models.TextField(_("退回理由"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase"], name="one_implementation_plan_per_purchase")
        ]

    def __str__(self) -> str:
        return f"{self.purchase} 实施方案"


class PanelMember(models.Model):
    """评审组成员: who sat on the panel that judged a plan, and for which body."""

    plan = models.ForeignKey(ImplementationPlan, on_delete=models.PROTECT, related_name="panel")
    name = models.CharField(_("姓名"), max_length=60)
    organisation = models.CharField(_("所在单位"), max_length=120)

    def __str__(self) -> str:
        return f"{self.name}（{self.organisation}）"
