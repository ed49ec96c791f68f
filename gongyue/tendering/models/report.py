"""评标报告: what the committee puts down, who signed it, what was checked again, and what follows the award."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.tendering.methods import TENDERED

from .committee import Evaluating, committee_of
from .panel import PanelSeat
from .tender import Tender


class Kept(Evaluating):
    """Known to whoever organises the evaluation; others are told what was published."""

    follows = Tender
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def visible_to(self, actor: Post) -> bool:
        return actor.organisation_id == self.organiser_id


class Recheck(Kept):
    """评标结果复核 on one of the four grounds of law. What the totals were before is kept beside what they became."""

    kind = "recheck"
    called = _("评标结果复核")
    related: ClassVar[tuple[str, ...]] = ("tender", "organiser")

    class State(models.TextChoices):
        NOTED = "noted", _("记入评标报告")
        ORDERED = "ordered", _("须报告财政部门")
        REPORTED = "reported", _("已报告财政部门")

    class Ground(models.TextChoices):
        TOTAL = "total", _("分值汇总计算错误")
        RANGE = "range", _("分项评分超出评分标准范围")
        OBJECTIVE = "objective", _("评标委员会成员对客观评审因素评分不一致")
        EXTREME = "extreme", _("经评标委员会认定评分畸高、畸低")

    ground = models.CharField(_("复核的情形"), max_length=20, choices=Ground)
    found = models.TextField(_("发现的问题"))
    signed_before = models.BooleanField(_("评标报告签署以后"), default=False)
    before = models.JSONField(default=list)  # bid, numerator, denominator, rank
    after = models.JSONField(default=list)
    changed = models.BooleanField(_("是否改变评标结果"), null=True)
    ordered_at = models.DateTimeField(_("复核时间"), null=True)
    concluded_at = models.DateTimeField(_("复核完成时间"), null=True)
    reported_on = models.DateField(_("报告日期"), null=True)
    report_number = models.CharField(_("报告文号"), max_length=60, blank=True)

    def __str__(self) -> str:
        return str(self.get_ground_display())

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born with the order that sends the totals back."""
        return []


class Report(Kept):
    """评标报告 on one totalling (`turn`: how often the totals were checked again before it). Its contents come from the
    record when it is written, and are frozen with what the members put under it when it is final."""

    kind = "evalreport"
    called = _("评标报告")
    related: ClassVar[tuple[str, ...]] = ("tender", "organiser")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("待成员签署")
        SIGNED = "signed", _("已签署定稿")
        DELIVERED = "delivered", _("采购人已收到")

    turn = models.PositiveSmallIntegerField(default=0)
    medium = models.CharField(_("招标公告刊登的媒体"), max_length=120)
    situation = models.TextField(_("评标情况及说明"))
    other = models.TextField(_("其他需要说明的情况"), blank=True)
    agent = models.CharField(_("采购代理机构"), max_length=120, blank=True)
    contents = models.JSONField(default=list)  # the parts of the report, as `tendering.report` writes them
    refusals = models.TextField(_("拒绝签字又不说明理由的情况"), blank=True)
    drafted_at = models.DateTimeField(_("编写时间"), null=True)
    signed_at = models.DateTimeField(_("定稿时间"), null=True)
    received_on = models.DateField(_("采购人收到日期"), null=True)

    def __str__(self) -> str:
        return str(_("%(title)s评标报告") % {"title": self.tender.title})

    @property
    def final(self) -> bool:
        return self.signed_at is not None

    def visible_to(self, actor: Post) -> bool:
        """Also to the members, who are to sign it."""
        return super().visible_to(actor) or (self.pk is not None and self.signatures.filter(post=actor).exists())

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One on each totalling of a tender; of talks the report is what its group recommends."""
        tender = dossier.latest(Tender) if dossier else None
        if dossier is None or tender is None or tender.state != Tender.State.SCORED or tender.way not in TENDERED:
            return []
        if report_of(dossier, tender) is not None:
            return []
        found = committee_of(dossier, tender)
        organiser = found.organiser if found is not None else actor.organisation
        turn = turn_of(dossier, tender)
        return [cls(purchase=dossier.purchase, tender=tender, organiser=organiser, turn=turn)]


def turn_of(dossier: Dossier, tender: Tender) -> int:
    """How often the totals of a tender were checked again."""
    return sum(one.tender_id == tender.pk for one in dossier.all(Recheck))


def report_of(dossier: Dossier, tender: Tender | None) -> Report | None:
    """The report on the totals as they stand."""
    if tender is None:
        return None
    turn = turn_of(dossier, tender)
    rows = [one for one in dossier.all(Report) if one.tender_id == tender.pk and one.turn == turn]
    return rows[-1] if rows else None


class Signature(Kept):
    """报告签署 of one member. Who neither signs nor writes why counts as agreeing."""

    kind = "signature"
    called = _("评标报告签署")
    related: ClassVar[tuple[str, ...]] = ("tender", "organiser", "report", "post", "post__organisation", "post__person")

    class State(models.TextChoices):
        ASKED = "asked", _("待签署")
        GIVEN = "given", _("已签署")

    class Stand(models.TextChoices):
        AGREE = "agree", _("同意评标报告")
        DISSENT = "dissent", _("有不同意见")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="signatures")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    stand = models.CharField(_("意见"), max_length=10, choices=Stand, blank=True)
    reason = models.TextField(_("不同意见及理由"), blank=True)
    at = models.DateTimeField(_("签署时间"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "post"], name="signed_once")]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def doer(self) -> Post:
        return self.post

    def visible_to(self, actor: Post) -> bool:
        return actor.pk == self.post_id or super().visible_to(actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Asked for with the report."""
        return []


