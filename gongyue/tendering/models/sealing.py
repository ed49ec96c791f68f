"""密封: whose keys open a call's bids, what a bidder uploads before it hands it in, and the sealed bid itself."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject, Refused

from .agency import CAPACITY
from .bid import Bid
from .parts import entrusted
from .tender import Tender
from .unnumbered import Unnumbered


class KeyHolder(PurchaseSubject):
    """开标钥匙: one office's part in opening the bids of a call. The key itself never comes here, only its public half.

    `capacity` is the name it has in the lock. One office holds one key, so that `threshold` keys are as many offices.
    """

    kind = "keyholder"
    called = _("开标钥匙")
    section = "opening"
    staged = False
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender", "organisation", "post", "post__person")

    class State(models.TextChoices):
        HELD = "held", _("保管中")
        LOST = "lost", _("已报失")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="keyholders")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("保管单位")
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", verbose_name=_("保管人"))
    capacity = models.CharField(max_length=40)
    recipient = models.CharField(_("公钥"), max_length=80)
    taken_at = models.DateTimeField(_("登记时间"))
    lost_at = models.DateTimeField(_("报失时间"), null=True)
    lost_reason = models.TextField(_("报失原因"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", name], condition=Q(state="held"), name=f"one_key_per_{name}")
            for name in ("organisation", "capacity", "recipient")
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def owner(self) -> Organisation | None:
        """Whose key it is: it alone says that it is lost. An agent's is its own for as long as its agreement entrusts
        keys to it; from then on the others say so."""
        if not self.pk:
            return None
        own = self.capacity != CAPACITY or entrusted(self.purchase, self.organisation_id, "keyholder.lose")
        return self.organisation if own else None

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Keys matter until the bids have been opened."""
        tender = dossier.latest(Tender)
        return tender is None or tender.state in {Tender.State.SCORED, Tender.State.AWARDED, Tender.State.FAILED}

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For an office without a key, while the documents of a tender are being prepared."""
        tender = dossier.latest(Tender) if dossier else None
        if dossier is None or tender is None or not tender.tendered:
            return []
        if tender.state not in {Tender.State.DRAFTED, Tender.State.BRIEFED, Tender.State.INVITED}:
            return []
        held = [one for one in holders(dossier, tender) if one.organisation_id == actor.organisation_id]
        return [] if held else [cls(purchase=dossier.purchase, tender=tender, organisation=actor.organisation)]


def holders(dossier: Dossier, tender: Tender) -> list[KeyHolder]:
    """Who holds a key of this call now, by the names they have in its lock."""
    rows = [row for row in dossier.all(KeyHolder) if row.tender_id == tender.pk and row.state == KeyHolder.State.HELD]
    return sorted(rows, key=lambda row: row.capacity)


class SealedUpload(models.Model):
    """上传件: what one organisation uploads for a call. Staged like a draft: nothing of the purchase changes until
    `bid.submit` takes it. `receipt` is canonical JSON as docs/sealed-bids.md has it, "" until the browser has sealed.

    `touched_at` is legal time: no bid can be handed in at a moment before it.
    """

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="uploads")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    receipt = models.TextField(blank=True)
    wraps = models.JSONField(default=dict)  # name → base64
    snapshot = models.CharField(max_length=64, blank=True)  # digest of the profile that was sealed with it
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.token

    @property
    def bid_name(self) -> str:
        """What the headers of its parts call the bid: nobody can hand in another organisation's parts as its own."""
        return f"{self.post.organisation_id}-{self.token}"

    @property
    def document(self) -> dict[str, Any]:
        """What stands in the receipt."""
        found: dict[str, Any] = json.loads(self.receipt)
        return found


class SealedFile(models.Model):
    """One file of an upload as it comes in: a part's ciphertext, or (`copy`) its envelope out of the bidder's own copy.

    `received` bytes lie in chunks; once all are there and give the digest (`whole`) it is kept under that.
    """

    class Kind(models.TextChoices):
        PART = "part", _("密文")
        COPY = "copy", _("自存副本")

    upload = models.ForeignKey(SealedUpload, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=Kind)
    name = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    whole = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "kind", "name"], name="sealed_file_once"),
            models.CheckConstraint(condition=Q(received__lte=models.F("size")), name="sealed_file_no_more"),
        ]


