"""Who serves and who is served: the provider's team, its volunteers, its clients.

Names are personal: the ledger holds commitments to them. A client's row is the provider's own and can be erased.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Organisation, Post

from .service import Service


class TeamMember(Service):
    """项目人员: `hours` are those contracted a month. Seconded staff of the street is not the provider's own."""

    kind = "worker"
    called = _("项目人员")
    numerous = True

    class State(models.TextChoices):
        SERVING = "serving", _("在岗")
        LEAVING = "leaving", _("申请更换")
        REPLACED = "replaced", _("已离岗")

    class Duty(models.TextChoices):
        LEAD = "lead", _("项目负责人")
        SOCIAL_WORKER = "social_worker", _("社工")
        SUPERVISOR = "supervisor", _("督导")
        ASSISTANT = "assistant", _("社工助理")
        SUPPORT = "support", _("行政辅助")

    class Origin(models.TextChoices):
        OWN = "own", _("承接主体聘用")
        SECONDED = "seconded", _("街道借用")

    code = models.CharField(_("工号"), max_length=20)
    name = models.CharField(_("姓名"), max_length=60)
    duty = models.CharField(_("岗位"), max_length=20, choices=Duty)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin, default=Origin.OWN)
    certificate = models.CharField(_("社工证号"), max_length=60, blank=True)
    certificate_until = models.DateField(_("证书有效期至"), null=True)
    full_time = models.BooleanField(_("全职"), default=True)
    hours = models.PositiveSmallIntegerField(_("每月约定工时（小时）"), default=0)
    since = models.DateField(_("到岗日期"), null=True)
    until = models.DateField(_("离岗日期"), null=True)  # the first day no longer served
    reason = models.CharField(_("更换理由"), max_length=300, blank=True)
    successor = models.CharField(_("接替安排"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "code"], name="worker_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class Volunteer(Service):
    """志愿者: led by a worker, whom he assists (GZ-S-1.4)."""

    kind = "volunteer"
    called = _("志愿者")
    numerous = True
    related = ("worker",)

    class State(models.TextChoices):
        ENROLLED = "enrolled", _("在册")
        LEFT = "left", _("已退出")

    code = models.CharField(_("志愿者编号"), max_length=20)
    name = models.CharField(_("姓名"), max_length=60)
    worker = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("结对社工")
    )
    skills = models.CharField(_("特长与服务意向"), max_length=200, blank=True)
    since = models.DateField(_("登记日期"), null=True)
    minutes = models.PositiveIntegerField(_("累计服务（分钟）"), default=0)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "code"], name="volunteer_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class VolunteerHours(models.Model):
    """志愿时: what a volunteer did on a day, led by which worker."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="served")
    worker = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    what = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["volunteer", "on"])]


class Client(Service):
    """服务对象: known to everybody else by a code alone. `consent_on`: the day consent to keep this was given."""

    kind = "client"
    called = _("服务对象")
    numerous = True

    class State(models.TextChoices):
        REGISTERED = "registered", _("在册")
        ERASED = "erased", _("已删除个人信息")

    code = models.CharField(_("编号"), max_length=20)
    name = models.CharField(_("姓名"), max_length=60, blank=True)
    contact = models.CharField(_("联系方式"), max_length=120, blank=True)
    group = models.CharField(_("类别"), max_length=60, blank=True)
    consent_on = models.DateField(_("同意日期"), null=True)
    registered_on = models.DateField(_("登记日期"), null=True)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "code"], name="client_code_once")]

    def __str__(self) -> str:
        return self.code

    def visible_to(self, actor: Post) -> bool:
        """To its provider alone; whether one could be registered is no secret."""
        return self.pk is None or self.provider_id == actor.organisation_id
