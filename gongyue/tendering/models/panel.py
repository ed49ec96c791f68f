"""评审: the panel of a call, its score sheets and the ranking that follows from them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .bid import Bid
from .tender import Tender


class PanelSeat(models.Model):
    """评审席位: one post on the panel of a tender, as an expert or for the purchaser; secret until the award.

    `category`: the code of the group it sits for, where the regime asks for a composition by groups.
    """

    class Part(models.TextChoices):
        EXPERT = "expert", _("评审专家")
        REPRESENTATIVE = "representative", _("采购人代表")
        MEMBER = "member", _("按类别确定的成员")

    class Origin(models.TextChoices):
        HAND = "hand", _("直接确定")
        OFFICIAL = "official", _("专家库抽取")
        OWN = "own", _("系统随机抽取")
        SELECTED = "selected", _("经同意自行选定")
        GROUPS = "groups", _("按类别确定")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    part = models.CharField(_("身份"), max_length=20, choices=Part, default=Part.EXPERT)
    origin = models.CharField(_("产生方式"), max_length=20, choices=Origin, default=Origin.HAND)
    category = models.CharField(_("类别"), max_length=40, blank=True)
    leads = models.BooleanField(_("评标组长"), default=False)
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["tender", "post"], name="one_seat_per_expert")]

    def __str__(self) -> str:
        return str(self.post)


class ScoreSheet(PurchaseSubject):
    """评分表: one expert's points for every bid and factor, in hundredths: `{"<bid>": {"<factor>": 1850}}`."""

    kind = "sheet"
    called = _("评分表")
    follows = Bid
    staged = False

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("评分已提交")
        RECALLED = "recalled", _("退回改正")
        VOID = "void", _("已失效")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="sheets")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="sheets")
    scores = models.JSONField(_("评分"), default=dict)
    independent = models.BooleanField(_("声明与投标人无利害关系"), default=False)
    submitted_at = models.DateTimeField()
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    recalled_for = models.TextField(blank=True)  # what its member is to put right
    recalled = models.JSONField(default=list)  # the points given back, and no others: of which bid, for which factor
    earlier = models.JSONField(default=list)  # what it held before it was put right: scores and when they were given

    related: ClassVar[tuple[str, ...]] = ("tender", "post", "post__organisation")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "post"], condition=~Q(state="void"), name="one_sheet_per_expert")
        ]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def owner(self) -> Organisation | None:
        """The expert's own affair until it is handed in, and again when it is to be put right."""
        return None if self.state == self.State.SUBMITTED else self.post.organisation

    @property
    def doer(self) -> Post | None:
        """No colleague of the same body scores in its expert's place."""
        return None if self.state == self.State.SUBMITTED else self.post

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Sheets are written while the bids are open and not yet scored."""
        tender = dossier.latest(Tender)
        return tender is None or not tender.scoring

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For a seated expert without a sheet, once the bids are opened."""
        tender = dossier.latest(Tender) if dossier else None
        if dossier is None or tender is None or not tender.scoring:
            return []
        mine = [one for one in dossier.all(cls) if one.tender_id == tender.pk and one.post_id == actor.pk]
        if any(sheet.state != cls.State.VOID for sheet in mine):
            return []
        if not tender.seats.filter(post=actor, left_at=None).exists():
            return []
        from .committee import committee_of  # whose seats are this module's

        found = committee_of(dossier, tender)
        organiser = found.organiser if found is not None else None
        return [cls(purchase=dossier.purchase, tender=tender, post=actor, organiser=organiser)]

    def visible_to(self, actor: Post) -> bool:
        """Whether a page may let on that it exists: to its expert and to the organiser, to others after the award."""
        mine = self.post_id == actor.pk or actor.organisation_id == self.organiser_id
        return mine or self.tender.awarded_at is not None

    def points(self) -> dict[int, dict[int, int]]:
        """Hundredths by bid and factor."""
        scores: dict[str, dict[str, Any]] = self.scores
        return {int(bid): {int(n): int(p) for n, p in row.items()} for bid, row in scores.items()}


class Ranking(models.Model):
    """评标结果: a bid's total as an exact fraction of points, and its place; equal places are ties."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="rankings")
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="ranking")
    numerator = models.CharField(max_length=40)  # digits: an exact fraction may outgrow 64 bits
    denominator = models.CharField(max_length=40)
    rank = models.PositiveSmallIntegerField(_("名次"))
    fallen_at = models.DateTimeField(_("中标结果被取消的时间"), null=True)
    chosen = models.BooleanField(_("入选"), default=False)  # among several; the tender names the one
    chosen_at = models.DateTimeField(_("递补入选的时间"), null=True)  # into a place that fell free after the award

    class Meta:
        ordering: ClassVar = ["rank", "bid_id"]

    def __str__(self) -> str:
        return f"{self.rank}"

    @property
    def total(self) -> Fraction:
        return Fraction(int(self.numerator), int(self.denominator))
