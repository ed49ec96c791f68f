"""The files of a pack and the shape of each. `docs/pack-authors.md` explains every key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from .programme import read_programme
from .shapes import (
    Shape,
    Sheet,
    both,
    choice,
    cite,
    day,
    dotted,
    each,
    flag,
    ident,
    keyed,
    kind,
    mention,
    once,
    period,
    place,
    plain,
    positive,
    record,
    region,
    shown,
    some,
    text,
    word,
)
from .units import AUTHORED, TYPES, canonical, exact
from .yaml12 import Items, Node

LEVELS = ("nation", "province", "city", "district", "street")
HELD_BY: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {  # to each way: the keys it needs, those it may have
    "award": ((), ()), "appointment": ((), ()), "registration": (("organisation",), ()),
    "opening": (("organisation",), ("level",)), "same_level": (("organisation",), ("level",)),
}  # fmt: skip
UNITS = (*TYPES, *AUTHORED)
CLAUSES: dict[str, Shape] = {"clause": some(text), "clauses": some(text)}


def _with_clauses(shape: Shape) -> Shape:
    """`clause` and `clauses` are two spellings of one list."""

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        out = shape(value, line, sheet)
        out["clauses"] = out.pop("clause", []) + out.pop("clauses", [])
        return out

    return read


def _droppable(shape: Shape, *names: str) -> Shape:
    """The entry, or `{..., drop: true, cite}` that takes a parent's out; a listed one may end before its instrument."""
    dropping = record({**dict.fromkeys(names, ident), "drop": flag, "cite": cite}, {"until": day} if names else {})

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        return (dropping if isinstance(value, Node) and "drop" in value else shape)(value, line, sheet)

    return read


def _span(value: Any, line: int, sheet: Sheet) -> Any:
    """`2010-02-13`, or `2010-02-13..2010-02-19`: the days of it."""
    if not isinstance(value, str):
        return [day(value, line, sheet)]
    first, _, last = value.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        sheet.refuse(line, f"{value} is not a date or a range such as 2010-02-13..2010-02-19")
        return []
    if end < start:
        sheet.refuse(line, f"{value} ends before it begins")
    return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]


def _holidays(value: Any, line: int, sheet: Sheet) -> Any:
    shape = record({"off": each(_span), "work": each(_span), "cite": cite})
    out = shape(value, line, sheet)
    return {**out, **{key: [d for days in out.get(key, ()) for d in days] for key in ("off", "work")}}


def _year(value: Any, line: int, sheet: Sheet) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or not date.min.year < value < date.max.year:
        sheet.refuse(line, f"{shown(value)} is not a year")
    return str(value)


def _calendar(value: Any, line: int, sheet: Sheet) -> Any:
    before = len(sheet.errors)
    out = record({"years": keyed(_year, _holidays)})(value, line, sheet)
    for year, days in out.get("years", {}).items() if len(sheet.errors) == before else ():
        at = value["years"].lines[int(year)]
        for stray in (d for d in days["off"] + days["work"] if not d.startswith(year)):
            sheet.refuse(at, f"{stray} is not in {year}")
        for twice in sorted(set(days["off"]) & set(days["work"])):
            sheet.refuse(at, f"{twice} is both off and worked")
    return out


def _figure(unit: str) -> Shape:
    """One value of a parameter, in the canonical unit, as JSON keeps it; nothing where it was repealed."""
    kept = canonical(unit)

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        if value is None:
            return None
        if kept in ("date", "flag", "text"):
            return {"date": day, "flag": flag, "text": text}[kept](value, line, sheet)
        try:
            return exact(value, unit)
        except ValueError as reason:
            sheet.refuse(line, str(reason))
            return None

    return read


def _dated(unit: str) -> Shape:
    """A value with its citation, under a parameter in `unit`; money and percentages may be written otherwise."""

    def read(value: Any, line: int, sheet: Sheet) -> Any:
        authored = value.get("unit", unit) if isinstance(value, Node) else unit
        authored = authored if authored in UNITS else unit
        optional = {"checked_on": day, "unit": choice(*UNITS), **CLAUSES}
        out = _with_clauses(record({"value": _figure(authored), "cite": cite}, optional))(value, line, sheet)
        out.pop("unit", None)
        if canonical(authored) != canonical(unit):
            sheet.refuse(line, f"a value in {authored} under a parameter in {unit}")
        return out

    return read


def _parameter(value: Any, line: int, sheet: Sheet) -> Any:
    unit = value.get("unit") if isinstance(value, Node) else None
    unit = unit if unit in UNITS else "count"
    shape = record({"unit": choice(*UNITS), "name": both, "values": keyed(day, _dated(unit))}, CLAUSES)
    return {**_with_clauses(shape)(value, line, sheet), "unit": canonical(unit)}


