"""In which capacity somebody acts. Rows of `Role` within a purchase; territory where there is none yet.

A path of codes sorts as its places nest: of the divisions above a place the nearest has the greatest path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet

from gongyue.clock import LOCAL
from gongyue.ledger.models import Entry
from gongyue.policy import Capacity, Regime

from .models import Division, Obligation, Organisation, Post, Purchase, Recusal, Role, Subject


@dataclass(frozen=True)
class Standing:
    """What one post may be in one purchase: capacities, what its person did before, and a recusal if any.

    `bounds`: of a capacity that was given for some actions only, which ones.
    """

    capacities: frozenset[str]
    acted: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # (action, subject key)
    recused: str = ""
    bounds: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def holding(self, action: str, capacities: Collection[str]) -> frozenset[str]:
        """Of these capacities those that are held and, as far as each was given, let it do this."""
        held = self.capacities.intersection(capacities)
        return frozenset(one for one in held if one not in self.bounds or action in self.bounds[one])

    def may(self, action: str, capacities: Collection[str]) -> bool:
        """Whether there is any such."""
        return bool(self.holding(action, capacities))


def standing(actor: Post, subject: Subject, regime: Regime, on: date) -> Standing:
    purchase = subject.parent_purchase
    if purchase is None:
        return Standing(territorial(actor.organisation, subject.place, regime))
    return in_purchase(actor, purchase, regime, on)


def in_purchase(actor: Post, purchase: Purchase, regime: Regime, on: date) -> Standing:
    """Three queries: roles, what the person did of the duties that two must do, a recusal."""
    roles = Role.objects.filter(purchase=purchase, organisation=actor.organisation_id)
    entries = Entry.objects.filter(purchase=purchase.pk, person_id=actor.person_id, action__in=regime.shared_duties)
    entries = entries.defer("body")
    return among(actor, purchase, regime, on, roles=roles, entries=entries)


def among(
    actor: Post, purchase: Purchase, regime: Regime, on: date, *, roles: Iterable[Role], entries: Iterable[Entry]
) -> Standing:
    """The same from rows that were read already; one query, for a recusal."""
    mine = [
        role
        for role in roles
        if role.organisation_id == actor.organisation_id
        and role.post_id in (None, actor.pk)
        and role.since <= on
        and (role.until is None or on < role.until)
    ]
    held, bounds = {role.capacity for role in mine}, _bounds(mine)
    held |= {c.id for c in regime.capacities.values() if _registered(c, actor.organisation)}
    acted = {(entry.action, entry.subject) for entry in entries if entry.person_id == actor.person_id}
    recusal = Recusal.objects.filter(purchase=purchase, person=actor.person_id, since__lte=on).first()
    return Standing(frozenset(held), frozenset(acted), recusal.reason if recusal else "", bounds)


def _bounds(roles: Iterable[Role]) -> dict[str, frozenset[str]]:
    """What each capacity was given for; one that is held without bounds as well has none."""
    found: dict[str, set[str]] = {}
    free = set()
    for role in roles:
        if role.acts is None:
            free.add(role.capacity)
        else:
            found.setdefault(role.capacity, set()).update(role.acts)
    return {capacity: frozenset(acts) for capacity, acts in found.items() if capacity not in free}


def territorial(organisation: Organisation, place: Division, regime: Regime) -> frozenset[str]:
    """The capacities an organisation holds over a place by what it is and where it sits: what it could open a purchase
    for, too, and what it is to whoever sits in that place."""
    return frozenset(c.id for c in regime.capacities.values() if _holds(c, organisation, place))


def _holds(capacity: Capacity, organisation: Organisation, place: Division) -> bool:
    if _registered(capacity, organisation):
        return True
    if capacity.by not in ("", "opening", "same_level") or not place.within(organisation.division):
        return False
    if not capacity.at(organisation.organisation_kind, organisation.division.level):
        return False
    if capacity.by != "same_level" or organisation.division_id == place.pk:
        return True
    return _on_the_way_up(place, capacity).values_list("division", flat=True).first() == organisation.division_id


def _registered(capacity: Capacity, organisation: Organisation) -> bool:
    return capacity.by == "registration" and organisation.organisation_kind in capacity.organisations


def _on_the_way_up(place: Division, capacity: Capacity) -> QuerySet[Organisation]:
    """The organisations of a capacity's kinds in a place and above it, the nearest first."""
    rows = Organisation.objects.filter(
        division__in=place.path.strip("/").split("/"), organisation_kind__in=capacity.organisations
    )
    return rows.select_related("division").order_by("-division__path", "pk")


def appoint(
    purchase: Purchase, capacity: str, organisation: Organisation, *, since: date, post: Post | None = None,
    partial: bool = False,
) -> Role:  # fmt: skip
    """Write a capacity (by award, by appointment). Called by verbs only; once is enough. `partial`: with sight of its
    own matters alone."""
    role, _created = Role.objects.get_or_create(
        purchase=purchase, organisation=organisation, post=post, capacity=capacity,
        defaults={"since": since, "partial": partial},
    )  # fmt: skip
    if role.partial and not partial:  # who was let in for one matter takes part now
        role.partial = False
        role.save(update_fields=["partial"])
    if role.until is not None and role.until <= since:  # whose award fell and who wins again
        role.since, role.until = since, None
        role.save(update_fields=["since", "until"])
    return role


def mandate(
    purchase: Purchase, capacity: str, organisation: Organisation, acts: Iterable[str], *, since: date,
    until: date | None = None, partial: bool = False,
) -> Role:  # fmt: skip
    """Give a capacity for these actions only, anew where it was given before; `until` is the first day without it."""
    given = {"acts": sorted(acts), "since": since, "until": until, "partial": partial}
    role, _created = Role.objects.update_or_create(
        purchase=purchase, organisation=organisation, post=None, capacity=capacity, defaults=given
    )
    return role


def dismiss(purchase: Purchase, capacity: str, posts: Iterable[Post], *, at: datetime) -> None:
    """End an appointment: the capacity from this day on, and what these posts still owed in it personally."""
    chosen = list(posts)
    held = Role.objects.filter(purchase=purchase, capacity=capacity, post__in=chosen, until=None)
    held.update(until=at.astimezone(LOCAL).date())
    owed = Obligation.objects.filter(purchase=purchase, capacity=capacity, post__in=chosen, personal=True, is_open=True)
    owed.update(is_open=False, lapsed_at=at)


def appoint_at_opening(purchase: Purchase, opener: Organisation, regime: Regime, *, since: date) -> list[Role]:
    """Write the rows that a purchase begins with: every territorial capacity, what its opener is by opening it, and
    who sits at the opener's level."""
    above = purchase.division.path.strip("/").split("/")
    wanted = [c for c in regime.capacities.values() if not c.by]
    there = Organisation.objects.filter(
        division__in=above, organisation_kind__in={kind for c in wanted for kind in c.organisations}
    ).select_related("division")
    held = [
        (organisation, capacity)
        for organisation in there
        for capacity in wanted
        if capacity.at(organisation.organisation_kind, organisation.division.level)
    ]
    for capacity in regime.capacities.values():
        if capacity.by == "opening" and capacity.at(opener.organisation_kind, opener.division.level):
            held.append((opener, capacity))
        if capacity.by != "same_level":
            continue
        one = _on_the_way_up(opener.division, capacity).first()
        if one is not None and capacity.at(one.organisation_kind, one.division.level):
            held.append((one, capacity))
    return Role.objects.bulk_create(
        Role(purchase=purchase, organisation=organisation, capacity=capacity.id, since=since)
        for organisation, capacity in held
    )
