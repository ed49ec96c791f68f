"""How soon a tender can lawfully end, and by when the regime wants it ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from gongyue.clock import LOCAL
from gongyue.kernel.actions import ACTIONS, of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Subject
from gongyue.policy import Alternative, Minimum, ObligationRule, Order, Regime, Timetable, Wait, earliest, latest_start
from gongyue.programmes.facts import PurchaseFacts
from gongyue.programmes.models import ImplementationPlan

from .models import Change, Tender
from .models.method import settled


@dataclass(frozen=True)
class Ceiling:
    """The day by which a duty wants a step done. `assumed`: what it counts from has not happened yet and is taken to
    happen on the day the timetable starts. `to`: the milestone it wants reached."""

    rule: ObligationRule
    on: date
    since: date
    assumed: bool
    to: str


@dataclass(frozen=True)
class Setting:
    """What a timetable is computed from: a regime's order, what has happened, days before which a step cannot come, and
    facts that tell which duties there are. `way`: the method; `undated`: milestones reached on a day that is not
    kept."""

    regime: Regime
    order: Order
    known: Mapping[str, date] = field(default_factory=dict)
    floors: Mapping[str, date] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    way: str = ""
    undated: frozenset[str] = frozenset()

    @classmethod
    def of(cls, dossier: Dossier) -> Setting | None:
        """Of the tender that stands, or of one still to be drafted; None where it is over."""
        way, known = _method(dossier), _known(dossier)
        order = dossier.regime.order(Tender.kind, way)
        if order is None or f"{Tender.kind}.{order.milestones[-1]}" in known:
            return None
        facts = {f"purchase.{name}": value for name, value in asdict(PurchaseFacts.of(dossier)).items()}
        facts["talks.way"] = way
        return cls(dossier.regime, order, known, _floors(dossier), facts, way, _undated(dossier, order, known))

    @classmethod
    def afresh(cls, regime: Regime, method: str = "") -> Setting | None:
        """Of a tender of which nothing has happened yet; None where the regime has none."""
        order = regime.order(Tender.kind, method)
        return cls(regime, order, way=method) if order is not None else None

    def read(self, way: tuple[Alternative, ...]) -> Setting:
        """The same under another reading of the order."""
        return replace(self, order=self.order.read(way))

    def reached(self, milestone: str) -> bool:
        return f"{Tender.kind}.{milestone}" in self.known or milestone in self.undated

    @property
    def last(self) -> str:
        return self.order.milestones[-1]

    def table(self, start: date) -> Timetable:
        return earliest(
            self.regime, self.order, Tender.kind, start=start, known=self.known, floors=self.floors,
            undated=self.undated,
        )  # fmt: skip

    def begin_by(self, ceiling: date) -> date | None:
        """The last day to begin on what is still to come and end by the ceiling; None where no day does."""
        return latest_start(
            self.regime, self.order, Tender.kind, ceiling=ceiling, known=self.known, floors=self.floors,
            undated=self.undated,
        )  # fmt: skip

    def ceilings(self, start: date, planned: Mapping[str, date] | None = None) -> list[Ceiling]:
        """The duties to reach a step still to come by a day, the earliest first. `planned`: days of steps that are
        counted from although they lie ahead."""
        return sorted(self._ceilings(start, {**(planned or {}), **self.known}), key=lambda one: one.on)

    def _ceilings(self, start: date, days: Mapping[str, date]) -> Iterator[Ceiling]:
        reach = {act.name: act.reaches for act in of(Tender) if act.reaches in self.order.milestones}
        for rule in self.regime.all_obligations():
            to = reach.get(rule.do)
            if to is None or self.reached(str(to)) or not _timed(rule):
                continue
            since = next((days[name] for name in _begun(rule) if name in days), None)
            counted = since or start
            if (since is None and _own(rule)) or not self.regime.applies(rule, self.facts, counted):
                continue
            due = self.regime.due(rule, {rule.from_: counted}, counted).on
            if due is not None:
                yield Ceiling(rule, due, counted, since is None and rule.fixed_on is None, str(to))


@dataclass(frozen=True)
class Outlook:
    """The earliest timetable against its ceiling. `begin_by`: the last day on which `first`, the first step that
    something must wait for, leaves time enough; None: no day does any more."""

    setting: Setting
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
    setting = Setting.of(dossier)
    if setting is None:
        return None
    ceiling = next((one for one in setting.ceilings(dossier.today) if one.to == setting.last), None)
    if ceiling is None:
        return None
    table = setting.table(dossier.today)
    coming = {step.milestone for step in table.steps if not step.done}
    minima = tuple(minimum for minimum in setting.order.minima if minimum.to in coming)
    return Outlook(setting, table, ceiling, _first(setting.order, table), setting.begin_by(ceiling.on), minima)


@dataclass(frozen=True)
class Trial:
    """A timetable tried out: from a day, under one reading, against what the regime and the person want."""

    setting: Setting  # as `way` reads it
    way: tuple[Alternative, ...]
    start: date
    wished: date | None

    @cached_property
    def table(self) -> Timetable:
        return self.setting.table(self.start)

    @cached_property
    def ceilings(self) -> list[Ceiling]:
        """Of every step, counted from the timetable's own days where what they count from lies ahead."""
        planned = {f"{Tender.kind}.{step.milestone}": step.on for step in self.table.steps if step.on}
        return self.setting.ceilings(self.start, planned)

    @cached_property
    def ceiling(self) -> Ceiling | None:
        """The day by which the regime wants it over, counted from what is not the tender's own step."""
        return next((one for one in self.setting.ceilings(self.start) if one.to == self.setting.last), None)

    @property
    def key(self) -> str:
        """How an address names its reading."""
        return ".".join(other.id for other in self.way)

    @property
    def target(self) -> date | None:
        """The day that it has to be over by: the wished one, or the regime's."""
        return self.wished or (self.ceiling.on if self.ceiling else None)

    @property
    def fits(self) -> bool | None:
        """None where nobody wants it over by any day."""
        return None if self.target is None else self.table.fits(self.target)

    @property
    def over(self) -> int:
        late = (self.table.finish - self.target).days if self.table.finish and self.target else 0
        return max(0, late)

    @cached_property
    def begin_by(self) -> date | None:
        """The last day to begin and still be over in time."""
        return self.setting.begin_by(self.target) if self.target else None

    @property
    def binding(self) -> tuple[Wait, ...]:
        return self.table.binding()