class SealedBid(Unnumbered, PurchaseSubject):
    """密封投标: what was handed in unread. Sealed until the opening; then opened, or left unopened with the reason."""

    kind = "sealedbid"
    called = _("密封投标")
    section = "opening"
    staged = False
    follows = Bid
    related: ClassVar[tuple[str, ...]] = (
        "bid", "bid__tender", "bid__organisation", "upload", "upload__post", "confirmed_by",
    )  # fmt: skip

    class State(models.TextChoices):
        SEALED = "sealed", _("密封")
        OPENED = "opened", _("已解密")
        UNOPENED = "unopened", _("未能开启")

    class How(models.TextChoices):
        KEYS = "keys", _("开标钥匙")
        COPY = "copy", _("投标人自存副本")

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="sealed")
    upload = models.OneToOneField(SealedUpload, on_delete=models.PROTECT, related_name="accepted")
    identity = models.CharField(max_length=80, blank=True)  # the bid's own key, once the holders have found it
    faults = models.JSONField(default=list)  # [[part, trouble]] of the last attempt
    opened_at = models.DateTimeField(_("解密时间"), null=True)
    opened_how = models.CharField(_("解密方式"), max_length=4, choices=How, blank=True)
    copy_due_at = models.DateTimeField(_("请提交自存副本的截止时间"), null=True)
    left_reason = models.TextField(_("未能开启的原因"), blank=True)
    confirmed_at = models.DateTimeField(_("投标人确认时间"), null=True)
    confirmed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    doubt = models.TextField(_("投标人的疑义"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="opened") | (Q(opened_at__isnull=False) & ~Q(opened_how="")), name="opened_somehow"
            ),
            models.CheckConstraint(condition=~Q(state="unopened") | ~Q(left_reason=""), name="unopened_for_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.bid)

    @property
    def receipt_digest(self) -> str:
        """What the ledger holds of its receipt."""
        return sha256(self.upload.receipt.encode()).hexdigest()

    @property
    def owner(self) -> Organisation | None:
        """From the opening on no affair of its bidder alone; before it nothing is done to it."""
        return None

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Nothing is done to any of them before the opening, nor once the panel has scored."""
        tender = dossier.latest(Tender)
        return tender is None or tender.state != Tender.State.OPENED or not tender.sealed

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born when its bid is handed in."""
        return []

    def visible_to(self, actor: Post) -> bool:
        return self.bid.visible_to(actor)


class Layer(models.Model):
    """One layer that a holder took off a wrap at the opening: what is inside goes to the next holder of the subset.
    `failed`: that holder's key did not open it."""

    sealed = models.ForeignKey(SealedBid, on_delete=models.PROTECT, related_name="layers")
    wrap = models.CharField(max_length=200)  # the holders of the subset, joined by +
    taken = models.PositiveSmallIntegerField()  # how many layers are off
    holder = models.ForeignKey(KeyHolder, on_delete=models.PROTECT, related_name="+")
    inner = models.TextField(blank=True)  # base64
    failed = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sealed", "wrap", "taken"], name="layer_once"),
            models.CheckConstraint(
                condition=Q(failed=True, inner="") | (Q(failed=False) & ~Q(inner="")), name="layer_off_or_failed"
            ),
        ]


class BidPaper(models.Model):
    """A file that was sealed with a bid, as it came out at the opening."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="papers")
    part = models.CharField(max_length=40)
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["bid", "part"], name="bid_paper_once")]


def latest_trace(tender: Tender) -> datetime | None:
    """The latest legal moment that is on record of this call beside its entries: somebody uploaded, or was refused and
    that was kept. Two queries."""
    uploaded = tender.uploads.aggregate(latest=models.Max("touched_at"))["latest"]
    refused = Refused.objects.filter(purchase=tender.purchase_id).aggregate(latest=models.Max("at"))["latest"]
    return max((at for at in (uploaded, refused) if at is not None), default=None)