class PanelFee(Kept):
    """评审劳务报酬 paid to one expert, with travel from elsewhere. The rate stands in no source that was found."""

    kind = "panelfee"
    called = _("评审劳务报酬")
    related: ClassVar[tuple[str, ...]] = ("tender", "organiser", "post", "post__organisation", "post__person")

    class State(models.TextChoices):
        PAID = "paid", _("已支付")

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(_("劳务报酬"))
    travel_fen = models.BigIntegerField(_("异地评审差旅费"), default=0)
    paid_on = models.DateField(_("支付日期"), null=True)
    voucher = models.CharField(_("支付凭证号"), max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "post"], name="fee_paid_once"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0, travel_fen__gte=0), name="fee_positive"),
        ]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def seed(self) -> str:
        return str(self.post_id)

    @property
    def seed_words(self) -> str:
        return str(self.post)

    def visible_to(self, actor: Post) -> bool:
        return actor.pk == self.post_id or super().visible_to(actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For each expert who sits, once the evaluation is over: nobody else is paid for it."""
        tender = dossier.latest(Tender) if dossier else None
        found = committee_of(dossier, tender) if dossier else None
        over = tender is not None and tender.scored_at is not None
        if (
            dossier is None
            or tender is None
            or found is None
            or not over
            or actor.organisation_id != found.organiser_id
        ):
            return []
        paid = {one.post_id for one in dossier.all(cls) if one.tender_id == tender.pk}
        seats = tender.seats.filter(left_at=None, part=PanelSeat.Part.EXPERT).exclude(post__in=paid)
        rows = seats.select_related("post__organisation", "post__person").order_by("pk")
        shared: dict[str, Any] = {"purchase": dossier.purchase, "tender": tender, "organiser": found.organiser}
        return [cls(**shared, post=seat.post) for seat in rows]


class AwardNotice(Evaluating):
    """中标通知书: sent to the winner when the result is announced."""

    kind = "awardnotice"
    called = _("中标通知书")
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender", "winner")

    class State(models.TextChoices):
        SENT = "sent", _("已发出")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="+")
    winner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("中标人"))
    number = models.CharField(_("通知书编号"), max_length=60)
    sent_on = models.DateField(_("发出日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["tender", "winner"], name="award_noticed_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def seed(self) -> str:
        """The winner, where there are several of a tender."""
        return str(self.winner_id) if self.tender.several else ""

    @property
    def seed_words(self) -> str:
        return self.winner.name if self.tender.several else ""

    @classmethod
    def seed_after(cls, before: Subject) -> str:
        """Of whoever took a place that fell free."""
        came = before.newcomer if isinstance(before, Tender) and before.several else None
        return str(came.organisation_id) if came is not None else ""

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once for each winner, when the tender is awarded."""
        tender = dossier.latest(Tender) if dossier else None
        if dossier is None or tender is None or tender.awarded_at is None:
            return []
        told = {one.winner_id for one in dossier.all(cls) if one.tender_id == tender.pk}
        won = [bid.organisation for bid in tender.winners if bid.organisation_id not in told]
        return [cls(purchase=dossier.purchase, tender=tender, winner=organisation) for organisation in won]