def _instrument(value: Any, line: int, sheet: Sheet) -> Any:
    assumed = record({"date": day, "because": both, "cite": mention}, placed=False)
    optional = {
        "number": text, "issuer": both, "issued": day, "effective": day, "assumed_from": assumed, "expires": _expiry,
        "trial": flag, "loaded": flag, "by_reference": flag, "url": text, "note": both,
    }  # fmt: skip
    out = record({"title": both}, optional)(value, line, sheet)
    given = [key for key in ("effective", "assumed_from") if key in out]
    if len(given) > 1:
        sheet.refuse(line, "either effective or assumed_from, not both")
    if not given and out.get("loaded", True):
        sheet.refuse(line, "effective is missing; write assumed_from with the reason, or loaded: false")
    return out


def _expiry(value: Any, line: int, sheet: Sheet) -> Any:
    validity = record({"value": positive, "unit": choice("day", "month", "year")}, placed=False)
    return (validity if isinstance(value, Node) else day)(value, line, sheet)


def _capacity(value: Any, line: int, sheet: Sheet) -> Any:
    optional = {"organisation": some(word), "level": some(choice(*LEVELS)), "by": choice(*HELD_BY), "cite": cite}
    out = record({"name": both}, optional)(value, line, sheet)
    way = out.get("by", "")
    needs, may = HELD_BY.get(way, (("organisation", "level"), ()))
    has = {"organisation", "level"} & out.keys()
    if (not way or way in HELD_BY) and not set(needs) <= has <= {*needs, *may}:
        wanted = " and ".join(needs) or "nothing else"
        sheet.refuse(line, f"a capacity {f'by {way}' if way else 'without by'} has {wanted}")
    return out


def _within(value: Any, line: int, sheet: Sheet) -> Any:
    """`{value, unit}`, `{param}` or `{on}`."""
    if isinstance(value, Node) and "param" in value:
        return record({"param": dotted}, placed=False)(value, line, sheet)
    if isinstance(value, Node) and "on" in value:
        return record({"on": day}, placed=False)(value, line, sheet)
    return period(value, line, sheet)


def _obligation(value: Any, line: int, sheet: Sheet) -> Any:
    shape = _with_clauses(
        record(
            {"id": ident, "after": some(dotted), "do": dotted, "who": some(word), "name": both, "cite": cite},
            {
                "from": dotted,
                "within": _within,
                "when": text,
                "every": period,
                "suspend": _suspend,
                "lapse": some(dotted),
                "roll": flag,
                "seed": text,
                "until": day,
                **CLAUSES,
            },
        )
    )
    out = shape(value, line, sheet)
    fixed = "on" in out.get("within", {})
    if "from" not in out and (("within" in out and not fixed) or "every" in out):
        sheet.refuse(line, f"{out.get('id')}: from is missing: a period runs from a date")
    if fixed and "from" in out:
        sheet.refuse(line, f"{out.get('id')}: a fixed date does not run from anything: leave out from")
    out["anchor"] = out.pop("from", "")
    return out


MINIMUM: Mapping[str, Shape] = {"least": dotted, "cite": cite, "reading": both}


def _minimum(value: Any, line: int, sheet: Sheet) -> Any:
    """What comes no sooner than what: by a parameter, which has its article, or on an article of its own."""
    optional = {**MINIMUM, "alternatives": each(_alternative, 1)}
    return _figured(record({"to": word, "after": kind}, optional, placed=False)(value, line, sheet), line, sheet)


def _other_minimum(value: Any, line: int, sheet: Sheet) -> Any:
    """One of another reading; it has no readings of its own."""
    return _figured(record({"to": word, "after": kind}, MINIMUM, placed=False)(value, line, sheet), line, sheet)


def _figured(out: Any, line: int, sheet: Sheet) -> Any:
    if ("least" in out) == ("cite" in out):
        sheet.refuse(line, "a minimum names the parameter that gives it, or the article that says so")
    return out


_alternative = record(
    {"id": ident, "reading": both}, {"order": each(word, 1), "minima": each(_other_minimum)}, placed=False
)


def _suspend(value: Any, line: int, sheet: Sheet) -> Any:
    """Two actions, or several stops of the clock: by what, until what, and on which condition."""
    if isinstance(value, list) and any(isinstance(one, Node) for one in value):
        stop = record({"by": dotted, "until": some(dotted)}, {"when": text}, placed=False)
        return each(stop)(value, line, sheet)
    pair = _pair(value, line, sheet)
    return [{"by": pair[0], "until": [pair[1]]}] if len(pair) == 2 else []


def _pair(value: Any, line: int, sheet: Sheet) -> Any:
    out = each(dotted)(value, line, sheet)
    if len(out) != 2:
        sheet.refuse(line, f"expected two actions, not {len(out)}")
    return out


def _divisions(value: Any, line: int, sheet: Sheet) -> Any:
    """Of one code a division follows another; no two are there on one day."""
    out = each(DIVISION)(value, line, sheet)
    met: dict[str, list[dict[str, Any]]] = {}
    for one in (division for division in out if "code" in division):
        for other in met.setdefault(one["code"], []):
            starts, ends = max(_since(one), _since(other)), min(_until(one), _until(other))
            if starts <= ends:
                sheet.refuse(int(one["where"].rpartition(":")[2]), f"{one['code']} is also given at {other['where']}")
        met[one["code"]].append(one)
    return out


