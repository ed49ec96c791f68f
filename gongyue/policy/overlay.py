"""Laying packs over each other: one JSON-able body a regime, in which every entry keeps its pack and its interval.

Nothing is lost by merging: which entry holds on a day is decided when it is asked. Entries stand in order of
precedence (the regime's own pack first, then its parents; within a pack the later one first).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from .errors import PackError, PackErrors
from .pack import Pack
from .periods import Calendar

LISTS = {"rules": "rules", "obligations": "obligations", "disclosure": "disclosures"}
PLAIN = {"programmes": "programmes", "divisions": "divisions", "catalogue": "catalogue", "frameworks": "frameworks"}
Interval = tuple[str | None, str | None]


def merge(packs: Mapping[str, Pack], code: str) -> dict[str, Any]:
    """The regime of pack `code`: itself over its parents. Raises PackErrors for a cycle, an instrument declared
    twice, two entries of one id that start together, or a drop, conflict or figure that fits nothing."""
    chain = _chain(packs, code)
    merging = _Merging(packs, chain)
    head = packs[code].head
    body = {
        "code": code,
        "name": head["name"],
        "jurisdiction": packs[code].jurisdiction,
        "packs": [{"id": name, "name": packs[name].head["name"], "from": since} for name, since in chain],
        **merging.body(),
    }
    if merging.errors:
        raise PackErrors(merging.errors)
    return body


def _chain(packs: Mapping[str, Pack], code: str) -> list[tuple[str, str | None]]:
    """The packs in order of precedence, each with the day from which it applies (None: always).

    A pack stands before everything it extends; of two parents the one listed later stands first. A pack reached in
    two ways applies from the earlier day.
    """
    order: list[str] = []
    since: dict[str, str] = {}

    def visit(name: str, day: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise PackErrors([PackError.at(packs[name].head["where"], f"{name} extends itself through {above[-1]}")])
        since[name] = min(day, since.get(name, day))
        for parent in packs[name].head.get("extends", ()):
            visit(parent["pack"], max(day, parent.get("from", "")), (*above, name))
        if name not in order:
            order.append(name)

    visit(code, "", ())
    return [(name, since[name] or None) for name in reversed(order)]


def _narrow(*intervals: Interval) -> Interval:
    starts = [start for start, _ in intervals if start]
    ends = [end for _, end in intervals if end]
    return max(starts, default=None), min(ends, default=None)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


class _Merging:
    def __init__(self, packs: Mapping[str, Pack], chain: Sequence[tuple[str, str | None]]) -> None:
        self.packs = [(packs[name], since) for name, since in chain]
        self.errors: list[PackError] = []
        self.instruments = self._instruments()

    def body(self) -> dict[str, Any]:
        return {
            "instruments": self.instruments,
            "idle": [{**entry, "pack": p.id} for p, _ in self.packs for entry in p.head.get("idle", ())],
            "slots": [{**slot, "pack": p.id} for p, _ in self.packs for slot in p.head.get("slots", ())],
            **{name: self._listed(section) for section, name in LISTS.items()},
            "procedure": self._keyed("procedure", lambda pack: pack.named("procedure")),
            "actions": self._keyed("action", lambda pack: pack.roles("actions")),
            "capacities": self._capacities(),
            "incompatible": [self._placed(e, p, s) for p, s in self.packs for e in p.roles("incompatible")],
            "parameters": self._parameters(),
            **{name: self._plain(section) for section, name in PLAIN.items()},
            "calendar": self._calendar(),
            "conflicts": self._conflicts(),
        }

    def refuse(self, where: str, reason: str) -> None:
        self.errors.append(PackError.at(where, reason))

    def _instruments(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for pack, _ in reversed(self.packs):
            for name, raw in pack.head.get("instruments", {}).items():
                if name in out:
                    self.refuse(raw["where"], f"instrument {name} is already declared at {out[name]['where']}")
                out[name] = _instrument(raw, pack.id)
        return out

    def _placed(self, entry: dict[str, Any], pack: Pack, since: str | None) -> dict[str, Any]:
        """The entry with its pack and the interval of its instrument, of the pack, and of itself. (An obligation's
        `from` is the name of a date, not a day of its own: the schema calls it `anchor`.)"""
        instrument = self.instruments.get(entry["cite"].partition("#")[0], {})
        within = (instrument.get("since"), instrument.get("until"))
        start, end = _narrow(within, (since, None), (entry.get("from"), entry.get("until")))
        return {**entry, "pack": pack.id, "since": start, "until": end}

    def _listed(self, section: str) -> list[dict[str, Any]]:
        """Rules, obligations, disclosures; of one pack the one that starts later first, as the pack itself dates it."""
        out: list[dict[str, Any]] = []
        for pack, since in self.packs:
            own = [self._placed(entry, pack, None) for entry in pack.entries(section)]
            self._check_twice(own)
            dated = zip(own, pack.entries(section), strict=True)
            ordered = sorted(dated, key=lambda each: each[0]["since"] or "", reverse=True)
            out += [self._placed(entry, pack, since) for _, entry in ordered]
        self._check_drops((e, e["id"], out) for e in out if e.get("drop"))
        return out

    def _check_twice(self, entries: Iterable[dict[str, Any]]) -> None:
        """Entries of one id in one pack follow each other: on no day do two of them hold."""
        met: dict[str, list[dict[str, Any]]] = {}
        for entry in sorted(entries, key=lambda each: _place(each["where"])):
            for other in met.setdefault(entry["id"], []):
                start, end = _narrow((entry["since"], entry["until"]), (other["since"], other["until"]))
                if not start or not end or start <= end:
                    since = f", and both hold from {start}" if start else ""
                    self.refuse(entry["where"], f"{entry['id']} is also given at {other['where']}{since}")
            met[entry["id"]].append(entry)

    def _check_drops(self, drops: Iterator[tuple[dict[str, Any], str, list[dict[str, Any]]]]) -> None:
        order = [pack.id for pack, _ in self.packs]
        for entry, name, entries in drops:
            below = order[order.index(entry["pack"]) + 1 :]
            if not any(e.get("id", name) == name and e["pack"] in below and not e.get("drop") for e in entries):
                self.refuse(entry["where"], f"{name}: no parent has it, so there is nothing to drop")

    def _keyed(self, what: str, of: Any) -> dict[str, list[dict[str, Any]]]:
        out: dict[str, list[dict[str, Any]]] = {}
        for pack, since in self.packs:
            for name, entry in of(pack).items():
                out.setdefault(name, []).append(self._placed(entry, pack, since))
        self._check_drops((e, name, entries) for name, entries in out.items() for e in entries if e.get("drop"))
        return out

    def _capacities(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for pack, _ in reversed(self.packs):
            for name, entry in pack.roles("capacities").items():
                out[name] = {**entry, "pack": pack.id}
        return out

    def _parameters(self) -> dict[str, list[dict[str, Any]]]:
        out: dict[str, list[dict[str, Any]]] = {}
        for pack, since in self.packs:
            for name, entry in pack.named("parameters").items():
                first = out.get(name, [entry])[0]
                if first["unit"] != entry["unit"]:
                    other = f"{entry['unit']} at {entry['where']}"
                    self.refuse(first["where"], f"{name} is in {first['unit']}, but in {other}")
                values = self._values(name, entry["values"], since)
                out.setdefault(name, []).append({**entry, "values": values, "pack": pack.id})
        return out

    def _values(self, name: str, values: Mapping[str, dict[str, Any]], since: str | None) -> list[dict[str, Any]]:
        """The dated values, latest first; each lasts until the next, and no longer than its instrument."""
        out: list[dict[str, Any]] = []
        following: str | None = None
        for day in sorted(values, reverse=True):
            value = values[day]
            instrument = self.instruments.get(value["cite"].partition("#")[0], {})
            begun = instrument.get("since")
            if begun and day < begun:
                self.refuse(
                    value["where"], f"{name}: {day} is before {value['cite'].partition('#')[0]}, which starts {begun}"
                )
            until = (None, _day_before(following) if following else None)
            start, end = _narrow((day, None), (since, instrument.get("until")), until)
            out.append({**value, "day": day, "since": start, "until": end})
            following = day
        return out

    def _plain(self, section: str) -> list[dict[str, Any]]:
        """What a parent has and the regime does not give itself, by id (a division by code and first day)."""
        out: dict[Any, dict[str, Any]] = {}
        for pack, _ in self.packs:
            own = {(e.get("id") or e.get("code"), e.get("from")): {**e, "pack": pack.id} for e in pack.entries(section)}
            out |= {key: entry for key, entry in own.items() if key not in out}
        return list(out.values())

    def _calendar(self) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for pack, _ in reversed(self.packs):
            out |= {year: {**days, "pack": pack.id} for year, days in pack.named("calendar").get("years", {}).items()}
        try:
            calendar_of(out)
        except ValueError as reason:
            self.refuse(min(days["where"] for days in out.values()), str(reason))
        return dict(sorted(out.items()))

    def _conflicts(self) -> list[dict[str, Any]]:
        out = [{**c, "pack": p.id} for p, _ in self.packs for c in p.entries("conflicts")]
        known = {pack.id: pack for pack, _ in self.packs}
        for conflict in out:
            about = next(one for one in ("rule", "parameter", "action") if one in conflict)
            name = conflict[about]
            pack = known.get(conflict["prevails"])
            if pack is None:
                self.refuse(conflict["where"], f"{name}: {conflict['prevails']} is no part of this regime")
                continue
            if name not in _named(pack, about):
                self.refuse(conflict["where"], f"{name}: {pack.id} does not have it")
        return out


def _named(pack: Pack, about: str) -> Collection[str]:
    """The names of a pack's rules, parameters or actions."""
    if about == "rule":
        return {entry["id"] for entry in pack.entries("rules")}
    return (pack.named("parameters") if about == "parameter" else pack.roles("actions")).keys()


def calendar_of(years: Mapping[str, Mapping[str, Any]]) -> Calendar:
    """The calendar of a merged body. Raises ValueError where a year is left out."""
    return Calendar(
        {
            int(year): ([date.fromisoformat(d) for d in days["off"]], [date.fromisoformat(d) for d in days["work"]])
            for year, days in years.items()
        }
    )


def _place(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file, int(line)


def _instrument(raw: Mapping[str, Any], pack: str) -> dict[str, Any]:
    """The instrument with the first and the last day it is in force. A period of validity counts from the day it
    took effect, the corresponding day included; from an assumed day it cannot be computed and the end stays open."""
    assumed = raw.get("assumed_from")
    since = raw.get("effective") or (assumed["date"] if assumed else None)
    expires = raw.get("expires")
    unknown = isinstance(expires, Mapping) and "effective" not in raw
    until = expires if isinstance(expires, str) else None
    if isinstance(expires, Mapping) and not unknown:
        last = Calendar({}).add(date.fromisoformat(raw["effective"]), expires["value"], expires["unit"], roll=False).on
        until = last.isoformat() if last else None
    return {**raw, "pack": pack, "since": since, "until": until, "expiry_unknown": unknown}
