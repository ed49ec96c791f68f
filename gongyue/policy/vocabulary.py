"""What a pack may speak of: the actions, what rules on each may name, and the milestones of each kind of subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ActionSpec:
    """One action as rules see it: its kind of subject, the milestone it reaches, whether it is a side exit (outside
    the main order), and the dotted names it offers with their types (`contract.amount_fen` is an int)."""

    subject: str
    reaches: str | None
    side: bool
    names: Mapping[str, type]


@dataclass(frozen=True)
class Vocabulary:
    """Every action by name; the milestones of each kind; the (kind, milestone) pairs into which a verb of another
    subject gives birth, so that no action of their own reaches them; the methods that a kind
    may follow an order of its own for (of a kind that is not listed: any); the kinds whose acts are those that the
    law of the day knows."""

    actions: Mapping[str, ActionSpec]
    milestones: Mapping[str, frozenset[str]]
    born: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    variants: Mapping[str, frozenset[str]] = field(default_factory=dict)
    dated: frozenset[str] = field(default_factory=frozenset)
