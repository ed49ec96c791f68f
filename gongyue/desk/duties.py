"""各方职责与用时: for how long each party of a purchase held the clock, step by step (GZ-P-2.2). Calendar days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from gongyue.clock import LOCAL
from gongyue.kernel.findings import capacity_names
from gongyue.kernel.models import Obligation

from .casefile import CaseFile, Deadline
from .charts import Chart, Series


@dataclass(frozen=True)
class Step:
    """One duty from the day it arose to the day it was met, or to today. `late`: days past its own day."""

    deadline: Deadline
    party: str
    since: date
    met_on: date | None
    until: date  # where its clock stands: what was suspended is taken off the end
    late: int

    @property
    def days(self) -> int:
        return (self.until - self.since).days


@dataclass
class Party:
    """One organisation: what it is in the purchase, its duties in order of rising."""

    name: str
    capacities: str
    steps: list[Step] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(step.met_on is not None for step in self.steps)

    @property
    def open(self) -> list[Step]:
        return [step for step in self.steps if step.met_on is None]

    @property
    def late(self) -> int:
        """Of all its steps together: two that are late for a day are two days."""
        return sum(step.late for step in self.steps)

    @property
    def days(self) -> int:
        """Days on which at least one duty was its to do: two at once are not two days. The first day is not counted."""
        held = {step.since + timedelta(days=n) for step in self.steps for n in range(1, step.days + 1)}
        return len(held)


def parties(case: CaseFile) -> list[Party]:
    """Every party with a duty, whoever held the clock longest first. Duties of single persons (experts) and what the
    reader must not know of are left out. No query beyond those of the case."""
    capacities = dict(case.parties)
    found: dict[str, Party] = {}
    for row in sorted(case.obligations, key=lambda row: (row.opened_at, row.pk)):
        if row.personal:
            continue
        name = row.organisation.name if row.organisation else capacity_names([row.capacity], case.regime)
        party = found.setdefault(name, Party(name, capacities.get(name, "")))
        party.steps.append(_step(case, row, name))
    return sorted(found.values(), key=lambda party: (-party.days, party.name))


def _step(case: CaseFile, row: Obligation, party: str) -> Step:
    since, met_on = _day(row.opened_at), _day(row.met_at) if row.met_at else None
    stopped = row.suspended_on if row.is_open else None
    until = (met_on or stopped or case.today) - timedelta(days=row.suspended_days)
    return Step(case.deadline(row), party, since, met_on, max(since, until), row.days_late(case.today))


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def chart(found: list[Party]) -> Chart:
    """Days of each party."""
    return Chart(
        _("各方用时（日历日）"),
        [party.name for party in found],
        [Series(_("用时"), [p.days for p in found])],
        lying=True,
    )
