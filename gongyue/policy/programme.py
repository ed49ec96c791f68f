"""A pilot programme: its streets, who pays what share, and the sums that must agree with its annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .campaign import PARTS, Campaign
from .shapes import (
    Shape,
    Sheet,
    both,
    choice,
    cite,
    day,
    each,
    flag,
    ident,
    keyed,
    once,
    positive,
    record,
    region,
    shown,
    some,
    text,
    word,
)
from .units import WHOLE, exact
from .yaml12 import Items, Node

ROW = frozenset({"district", "street", "mode", "total", "cite", "clause", "clauses", "where"})


@dataclass(frozen=True)
class Unit:
    """One pilot street: its grant in fen, each payer's share in fen, and the ratio in basis points that gave it."""

    district: str
    street: str
    mode: str
    total_fen: int
    shares: Mapping[str, int]
    ratio_bp: Mapping[str, int]
    cite: str
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """Money beside the grants, such as an evaluation fee: a share in basis points `of` a sum, in fen."""

    id: str
    name: Mapping[str, str]
    share_bp: int
    of: str
    amount_fen: int
    cite: str


@dataclass(frozen=True)
class Mode:
    """How a street's centre is run, and whether its service is purchased."""

    name: Mapping[str, str]
    purchased: bool
    cite: str


@dataclass(frozen=True)
class Programme:
    """A pilot programme as its instrument lists it; every sum was checked when the pack was read."""

    id: str
    pack: str
    name: Mapping[str, str]
    year: int
    starts: date
    ends: date
    modes: Mapping[str, Mode]
    payers: tuple[str, ...]
    units: tuple[Unit, ...]
    lines: tuple[Line, ...]
    cite: str
    clauses: tuple[str, ...] = ()
    campaign: Campaign = field(default_factory=Campaign)
    _found: dict[tuple[str, str], Unit] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._found.update({(unit.district, unit.street): unit for unit in self.units})

    def unit(self, district: str, street: str) -> Unit | None:
        """The pilot street by its district's code and its name; None where the programme does not have it."""
        return self._found.get((district, street))

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Programme:
        """From a merged body."""
        ratios = {code: row["shares"] for row in body["ratios"] for code in row["districts"]}
        units = tuple(
            Unit(
                u["district"],
                u["street"],
                u["mode"],
                u["total"],
                u["shares"],
                ratios[u["district"]],
                u["cite"],
                tuple(u["clauses"]),
            )
            for u in body["units"]
        )
        lines = tuple(Line(n["id"], n["name"], n["percent"], n["of"], n["amount"], n["cite"]) for n in body["lines"])
        modes = {m: Mode(v["name"], v["purchased"], v["cite"]) for m, v in body["modes"].items()}
        return cls(
            body["id"], body["pack"], body["name"], body["year"], date.fromisoformat(body["starts"]),
            date.fromisoformat(body["ends"]), modes, tuple(body["payers"]), units, lines, body["cite"],
            tuple(body["clauses"]), Campaign.of(body),
        )  # fmt: skip


def read_programme(value: Any, line: int, sheet: Sheet) -> Any:
    """A programme file, read, converted to fen and checked: shares, ratios, sums and counts must agree exactly."""
    payers = [p for p in value.get("payers", ()) if isinstance(p, str)] if isinstance(value, Node) else []
    unit = value.get("unit") if isinstance(value, Node) else None
    before = len(sheet.errors)
    out = _shape(payers, unit if unit in ("wan_yuan", "yuan", "fen") else "fen")(value, line, sheet)
    if len(sheet.errors) > before:
        return out
    out.setdefault("lines", [])
    for row in out["units"]:
        row["shares"] = {payer: row.pop(_column(payer)) for payer in payers}
    for row in (out, *out["units"]):
        row["clauses"] = row.pop("clause", []) + row.pop("clauses", [])
    for row in out["ratios"]:
        row["shares"] = {payer: row.pop(payer) for payer in payers}
        row.pop("unit", None)
    for at, reason in _faults(out, value):
        sheet.refuse(at, reason)
    return out


def _column(payer: str) -> str:
    """The key of a payer's money in a row: its name, or `<name>_share` where a row has another key so called."""
    return f"{payer}_share" if payer in ROW else payer


def _amount(unit: str) -> Shape:
    def read(value: Any, line: int, sheet: Sheet) -> Any:
        try:
            return exact(value, unit)
        except ValueError as reason:
            sheet.refuse(line, str(reason))
            return 0

    return read


