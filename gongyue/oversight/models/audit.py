"""What an audit bureau recommends, until it is satisfied."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Purchase, Subject


class Recommendation(Subject):
    """审计建议: addressed to one organisation of the auditor's place; beside any purchase, it may name one."""

    kind = "recommendation"
    called = _("审计建议")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("auditor__division", "addressee__division", "about")

    class State(models.TextChoices):
        MADE = "made", _("待答复")
        ANSWERED = "answered", _("已答复，待核实")
        CLOSED = "closed", _("已办结")

    class Field(models.TextChoices):
        """What the audit looks at (GZ-P-4.4)."""

        ARRANGEMENT = "arrangement", _("资金安排")
        MANAGEMENT = "management", _("资金管理")
        PAYMENT = "payment", _("资金拨付")
        USE = "use", _("资金使用")
        BENEFIT = "benefit", _("资金效益")

    auditor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("审计机关"))
    addressee = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("致送单位"))
    about = models.ForeignKey(
        Purchase, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("有关采购")
    )
    field = models.CharField(_("审计事项"), max_length=12, choices=Field)
    finding = models.TextField(_("审计发现"))
    advice = models.TextField(_("建议"))
    made_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("请于何日前答复"), null=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    verdict = models.TextField(_("跟踪意见"), blank=True)
    closed_on = models.DateField(_("办结日期"), null=True)

    def __str__(self) -> str:
        return self.advice[:40]

    @property
    def regime_code(self) -> str:
        return regimes.code_for(self.place)

    @property
    def place(self) -> Division:
        """Where its addressee sits, over which the auditor stands."""
        return self.addressee.division if self.addressee_id else self.auditor.division

    @property
    def owner(self) -> Organisation:
        """Whose turn it is."""
        return self.addressee if self.state == self.State.MADE else self.auditor

    def visible_to(self, actor: Post) -> bool:
        """To those it passes between."""
        return self.pk is None or actor.organisation_id in (self.auditor_id, self.addressee_id)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        audit = actor.organisation.organisation_kind == Organisation.Kind.AUDIT
        return [cls(auditor=actor.organisation)] if dossier is None and audit else []
