"""谁在采购中: whose part in a purchase it is to buy, to read what was opened, to answer for the purchaser.
Roles and seats tell it, never the kind of an office: which kind buys differs from place to place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from gongyue import clock
from gongyue.kernel.models import Post, Purchase, Role

if TYPE_CHECKING:
    from .tender import Tender

BUYERS = frozenset({"purchaser", "joint_purchaser"})
READERS = BUYERS | {"city_bureau"}  # who reads opened bids by capacity; the panel reads them by its seats
MEMBERS = ("expert", "representative")  # capacities of those who sit on a panel
AGENT = "agent"


def buys(purchase: Purchase, actor: Post) -> bool:
    """Whether somebody is of the purchaser, or of who buys jointly with it."""
    return _any(_held(purchase, actor, BUYERS))


def reads(purchase: Purchase, actor: Post) -> bool:
    """Whether somebody reads by capacity what was opened."""
    return _any(_held(purchase, actor, READERS))


def acts_on(kind: str, purchase: Purchase, actor: Post) -> bool:
    """Whether somebody is of the agent, and the agreement names an act on this kind of subject."""
    held = _held(purchase, actor, {AGENT})
    return any(role.acts is None or any(act.startswith(f"{kind}.") for act in role.acts) for role in held)


def entrusted(purchase: Purchase, organisation: int, act: str) -> bool:
    """Whether an organisation is the agent now, and the agreement names this act."""
    mine = (role for role in purchase.every_role if role.organisation_id == organisation and role.capacity == AGENT)
    return any(_lasts(role) and (role.acts is None or act in role.acts) for role in mine)


def in_group(purchase: Purchase, tender: Tender, actor: Post) -> bool:
    """Whether somebody reads by capacity, or sits in the group that talks. One query, for members of a panel only."""
    if reads(purchase, actor):
        return True
    return _any(_held(purchase, actor, MEMBERS)) and tender.seats.filter(post=actor, left_at=None).exists()


def _any(roles: Iterable[Role]) -> bool:
    return next(iter(roles), None) is not None


def _held(purchase: Purchase, actor: Post, capacities: Collection[str]) -> Iterable[Role]:
    """The rows by which a post stands in one of these now."""
    for role in purchase.every_role:
        mine = role.organisation_id == actor.organisation_id and role.post_id in (None, actor.pk)
        if mine and role.capacity in capacities and _lasts(role):
            yield role


def _lasts(role: Role) -> bool:
    """A part without bounds lasts as long as the purchase; of any other the day is asked."""
    if role.acts is None and role.until is None:
        return True
    today = clock.today()
    return role.since <= today and (role.until is None or today < role.until)