def _since(division: Mapping[str, str]) -> str:
    return division.get("from", date.min.isoformat())


def _until(division: Mapping[str, str]) -> str:
    return division.get("until", date.max.isoformat())


def _conflict(value: Any, line: int, sheet: Sheet) -> Any:
    about = {"rule": ident, "parameter": dotted, "action": dotted}
    out = record({"prevails": ident, "from": day, "cite": cite}, {**about, "reading": both})(value, line, sheet)
    if isinstance(value, Node) and len(out.keys() & about.keys()) != 1:
        sheet.refuse(line, "a conflict names a rule, a parameter or an action")
    return out


def _listed(value: Any, line: int, sheet: Sheet) -> Any:
    """An entry of a catalogue or framework: an id, a citation, and data of its own."""
    if not isinstance(value, Node):
        sheet.refuse(line, f"expected a mapping with id, cite, not {shown(value)}")
        return {}
    for missing in (name for name in ("id", "cite") if name not in value):
        sheet.refuse(line, f"{missing} is missing")
    if "cite" in value:
        mention(value["cite"], value.lines["cite"], sheet)
    _named_once(value, sheet)
    return {**plain(value, line, sheet), "where": sheet.where(line)}


def _named_once(value: Any, sheet: Sheet) -> None:
    """Of the lists inside an entry none has two things of one id."""
    if isinstance(value, Items):
        once(plain, "id")(value, value.line, sheet)
    for part in value.values() if isinstance(value, Node) else value if isinstance(value, Items) else ():
        _named_once(part, sheet)


def _moment(value: Any, line: int, sheet: Sheet) -> Any:
    if not isinstance(value, date):
        sheet.refuse(line, f"{shown(value)} is not a date or a moment")
    return value


def _given(value: Any, line: int, sheet: Sheet) -> Any:
    return dict(keyed(dotted, lambda v, *_: v)(value, line, sheet))


RULE = _with_clauses(
    record(
        {"id": ident, "on": some(dotted), "require": text, "refuse": both, "cite": cite},
        {
            "when": text,
            "severity": choice("block", "warn"),
            "reading": both,
            "as_of": dotted,
            "from": day,
            "until": day,
            **CLAUSES,
        },
    )
)
DISCLOSURE = _with_clauses(
    record(
        {"id": ident, "on": some(dotted), "kind": word, "name": both, "fields": each(dotted, 1), "cite": cite},
        {"when": text, "until": day, **CLAUSES},
    )
)
DIVISION = record(
    {"code": place, "name": both, "level": choice(*LEVELS)},
    {"parent": region, "from": day, "until": day, "cite": mention},
)
TEST = _with_clauses(
    record(
        {"name": text, "on": dotted, "at": _moment, "given": _given},
        {"expect": each(ident), "passes": each(ident), "rules": each(ident), **CLAUSES},
    )
)
HEAD = record(
    {"id": ident, "name": both, "instruments": keyed(ident, _instrument)},
    {
        "jurisdiction": region,
        "extends": once(each(record({"pack": ident}, {"from": day})), "pack"),
        "idle": once(each(record({"duty": some(ident), "because": both}, {"cite": mention})), "duty"),
        "slots": once(each(_with_clauses(record({"id": ident, "what": both, "cite": mention}, CLAUSES))), "id"),
    },
)
_incompatible = _with_clauses(
    record({"duties": _pair, "cite": cite}, {"within": choice("purchase", "subject"), **CLAUSES})
)
ROLES = record(
    {},
    {
        "capacities": keyed(word, _capacity),
        "actions": keyed(dotted, _droppable(_with_clauses(record({"who": some(word), "cite": cite}, CLAUSES)))),
        "incompatible": once(each(_incompatible), "duties", "within", "cite"),
    },
    placed=False,
)

SHEETS: Mapping[str, Shape] = {
    "procedure.yaml": keyed(
        kind,
        _droppable(
            _with_clauses(record({"order": each(word, 1), "cite": cite}, {"minima": each(_minimum), **CLAUSES}))
        ),
    ),
    "roles.yaml": ROLES,
    "obligations.yaml": each(_droppable(_obligation, "id")),
    "divisions.yaml": _divisions,
    "calendar.yaml": _calendar,
    "conflicts.yaml": once(each(_conflict), "rule", "parameter", "action", "from"),
    "disclosure.yaml": each(_droppable(DISCLOSURE, "id")),
    "catalogue.yaml": once(each(_listed), "id"),
}
FOLDERS: Mapping[str, Shape] = {
    "parameters": keyed(dotted, _parameter),
    "rules": each(_droppable(RULE, "id")),
    "programmes": read_programme,
    "frameworks": each(_listed),
    "tests": each(TEST),
}
