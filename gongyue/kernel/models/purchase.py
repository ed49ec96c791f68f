"""The thread through all rooms, and who stands in which capacity along it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier

from .identity import Division, Organisation, Person, Post
from .subjects import Subject


class Purchase(Subject):
    """采购项目: one plan item's life, from need to last instalment. It pins its regime's code, never a version."""

    kind = "purchase"
    called = _("立项")
    staged = False

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已结束")

    class Scope(models.TextChoices):
        CENTRE = "centre", _("服务中心整体营办")
        PROJECT = "project", _("单项服务")

    class Origin(models.TextChoices):
        """Whose idea it was."""

        DEMAND = "demand", _("部门提出的需求项目")
        DESIGN = "design", _("社会组织自行设计的项目")

    regime = models.CharField(_("适用规则"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    programme = models.CharField(_("试点"), max_length=40, blank=True)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("区划"))
    mode = models.CharField(_("运作模式"), max_length=20, blank=True)  # an id of the programme's modes
    scope = models.CharField(_("购买范围"), max_length=10, choices=Scope, default=Scope.CENTRE)
    bought = models.BooleanField(_("属购买服务项目"), default=True)
    by_reference = models.BooleanField(_("参照执行"), default=False)
    opened_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("立项单位")
    )
    supervisor = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("监督单位")
    )
    service_class = models.CharField(_("服务类别"), max_length=40, blank=True)  # an id of the pack's catalogue
    origin = models.CharField(_("项目来源"), max_length=10, choices=Origin, blank=True)
    excluded = models.JSONField(default=list, editable=False)  # ids of the pack's matters that may not be bought
    exclusion_note = models.CharField(_("不得购买事项的核对说明"), max_length=500, blank=True)
    opened_at = models.DateTimeField(_("立项时间"), null=True)
    last_at = models.DateTimeField(null=True)  # legal time of its latest entry: no action comes before it
    stage = models.CharField(max_length=60, default="", editable=False)  # "kind:state", written by the kernel
    kinds = models.JSONField(null=True, editable=False)  # of its subjects, sorted; None: not kept, so any may be there

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "division"], condition=~models.Q(programme=""), name="one_project_per_street"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def parent_purchase(self) -> Purchase | None:
        return self if self.pk else None

    @property
    def regime_code(self) -> str:
        return self.regime

    @property
    def place(self) -> Division:
        return self.division

    @property
    def every_role(self) -> list[Role]:
        """Who stands in it and who did, oldest first. One query for as long as this object is not read anew."""
        rows = Role.objects.select_related("organisation").order_by("pk")
        prefetch_related_objects([self], Prefetch("roles", rows))
        return list(self.roles.all())

    def may_have(self, kind: str) -> bool:
        """Whether a subject of this kind can be there: what was never born here need not be looked for."""
        return self.kinds is None or kind in self.kinds

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        if dossier is not None:
            return []
        office = actor.organisation
        return [cls(regime=office.regime_code, division=office.division, opened_by=office)]


class Role(models.Model):
    """Which organisation (or which one post of it) stands in which capacity in a purchase, and since when.

    `partial`: it was let in for a matter of its own and sees that alone (an office asked to cooperate). `acts`: the
    names of the actions it may do, of those the capacity has in the regime (an agent's agreement); None: all of them.

    Lists are driven from here by the index (organisation, purchase).
    """

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)
    partial = models.BooleanField(default=False)
    acts = models.JSONField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purchase", "organisation", "capacity"], condition=models.Q(post=None), name="role_once"
            ),
            models.UniqueConstraint(fields=["purchase", "post", "capacity"], name="role_once_per_post"),
        ]
        indexes: ClassVar = [models.Index(fields=["organisation", "purchase"])]


class Recusal(models.Model):
    """回避: this person takes no further part in this purchase."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("理由"), max_length=200)
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "person"], name="recused_once")]


class Document(models.Model):
    """材料: a file handed in with an action; stored by its digest, which is what the ledger holds."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, null=True, related_name="documents")
    subject = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小"))  # bytes
    sha256 = models.CharField(max_length=64)
    entry = models.BigIntegerField()  # the ledger entry it came with
    restricted = models.BooleanField(default=False)  # sealed or personal: shown by its room's own pages only

    class Meta:
        indexes: ClassVar = [models.Index(fields=["purchase", "subject"])]
