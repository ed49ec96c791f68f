"""发标以后: who takes the documents, who asks about them, and what everybody is answered. Who takes and who asks is as
secret as who bids."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .parts import acts_on, reads
from .tender import Tender
from .unnumbered import Unnumbered


def calling_to(dossier: Dossier | None, actor: Post) -> Tender | None:
    """The call that takes bids, for a post of a social organisation."""
    tender = dossier.latest(Tender) if dossier else None
    social = actor.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
    open_to = tender is not None and tender.calling and social and tender.admits(actor.organisation_id)
    return tender if open_to else None


class Sealed(Unnumbered, PurchaseSubject):
    """What one organisation did with the documents of a call. It is known to that organisation alone until the bids
    are opened, from then on to whoever reads these, and never to other bidders."""

    section = "openness"
    staged = False
    follows: ClassVar[type[PurchaseSubject] | None] = Tender
    related: ClassVar[tuple[str, ...]] = ("tender", "organisation")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def owner(self) -> Organisation | None:
        return self.organisation

    def visible_to(self, actor: Post) -> bool:
        own = self.organisation_id == actor.organisation_id
        return own or (self.tender.opened_at is not None and reads(self.purchase, actor))


class Package(Sealed):
    """领取登记: one organisation has taken the documents (GZ-P-3.2.2b). Who took them, and how many did, is secret
    until the bids are opened."""

    kind = "package"
    called = _("招标资料领取")

    class State(models.TextChoices):
        TAKEN = "taken", _("已领取")

    taken_at = models.DateTimeField(_("领取时间"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "organisation"], name="taken_once")]

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once for each organisation, while a call stands."""
        tender = calling_to(dossier, actor)
        if tender is None or dossier is None:
            return []
        mine = {one.tender_id for one in dossier.all(cls) if one.organisation_id == actor.organisation_id}
        if tender.pk in mine:
            return []
        return [cls(purchase=tender.purchase, tender=tender, organisation=actor.organisation)]


class Enquiry(Sealed):
    """询问: what one organisation wants to know. The answer is a `Clarification`, which does not name it."""

    kind = "enquiry"
    called = _("询问")

    class State(models.TextChoices):
        ASKED = "asked", _("已提出")

    question = models.TextField(_("询问内容"))
    asked_at = models.DateTimeField(_("提出时间"))

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Any number of them, while a call stands."""
        tender = calling_to(dossier, actor)
        return [cls(purchase=tender.purchase, tender=tender, organisation=actor.organisation)] if tender else []


class Clarification(PurchaseSubject):
    """答疑: the purchaser's one answer to an enquiry, the same for everybody who holds the documents (GZ-P-3.2.2c)."""

    kind = "clarification"
    called = _("答疑")
    section = "openness"
    staged = False
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender",)

    class State(models.TextChoices):
        PENDING = "pending", _("待答复")
        ANSWERED = "answered", _("已答复")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="clarifications")
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="clarification")
    question = models.TextField(_("问"), blank=True)  # in the purchaser's words
    answer = models.TextField(_("答"), blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    def __str__(self) -> str:
        return str(_("第 %(number)s 号") % {"number": self.pk})

    def visible_to(self, actor: Post) -> bool:
        """Until it is answered: to the purchaser's side and to an agent that answers, as it tells that somebody
        asked."""
        answered = self.state == self.State.ANSWERED
        return answered or reads(self.purchase, actor) or acts_on(self.kind, self.purchase, actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born with the enquiry that it answers."""
        return []
