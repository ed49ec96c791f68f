"""What a programme asks for beside its money: dated stages, norms to be made, named tasks, targets of coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .shapes import Shape, Sheet, both, cite, day, each, flag, ident, once, positive, record, some, text, word
from .units import exact


@dataclass(frozen=True)
class Phase:
    """A stage of the programme; `starts` None: from the beginning. `report`: what it came to is reported by its end."""

    id: str
    name: Mapping[str, str]
    starts: date | None
    ends: date
    cite: str
    report: bool = False


@dataclass(frozen=True)
class Norm:
    """A document that somebody must make before the programme can be run by it; `became`: the instrument it is."""

    id: str
    name: Mapping[str, str]
    cite: str
    became: str = ""


@dataclass(frozen=True)
class Assignment:
    """A named task: of the bodies as the instrument calls them, or of every holder of a territorial capacity."""

    id: str
    what: Mapping[str, str]
    bodies: tuple[str, ...]
    capacity: str
    cite: str


@dataclass(frozen=True)
class Target:
    """The share of all streets, in basis points, that has a centre by the end of the last of these years."""

    starts: int
    ends: int
    share_bp: int
    cite: str


@dataclass(frozen=True)
class Campaign:
    """Everything of it; empty where the programme's file says nothing."""

    phases: tuple[Phase, ...] = ()
    norms: tuple[Norm, ...] = ()
    tasks: tuple[Assignment, ...] = ()
    targets: tuple[Target, ...] = ()

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Campaign:
        """From a merged body, which may be older than these parts."""
        return cls(
            tuple(
                Phase(
                    p["id"],
                    p["name"],
                    _day(p.get("starts")),
                    date.fromisoformat(p["ends"]),
                    p["cite"],
                    p.get("report", False),
                )
                for p in body.get("phases", ())
            ),
            tuple(
                Norm(n["id"], n["name"], n["cite"], n.get("became", "").partition("#")[0])
                for n in body.get("norms", ())
            ),
            tuple(
                Assignment(t["id"], t["what"], tuple(t.get("bodies", ())), t.get("capacity", ""), t["cite"])
                for t in body.get("tasks", ())
            ),
            tuple(Target(t["from"], t["until"], t["percent"], t["cite"]) for t in body.get("targets", ())),
        )

    def norm(self, code: str) -> Norm | None:
        return next((norm for norm in self.norms if norm.id == code), None)

    def phase(self, code: str) -> Phase | None:
        return next((phase for phase in self.phases if phase.id == code), None)

    def task(self, code: str) -> Assignment | None:
        return next((task for task in self.tasks if task.id == code), None)

    def target(self, year: int) -> Target | None:
        """What that year is measured against; None where the programme names nothing for it."""
        return next((target for target in self.targets if target.starts <= year <= target.ends), None)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _percent(value: Any, line: int, sheet: Sheet) -> Any:
    try:
        return exact(value, "percent")
    except ValueError as reason:
        sheet.refuse(line, str(reason))
        return 0


_CLAUSES: dict[str, Shape] = {"clause": some(text), "clauses": some(text)}
PARTS: Mapping[str, Shape] = {
    "phases": once(
        each(
            record({"id": ident, "name": both, "ends": day, "cite": cite}, {"starts": day, "report": flag, **_CLAUSES})
        ),
        "id",
    ),
    "norms": once(each(record({"id": ident, "name": both, "cite": cite}, {"became": cite, **_CLAUSES})), "id"),
    "tasks": once(
        each(record({"id": ident, "what": both, "cite": cite}, {"bodies": some(text), "capacity": word, **_CLAUSES})),
        "id",
    ),
    "targets": each(record({"from": positive, "until": positive, "percent": _percent, "cite": cite}, _CLAUSES)),
}
