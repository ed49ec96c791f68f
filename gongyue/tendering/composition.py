"""按类别组成: whom a regime wants to sit on a committee, group by group, where it says so (`panel-composition`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongyue.policy import Regime

FRAMEWORK = "panel-composition"


@dataclass(frozen=True)
class Group:
    """One group of members and how many of it at the least."""

    id: str
    name: dict[str, str]
    least: int


def groups(regime: Regime) -> list[Group]:
    """Those of the regime's framework, in its order; none where it has no such framework."""
    rows = regime.frameworks.get(FRAMEWORK, {}).get("groups", ())
    return [Group(row["id"], row["name"], row.get("least", 1)) for row in rows]


def lacking(regime: Regime, seated: Iterable[str]) -> list[str]:
    """The names of the groups that have fewer members than they should."""
    held = list(seated)
    return [group.name["zh"] for group in groups(regime) if held.count(group.id) < group.least]
