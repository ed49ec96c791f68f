"""What rules may ask while bids are evaluated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Bid, Tender, Tie, live
from gongyue.tendering.models.evaluation import Correction, Explanation, low_marks, marks, scored_bids

from .consortium import may_not_bid
from .disputes import DisputeFacts
from .recheck import RecheckFacts
from .tender import TenderFacts, own


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What is still open before the bids can be ranked, and since when they are."""

    unconfirmed: Annotated[int, "报价修正尚未经投标人确认的投标数"]
    low: Annotated[int, "报价低于规定标准而尚未要求说明的投标数"]
    unexplained: Annotated[int, "已要求说明报价而尚未认定合理的投标数"]
    tied: Annotated[int, "资格合格之后登记了不得参加的关系而仍在评审的投标数"]
    first_tied: Annotated[bool, "排名第一的投标人是否登记了不得参加的关系"]
    scored_at: Annotated[datetime | None, "评标结束的时间"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None) -> Self:
        """Nothing is read where the regime of the day knows no such questions."""
        scored_at = tender.scored_at if tender is not None else None
        tied, first_tied = _tied(dossier, tender)
        asked = [kind for kind in (Correction, Explanation) if dossier.regime.who(f"{kind.kind}.ask", dossier.today)]
        if tender is None or tender.state != Tender.State.OPENED or not asked:
            return cls(0, 0, 0, tied, first_tied, scored_at)
        bids = scored_bids(dossier, tender)
        told = {one.bid_id for one in dossier.all(Explanation)}
        below = bids if marks(dossier.regime, dossier.today) is not None else []
        return cls(
            unconfirmed=_open(dossier.all(Correction), bids, Correction.State.CONFIRMED),
            low=sum(bid.pk not in told and bool(low_marks(dossier, bid)) for bid in below),
            unexplained=_open(dossier.all(Explanation), bids, Explanation.State.ACCEPTED),
            tied=tied,
            first_tied=first_tied,
            scored_at=scored_at,
        )


def _tied(dossier: Dossier, tender: Tender | None) -> tuple[int, bool]:
    """How many qualified bids may not take part by what is on record now, and whether the first one is of them."""
    if tender is None or tender.pk is None or not dossier.all(Tie):
        return 0, False
    bids = [bid for bid in live(dossier.all(Bid), tender) if bid.state == Bid.State.QUALIFIED]
    out = {bid.pk for bid in bids if may_not_bid(dossier, bid)}
    first = tender.first if out else None
    return len(out), first is not None and first.pk in out


def _open(matters: Iterable[Correction | Explanation], bids: list[Bid], settled: str) -> int:
    """How many of the bids are held up by something that is not settled."""
    return len({one.bid_id for one in matters if one.state != settled} & {bid.pk for bid in bids})


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What was asked of one bidder, and how it stands."""

    standing: Annotated[bool, "投标是否仍在评审（资格合格，未认定无效）"]
    correction_open: Annotated[bool, "是否有未经投标人确认的报价修正"]
    corrected: Annotated[bool, "本投标的报价是否已经要求修正过"]
    explanation_open: Annotated[bool, "是否已要求说明报价而尚未认定合理"]
    heard: Annotated[bool, "投标人是否已作说明，或者说明的时间已过"]
    overdue: Annotated[bool, "是否有要求说明而时间已过、没有说明的"]
    tied: Annotated[bool, "是否登记了投标人不得参加本项目的关系"]

    @classmethod
    def of(cls, dossier: Dossier, bid: Bid) -> Self:
        corrections = [one for one in dossier.all(Correction) if one.bid_id == bid.pk]
        asked = [one for one in dossier.all(Explanation) if one.bid_id == bid.pk and one.state != "accepted"]
        return cls(
            standing=bid.state == Bid.State.QUALIFIED,
            correction_open=any(one.state != Correction.State.CONFIRMED for one in corrections),
            corrected=bool(corrections),
            explanation_open=bool(asked),
            heard=all(one.given_at is not None or _over(one, dossier.at) for one in asked),
            overdue=any(one.given_at is None and _over(one, dossier.at) for one in asked),
            tied=may_not_bid(dossier, bid),
        )


def _over(one: Explanation, at: datetime) -> bool:
    """Whether the time to explain has passed."""
    return one.due_at is not None and one.due_at < at


@dataclass(frozen=True, slots=True)
class MatterGate:
    """What rules on a question to a bidder, and on voiding its bid, may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    matter: MatterFacts
    recheck: RecheckFacts
    dispute: DisputeFacts

    @classmethod
    def of(cls, subject: Correction | Explanation | Bid, dossier: Dossier) -> Self:
        bid = subject if isinstance(subject, Bid) else subject.bid
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, own(bid, dossier)), MatterFacts.of(dossier, bid),
            RecheckFacts.of(dossier), DisputeFacts.of(dossier),
        )  # fmt: skip
