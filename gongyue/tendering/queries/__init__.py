"""What pages and other rooms read of a tender. What is sealed leaves this package only to those who may read it."""

from .bids import Frozen, Matters, VisibleBid, Void, awaiting_offers, falsehoods, frozen, matters, own_bid, visible_bids
from .calls import (
    Answered,
    Told,
    answers,
    changes,
    changes_of,
    clarifications,
    ended_calls,
    joint_of,
    open_calls,
    register,
    taken,
)
from .readers import INVITE, awarded, buys, panel, reads_panel, tells_invited
from .results import OWN_ONLY, RankedBid, TenderSummary, ranking, summary
from .untold import Look, Secrets, look, secrets

__all__ = [
    "Answered",
    "Frozen",
    "INVITE",
    "Look",
    "Matters",
    "OWN_ONLY",
    "RankedBid",
    "Secrets",
    "TenderSummary",
    "Told",
    "VisibleBid",
    "Void",
    "answers",
    "awaiting_offers",
    "awarded",
    "buys",
    "changes",
    "changes_of",
    "clarifications",
    "ended_calls",
    "falsehoods",
    "frozen",
    "joint_of",
    "look",
    "matters",
    "open_calls",
    "own_bid",
    "panel",
    "ranking",
    "reads_panel",
    "register",
    "secrets",
    "summary",
    "taken",
    "tells_invited",
    "visible_bids",
]
