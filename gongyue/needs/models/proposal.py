"""What the neighbourhood has, and the services proposed for it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import PurchaseSubject

from .assessment import NeedsAssessment


class ResourceInventory(PurchaseSubject):
    """资源清单: what a centre's neighbourhood has, whose it is, and how it is to join the centre; one a purchase."""

    kind = "inventory"
    called = _("资源清单")
    section = "founding"
    staged = False

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Resource(models.TextChoices):
        VENUE = "venue", _("场地设施")
        STAFF = "staff", _("人员队伍")
        ORGANISATION = "organisation", _("机构组织")
        SERVICE = "service", _("现有服务")
        VOLUNTEER = "volunteer", _("志愿者")
        FUND = "fund", _("资金物资")

    class Joining(models.TextChoices):
        """并入、联动、转介: the three ways the scheme names."""

        MERGE = "merge", _("并入中心")
        CONNECT = "connect", _("与中心联动")
        REFER = "refer", _("相互转介")
        NONE = "none", _("不纳入")

    surveyed_on = models.DateField(_("摸查日期"), null=True)
    resources = models.JSONField(_("资源"), default=list)  # rows of the form

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_inventory_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 资源清单"


class ServiceProposal(PurchaseSubject):
    """服务内容与目标建议: which services, in which order, at what measured cost; argued before anything is drafted."""

    kind = "service_proposal"
    called = _("服务内容与目标建议")
    section = "founding"
    staged = False
    follows = NeedsAssessment

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提出")
        ARGUED = "argued", _("已论证")
        RETURNED = "returned", _("须修改")

    class Phase(models.TextChoices):
        FIRST = "first", _("先行开展")
        LATER = "later", _("逐步增加")

    class Category(models.TextChoices):
        """Kinds of service; which of them come first is the catalogue's to say."""

        FAMILY = "family", _("家庭服务")
        INDIVIDUAL = "individual", _("个人服务")
        COMMUNITY = "community", _("整合归并的社区服务")

    class Result(models.TextChoices):
        ADOPTED = "adopted", _("同意")
        AMENDED = "amended", _("按意见修改后同意")

    content = models.TextField(_("服务内容"), blank=True)
    goals = models.TextField(_("服务目标"), blank=True)
    basis = models.TextField(_("调研与资源情况"), blank=True)
    services = models.JSONField(_("服务项目与次序"), default=list)  # rows of the form, most needed first
    costs = models.JSONField(_("服务量与单位成本测算"), default=list)  # rows of the form, amounts in fen
    estimated_with = models.CharField(_("参与测算的行业组织、专业机构和专家"), max_length=300, blank=True)
    quantity_goal = models.TextField(_("数量目标"), blank=True)
    scale_goal = models.TextField(_("规模目标"), blank=True)
    quality_goal = models.TextField(_("质量目标"), blank=True)
    effect_goal = models.TextField(_("效果目标"), blank=True)
    argued_on = models.DateField(_("论证日期"), null=True)
    participants = models.JSONField(_("论证人员和意见"), default=list)  # rows of the form
    result = models.CharField(_("论证结果"), max_length=10, choices=Result, blank=True)
    conclusion = models.TextField(_("论证结论"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase"], name="one_service_proposal_per_purchase")]

    def __str__(self) -> str:
        return f"{self.purchase} 服务建议"
