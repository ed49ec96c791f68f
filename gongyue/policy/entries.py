"""What a regime consists of, as values read from its merged body."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from .periods import Calendar

Text = Mapping[str, str]  # {"zh": ..., "en": ...}


def day(value: str | None) -> date | None:
    """The date of a body's ISO text."""
    return date.fromisoformat(value) if value else None


def within(on: date, since: date | None, until: date | None) -> bool:
    """Whether the day lies in the interval; both ends belong to it, None leaves it open."""
    return (since is None or since <= on) and (until is None or on <= until)


@dataclass(frozen=True)
class Citation:
    """An article of an instrument."""

    instrument: str
    article: str
    title: Text
    number: str

    def __str__(self) -> str:
        return f"{self.number or '《' + self.title['zh'] + '》'} {self.article}"


@dataclass(frozen=True)
class Instrument:
    """A law, order or circular. `effective` to `expires` are the first and last day in force; `assumed` is the reason
    where no source gives the first day, and then an expiry counted from it is `expiry_unknown`. `term`: its period of
    validity, where it has one."""

    id: str
    pack: str
    title: Text
    number: str
    issuer: Text | None
    issued: date | None
    effective: date | None
    assumed: Text | None
    expires: date | None
    expiry_unknown: bool
    trial: bool
    loaded: bool
    by_reference: bool
    url: str = ""
    note: Text | str = ""
    term: Period | None = None

    @property
    def reckoned(self) -> date | None:
        """Where the end cannot be computed: the day it would be, counted from the assumed first day. Nothing ends by
        it; who begins something later may be warned."""
        return self.ends_from(self.effective) if self.expiry_unknown and self.effective else None

    def ends_from(self, first: date) -> date | None:
        """The last day of its period of validity, were `first` the day it took effect; None where it has no period."""
        if self.term is None or self.term.value is None:
            return None
        return Calendar({}).add(first, self.term.value, self.term.unit, roll=False).on

    def in_force(self, on: date) -> bool:
        """Whether it is in force; one whose first day is not known never is."""
        return self.effective is not None and within(on, self.effective, self.expires)

    @classmethod
    def of(cls, name: str, body: Mapping[str, Any]) -> Instrument:
        assumed, expires = body.get("assumed_from"), body.get("expires")
        return cls(
            name, body["pack"], body["title"], body.get("number", ""), body.get("issuer"), day(body.get("issued")),
            day(body["since"]), assumed["because"] if assumed else None, day(body["until"]), body["expiry_unknown"],
            body.get("trial", False), body.get("loaded", True), body.get("by_reference", False),
            body.get("url", ""), body.get("note", ""), _period(expires, {}) if isinstance(expires, Mapping) else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Slot:
    """What the sources do not give, shown as missing."""

    id: str
    pack: str
    what: Text
    cite: str
    clauses: tuple[str, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Slot:
        return cls(body["id"], body["pack"], body["what"], body["cite"], tuple(body["clauses"]))


class Spanned:
    """An entry that is in force from `since` to `until`, both inclusive, None leaving an end open."""

    since: date | None
    until: date | None

    def in_force(self, on: date) -> bool:
        return within(on, self.since, self.until)


@dataclass(frozen=True)
class Drop(Spanned):
    """A pack's word that its parents' entry of this id does not apply."""

    pack: str
    cite: str
    since: date | None
    until: date | None

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Drop:
        return cls(body["pack"], body["cite"], day(body["since"]), day(body["until"]))


@dataclass(frozen=True)
class Alternative:
    """Another reading of an unclear minimum: the minima that stand in its place, and the order of the milestones where
    it differs. Only timetables that are tried follow it; rules keep the reading they are written in."""

    id: str
    reading: Text
    milestones: tuple[str, ...]
    minima: tuple[Minimum, ...]

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Alternative:
        minima = tuple(map(Minimum.of, body.get("minima", ())))
        return cls(body["id"], body["reading"], tuple(body.get("order", ())), minima)


@dataclass(frozen=True)
class Minimum:
    """The milestone `to` comes no sooner than `after` (of another kind where it is dotted), or than the time that the
    parameter `least` gives after it; then the parameter's value has the article. `reading`: which reading of an unclear
    text this is, beside its `alternatives`."""

    to: str
    after: str
    least: str
    cite: str
    reading: Text | None
    alternatives: tuple[Alternative, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Minimum:
        return cls(
            body["to"], body["after"], body.get("least", ""), body.get("cite", ""), body.get("reading"),
            tuple(map(Alternative.of, body.get("alternatives", ()))),
        )  # fmt: skip


@dataclass(frozen=True)
class Order(Spanned):
    """The milestones a regime uses for one kind of subject, in order, and the least times between them."""

    milestones: tuple[str, ...]
    cite: str
    pack: str = ""
    since: date | None = None
    until: date | None = None
    clauses: tuple[str, ...] = ()
    minima: tuple[Minimum, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Order:
        span = day(body["since"]), day(body["until"])
        minima = tuple(map(Minimum.of, body.get("minima", ())))
        return cls(tuple(body["order"]), body["cite"], body["pack"], *span, tuple(body["clauses"]), minima)

    def readings(self) -> tuple[tuple[Alternative, ...], ...]:
        """Every way its minima may be read: one of each minimum's alternatives, or none; as it is written first."""
        several = [tuple((other,) for other in minimum.alternatives) for minimum in self.minima if minimum.alternatives]
        ways: list[tuple[Alternative, ...]] = [()]
        for others in several:
            ways += [way + other for other in others for way in list(ways)]
        return tuple(ways)

    def read(self, way: Collection[Alternative]) -> Order:
        """The order as these alternatives have it."""
        minima: list[Minimum] = []
        for minimum in self.minima:
            chosen = next((other for other in minimum.alternatives if other in way), None)
            minima += [minimum] if chosen is None else chosen.minima
        order = next((other.milestones for other in way if other.milestones), self.milestones)
        return replace(self, milestones=order, minima=tuple(minima))


@dataclass(frozen=True)
class Who(Spanned):
    """The capacities in which an action may be done."""

    capacities: tuple[str, ...]
    cite: str
    pack: str = ""
    since: date | None = None
    until: date | None = None
    clauses: tuple[str, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Who:
        span = day(body["since"]), day(body["until"])
        return cls(tuple(body["who"]), body["cite"], body["pack"], *span, tuple(body["clauses"]))


@dataclass(frozen=True)
class Capacity:
    """In what standing one acts: territorial (kinds of organisation at levels of division), or given `by` award,
    appointment, registration, by `opening` the purchase, or by sitting at the `same_level` as whoever opened it."""

    id: str
    name: Text
    organisations: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    by: str = ""

    @classmethod
    def of(cls, name: str, body: Mapping[str, Any]) -> Capacity:
        """From a merged body, which may be older than several kinds and levels."""
        several = _several(body.get("organisation", ())), _several(body.get("level", ()))
        return cls(name, body["name"], *several, body.get("by", ""))

    def at(self, organisation: str, level: str) -> bool:
        """Whether an organisation of this kind, in a division of this level, may hold it; levels unsaid: at any."""
        return organisation in self.organisations and (not self.levels or level in self.levels)


def _several(written: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (written,) if isinstance(written, str) else tuple(written)


@dataclass(frozen=True)
class Incompatible(Spanned):
    """Two actions that one person may not both do within a purchase, or within a subject."""

    duties: tuple[str, str]
    within: str
    cite: str
    since: date | None = None
    until: date | None = None
    clauses: tuple[str, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Incompatible:
        first, second = body["duties"]
        span = day(body["since"]), day(body["until"])
        return cls((first, second), body.get("within", "purchase"), body["cite"], *span, tuple(body["clauses"]))


@dataclass(frozen=True)
class Division:
    """A territorial division by its GB/T 2260 code."""

    code: str
    name: Text
    level: str
    parent: str
    since: date | None
    until: date | None

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Division:
        span = day(body.get("from")), day(body.get("until"))
        return cls(body["code"], body["name"], body["level"], body.get("parent", ""), *span)


@dataclass(frozen=True)
class Disclosure(Spanned):
    """What must be published when an action is done: the fields are dotted names of its facts, `when` is a condition
    on them (Regime.publishes)."""

    id: str
    on: tuple[str, ...]
    kind: str
    name: Text
    fields: tuple[str, ...]
    cite: str
    pack: str
    since: date | None
    until: date | None
    clauses: tuple[str, ...] = ()
    when: str = ""

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Disclosure:
        return cls(
            body["id"], tuple(body["on"]), body["kind"], body["name"], tuple(body["fields"]), body["cite"],
            body["pack"], day(body["since"]), day(body["until"]), tuple(body["clauses"]), body.get("when", ""),
        )  # fmt: skip


@dataclass(frozen=True)
class Dated(Spanned):
    """A value of a parameter in its canonical unit (fen, bp, day, ...), None where it was repealed."""

    value: Any
    unit: str
    cite: str
    since: date
    until: date | None = None
    checked_on: date | None = None
    clauses: tuple[str, ...] = ()
    pack: str = ""


@dataclass(frozen=True)
class Parameter:
    """A named figure with its whole history, in order of precedence: own pack first, later value first."""

    name: str
    title: Text
    unit: str
    values: tuple[Dated, ...]
    clauses: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, entries: list[dict[str, Any]]) -> Parameter:
        values = tuple(_dated(value, entry) for entry in entries for value in entry["values"])
        clauses = tuple(clause for entry in entries for clause in entry["clauses"])
        return cls(name, entries[0]["name"], entries[0]["unit"], values, clauses)


def _dated(value: Mapping[str, Any], entry: Mapping[str, Any]) -> Dated:
    figure = value["value"]
    return Dated(
        date.fromisoformat(figure) if entry["unit"] == "date" and figure is not None else figure, entry["unit"],
        value["cite"], date.fromisoformat(value["since"]), day(value["until"]), day(value.get("checked_on")),
        tuple(value["clauses"]), entry["pack"],
    )  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A length of time: a number of day, workday, month or year, or the parameter that gives it."""

    value: int | None
    unit: str
    param: str = ""


@dataclass(frozen=True)
class Stop:
    """What stops a clock, and what lets it run on; `when` is a condition on the action that stops it."""

    by: str
    until: tuple[str, ...]
    when: str = ""


@dataclass(frozen=True)
class ObligationRule(Spanned):
    """What must happen next: after any of these actions, `do` by one of `who`, by a day (Regime.due) if any.

    `from_` is the name of the date the period runs from; `fixed_on` stands in place of both; `every` makes it recur;
    `suspend` says what stops the clock and restarts it; `when` is a condition (Regime.applies); `seed` tells
    which of several subjects that do not exist yet it is about; `lapse` names the actions that end it unmet.
    """

    id: str
    after: tuple[str, ...]
    do: str
    who: tuple[str, ...]
    from_: str
    within: Period | None
    fixed_on: date | None
    every: Period | None
    suspend: tuple[Stop, ...]
    roll: bool
    when: str
    name: Text
    cite: str
    clauses: tuple[str, ...]
    pack: str
    since: date | None
    until: date | None
    where: str = ""
    seed: str = ""
    lapse: tuple[str, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any], units: Mapping[str, str]) -> ObligationRule:
        """From a body entry; `units` gives the unit of each parameter."""
        limit = body.get("within", {})
        stops = tuple(Stop(one["by"], tuple(one["until"]), one.get("when", "")) for one in body.get("suspend", ()))
        return cls(
            body["id"], tuple(body["after"]), body["do"], tuple(body["who"]), body["anchor"],
            None if not limit or "on" in limit else _period(limit, units), day(limit.get("on")),
            _period(body["every"], units) if "every" in body else None, stops,
            body.get("roll", True), body.get("when", ""), body["name"], body["cite"], tuple(body["clauses"]),
            body["pack"], day(body["since"]), day(body["until"]), body["where"], body.get("seed", ""),
            tuple(body.get("lapse", ())),
        )  # fmt: skip


def _period(body: Mapping[str, Any], units: Mapping[str, str]) -> Period:
    if "param" in body:
        return Period(None, units.get(body["param"], ""), body["param"])
    return Period(body["value"], body["unit"])
