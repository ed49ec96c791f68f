"""购买服务指导性目录: what a level's offices may buy, edition by edition."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject


class Catalogue(Subject):
    """购买服务指导性目录: one edition, drafted by a level's finance bureau, approved by its government, published.

    An adjustment is the next edition; what was cited from an earlier one stays as it was.
    """

    kind = "catalogue"
    called = _("购买服务指导性目录")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("finance", "finance__division")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("目录已拟订")
        APPROVED = "approved", _("目录已批准")
        PUBLISHED = "published", _("目录已公布")
        RETURNED = "returned", _("目录已退回")

    finance = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="catalogues", verbose_name=_("财政部门")
    )
    edition = models.PositiveSmallIntegerField(_("版本"))
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=120)
    drafted_with = models.CharField(_("会同的部门"), max_length=200, blank=True)
    transfer_list = models.CharField(_("职能转移目录的文号"), max_length=120, blank=True)
    drafted_on = models.DateField(_("拟订日期"), null=True)
    approval_number = models.CharField(_("批准文号"), max_length=60, blank=True)
    approved_on = models.DateField(_("批准日期"), null=True)
    published_on = models.DateField(_("公布日期"), null=True)
    published_at = models.CharField(_("公布网址"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["finance", "edition"], name="catalogue_edition_once"),
        ]

    def __str__(self) -> str:
        return str(_("%(title)s（第 %(n)s 版）") % {"title": self.title, "n": self.edition})

    @property
    def place(self) -> Division:
        return self.finance.division

    @property
    def regime_code(self) -> str:
        return self.finance.regime_code

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The next edition, once the last one is published."""
        if dossier is not None:
            return []
        last = cls.objects.filter(finance=actor.organisation).order_by("-edition").first()
        if last is not None and last.state != cls.State.PUBLISHED:
            return []
        return [cls(finance=actor.organisation, edition=last.edition + 1 if last else 1)]


class CatalogueEntry(models.Model):
    """目录条目: a service that may be bought. `service_class`: an id of the pack's classes of the catalogue."""

    class Sort(models.TextChoices):
        COMMON = "common", _("共性")
        SPECIAL = "special", _("部门特有")

    catalogue = models.ForeignKey(Catalogue, on_delete=models.PROTECT, related_name="entries")
    code = models.CharField(_("编码"), max_length=20)
    service_class = models.CharField(_("类别"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)
    sort = models.CharField(_("需求性质"), max_length=10, choices=Sort)
    department = models.CharField(_("部门"), max_length=120, blank=True)
    transfer = models.CharField(_("职能转移事项"), max_length=120, blank=True)
    central = models.BooleanField(_("列入集中采购目录"), default=False)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="catalogue_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
