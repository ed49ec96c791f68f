"""Deadlines with owners: what an entry opens, suspends and meets. Written by the kernel only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from gongyue.clock import LOCAL
from gongyue.ledger.models import Entry
from gongyue.policy import Due, NotYetKnown, ObligationRule, Regime

from .actions import ACTIONS
from .models import Obligation, Organisation, Post, Purchase, Role, Subject


def scope(subject: Subject) -> Q:
    """The obligations that an act on this subject can touch."""
    purchase = subject.parent_purchase
    return Q(purchase=purchase) if purchase else Q(purchase=None, subject=subject.key)


def settle(
    name: str, subject: Subject, born: Iterable[Subject], *, met: Iterable[Obligation], ends: bool, entry: Entry,
    regime: Regime, values: Mapping[str, Any],
) -> None:  # fmt: skip
    """Close what this entry met, suspend and resume what it suspends and resumes, open what follows from it.

    `met`: what `about_to_meet` found before the entry was written, which tells how late each of it was. `ends`: a
    side exit, which ends what was still due on this very subject.
    """
    meet(met, entry=entry, regime=regime)
    if ends:
        _close(Obligation.objects.filter(scope(subject), subject=subject.key), entry)
    _suspend(name, subject, born, entry=entry, regime=regime, values=values)
    if ended := [rule.id for rule in regime.all_obligations() if name in rule.lapse]:
        _close(Obligation.objects.filter(scope(subject), rule__in=ended), entry)
    on = _day(entry)
    if rules := [rule for rule in regime.obligations_after(name) if regime.applies(rule, values, on)]:
        _open(rules, subject, list(born), entry=entry, regime=regime, values=values)


def about_to_meet(name: str, subject: Subject, *, actor: Post) -> list[Obligation]:
    """Open obligations that `name` on this subject would meet: of each rule one, the actor's own first, then the one
    due first.

    One that binds a person by appointment (an expert's sheet) is met by that post alone.
    """
    means = ["", subject.key, f"{subject.kind}#{subject.seed}"]
    rows = Obligation.objects.filter(scope(subject), action=name, is_open=True, subject__in=means)
    first: dict[str, Obligation] = {}
    theirs = Case(When(organisation=actor.organisation_id, then=0), default=1)
    for row in rows.order_by(theirs, "queue_on", "pk"):
        if not row.personal or row.post_id == actor.pk:
            first.setdefault(row.rule, row)
    return list(first.values())


def meet(met: Iterable[Obligation], *, entry: Entry, regime: Regime) -> None:
    """Close what is met, with the days it was late; a recurring one opens its next turn from its own due day."""
    for row in met:
        row.late_days = row.days_late(_day(entry))
        row.met_at, row.met_by, row.is_open = entry.at, entry.pk, False
        row.save(update_fields=["late_days", "met_at", "met_by", "is_open"])
        _repeat(row, entry=entry, regime=regime)


def lapse_after(subjects: Iterable[Subject], purchase: Purchase, *, at: datetime) -> None:
    """End what is owed because of any act on these subjects of a purchase: they came to nothing."""
    acts = Entry.objects.filter(purchase=purchase.pk, subject__in=[one.key for one in subjects])
    owed = Obligation.objects.filter(purchase=purchase, is_open=True, opened_by__in=acts.values("pk"))
    owed.update(is_open=False, lapsed_at=at)


def lapse_on(purchase: Purchase, subject: str, *actions: str, at: datetime) -> None:
    """End what is owed on one subject of a purchase, or on what is to be born by this seed; of these actions only,
    where any are named."""
    owed = Obligation.objects.filter(purchase=purchase, subject=subject, is_open=True)
    (owed.filter(action__in=actions) if actions else owed).update(is_open=False, lapsed_at=at)


def _close(rows: QuerySet[Obligation], entry: Entry) -> None:
    rows.filter(is_open=True).update(is_open=False, lapsed_at=entry.at)


def _open(
    rules: Iterable[ObligationRule], subject: Subject, born: list[Subject], *, entry: Entry, regime: Regime,
    values: Mapping[str, Any],
) -> None:  # fmt: skip
    people = _People(subject.parent_purchase, _day(entry))
    rows = [
        row
        for rule in rules
        for row in _following(rule, subject, born, people, entry=entry, regime=regime, values=values)
    ]
    open_ones = Obligation.objects.filter(scope(subject), rule__in={row.rule for row in rows}, is_open=True)
    owed = {_debt(row) for row in open_ones}
    Obligation.objects.bulk_create(row for row in rows if _debt(row) not in owed)


def _following(
    rule: ObligationRule, subject: Subject, born: list[Subject], people: _People, *, entry: Entry, regime: Regime,
    values: Mapping[str, Any],
) -> Iterator[Obligation]:  # fmt: skip
    """What one rule asks for after this entry: of each target, and of each one whom it binds."""
    due, start = regime.due(rule, values, _day(entry)), values.get(rule.from_) if rule.from_ else None
    for target in _targets(rule, subject, born, regime):
        for owner in _owners(rule, target, subject, regime, people):
            yield Obligation(
                purchase=subject.parent_purchase, subject=target.key if target else _unborn(rule, subject),
                regime=regime.digest, rule=rule.id, action=rule.do, capacity=owner.capacity,
                organisation=owner.organisation, post=owner.post, personal=owner.personal, opened_at=entry.at,
                opened_by=entry.pk, counted_from=_date(start), due_on=due.on, due_known=due.known,
            )  # fmt: skip


def _debt(row: Obligation) -> tuple[str, str, int | None, int | None]:
    """What tells two obligations apart: who owes the same thing by the same rule already does not owe it twice."""
    return row.rule, row.subject, row.organisation_id, row.post_id if row.personal else None


def _targets(rule: ObligationRule, subject: Subject, born: list[Subject], regime: Regime) -> list[Subject | None]:
    """What is to be acted on: the children just born, the subject itself, or something that does not exist yet."""
    kind = ACTIONS[rule.do].subject.kind
    if children := [child for child in born if child.kind == kind]:
        return list(children)
    return [subject] if subject.kind == kind and not _creates(rule.do, subject, regime) else [None]


def _unborn(rule: ObligationRule, subject: Subject) -> str:
    """What is not born yet is known by its kind and seed, where the rule gives one or what it follows does."""
    kind = ACTIONS[rule.do].subject
    seed = rule.seed or kind.seed_after(subject)
    return f"{kind.kind}#{seed}" if seed else ""


def _creates(name: str, subject: Subject, regime: Regime) -> bool:
    """Whether this would be another one's birth: its first milestone, and not this one sent in again."""
    act, order = ACTIONS[name], regime.order(subject.kind, subject.method)
    first = order is not None and act.sources is None and act.reaches == order.milestones[0]
    return first and subject.state not in act.also_from


@dataclass(frozen=True)
class _Owner:
    """Whom an obligation binds; `personal`: that post and nobody else of its organisation."""

    capacity: str
    organisation: Organisation | None = None
    post: Post | None = None
    personal: bool = False


class _People:
    """Who is in a purchase on a day: its roles, and the post that answers first for each organisation, read once."""

    def __init__(self, purchase: Purchase | None, on: date) -> None:
        self.purchase, self.on = purchase, on
        self._posts: dict[int, list[Post]] = {}

    @cached_property
    def roles(self) -> list[Role]:
        held = Role.objects.filter(Q(until=None) | Q(until__gt=self.on), purchase=self.purchase)
        return list(held.select_related("organisation", "post").order_by("pk"))

    def seat(self, organisation: Organisation, *, barred: frozenset[int] = frozenset()) -> Post | None:
        if organisation.pk not in self._posts:
            self._posts[organisation.pk] = _posts(organisation, self.on)
        return _first(self._posts[organisation.pk], barred)


def _owners(
    rule: ObligationRule, target: Subject | None, subject: Subject, regime: Regime, people: _People
) -> list[_Owner]:
    """The organisation the target names, else whoever holds the capacity (each one, where posts were appointed). What
    is not born yet names nobody: whom the subject before it names is bound only where the capacity is its own."""
    one = target or subject
    if target is not None and (post := target.doer) is not None:
        return [_Owner(rule.who[0], post.organisation, post, personal=True)]
    purchase, named = one.parent_purchase, one.owner
    own = target is not None or purchase is None
    if named is not None and (own or any(r.organisation == named and r.capacity in rule.who for r in people.roles)):
        return [_Owner(rule.who[0], named, people.seat(named))]
    barred = _barred(rule.do, one, regime)
    if purchase is None:
        return [_Owner(rule.who[0])]
    sides = one.sides
    roles = [
        role
        for role in people.roles
        if role.capacity in rule.who and sides.get(role.capacity, role.organisation) == role.organisation
    ]
    if appointed := [role for role in roles if role.post]:
        bound = _bound(rule, purchase)
        fresh = [role for role in appointed if (bound.get(role.post_id) or date.min) < role.since]
        return [_Owner(r.capacity, r.organisation, r.post, personal=True) for r in fresh]
    holders = [_Owner(r.capacity, r.organisation, people.seat(r.organisation, barred=barred)) for r in roles[:1]]
    return holders or [_Owner(rule.who[0])]


def _bound(rule: ObligationRule, purchase: Purchase) -> dict[int | None, date]:
    """The day each post was last bound by a rule: who is appointed a second time does not owe a second time."""
    rows = Obligation.objects.filter(purchase=purchase, rule=rule.id, personal=True, lapsed_at=None)
    return {post: opened.astimezone(LOCAL).date() for post, opened in rows.values_list("post_id", "opened_at")}


def seat(organisation: Organisation, on: date, *, barred: frozenset[int] = frozenset()) -> Post | None:
    """The post that answers first for an organisation: its longest-held one, rather of a person who may do it and
    who stays. One that was handed over keeps nothing more, though it is held for some days yet."""
    return _first(_posts(organisation, on), barred)


def _posts(organisation: Organisation, on: date) -> list[Post]:
    held = Post.objects.filter(Q(until=None) | Q(until__gt=on), organisation=organisation, since__lte=on)
    return list(held.order_by(F("until").desc(nulls_first=True), "since", "pk"))


def _first(posts: list[Post], barred: frozenset[int]) -> Post | None:
    return next((post for post in posts if post.person_id not in barred), posts[0] if posts else None)


def _barred(name: str, target: Subject, regime: Regime) -> frozenset[int]:
    """Persons who did the other half of an incompatible pair in this purchase."""
    others = {other for pair in regime.incompatible if name in pair.duties for other in pair.duties if other != name}
    purchase = target.parent_purchase
    if not others or purchase is None:
        return frozenset()
    done = Entry.objects.filter(purchase=purchase.pk, action__in=others, person_id__isnull=False)
    return frozenset(person for person in done.values_list("person_id", flat=True) if person is not None)


def _repeat(row: Obligation, *, entry: Entry, regime: Regime) -> None:
    rule = next((r for r in regime.all_obligations() if r.id == row.rule), None)
    if rule is None or rule.every is None or row.due_on is None:
        return
    values = {rule.from_: row.counted_from} if rule.from_ else {}
    due = regime.due(rule, values, _day(entry), turn=row.turn + 1)
    Obligation.objects.create(
        purchase_id=row.purchase_id, subject=row.subject, regime=regime.digest, rule=row.rule, action=row.action,
        capacity=row.capacity, organisation_id=row.organisation_id, post_id=row.post_id, personal=row.personal,
        opened_at=entry.at, opened_by=entry.pk, counted_from=row.counted_from, turn=row.turn + 1,
        due_on=due.on, due_known=due.known,
    )  # fmt: skip


def _suspend(
    name: str, subject: Subject, born: Iterable[Subject], *, entry: Entry, regime: Regime, values: Mapping[str, Any]
) -> None:
    """What stops a clock holds it, until this very thing lets go; the clock runs on when nothing holds it any more."""
    rules = {rule.id: rule for rule in reversed(regime.all_obligations()) if rule.suspend}
    touched = [r.id for r in rules.values() if any(name == stop.by or name in stop.until for stop in r.suspend)]
    if not touched:
        return
    holder = next((child.key for child in born), subject.key)
    for row in Obligation.objects.filter(scope(subject), is_open=True, rule__in=touched).order_by("pk"):
        rule = rules[row.rule]
        kind, _colon, key = row.subject.partition(":")
        if kind == subject.kind and key and row.subject != subject.key:
            continue
        if regime.stops(rule, name, values, _day(entry)):
            _hold(row, holder, _day(entry))
        elif subject.key in row.suspended_by and any(name in stop.until for stop in rule.suspend):
            _release(row, subject.key, _day(entry), rule, regime)


def _hold(row: Obligation, holder: str, on: date) -> None:
    row.suspended_by, row.suspended_on = [*row.suspended_by, holder], row.suspended_on or on
    row.save(update_fields=["suspended_by", "suspended_on"])


def _release(row: Obligation, holder: str, on: date, rule: ObligationRule, regime: Regime) -> None:
    row.suspended_by = [key for key in row.suspended_by if key != holder]
    if not row.suspended_by and row.suspended_on is not None:
        due = _resumed(row.due_on, row.suspended_on, on, rule, regime) if row.due_on else Due(None)
        row.due_on, row.due_known = due.on, row.due_known and due.known
        row.suspended_days, row.suspended_on = row.suspended_days + (on - row.suspended_on).days, None
    row.save(update_fields=["suspended_by", "suspended_on", "suspended_days", "due_on", "due_known"])


def _resumed(due: date, stopped: date, on: date, rule: ObligationRule, regime: Regime) -> Due:
    """The last day, once the clock runs on: of working days as many as were left, from the day it stopped to the day it
    runs on none being counted; of others as many days later as it stood still."""
    later = due + (on - stopped)
    if due < stopped or rule.within is None or rule.within.unit != "workday":
        return regime.calendar.rolled(later) if rule.roll and due >= stopped else Due(later)
    try:
        left = regime.calendar.workdays_between(stopped - timedelta(days=1), due)
        return Due(regime.calendar.workdays_later(on, left))
    except NotYetKnown:
        return Due(later, known=False)


def _date(value: Any) -> date | None:
    return value.astimezone(LOCAL).date() if isinstance(value, datetime) else value


def _day(entry: Entry) -> date:
    return entry.at.astimezone(LOCAL).date()


def inbox(organisation: Organisation) -> QuerySet[Obligation]:
    """Open obligations of an organisation, overdue first, then by due day, then the steps without a deadline."""
    return (
        Obligation.objects.filter(organisation=organisation, is_open=True)
        .select_related("purchase", "post", "post__person")
        .order_by("queue_on", "pk")
    )
