"""评估体系: what evaluations measure, as data that the city's experts enter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, Subject

WHOLE = 10_000  # basis points


class Framework(Subject):
    """One version of the indicators made from the service-quality reference standard (GZ-P-3.4.1, 3.4.2).

    `indicators`: rows of dimension, indicator, the part of the standard they rest on, weight (basis points, in all the
    whole), evidence. `authors`: keys of the experts' posts.
    """

    kind = "framework"
    called = _("评估体系")
    section = "supervision"
    staged = False
    related: ClassVar[tuple[str, ...]] = ("division", "bureau", "bureau__division")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("评估体系已拟订")
        ADOPTED = "adopted", _("评估体系已采用")

    regime = models.CharField(_("适用规则"), max_length=40)
    number = models.PositiveSmallIntegerField(_("版本"))
    division = models.ForeignKey(Division, on_delete=models.PROTECT, related_name="+", verbose_name=_("区划"))
    bureau = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("主管部门"))
    title = models.CharField(_("名称"), max_length=120)
    scope = models.CharField(_("适用的购买范围"), max_length=10, choices=Purchase.Scope, blank=True)  # "": either
    standard = models.CharField(_("所依据的服务质量参照标准及版本"), max_length=200)
    indicators = models.JSONField(_("指标"), default=list)
    authors = models.JSONField(_("专家组成员"), default=list)
    adopted_on = models.DateField(_("采用日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["regime", "number"], name="framework_version_once")]

    def __str__(self) -> str:
        return str(_("%(title)s（第 %(n)s 版）") % {"title": self.title, "n": self.number})

    @property
    def seed(self) -> str:
        return str(self.number)

    @property
    def regime_code(self) -> str:
        return self.regime

    @property
    def place(self) -> Division:
        return self.division

    @property
    def owner(self) -> Organisation:
        return self.bureau

    def quality(self, marks: list[int]) -> Fraction:
        """The weighted mark in basis points, exact; `marks` in basis points, one an indicator in their order."""
        pairs = zip(self.indicators, marks, strict=True)
        return sum((Fraction(row["weight"] * mark, WHOLE) for row, mark in pairs), Fraction())

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The next version, once the last one was adopted."""
        if dossier is not None:
            return []
        regime = regimes.current(actor.organisation.regime_code)
        last = cls.objects.filter(regime=regime.code).order_by("-number").first()
        city = Division.objects.filter(pk=regime.jurisdiction).first()
        if city is None or (last is not None and last.state != cls.State.ADOPTED):
            return []
        number = last.number + 1 if last else 1
        return [cls(regime=regime.code, number=number, division=city, bureau=actor.organisation)]

    @classmethod
    def current(cls, regime: str, scope: str) -> Framework | None:
        """The latest version adopted for purchases of this scope, or for either. One query."""
        rows = cls.objects.filter(regime=regime, state=cls.State.ADOPTED, scope__in=["", scope])
        return rows.order_by("-number").first()

    def score_rows(self) -> list[dict[str, Any]]:
        """An empty score sheet: one row an indicator."""
        return [{"indicator": row["indicator"], "weight": row["weight"], "mark": None} for row in self.indicators]
