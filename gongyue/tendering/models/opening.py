"""开标: the hall in which the sealed bids of a call are opened, read out and confirmed."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .bid import Bid, live
from .sealing import SealedBid, holders
from .tender import Tender


class Opening(PurchaseSubject):
    """开标记录 of a call whose bids are sealed: begun by `tender.open`, read out once every bid is opened or left."""

    kind = "opening"
    called = _("开标记录")
    section = "opening"
    staged = False
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender",)

    class State(models.TextChoices):
        BEGUN = "begun", _("正在解密")
        READ = "read", _("已唱标")
        CLOSED = "closed", _("开标结束")

    tender = models.OneToOneField(Tender, on_delete=models.PROTECT, related_name="opening")
    begun_at = models.DateTimeField(_("开标时间"))
    read_at = models.DateTimeField(_("唱标时间"), null=True)
    record = models.JSONField(default=list)  # what was read out: one line a bid
    notes = models.TextField(_("唱标情况"), blank=True)
    handled = models.TextField(_("疑义的处理"), blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True)

    def __str__(self) -> str:
        return str(self.tender)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born by the opening of a sealed call."""
        return []


class Presence(models.Model):
    """到场: an organisation that signed in at the opening, and who did so for it."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="present")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("签到时间"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["opening", "organisation"], name="present_once")]


def sealed_bids(dossier: Dossier, tender: Tender) -> list[SealedBid]:
    """The sealed bids that take part in the opening, in the order they were handed in: what was withdrawn does not."""
    standing = {bid.pk for bid in live(dossier.all(Bid), tender)}
    return [row for row in dossier.all(SealedBid) if row.bid_id in standing]


def waiting(rows: list[SealedBid]) -> list[SealedBid]:
    """Those that are neither opened nor left."""
    return [row for row in rows if row.state == SealedBid.State.SEALED]


def locked_out(sealed: SealedBid, dossier: Dossier) -> bool:
    """Whether the holders' keys do not open it: too few of them are left, what they found does not open its parts, or
    every subset of those left has failed. One query."""
    if sealed.faults:
        return True
    tender = sealed.bid.tender
    left = {row.capacity for row in holders(dossier, tender)}
    document = sealed.upload.document
    usable = ["+".join(wrap["holders"]) for wrap in document["wraps"] if set(wrap["holders"]) <= left]
    failed = set(sealed.layers.filter(failed=True).values_list("wrap", flat=True))
    return not sealed.identity and all(name in failed for name in usable)


def line_of(sealed: SealedBid, *, ceiling_fen: int) -> dict[str, Any]:
    """What is read out of one bid."""
    bid = sealed.bid
    return {
        "organisation": str(bid.organisation), "submitted_at": bid.submitted_at.isoformat(),
        "price_fen": bid.price_fen, "how": sealed.opened_how, "left": sealed.left_reason,
        "above_ceiling": bid.price_fen is not None and bid.price_fen > ceiling_fen,
    }  # fmt: skip
