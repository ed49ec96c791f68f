"""谈判与磋商: what was talked over with each supplier, what the documents were changed by, and the final offers."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.tendering.methods import TALKED

from .bid import Bid, live
from .parts import buys, in_group
from .tender import Tender


def talking(dossier: Dossier | None) -> Tender | None:
    """The call whose suppliers are being talked with."""
    tender = dossier.latest(Tender) if dossier is not None else None
    stands = tender is not None and tender.way in TALKED and tender.state == Tender.State.OPENED
    return tender if stands else None


def standing(dossier: Dossier, tender: Tender) -> list[Bid]:
    """Those that still take part."""
    return [bid for bid in live(dossier.all(Bid), tender) if bid.state == Bid.State.QUALIFIED]


class Talk(PurchaseSubject):
    """谈判（磋商）记录: one round with one supplier. The others must not learn of it."""

    kind = "talk"
    called = _("谈判（磋商）记录")
    follows = Bid
    staged = False
    related: ClassVar[tuple[str, ...]] = ("bid", "bid__organisation", "bid__tender")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已记录")

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="talks", verbose_name=_("供应商"))
    number = models.PositiveSmallIntegerField(_("轮次"))
    held_on = models.DateField(_("日期"), null=True)
    content = models.TextField(_("谈判（磋商）情况"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["bid", "number"], name="one_talk_a_round")]

    def __str__(self) -> str:
        return str(_("%(who)s 第 %(n)s 轮") % {"who": self.bid.organisation, "n": self.number})

    @property
    def seed(self) -> str:
        return str(self.bid_id)

    @property
    def seed_words(self) -> str:
        return str(self)

    def visible_to(self, actor: Post) -> bool:
        """To its own supplier, the purchaser and the group; what was said with one is never told to another."""
        own = self.bid.organisation_id == actor.organisation_id
        return own or in_group(self.purchase, self.bid.tender, actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more round with each that takes part, for the purchaser's people."""
        tender = talking(dossier)
        if dossier is None or tender is None or not buys(dossier.purchase, actor):
            return []
        held = [one.bid_id for one in dossier.all(cls)]
        return [
            cls(purchase=dossier.purchase, bid=bid, number=held.count(bid.pk) + 1) for bid in standing(dossier, tender)
        ]


class Variation(PurchaseSubject):
    """实质性变动通知: what the talks changed in the documents, told to all that take part at once."""

    kind = "variation"
    called = _("采购文件变动通知")
    follows = Tender
    staged = False
    related: ClassVar[tuple[str, ...]] = ("tender",)

    class State(models.TextChoices):
        TOLD = "told", _("已通知全部供应商")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="variations")
    number = models.PositiveSmallIntegerField(_("序号"))
    text = models.TextField(_("变动内容"))
    told_at = models.DateTimeField(_("通知时间"), null=True)

    def __str__(self) -> str:
        return str(_("第 %(n)s 号") % {"n": self.number})

    def visible_to(self, actor: Post) -> bool:
        """To purchaser and group, and to those that answered; the documents have changed for them alone."""
        office = actor.organisation_id
        return in_group(self.purchase, self.tender, actor) or any(
            bid.organisation_id == office for bid in self.tender.bids.all() if bid.state != Bid.State.WITHDRAWN
        )

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        tender = talking(dossier)
        if dossier is None or tender is None:
            return []
        return [cls(purchase=dossier.purchase, tender=tender, number=len(dossier.all(cls)) + 1)]


class FinalOffer(PurchaseSubject):
    """最后报价: one supplier's last price, sealed until all are opened together."""

    kind = "finaloffer"
    called = _("最后报价")
    follows = Bid
    staged = False
    related: ClassVar[tuple[str, ...]] = ("bid", "bid__organisation", "bid__tender")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已提交")

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="finaloffer", verbose_name=_("供应商"))
    price_fen = models.BigIntegerField(_("最后报价"))
    terms = models.TextField(_("随报价承诺的内容"), blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(price_fen__gt=0), name="final_offer_positive"),
        ]

    def __str__(self) -> str:
        return str(self.bid.organisation)

    @property
    def owner(self) -> Organisation | None:
        return self.bid.organisation

    def visible_to(self, actor: Post) -> bool:
        """To its own supplier; to purchaser and group once they were opened, to other offices with the result; to the
        other suppliers never: the winner's price alone is published (Order 74, article 18)."""
        office, tender = actor.organisation, self.bid.tender
        if office.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION:
            return self.bid.organisation_id == office.pk
        opened = tender.state not in {Tender.State.OPENED, Tender.State.NEGOTIATED}
        return opened and (tender.awarded_at is not None or in_group(self.purchase, tender, actor))

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once, for each that still takes part, when the talks are over."""
        tender = dossier.latest(Tender) if dossier is not None else None
        if dossier is None or tender is None or tender.state != Tender.State.NEGOTIATED:
            return []
        given = {one.bid_id for one in dossier.all(cls)}
        mine = [bid for bid in standing(dossier, tender) if bid.organisation_id == actor.organisation_id]
        return [cls(purchase=dossier.purchase, bid=bid) for bid in mine if bid.pk not in given]
