"""评标中的价格: errors put right with the bidder's word, and prices so low that they must be explained."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.policy import Regime
from gongyue.tendering.methods import TENDERED
from gongyue.tendering.pricing import AVERAGE, CEILING, SECOND, Marks, low

from .bid import Bid, live
from .falsehood import OnBid, reviews
from .tender import Tender

MARKS = {"average_bp": "tender.low_average", "second_bp": "tender.low_second", "ceiling_bp": "tender.low_ceiling"}
MARK_NAMES = {
    AVERAGE: _("低于各投标报价的平均数的规定比例"), SECOND: _("低于次低报价的规定比例"),
    CEILING: _("低于最高限价的规定比例"),
}  # fmt: skip

STEPS = {
    1: _("开标一览表与投标文件其他内容不一致的，以开标一览表为准"),
    2: _("大写金额与小写金额不一致的，以大写金额为准"),
    3: _("单价小数点明显错位的，以开标一览表的总价为准，修改单价"),
    4: _("总价与按单价汇总的金额不一致的，以单价计算结果为准"),
}


def marks(regime: Regime, on: date, tender: Tender | None = None) -> Marks | None:
    """The marks of low prices in force on a day, raised where a call's documents raise them; None where there are
    none."""
    found = {name: regime.parameter(called, on) for name, called in MARKS.items()}
    values = {name: dated.value for name, dated in found.items() if dated is not None}
    if tender is not None:
        values = {name: max(value, tender.low_marks.get(name, 0)) for name, value in values.items()}
    return Marks(**values) if len(values) == len(MARKS) else None


def scored_bids(dossier: Dossier, tender: Tender) -> list[Bid]:
    """Those that are still to be ranked."""
    return [bid for bid in live(dossier.all(Bid), tender) if bid.state == Bid.State.QUALIFIED]


def low_marks(dossier: Dossier, bid: Bid) -> tuple[str, ...]:
    """Which marks of the day an opened bid's price lies below, among those that are still to be ranked."""
    tender = next((one for one in dossier.all(Tender) if one.pk == bid.tender_id), None)
    found = marks(dossier.regime, dossier.today, tender)
    if found is None or tender is None or tender.opened_at is None:
        return ()
    prices = [one.price for one in scored_bids(dossier, tender)]
    return low(bid.price, prices, tender.ceiling_fen, found) if bid.state == Bid.State.QUALIFIED else ()


class Asked(OnBid):
    """What the panel asks of one bidder while it evaluates; the bidder's own affair until it has answered."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.bid.organisation)

    @property
    def owner(self) -> Organisation | None:
        return self.bidder if self.pk is not None and self.state == "asked" else None

    @classmethod
    def idle(cls, dossier: Dossier) -> bool:
        """Asked while the bids are open and not yet ranked."""
        tender = dossier.latest(Tender)
        return tender is None or tender.state != Tender.State.OPENED

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """On each bid still to be ranked of which nothing of the kind is open, for those who review; of tenders only,
        as the order has it: in talks a last offer takes the place of the price."""
        tender = dossier.latest(Tender) if dossier is not None else None
        if dossier is None or tender is None or tender.state != Tender.State.OPENED or tender.way not in TENDERED:
            return []
        if not reviews(dossier.purchase, tender, actor):
            return []
        busy = {one.bid_id for one in dossier.all(cls) if one.state == "asked"}
        bids = [bid for bid in scored_bids(dossier, tender) if bid.pk not in busy]
        return [cls(purchase=dossier.purchase, bid=bid) for bid in bids]


class Correction(Asked):
    """报价修正: the price as the order of corrections gives it. It counts once its bidder has confirmed it."""

    kind = "correction"
    called = _("报价修正")

    class State(models.TextChoices):
        ASKED = "asked", _("待投标人确认")
        CONFIRMED = "confirmed", _("投标人已确认")
        REFUSED = "refused", _("投标人不确认")

    before_fen = models.BigIntegerField(_("修正前报价"))
    after_fen = models.BigIntegerField(_("修正后报价"))
    steps = models.JSONField(_("所用的修正规则"), default=list)  # of the four, by number, in their order
    reason = models.TextField(_("修正说明"))
    asked_on = models.DateField(_("要求确认日期"), null=True)
    answered_on = models.DateField(_("答复日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(after_fen__gt=0), name="corrected_price_positive"),
        ]

    @property
    def step_names(self) -> list[str]:
        return [str(STEPS[step]) for step in self.steps]


class Explanation(Asked):
    """报价合理性说明: why a price is so low. Asked by the panel, given in writing by the bidder, accepted or not."""

    kind = "explanation"
    called = _("报价合理性说明")

    class State(models.TextChoices):
        ASKED = "asked", _("待投标人说明")
        GIVEN = "given", _("已说明，待认定")
        ACCEPTED = "accepted", _("认定报价合理")

    marks = models.JSONField(_("低于哪些标准"), default=list)  # of the three, as they stood when it was asked
    reason = models.TextField(_("要求说明的理由"))
    asked_at = models.DateTimeField(_("要求说明的时间"), null=True)
    due_at = models.DateTimeField(_("说明截止时间"), null=True)
    text = models.TextField(_("投标人的说明"), blank=True)
    given_at = models.DateTimeField(_("说明时间"), null=True)
    finding = models.TextField(_("认定意见"), blank=True)

    @property
    def mark_names(self) -> list[str]:
        return [str(MARK_NAMES[mark]) for mark in self.marks]
