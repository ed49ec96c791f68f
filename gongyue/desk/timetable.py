"""The earliest lawful timetable of a tender in words: its steps, what each waits for, whether the ceiling is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongyue.kernel.actions import kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import language
from gongyue.policy import Alternative, Minimum, Regime, Step, Wait
from gongyue.policy.words import length
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Tender
from gongyue.tendering.timetable import Ceiling, Outlook, Setting, Trial, outlook

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
    """`outlook` with its words, and as a trial to be drawn."""

    outlook: Outlook
    trial: Trial
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
        found, Trial(found.setting, (), dossier.today, None), rows(found.setting, found.table.steps),
        reached(found.first, found.setting.way), action_name(rule.after[0]), chip(regime, rule.cite),
        within(found.ceiling, regime), list(readings),
    )  # fmt: skip


def schedule_beside(subject: Any, dossier: Dossier) -> Schedule | None:
    """For the form of an action on this subject."""
    return schedule(dossier) if subject.kind in TOLD and dossier.purchase.pk else None


def within(ceiling: Ceiling, regime: Regime) -> str:
    """The length of a ceiling: `1 个月`; empty where it is a fixed day."""
    period = ceiling.rule.within
    if period is None:
        return ""
    dated = regime.parameter(period.param, ceiling.since) if period.param else None
    return length(dated.value if dated else period.value, period.unit, language())


def rows(setting: Setting, steps: tuple[Step, ...]) -> list[Row]:
    """The table behind the drawing."""
    return [
        Row(
            reached(step.milestone, setting.way), step,
            [(because(wait, setting.way), chip(setting.regime, wait.cite)) for wait in step.waits],
        )
        for step in steps
    ]  # fmt: skip


def because(wait: Wait, way: str) -> str:
    after = reached(wait.minimum.after, way)
    if wait.value is None:
        return _("不早于“%(after)s”（%(day)s）") % {"after": after, "day": wait.since}
    few = length(wait.value, wait.unit, language())
    return _("距“%(after)s”（%(day)s）至少 %(few)s") % {"after": after, "day": wait.since, "few": few}


def not_later(ceiling: Ceiling, regime: Regime) -> str:
    """By when a step is wanted, and from what that is counted."""
    if ceiling.rule.within is None:
        return str(ceiling.rule.name[language()])
    words = {
        "duty": ceiling.rule.name[language()], "act": action_name(ceiling.rule.after[0]), "day": ceiling.since,
        "few": within(ceiling, regime),
    }  # fmt: skip
    if ceiling.assumed:
        return _("%(duty)s：“%(act)s”（设为 %(day)s）后 %(few)s内") % words
    return _("%(duty)s：“%(act)s”（%(day)s）后 %(few)s内") % words


def reached(name: str, way: str) -> str:
    """`milestone` of a tender by this method, or `kind.milestone`, in words."""
    kind, dot, milestone = name.rpartition(".")
    if not dot:
        return Tender(way=way, state=milestone).get_state_display()
    found = next(one for one in kinds() if one.kind == kind)
    return f"{found.called} · {found.State(milestone).label}"


@dataclass(frozen=True)
class Way:
    """A reading of the regime, and how a tender fares under it."""

    key: str
    words: list[str]
    cites: list[Chip]
    trial: Trial
    chosen: bool
    written: bool  # whether it is the one that rules are written in


@dataclass(frozen=True)
class Reason:
    """A least time that the last day rests on: its words, its article, and which reading of it this is."""

    words: str
    cite: Chip
    reading: str


def ways(trials: list[Trial], chosen: Trial) -> list[Way]:
    """Every reading, for the table that compares them; none where there is only one."""
    if len(trials) < 2:
        return []
    regime, written = chosen.setting.regime, trials[0].setting.order.minima
    unclear = [minimum for minimum in written if minimum.alternatives]
    return [_way(one, one is chosen, one is trials[0], unclear, regime) for one in trials]


def _way(trial: Trial, chosen: bool, first: bool, unclear: list[Minimum], regime: Regime) -> Way:
    words = [_taken(minimum, trial.way) for minimum in unclear]
    cites = [chip(regime, _cite(minimum, trial, regime)) for minimum in unclear]
    return Way(trial.key, words, cites, trial, chosen, first)


def _taken(minimum: Minimum, way: tuple[Alternative, ...]) -> str:
    other = next((one for one in minimum.alternatives if one in way), None)
    reading = other.reading if other is not None else minimum.reading
    return str(reading[language()]) if reading else ""


def _cite(minimum: Minimum, trial: Trial, regime: Regime) -> str:
    dated = regime.parameter(minimum.least, trial.start) if minimum.least else None
    return dated.cite if dated else minimum.cite


def reasons(trial: Trial) -> list[Reason]:
    """Because of what the last day is no sooner."""
    regime = trial.setting.regime
    way = trial.setting.way
    return [
        Reason(because(wait, way), chip(regime, wait.cite), _read_as(wait.minimum, trial)) for wait in trial.binding
    ]


def _read_as(minimum: Minimum, trial: Trial) -> str:
    """The reading behind a least time, where its text is unclear."""
    other = next((one for one in trial.way if minimum in one.minima), None)
    reading = minimum.reading or (other.reading if other is not None else None)
    return str(reading[language()]) if reading else ""
