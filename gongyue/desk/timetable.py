"""The earliest lawful timetable of a tender in words: its steps, what each waits for, whether the ceiling is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongyue.kernel.actions import kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import language
from gongyue.policy import Regime, Step, Wait
from gongyue.policy.words import length
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Tender
from gongyue.tendering.timetable import Outlook, outlook

from .citations import Chip, chip
from .words import action_name

TOLD = frozenset({Tender.kind, ImplementationPlan.kind})  # on whose forms it stands beside the purchase's page


@dataclass(frozen=True)
class Row:
    """One step: what is reached, its first lawful day, and because of what."""

    what: str
    step: Step
    because: list[tuple[str, Chip]]


@dataclass(frozen=True)
class Schedule:
    """`outlook` with its words."""

    outlook: Outlook
    rows: list[Row]
    begin: str
    begun: str
    cite: Chip
    length: str
    readings: list[str]


def schedule(dossier: Dossier) -> Schedule | None:
    """None where no ceiling is set, or nothing is left to do. No query beyond plan and tenders."""
    found = outlook(dossier)
    if found is None:
        return None
    regime, rule = dossier.regime, found.ceiling.rule
    readings = dict.fromkeys(minimum.reading[language()] for minimum in found.minima if minimum.reading)
    return Schedule(
        found, [_row(step, regime) for step in found.table.steps], _reached(found.first),
        action_name(rule.after[0]), chip(regime, rule.cite),
        _within(found, regime), list(readings),
    )  # fmt: skip


def schedule_beside(subject: Any, dossier: Dossier) -> Schedule | None:
    """For the form of an action on this subject."""
    return schedule(dossier) if subject.kind in TOLD and dossier.purchase.pk else None


def _within(found: Outlook, regime: Regime) -> str:
    """The length of the ceiling: `1 个月`."""
    period = found.ceiling.rule.within
    assert period is not None
    dated = regime.parameter(period.param, found.ceiling.since) if period.param else None
    return length(dated.value if dated else period.value, period.unit, language())


def _row(step: Step, regime: Regime) -> Row:
    return Row(_reached(step.milestone), step, [(_because(w), chip(regime, w.cite)) for w in step.waits])


def _because(wait: Wait) -> str:
    after = _reached(wait.minimum.after)
    if wait.value is None:
        return _("不早于“%(after)s”（%(day)s）") % {"after": after, "day": wait.since}
    few = length(wait.value, wait.unit, language())
    return _("距“%(after)s”（%(day)s）至少 %(few)s") % {"after": after, "day": wait.since, "few": few}


def _reached(name: str) -> str:
    """`milestone` of a tender, or `kind.milestone`, in words."""
    kind, dot, milestone = name.rpartition(".")
    if not dot:
        return str(Tender.State(milestone).label)
    found = next(one for one in kinds() if one.kind == kind)
    return f"{found.called} · {found.State(milestone).label}"
