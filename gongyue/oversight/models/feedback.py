"""What anybody says of a project, and how it was handled."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

HANDLERS = frozenset({
    Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.AUDIT, Organisation.Kind.PUBLIC,
})  # fmt: skip


class Feedback(PurchaseSubject):
    """公众意见与投诉. `words` are for the handlers alone; how to reach the sender stands in the ledger's opening only.

    `receipt`: what the sender follows it by; it cannot be guessed. `public_text`: what an officer wrote for all.
    """

    kind = "feedback"
    called = _("公众意见与投诉")
    section = "openness"
    staged = False
    numerous = True
    related: ClassVar[tuple[str, ...]] = ("handler",)

    class State(models.TextChoices):
        RECEIVED = "received", _("已收到，待受理")
        ACCEPTED = "accepted", _("已受理，办理中")
        ANSWERED = "answered", _("已答复")

    class Nature(models.TextChoices):
        COMPLAINT = "complaint", _("投诉")
        SUGGESTION = "suggestion", _("意见建议")
        PRAISE = "praise", _("表扬")

    nature = models.CharField(_("类别"), max_length=12, choices=Nature)
    words = models.TextField(blank=True)
    receipt = models.CharField(max_length=24, unique=True)
    received_on = models.DateField(_("收到日期"), null=True)
    accepted_on = models.DateField(_("受理日期"), null=True)
    handler = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("办理单位")
    )
    hotline_number = models.CharField(_("12345工单号"), max_length=40, blank=True)
    transferred_on = models.DateField(_("转办日期"), null=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    public_text = models.TextField(_("公开的办理结果"), blank=True)

    def __str__(self) -> str:
        return f"{self.get_nature_display()} {self.received_on}"

    @property
    def owner(self) -> Organisation | None:
        return self.handler

    def visible_to(self, actor: Post) -> bool:
        """Civil affairs, audit and whoever it was passed on to; never the provider it is about."""
        office = actor.organisation
        return office.organisation_kind in HANDLERS or office.pk == self.handler_id

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """From the public's seat only."""
        if dossier is None or actor.organisation.organisation_kind != Organisation.Kind.PUBLIC:
            return []
        return [cls(purchase=dossier.purchase)]
