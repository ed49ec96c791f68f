"""The pilot streets of a programme: what each is granted, by whom, and how far its purchase has come."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongyue.kernel.findings import language
from gongyue.kernel.models import Division, Purchase
from gongyue.policy import Programme, Regime
from gongyue.policy.programme import Unit


@dataclass(frozen=True)
class Street:
    """Amounts in fen. `first` and `second`: the payers' parts of a bar, a thousand wide for the largest grant."""

    name: str
    mode: str
    total_fen: int
    shares: list[tuple[str, int]]
    first: int
    second: int
    opened: bool
    stage: str
    kind: str
    cite: str


@dataclass(frozen=True)
class District:
    name: str
    streets: list[Street]


@dataclass(frozen=True)
class Chart:
    """A programme, drawn. `totals`: (payer, fen)."""

    id: str
    name: str
    regime: str
    year: int
    districts: list[District]
    totals: list[tuple[str, int]]
    total_fen: int
    streets: int
    opened: int
    modes: list[tuple[str, int]]


def chart(programme: Programme, regime: Regime) -> Chart:
    """One query: the purchases of its streets."""
    listed = Purchase.objects.exclude(programme="").filter(programme=programme.id)  # as the index of streets is kept
    stages = dict(listed.values_list("division", "stage"))
    names = {d.code: d.name[language()] for d in regime.divisions}
    widest = max(unit.total_fen for unit in programme.units)
    rows: dict[str, list[Street]] = {}
    for unit in programme.units:
        stage = stages.get(Division.street_code(unit.district, unit.street))
        rows.setdefault(names.get(unit.district, unit.district), []).append(_street(unit, stage, widest, programme))
    return Chart(
        id=programme.id, name=programme.name[language()], regime=regime.code, year=programme.year,
        districts=[District(name, streets) for name, streets in rows.items()],
        totals=[(payer, sum(unit.shares[payer] for unit in programme.units)) for payer in programme.payers],
        total_fen=sum(unit.total_fen for unit in programme.units), streets=len(programme.units),
        opened=len(stages), modes=_modes(programme),
    )  # fmt: skip


def _street(unit: Unit, stage: str | None, widest: int, programme: Programme) -> Street:
    shares = unit.shares
    parts = [shares[payer] * 1000 // widest for payer in programme.payers]
    kind = (stage or "").partition(":")[0]
    return Street(
        name=unit.street, mode=re.split("[：:]", programme.modes[unit.mode].name[language()])[0],
        total_fen=unit.total_fen, shares=[(payer, shares[payer]) for payer in programme.payers], first=parts[0],
        second=sum(parts[1:]), opened=stage is not None, stage=stage or "", kind=kind,
        cite=unit.cite,
    )  # fmt: skip


def _modes(programme: Programme) -> list[tuple[str, int]]:
    return [
        (mode.name[language()], sum(unit.mode == name for unit in programme.units))
        for name, mode in programme.modes.items()
    ]


def charts(regimes: Iterable[Regime]) -> list[Chart]:
    """Every programme of these regimes: one query each."""
    return [chart(programme, regime) for regime in regimes for programme in regime.programmes.values()]
