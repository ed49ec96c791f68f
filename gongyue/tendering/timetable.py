"""How soon a tender can lawfully end, and by when the regime wants it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from gongyue.clock import LOCAL
from gongyue.kernel.actions import ACTIONS, of
from gongyue.kernel.dossier import Dossier
from gongyue.policy import Minimum, ObligationRule, Order, Timetable, earliest, latest_start
from gongyue.programmes.facts import PurchaseFacts
from gongyue.programmes.models import ImplementationPlan

from .models import Tender


@dataclass(frozen=True)
class Ceiling:
    """The day by which a duty wants the last step done. `assumed`: what it counts from has not happened yet and is
    taken to happen today."""

    rule: ObligationRule
    on: date
    since: date
    assumed: bool


@dataclass(frozen=True)
class Outlook:
    """The earliest timetable against its ceiling. `begin_by`: the last day on which `first`, the first step that
    something must wait for, leaves time enough; None: no day does any more."""

    table: Timetable
    ceiling: Ceiling
    first: str
    begin_by: date | None
    minima: tuple[Minimum, ...]  # those of the steps still to come

    @property
    def fits(self) -> bool:
        return self.table.fits(self.ceiling.on)

    @property
    def over(self) -> int:
        """Days by which the earliest end exceeds the ceiling."""
        return max(0, (self.table.finish - self.ceiling.on).days) if self.table.finish else 0

    @property
    def ahead(self) -> int:
        """Days by which `first` has to come before what the ceiling counts from, while that has not happened yet."""
        early = (self.ceiling.since - self.begin_by).days if self.begin_by and self.ceiling.assumed else 0
        return max(0, early)


def outlook(dossier: Dossier) -> Outlook | None:
    """Of the tender that stands, or of one still to be drafted; None where it is over or no ceiling is set for it."""
    order, known = dossier.regime.order(Tender.kind), _known(dossier)
    if order is None or f"{Tender.kind}.{order.milestones[-1]}" in known:
        return None
    ceiling = min(_ceilings(dossier, order, known), key=lambda one: one.on, default=None)
    if ceiling is None:
        return None
    floors = _floors(dossier)
    table = earliest(dossier.regime, order, Tender.kind, start=dossier.today, known=known, floors=floors)
    begin = latest_start(dossier.regime, order, Tender.kind, ceiling=ceiling.on, known=known, floors=floors)
    coming = {step.milestone for step in table.steps if not step.done}
    minima = tuple(minimum for minimum in order.minima if minimum.to in coming)
    return Outlook(table, ceiling, _first(order, table), begin, minima)


def _first(order: Order, table: Timetable) -> str:
    """Of the steps still to come the first that a least time counts from; without one the next step."""
    counted = {minimum.after for minimum in order.minima if minimum.least}
    coming = [step.milestone for step in table.steps if not step.done]
    return next((milestone for milestone in coming if milestone in counted), coming[0])


def _ceilings(dossier: Dossier, order: Order, known: dict[str, date]) -> Iterator[Ceiling]:
    """What the duties to do the last step say: each counts from the milestone that the act before it reaches."""
    regime, today = dossier.regime, dossier.today
    last = next((act.name for act in of(Tender) if act.reaches == order.milestones[-1]), "")
    facts = {f"purchase.{name}": value for name, value in asdict(PurchaseFacts.of(dossier)).items()}
    for rule in regime.all_obligations():
        if rule.do != last or rule.within is None or not regime.applies(rule, facts, today):
            continue
        begun = [f"{ACTIONS[name].subject.kind}.{ACTIONS[name].reaches}" for name in rule.after if name in ACTIONS]
        since = next((known[name] for name in begun if name in known), None)
        due = regime.due(rule, {rule.from_: since or today}, since or today).on
        if due is not None:
            yield Ceiling(rule, due, since or today, since is None)


def _known(dossier: Dossier) -> dict[str, date]:
    """The day of each milestone that was reached, of the tender that stands and of the plan it waits for."""
    found: dict[str, date | datetime | None] = {}
    if (plan := dossier.latest(ImplementationPlan)) and plan.state == ImplementationPlan.State.APPROVED:
        found["implementation.approved"] = plan.approved_on
    if tender := _standing(dossier):
        found |= {
            "tender.drafted": tender.drafted_at, "tender.briefed": tender.briefing_on,
            "tender.announced": tender.announced_at, "tender.opened": tender.opened_at,
            "tender.scored": tender.scored_at, "tender.awarded": tender.awarded_at,
        }  # fmt: skip
    return {name: _day(at) for name, at in found.items() if at is not None}


def _floors(dossier: Dossier) -> dict[str, date]:
    """Bids are not opened before the deadline that the call set."""
    tender = _standing(dossier)
    return {"tender.opened": _day(tender.bids_due_at)} if tender and tender.bids_due_at else {}


def _standing(dossier: Dossier) -> Tender | None:
    tender = dossier.latest(Tender)
    return tender if tender is not None and tender.state != Tender.State.FAILED else None


def _day(at: date) -> date:
    return at.astimezone(LOCAL).date() if isinstance(at, datetime) else at
