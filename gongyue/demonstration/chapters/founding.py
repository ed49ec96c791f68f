"""One street makes its centre ready: sites and their money, staff, siting, help from departments, a change of plan."""

from __future__ import annotations

from datetime import date, timedelta

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.programmes.models import Cooperation, PlanChange, SiteProblem, StaffTransfer


@Story
def sites(line: Line, since: date) -> Told:
    """Two sites, the first of them the head office; money of the district and of the street beside the grant."""
    yield since
    line.act("site.register", None, since)
    line.act("sitecost.budget", None, since)
    line.act("sitecost.budget", None, since, actor=line.cast.streets[line.street.pk], amount="60000", purpose="家具")
    line.act("siteproblem.raise", None, since)
    yield (now := since + timedelta(days=2))
    line.act("siteproblem.escalate", line.latest(SiteProblem), now, due_on=str(now + timedelta(days=10)))
    yield (now := since + timedelta(days=5))
    line.act("site.register", None, now)
    planning = line.cast.departments["planning"]
    line.act("siteproblem.answer", line.latest(SiteProblem), now, actor=planning, answer="用途符合控规。")


@Story
def staff(line: Line, since: date) -> Told:
    """The old centre's posts, as the street's mode has it; the operator of a mode-two street."""
    yield since
    line.act("transfer.record", None, since)
    if line.purchase.mode == "two":
        line.act("secondment.begin", None, since)
        line.act("entity.record", None, since)
    line.act("siting.record", None, since)
    line.act("cooperation.ask", None, since)
    yield (now := since + timedelta(days=4))
    line.act("transfer.settle", line.latest(StaffTransfer), now)
    disabled = line.cast.departments["disabled"]
    line.act("cooperation.answer", line.latest(Cooperation), now, actor=disabled)


@Story
def change(line: Line, since: date) -> Told:
    """Supervision found something: the plan is changed, and says so."""
    yield since
    line.act("planchange.propose", None, since)
    yield (now := since + timedelta(days=6))
    line.act("planchange.approve", line.latest(PlanChange), now)