def trials(setting: Setting, start: date, wished: date | None = None) -> list[Trial]:
    """One under every reading of the order, as it is written first. What has happened already in an order that a
    reading does not have leaves that reading out."""
    ways = setting.order.readings()
    return [Trial(setting.read(way), way, start, wished) for way in ways if _open(setting, way)]


def methods(regime: Regime) -> list[tuple[str, str]]:
    """The ways of choosing a provider that have an order of their own, with what they are called; none where all go the
    same way."""
    own = [key.partition(".")[2] for key in regime.body["procedure"] if key.startswith(f"{Tender.kind}.")]
    return [(method, str(Tender.variants.get(method, method))) for method in own]


def chosen(found: list[Trial], key: str) -> Trial:
    """The one under the reading that an address names; the reading as written where it names none."""
    return next((trial for trial in found if trial.key == key), found[0])


def _open(setting: Setting, way: tuple[Alternative, ...]) -> bool:
    """Whether what has happened agrees with the order that a reading has."""
    done = [setting.reached(milestone) for milestone in setting.order.read(way).milestones]
    return done == sorted(done, reverse=True)


def _method(dossier: Dossier) -> str:
    """Which variant of the procedure it follows: the standing call's, or that of the method settled for the next."""
    standing = _standing(dossier)
    if standing is not None:
        return standing.method
    chosen = settled(dossier)
    return str(chosen.way) if chosen is not None else ""


def _first(order: Order, table: Timetable) -> str:
    """Of the steps still to come the first that a least time counts from; without one the next step."""
    counted = {minimum.after for minimum in order.minima if minimum.least}
    coming = [step.milestone for step in table.steps if not step.done]
    return next((milestone for milestone in coming if milestone in counted), coming[0])


def _begun(rule: ObligationRule) -> list[str]:
    """The milestones, `kind.milestone`, that the acts opening a duty reach."""
    return [f"{ACTIONS[name].subject.kind}.{ACTIONS[name].reaches}" for name in rule.after if name in ACTIONS]


def _own(rule: ObligationRule) -> bool:
    """Whether it counts from a step of the tender itself, or of what there is only once it was held (the report), so
    that its day is the timetable's to say."""
    return rule.fixed_on is None and any(_within(ACTIONS[name].subject) for name in rule.after if name in ACTIONS)


def _within(kind: type[Subject] | None) -> bool:
    """Whether there is none of this kind without a tender."""
    return kind is not None and (kind is Tender or _within(getattr(kind, "follows", None)))


def _timed(rule: ObligationRule) -> bool:
    """Whether it names a day, or a period from the day of the act before it."""
    return rule.fixed_on is not None or (rule.within is not None and rule.from_ == "action.at")


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
            "change.published": max(_changed(dossier, tender), default=None),
        }  # fmt: skip
    return {name: _day(at) for name, at in found.items() if at is not None}


def _undated(dossier: Dossier, order: Order, known: Mapping[str, date]) -> frozenset[str]:
    """What the standing tender has passed on its way, or stands at, without keeping the day: talks, final offers."""
    tender = _standing(dossier)
    if tender is None or tender.state not in order.milestones:
        return frozenset()
    passed = order.milestones[: order.milestones.index(tender.state) + 1]
    return frozenset(one for one in passed if f"{Tender.kind}.{one}" not in known)


def _changed(dossier: Dossier, tender: Tender) -> list[datetime]:
    """When what may affect bids was changed."""
    return [one.published_at for one in dossier.all(Change) if one.tender_id == tender.pk and one.affects]


def _floors(dossier: Dossier) -> dict[str, date]:
    """Bids are not opened before the deadline that the call set, nor final offers before theirs."""
    tender = _standing(dossier)
    if tender is None:
        return {}
    due = {"tender.opened": tender.bids_due_at, "tender.quoted": tender.offers_due_at}
    return {name: _day(at) for name, at in due.items() if at is not None}


def _standing(dossier: Dossier) -> Tender | None:
    tender = dossier.latest(Tender)
    return tender if tender is not None and tender.state != Tender.State.FAILED else None


def _day(at: date) -> date:
    return at.astimezone(LOCAL).date() if isinstance(at, datetime) else at
