"""What a city counts and looks for: all its streets, and rooms in its old areas that a centre could use."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, Subject


class InDistrict(Subject):
    """What lies in one district and belongs to no purchase."""

    staged = False
    regime = models.CharField(_("适用规则"), max_length=40)
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("区（县级市）"))

    class Meta:
        abstract = True

    @property
    def regime_code(self) -> str:
        return self.regime

    @property
    def place(self) -> Division:
        return self.division

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more, in the actor's own place until the form says where exactly."""
        if dossier is not None:
            return []
        own = actor.organisation
        return [cls(regime=regimes.current(own.regime_code).code, division=own.division)]


class StreetCount(InDistrict):
    """街道总数: how many streets a district has in a year. Entered, never guessed: no source gives it."""

    kind = "streetcount"
    called = _("街道总数")
    related: ClassVar[tuple[str, ...]] = ("division",)

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    year = models.PositiveSmallIntegerField(_("年度"))
    streets = models.PositiveSmallIntegerField(_("街道数"))
    source = models.CharField(_("数据来源"), max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["regime", "division", "year"], name="streets_counted_once")
        ]

    def __str__(self) -> str:
        return f"{self.division} {self.year}" if self.pk else ""


class SiteCandidate(InDistrict):
    """潜在场地: rooms found in a built-up area, above all an old one. Area in square metres."""

    kind = "candidate"
    called = _("潜在场地")
    related: ClassVar[tuple[str, ...]] = ("division", "found_by", "purchase")

    class State(models.TextChoices):
        FOUND = "found", _("待调配")
        MATCHED = "matched", _("已调配")
        DROPPED = "dropped", _("不宜使用")

    address = models.CharField(_("地址"), max_length=200)
    old_area = models.BooleanField(_("在老城区"), default=True)
    holder = models.CharField(_("产权或管理单位"), max_length=120)
    area = models.PositiveIntegerField(_("面积（平方米）"))
    use = models.CharField(_("现用途"), max_length=120, blank=True)
    found_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记单位"))
    found_on = models.DateField(_("登记日期"), null=True)
    purchase = models.ForeignKey(
        Purchase, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("调配给")
    )
    matched_on = models.DateField(_("调配日期"), null=True)
    reason = models.TextField(_("理由"), blank=True)

    def __str__(self) -> str:
        return self.address
