"""What rules may ask of a bid. Never its price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.parties.profile import ProfileItem
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Bid, live, unnoted
from gongyue.tendering.models.falsehood import upheld

from .consortium import PartnerFacts
from .tender import TenderFacts, own


@dataclass(frozen=True, slots=True)
class BidFacts:
    """The bidder. What it bids stays sealed."""

    registration: Annotated[str, "投标人的登记类型"]
    bids_of_organisation: Annotated[int, "投标人在本次招标中的其他有效投标数"]
    falsehoods: Annotated[int, "本投标中已认定的不实材料数"]
    changes_unnoted: Annotated[int, "投标人尚未确认收到的更正公告数"]
    unread: Annotated[bool, "是否尚未解密"]
    penalised_on: Annotated[date | None, "投标所附机构档案中最近一次处罚的日期；开标前不知道"]

    @classmethod
    def of(cls, bid: Bid, dossier: Dossier) -> Self:
        own = [
            other
            for other in live(dossier.all(Bid), bid.tender)
            if other.organisation_id == bid.organisation_id and other.pk != bid.pk
        ]
        return cls(
            registration=bid.organisation.registration,
            bids_of_organisation=len(own),
            falsehoods=upheld(dossier, bid),
            changes_unnoted=len(unnoted(dossier, bid.tender, bid.organisation_id)),
            unread=bid.unread,
            penalised_on=_penalised_on(bid) if bid.pk and bid.opened and not bid.unread else None,
        )


def _penalised_on(bid: Bid) -> date | None:
    """The latest penalty in the profile as it was frozen with the bid."""
    items = (bid.snapshot or {}).get("items") or ()
    days = [row["begins_on"] for row in items if row["category"] == ProfileItem.Category.PENALTY and row["begins_on"]]
    return date.fromisoformat(max(days)) if days else None


@dataclass(frozen=True, slots=True)
class BidGate:
    """What rules on a bid may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    bid: BidFacts
    party: PartnerFacts

    @classmethod
    def of(cls, bid: Bid, dossier: Dossier) -> Self:
        tender = own(bid, dossier)
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, tender), BidFacts.of(bid, dossier),
            PartnerFacts.of(dossier, tender, bid.organisation_id),
        )  # fmt: skip
