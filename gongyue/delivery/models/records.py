"""Service records, entered on a phone or imported, and the monthly counts that pages read instead of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Batch, Post, Purchase

from .people import TeamMember
from .service import Service


class ServiceKind(models.TextChoices):
    CASE = "case", _("个案")
    GROUP = "group", _("小组")
    ACTIVITY = "activity", _("社区活动")
    VISIT = "visit", _("探访")
    CONSULTATION = "consultation", _("咨询")


class ServiceRecord(Service):
    """服务记录: `people` are persons (人数), `times` attendances (人次); minutes of work, direct and indirect.

    `clients`: codes of the register, separated by spaces; shown to the provider alone. `earlier` keeps what it said
    before each correction.
    """

    kind = "record"
    called = _("服务记录")
    numerous = True
    related = ("worker",)

    class State(models.TextChoices):
        ENTERED = "entered", _("已登记")
        VOIDED = "voided", _("已作废")

    # Foreign keys with an index below, or never asked for, have none of their own: a file writes each once a row. Nor
    # does the database look up what is the same for all rows of a file; it does so for the worker, who has the
    # purchase.
    purchase = models.ForeignKey(
        Purchase, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False,
        verbose_name=_("采购"),
    )  # fmt: skip
    served_on = models.DateField(_("服务日期"), null=True)
    service_kind = models.CharField(_("类型"), max_length=12, choices=ServiceKind)
    worker = models.ForeignKey(
        TeamMember, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("社工")
    )
    item = models.CharField(_("服务项目"), max_length=80)
    clients = models.CharField(max_length=300, blank=True)
    people = models.PositiveIntegerField(_("人数"), default=0)
    times = models.PositiveIntegerField(_("人次"), default=0)
    direct = models.PositiveIntegerField(_("直接服务（分钟）"), default=0)
    indirect = models.PositiveIntegerField(_("间接服务（分钟）"), default=0)
    note = models.CharField(_("简要记录"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False)
    earlier = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["purchase", "-served_on", "-id"], name="record_latest"),
            models.Index(fields=["entered_by", "-id"], condition=models.Q(batch=None), name="record_typed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.served_on} {self.get_service_kind_display()} {self.item}"


class RecordImport(Service):
    """服务记录导入: one file of records, accepted at once; its rows are covered by a Merkle root."""

    kind = "record_import"
    called = _("服务记录导入")
    numerous = True
    related = ("batch",)

    class State(models.TextChoices):
        IMPORTED = "imported", _("已导入")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="+")
    rows = models.PositiveIntegerField(_("条数"), default=0)
    imported_on = models.DateField(_("导入日期"), null=True)

    def __str__(self) -> str:
        return f"{self.batch.source if self.batch else ''} {self.imported_on}".strip()


class MonthlyTally(models.Model):
    """Sums of the records of one month (its first day), kind, worker and item; verbs keep them."""

    purchase = models.ForeignKey("kernel.Purchase", on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    service_kind = models.CharField(max_length=12, choices=ServiceKind)
    worker = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=80)
    records = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    times = models.IntegerField(default=0)
    direct = models.IntegerField(default=0)
    indirect = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "month", "service_kind", "worker", "item"], name="tally_once"),
        ]


class PeriodTally(models.Model):
    """Sums of the records of one half-year of the contract (its first day), kind and item: what its plan is held
    against (GZ-S-4.5d). Verbs keep them."""

    purchase = models.ForeignKey("kernel.Purchase", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    service_kind = models.CharField(max_length=12, choices=ServiceKind)
    item = models.CharField(max_length=80)
    records = models.IntegerField(default=0)
    times = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "starts_on", "service_kind", "item"], name="period_tally_once"),
        ]
