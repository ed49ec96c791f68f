"""What the purchaser has to keep itself in order, and what becomes of those who break the rules."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .supervision import Supervised


class InternalControl(PurchaseSubject):
    """内部监督管理制度: the purchaser's own rules for supervising what it buys, and the office that does (GD-9.4)."""

    kind = "control"
    called = _("内部监督管理制度")
    section = "supervision"
    staged = False

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    title = models.CharField(_("制度名称"), max_length=120)
    number = models.CharField(_("制度文号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True)
    watcher = models.CharField(_("负责内部监督的机构"), max_length=120)
    measures = models.TextField(_("对本项目的内部监督安排"))
    recorded_on = models.DateField(_("登记日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase"], name="one_internal_control_per_purchase"),
        ]

    def __str__(self) -> str:
        return self.title


class Violation(Supervised):
    """违法违规案件: opened by a supervising body about one organisation, ended by what was done about it or dropped.

    `outcomes`: rows of what (see `Outcome`), the authority that decided or took it over, its paper and day.
    """

    kind = "violation"
    called = _("违法违规案件")
    remedy = ""
    related: ClassVar[tuple[str, ...]] = ("body", "about")

    class State(models.TextChoices):
        OPENED = "opened", _("已立案")
        DECIDED = "decided", _("已处理")
        DROPPED = "dropped", _("不予处理")

    class Outcome(models.TextChoices):
        PENALTY = "penalty", _("处罚")
        DISCIPLINE = "discipline", _("处分")
        JUSTICE = "justice", _("移送司法机关")

    number = models.PositiveIntegerField(_("次序"), default=1)
    about = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("当事单位")
    )
    what = models.TextField(_("违法违规行为"))
    provision = models.TextField(_("违反的规定"))
    opened_on = models.DateField(_("立案日期"), null=True)
    outcomes = models.JSONField(_("处理结果"), default=list)
    reasons = models.TextField(_("处理理由"), blank=True)
    decided_on = models.DateField(_("处理日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "number"], name="violation_number_once")]

    def __str__(self) -> str:
        return str(_("第 %(n)s 起案件") % {"n": self.number})

    @property
    def seed(self) -> str:
        return str(self.number)

    @property
    def owner(self) -> Organisation | None:
        """Who opened it ends it."""
        return self.body

    def visible_to(self, actor: Post) -> bool:
        """To the offices, and to the organisation that it is about."""
        social = actor.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
        return not social or self.about_id == actor.organisation_id

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more is always possible."""
        return [cls(purchase=dossier.purchase, number=len(dossier.all(cls)) + 1)] if dossier is not None else []


class ViolationReply(PurchaseSubject):
    """当事单位的陈述: what whoever a case is about says to it."""

    kind = "violationreply"
    called = _("当事单位的陈述")
    section = "supervision"
    staged = False
    follows = Violation
    related: ClassVar[tuple[str, ...]] = ("violation", "organisation")

    class State(models.TextChoices):
        ASKED = "asked", _("待陈述")
        GIVEN = "given", _("已陈述")

    violation = models.OneToOneField(
        Violation, on_delete=models.PROTECT, related_name="reply", verbose_name=_("违法违规案件")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("当事单位")
    )
    statement = models.TextField(_("陈述和申辩"), blank=True)
    given_on = models.DateField(_("陈述日期"), null=True)

    def __str__(self) -> str:
        return f"{self.organisation} · {self.violation}"

    @property
    def owner(self) -> Organisation:
        return self.organisation

    def visible_to(self, actor: Post) -> bool:
        return self.violation.visible_to(actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: it is asked for when a case is opened."""
        return []
