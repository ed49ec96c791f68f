"""Who reads, as far as a tender is concerned, and what follows from that alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from gongyue.clock import LOCAL
from gongyue.kernel.models import Organisation, Post, Purchase, Role

from ..models import Bid, PanelSeat, Tender
from ..models.parts import BUYERS, READERS, in_group
from ..secrecy import OF_GROUP

INVITE = "tender.invite"
UNHEARD = frozenset({"tender.recheck"})  # done in the secrecy of the evaluation: untold until the award


@dataclass(frozen=True)
class Reader:
    """Who reads, as far as a tender is concerned. `post` None: the public."""

    post: Post | None
    capacities: frozenset[str]
    seats: frozenset[int]  # tenders on whose panel the post sits

    @classmethod
    def of(cls, purchase: Purchase, post: Post | None, at: datetime, roles: Iterable[Role] | None = None) -> Reader:
        """`roles`: every row of the purchase, where the caller has read them; else one query."""
        if post is None:
            return cls(None, frozenset(), frozenset())
        on = at.astimezone(LOCAL).date()
        if roles is None:
            roles = Role.objects.filter(purchase=purchase, organisation=post.organisation_id)
        held = frozenset(role.capacity for role in roles if role.capacity in READERS and _holds(role, post, on))
        if post.organisation.organisation_kind != Organisation.Kind.EXPERT_BODY:
            return cls(post, held, frozenset())
        seats = PanelSeat.objects.filter(tender__purchase=purchase, post=post, left_at=None)
        return cls(post, held, frozenset(seats.values_list("tender", flat=True)))

    @property
    def buys(self) -> bool:
        """Of the purchaser, or of who buys jointly with it."""
        return bool(self.capacities & BUYERS)

    def judges(self, tender: Tender) -> bool:
        """Purchaser, city bureau or panel."""
        return bool(self.capacities) or tender.pk in self.seats

    def owns(self, bid: Bid) -> bool:
        return self.post is not None and bid.organisation_id == self.post.organisation_id


def _holds(role: Role, post: Post, on: date) -> bool:
    """Whether the post stands in this role on a day."""
    mine = role.organisation_id == post.organisation_id and role.post_id in (None, post.pk)
    return mine and role.since <= on and (role.until is None or on < role.until)


def awarded(tender: Tender, at: datetime) -> bool:
    return tender.awarded_at is not None and tender.awarded_at <= at


def panel(tender: Tender, post: Post | None, at: datetime) -> list[Post] | None:
    """Who sits on the panel: for the purchaser always, for everybody after the award; None while it is secret."""
    if not awarded(tender, at) and not Reader.of(tender.purchase, post, at).buys:
        return None
    seats = tender.seats.filter(left_at=None).select_related("post__organisation", "post__person").order_by("pk")
    return [seat.post for seat in seats]


def reads_panel(purchase: Purchase, tender: Tender, post: Post, at: datetime, roles: Iterable[Role]) -> bool:
    """Whether a post may know who sits on the panel; from rows of `Role` that were read already."""
    return awarded(tender, at) or Reader.of(purchase, post, at, roles).buys


def buys(tender: Tender, post: Post, at: datetime, roles: Iterable[Role] | None = None) -> bool:
    """Whether a post is of the purchaser. `roles`: rows that were read already."""
    return Reader.of(tender.purchase, post, at, roles).buys


def tells_invited(tender: Tender, post: Post, at: datetime, roles: Iterable[Role] | None = None) -> bool:
    """Whether a post may read the entry of the draw (`INVITE`): it counts who may bid, which until the opening is the
    purchaser's alone to know (Order 87, article 28)."""
    return not tender.invited or tender.opened_at is not None or buys(tender, post, at, roles)


def tells(action: str, tender: Tender, post: Post, at: datetime) -> bool:
    """Whether a post may read the whole entry of an act on a tender, with what it was judged by. Of talks the entries
    count who takes part and name whom the group recommends: before the result for purchaser and group alone."""
    if action == INVITE:
        return tells_invited(tender, post, at)
    if action in UNHEARD:
        return awarded(tender, at) or buys(tender, post, at)
    return action not in OF_GROUP or not tender.discreet or in_group(tender.purchase, tender, post)
