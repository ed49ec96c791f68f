"""不实材料: what a reviewer found untrue in a bid, what its bidder says to that, and what was found in the end."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Purchase, PurchaseSubject

from .bid import Bid, live
from .parts import reads
from .tender import Tender

REVIEWERS = frozenset({Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.AUDIT})


def reviews(purchase: Purchase, tender: Tender, actor: Post) -> bool:
    """Whether somebody reviews what was opened or supervises that; while there are talks nobody but the purchaser's
    side learns who takes part (Procurement Law, article 38)."""
    supervises = actor.organisation.organisation_kind in REVIEWERS and not tender.discreet
    return supervises or reads(purchase, actor)


class Reviewed(PurchaseSubject):
    """Between the bidder and those who review or supervise; no other party of the purchase, and not the public."""

    section = "supervision"
    staged = False

    class Meta:
        abstract = True

    def visible_to(self, actor: Post) -> bool:
        return self.bidder.pk == actor.organisation_id or reviews(self.purchase, self.about.tender, actor)

    @property
    def about(self) -> Bid:
        raise NotImplementedError

    @property
    def bidder(self) -> Organisation:
        return self.about.organisation


class OnBid(Reviewed):
    """About one bid, and told by whose it is."""

    follows = Bid
    related: ClassVar[tuple[str, ...]] = ("bid", "bid__organisation", "bid__tender")

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="+", verbose_name=_("投标"))

    class Meta:
        abstract = True

    @property
    def seed(self) -> str:
        return str(self.bid_id)

    @property
    def seed_words(self) -> str:
        return str(self.bid.organisation)

    @property
    def about(self) -> Bid:
        return self.bid


class FalseStatement(OnBid):
    """不实材料记录 on one opened bid, the profile frozen in it among its parts (GZ-P-4.7)."""

    kind = "falsestatement"
    called = _("不实材料记录")
    remedy = ""

    class State(models.TextChoices):
        RECORDED = "recorded", _("已记录，待认定")
        UPHELD = "upheld", _("认定不实")
        DROPPED = "dropped", _("不予认定")

    class Part(models.TextChoices):
        PROFILE = "profile", _("机构档案和机构情况")
        PLAN = "plan", _("实施方案")
        FUND_RULES = "fund_rules", _("资金使用细则")
        OTHER = "other", _("其他材料")

    part = models.CharField(_("所在材料"), max_length=12, choices=Part)
    what = models.TextField(_("不实之处"))
    evidence = models.TextField(_("依据"))
    recorded_on = models.DateField(_("记录日期"), null=True)
    told = models.TextField(_("告知情况"), blank=True)
    finding = models.TextField(_("认定意见"), blank=True)
    decided_on = models.DateField(_("认定日期"), null=True)

    def __str__(self) -> str:
        return f"{self.bid.organisation} · {self.get_part_display()}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more on each bid that was opened, for those who review."""
        tender = dossier.latest(Tender) if dossier is not None else None
        if dossier is None or tender is None or tender.opened_at is None:
            return []
        if not reviews(dossier.purchase, tender, actor):
            return []
        return [cls(purchase=dossier.purchase, bid=bid) for bid in live(dossier.all(Bid), tender)]


class FalseReply(Reviewed):
    """机构说明: what the bidder says to it; asked for with the record."""

    kind = "falsereply"
    called = _("对不实材料记录的说明")
    follows = FalseStatement
    related: ClassVar[tuple[str, ...]] = (
        "statement", "statement__bid", "statement__bid__organisation", "statement__bid__tender",
    )  # fmt: skip

    class State(models.TextChoices):
        ASKED = "asked", _("待说明")
        GIVEN = "given", _("已说明")

    statement = models.OneToOneField(FalseStatement, on_delete=models.PROTECT, related_name="reply")
    text = models.TextField(_("说明"), blank=True)
    given_on = models.DateField(_("说明日期"), null=True)

    def __str__(self) -> str:
        return str(self.statement)

    @property
    def about(self) -> Bid:
        return self.statement.bid

    @property
    def owner(self) -> Organisation:
        return self.bidder

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born with the record that it answers."""
        return []


def upheld(dossier: Dossier, bid: Bid | None) -> int:
    """How many false statements were upheld on a bid; from the dossier."""
    if bid is None or bid.tender.opened_at is None:
        return 0
    rows = [one for one in dossier.all(FalseStatement) if one.bid_id == bid.pk]
    return sum(one.state == FalseStatement.State.UPHELD for one in rows)