def _ratio_row(payers: list[str]) -> Shape:
    def read(value: Any, line: int, sheet: Sheet) -> Any:
        unit = value.get("unit", "bp") if isinstance(value, Node) else "bp"
        share = _amount(unit if unit in ("percent", "bp") else "bp")
        required = {"districts": some(region), "cite": cite, **dict.fromkeys(payers, share)}
        return record(required, {"unit": choice("percent", "bp")})(value, line, sheet)

    return read


def _shape(payers: list[str], unit: str) -> Shape:
    """A programme file whose money is written in `unit` and borne by these payers."""
    money, clauses = _amount(unit), {"clause": some(text), "clauses": some(text)}
    street = {"district": region, "street": text, "mode": word, "total": money, "cite": cite}
    street |= {_column(payer): money for payer in payers}
    line = {"id": ident, "name": both, "percent": _amount("percent"), "amount": money, "cite": cite}
    line |= {"of": choice("total", *payers)}
    totals = {"units": positive, "total": money, "modes": keyed(word, _count), "cite": cite}
    totals |= dict.fromkeys(payers, money)
    head = {"id": ident, "name": both, "year": positive, "starts": day, "ends": day, "cite": cite}
    required = {
        **head,
        "modes": keyed(word, record({"name": both, "purchased": flag, "cite": cite})),
        "payers": each(word, 1),
        "unit": choice("wan_yuan", "yuan", "fen"),
        "ratios": each(_ratio_row(payers)),
        "units": each(record(street, clauses), 1),
        "totals": record(totals),
    }
    return record(required, {"lines": once(each(record(line)), "id"), **PARTS, **clauses})


def _count(value: Any, line: int, sheet: Sheet) -> Any:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        sheet.refuse(line, f"expected a count, not {shown(value)}")
    return value


def _faults(out: Mapping[str, Any], node: Node) -> Iterator[tuple[int, str]]:
    """The line and reason of everything that does not agree."""
    ratios: dict[str, Mapping[str, int]] = {}
    for row, at in zip(out["ratios"], _lines(node["ratios"]), strict=True):
        if sum(row["shares"].values()) != WHOLE:
            yield at, f"the ratio sums to {sum(row['shares'].values())}, not 10000 basis points"
        for code in row["districts"]:
            if code in ratios:
                yield at, f"district {code} has more than one ratio"
            ratios[code] = row["shares"]
    seen = set()
    for row, at in zip(out["units"], _lines(node["units"]), strict=True):
        yield from ((at, f"{row['street']}: {reason}") for reason in _row_faults(row, ratios, out["modes"]))
        if (row["district"], row["street"]) in seen:
            yield at, f"{row['street']} is listed twice"
        seen.add((row["district"], row["street"]))
    at = node["totals"].line
    yield from ((at, reason) for reason in _total_faults(out))
    for row, at in zip(out["lines"], _lines(node.get("lines", Items())), strict=True):
        of = out["totals"][row["of"]]
        if row["amount"] * WHOLE != of * row["percent"]:
            yield at, f"{row['id']}: {row['percent']} basis points of {of} fen is not {row['amount']} fen"
    if out["ends"] < out["starts"]:
        yield node.line, "the programme ends before it starts"


def _row_faults(
    row: Mapping[str, Any], ratios: Mapping[str, Mapping[str, int]], modes: Mapping[str, Any]
) -> Iterator[str]:
    if row["mode"] not in modes:
        yield f"mode {row['mode']} is not declared"
    if sum(row["shares"].values()) != row["total"]:
        yield f"the shares sum to {sum(row['shares'].values())} fen, not to the total of {row['total']} fen"
    if row["district"] not in ratios:
        yield f"district {row['district']} has no ratio"
        return
    for payer, weight in ratios[row["district"]].items():
        if row["shares"][payer] * WHOLE != row["total"] * weight:
            yield f"{payer} bears {row['shares'][payer]} fen, which is not {weight} basis points of {row['total']} fen"


def _total_faults(out: Mapping[str, Any]) -> Iterator[str]:
    units, totals = out["units"], out["totals"]
    if len(units) != totals["units"]:
        yield f"{len(units)} units are listed, {totals['units']} are stated"
    sums = {"total": sum(row["total"] for row in units)}
    sums |= {payer: sum(row["shares"][payer] for row in units) for payer in out["payers"]}
    for name, amount in sums.items():
        if amount != totals[name]:
            yield f"{name}: the units sum to {amount} fen, {totals[name]} fen are stated"
    counted = Counter(row["mode"] for row in units)
    for mode in sorted(counted.keys() | totals["modes"].keys()):
        if counted[mode] != totals["modes"].get(mode, 0):
            yield f"mode {mode}: {counted[mode]} units are listed, {totals['modes'].get(mode, 0)} are stated"


def _lines(items: Items) -> list[int]:
    return items.lines if items else []
