"""终止招标: what is owed once a call is ended because its task was cancelled."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.tendering.methods import TENDERED

from .tender import Tender


class Termination(PurchaseSubject):
    """终止公告: told to everybody and to each holder of the documents, reported to finance; what was collected is given
    back. To whom, and how much, is as secret as who took the documents."""

    kind = "termination"
    called = _("终止公告")
    section = "openness"
    staged = False
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender",)
    variants: ClassVar = {"talks": _("谈判、单一来源的终止")}

    class State(models.TextChoices):
        DECIDED = "decided", _("已决定终止，待公告")
        NOTIFIED = "notified", _("已发布终止公告")
        REPORTED = "reported", _("已报告财政部门")

    class Ground(models.TextChoices):
        """Why a call is ended."""

        CANCELLED = "cancelled", _("因重大变故，采购任务取消")
        DOCUMENTS = "documents", _("招标文件违法，修改后重新招标")
        UNFAIR = "unfair", _("出现影响采购公正的违法、违规行为")
        ORDERED = "ordered", _("按质疑答复或者投诉处理决定")
        FEW = "few", _("供应商不足法定家数")
        UNFIT = "unfit", _("情况变化，不再符合采购方式的适用情形")
        CEILING = "ceiling", _("报价均超过采购预算，不能支付")

    tender = models.OneToOneField(Tender, on_delete=models.PROTECT, related_name="termination")
    collected = models.BooleanField(_("已收取文件费用或者投标保证金"), default=False)
    cause = models.TextField(_("采购任务取消的原因"))
    medium = models.CharField(_("原公告发布媒体"), max_length=120, blank=True)
    text = models.TextField(_("终止公告内容"), blank=True)
    announced_at = models.DateTimeField(_("公告时间"), null=True)
    situation = models.TextField(_("项目实施情况"), blank=True)
    report_number = models.CharField(_("报告文号"), max_length=60, blank=True)
    reported_on = models.DateField(_("报告日期"), null=True)
    repaid = models.JSONField(default=list)  # organisation, fee, bond, interest (fen), day

    def __str__(self) -> str:
        return str(self.tender)

    @property
    def method(self) -> str:
        """Of talks the suppliers that took part are told, not everybody: another order says so."""
        return "" if self.tender.way in TENDERED else "talks"

    @property
    def told(self) -> bool:
        return self.announced_at is not None

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born with the end of its call."""
        return []

    def visible_to(self, actor: Post) -> bool:
        """Until it is announced: to offices only."""
        return self.told or actor.organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION
