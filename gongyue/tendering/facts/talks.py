"""What rules may ask of a procedure that is no tender. Never a price, never how many offered before their deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self

from gongyue.budget.facts import ItemFacts
from gongyue.kernel.dossier import Dossier
from gongyue.needs.facts import RequirementFacts
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Bid, Method, Tender
from gongyue.tendering.models.method import settled
from gongyue.tendering.models.talks import FinalOffer, Talk, standing

from .committee import PanelFacts
from .disputes import DisputeFacts
from .tender import TenderFacts
from .terms import TermsFacts


@dataclass(frozen=True, slots=True)
class TalksFacts:
    """The latest call by another method than tender, and how far its talks have come."""

    way: Annotated[str, "采购方式"]
    ground: Annotated[str, "采用该方式的情形（规则包中的代码）"]
    large: Annotated[bool, "是否达到公开招标数额标准"]
    factors: Annotated[int, "由专家评分的因素数（价格因素不计）"]
    standing: Annotated[int | None, "资格审查合格、仍参加采购的供应商数（截止时间之前不可知）"]
    untalked: Annotated[int, "仍参加采购而尚未谈判（磋商）过的供应商数"]
    offers_due_at: Annotated[datetime | None, "最后报价截止时间"]
    offers: Annotated[int | None, "最后报价数（截止时间之前不可知）"]
    offered: Annotated[bool, "所办的供应商是否已提交最后报价"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None = None, bid: Bid | None = None) -> Self:
        tender = tender or dossier.latest(Tender) or Tender(purchase=dossier.purchase)
        chosen = settled(dossier)
        ground, large = (chosen.ground, chosen.size == Method.Size.ABOVE) if chosen is not None else ("", False)
        born = tender.pk is not None
        known = born and tender.deadline_passed(dossier.at)
        bids = standing(dossier, tender) if known else []
        talked = {one.bid_id for one in dossier.all(Talk)} if known else set()
        due = tender.offers_due_at
        offers = dossier.all(FinalOffer) if known and due is not None and dossier.at >= due else None
        here = {bid.pk for bid in bids}
        return cls(
            way=str(tender.way), ground=ground, large=large, factors=len(tender.judged),
            standing=len(bids) if known else None, untalked=len(here - talked), offers_due_at=due,
            offers=None if offers is None else sum(one.bid_id in here for one in offers),
            offered=bid is not None and any(one.bid_id == bid.pk for one in dossier.all(FinalOffer)),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TalksGate:
    """What rules on such a call, and on what is done within it, may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    tender: TenderFacts
    talks: TalksFacts
    panel: PanelFacts
    documents: TermsFacts
    requirement: RequirementFacts
    dispute: DisputeFacts

    @classmethod
    def of(cls, subject: Any, dossier: Dossier) -> Self:
        tender = subject if isinstance(subject, Tender) else None
        bid = subject if isinstance(subject, Bid) else getattr(subject, "bid", None)
        if isinstance(bid, Bid):
            tender = next((one for one in dossier.all(Tender) if one.pk == bid.tender_id), None)
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier), TenderFacts.of(dossier, tender),
            TalksFacts.of(dossier, tender, bid if isinstance(bid, Bid) else None),
            PanelFacts.of(dossier, tender or dossier.latest(Tender)),
            TermsFacts.of(tender or dossier.latest(Tender) or Tender(purchase=dossier.purchase)),
            RequirementFacts.of(dossier), DisputeFacts.of(dossier),
        )  # fmt: skip
