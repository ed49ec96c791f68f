"""What anybody says of a project, and how it was handled."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Purchase, PurchaseSubject
from gongyue.ledger.models import Entry

HANDLERS = frozenset({
    Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.AUDIT, Organisation.Kind.PUBLIC,
})  # fmt: skip
RESULT = "tender.award"  # the act whose notice anybody may object to


class Feedback(PurchaseSubject):
    """公众意见与投诉. `words` are for the handlers alone; how to reach the sender stands in the ledger's opening only.

    `receipt`: what the sender follows it by; it cannot be guessed. `public_text`: what an officer wrote for all.
    `notice`: of an objection (异议) the ledger entry it is about, the notice of a tender's result; it takes a shorter
    way of its own, straight to whom the regime lets answer it.
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
        OBJECTED = "objected", _("异议已收到，待答复")
        REPLIED = "replied", _("异议已答复")

    class Nature(models.TextChoices):
        COMPLAINT = "complaint", _("投诉")
        SUGGESTION = "suggestion", _("意见建议")
        PRAISE = "praise", _("表扬")
        OBJECTION = "objection", _("对招投标结果的异议")

    variants: ClassVar = {Nature.OBJECTION.value: _("异议")}

    class Sender(models.TextChoices):
        RESIDENT = "resident", _("居民")
        SUPPLIER = "supplier", _("参加投标的单位")
        OTHER = "other", _("其他单位或个人")

    nature = models.CharField(_("类别"), max_length=12, choices=Nature)
    notice = models.BigIntegerField(null=True)
    sender = models.CharField(_("提出人"), max_length=10, choices=Sender, blank=True)
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
    def method(self) -> str:
        return str(self.nature) if self.notice is not None else ""

    @property
    def seed(self) -> str:
        return str(self.notice or "")

    @property
    def is_handled(self) -> bool:
        return self.state in (self.State.ANSWERED, self.State.REPLIED)

    @property
    def owner(self) -> Organisation | None:
        return self.handler

    def visible_to(self, actor: Post) -> bool:
        """Civil affairs, audit and whoever it was passed on to; never the provider it is about."""
        office = actor.organisation
        return office.organisation_kind in HANDLERS or office.pk == self.handler_id

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """From the public's seat only: a word of any kind, and an objection to each result that was made known."""
        if dossier is None or actor.organisation.organisation_kind != Organisation.Kind.PUBLIC:
            return []
        results = Entry.objects.filter(purchase=dossier.purchase.pk, action=RESULT).order_by("pk")
        objections = [cls.objecting(dossier.purchase, pk) for pk in results.values_list("pk", flat=True)]
        return [cls(purchase=dossier.purchase), *objections]

    @classmethod
    def objecting(cls, purchase: Purchase, notice: int) -> Self:
        """An objection that nobody has made yet."""
        return cls(purchase=purchase, nature=cls.Nature.OBJECTION, notice=notice)
