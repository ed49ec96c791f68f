"""风险预警: a risk seen in a project, at one of the regime's levels, and what each department does about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, standing
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.policy import Regime

from .supervision import Supervised

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEVELS = "alert-levels"  # the pack's entry of the levels, the gravest first


@dataclass(frozen=True)
class Level:
    """One level: its name in both languages, and the capacities that it is routed to."""

    id: str
    name: Mapping[str, str]
    route: tuple[str, ...]


def levels(regime: Regime) -> list[Level]:
    """The levels of a regime, the gravest first; none where it has no such network."""
    entry: Mapping[str, Any] = regime.frameworks.get(LEVELS, {})
    return [Level(str(row["id"]), row["name"], tuple(row["route"])) for row in entry.get("levels", ())]


class RiskAlert(Supervised):
    """风险预警: raised by a supervising body at a level, answered by every department it is routed to, then lifted."""

    kind = "alert"
    called = _("风险预警")
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("body",)

    class State(models.TextChoices):
        RAISED = "raised", _("预警中")
        LIFTED = "lifted", _("已解除")

    number = models.PositiveIntegerField(_("次序"), default=1)
    level = models.CharField(_("预警级别"), max_length=20)  # an id of the pack's levels
    level_name = models.CharField(_("级别名称"), max_length=40)
    risk = models.TextField(_("风险情况"))
    raised_on = models.DateField(_("发出日期"), null=True)
    lift_reason = models.TextField(_("解除理由"), blank=True)
    lifted_on = models.DateField(_("解除日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "number"], name="alert_number_once")]

    @property
    def says(self) -> Mapping[str, StrOrPromise]:
        return {"field:level": ""}  # a code: its name stands beside it

    def __str__(self) -> str:
        return str(_("第 %(n)s 次预警（%(level)s）") % {"n": self.number, "level": self.level_name})

    @property
    def seed(self) -> str:
        return str(self.number)

    @classmethod
    def of_seed(cls, seed: str) -> str:
        return str(_("第 %(n)s 次预警") % {"n": seed})

    @property
    def owner(self) -> Organisation | None:
        """Who raised it lifts it."""
        return self.body

    def visible_to(self, actor: Post) -> bool:
        """To offices, never to the provider whose risk it is."""
        return actor.organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        if dossier is None or not standing(dossier):
            return []
        return [cls(purchase=dossier.purchase, number=len(dossier.all(cls)) + 1)]


class AlertMeasure(PurchaseSubject):
    """联动处置: what one department that an alert was routed to does about it."""

    kind = "alertmeasure"
    called = _("联动处置")
    section = "supervision"
    staged = False
    follows = RiskAlert
    related: ClassVar[tuple[str, ...]] = ("alert", "department")

    class State(models.TextChoices):
        SENT = "sent", _("待处置")
        ANSWERED = "answered", _("已处置")

    alert = models.ForeignKey(RiskAlert, on_delete=models.PROTECT, related_name="measures", verbose_name=_("风险预警"))
    department = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("联动部门"))
    measure = models.TextField(_("处置措施"), blank=True)
    answered_on = models.DateField(_("处置日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "department"], name="alert_measure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.department} · {self.alert}"

    @property
    def owner(self) -> Organisation:
        return self.department

    def visible_to(self, actor: Post) -> bool:
        return actor.organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: they are born when an alert is raised."""
        return []
