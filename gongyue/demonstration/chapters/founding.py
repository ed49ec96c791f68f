"""One street makes its centre ready: sites and their money, staff, siting, help from departments, a change of plan."""

from __future__ import annotations

from datetime import date, timedelta

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.needs.models import ResourceInventory, ServiceProposal
from gongyue.programmes.models import (
    Cooperation,
    ImplementationPlan,
    PlanChange,
    Secondment,
    Site,
    SiteCost,
    SiteProblem,
    Siting,
    StaffTransfer,
)


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
    """Supervision found something: the plan is changed, at the second attempt, and says so."""
    yield since
    line.act("planchange.propose", None, since)
    yield (now := since + timedelta(days=3))
    line.act("planchange.return", line.latest(PlanChange), now)
    yield (now := since + timedelta(days=5))
    line.act("planchange.propose", line.latest(PlanChange), now)
    yield (now := since + timedelta(days=8))
    line.act("planchange.approve", line.latest(PlanChange), now)


@Story
def to_purchase(line: Line, since: date) -> Told:
    """A street of mode two would rather have its centre run by a bidder; the city has not decided yet."""
    yield since
    line.act("planchange.propose", None, since, mode="one", reason="街道自办的中心专业力量不足，拟改由社会组织营办。")


@Story
def sited(line: Line, since: date) -> Told:
    """Both sites are ready, their money is being spent, the planning office enters the centre in its plans."""
    planning = line.cast.departments["planning"]
    yield since
    for site in Site.objects.filter(purchase=line.purchase).order_by("pk"):
        line.act("site.ready", site, since)
    cost = SiteCost.objects.filter(purchase=line.purchase).order_by("pk")[0]
    line.act("sitecost.spend", cost, since, actor=line.payer(cost.payer))
    line.act("siting.enter", line.latest(Siting), since, actor=planning)


@Story
def moved(line: Line, since: date) -> Told:
    """A better house becomes the head office, and the branch is given up."""
    yield since
    branch = Site.objects.filter(purchase=line.purchase).order_by("pk")[1]
    line.act("site.register", None, since, name="新总部（原街道旧楼）", area="760", is_head="", site_kind="converted",
             address=f"{line.street.name}书坊里 3 号")  # fmt: skip
    yield (now := since + timedelta(days=10))
    line.act("site.ready", line.latest(Site), now)
    line.act("site.lead", line.latest(Site), now)
    yield (now := since + timedelta(days=12))
    line.act("site.close", branch, now)


@Story
def ended(line: Line, since: date) -> Told:
    """Whoever was seconded from the old centre goes back."""
    yield since
    line.act("secondment.end", line.latest(Secondment), since)


@Story
def thought_again(line: Line, since: date) -> Told:
    """Another look at the neighbourhood: the resources are written anew, the argued proposal goes back once."""
    yield since
    line.act("inventory.update", line.latest(ResourceInventory), since)
    line.act("service_proposal.return", line.latest(ServiceProposal), since)
    yield (now := since + timedelta(days=7))
    line.act("service_proposal.submit", line.latest(ServiceProposal), now)
    line.act("service_proposal.argue", line.latest(ServiceProposal), now)


@Story
def came_first(line: Line, since: date) -> Told:
    """The city takes this plan before others."""
    yield since
    line.act("implementation.prioritise", line.latest(ImplementationPlan), since, actor=line.cast.city[1])


@Story
def asked_department(line: Line, since: date) -> Told:
    """The health office is asked for help and has not answered yet."""
    yield since
    office = line.cast.departments["health"].organisation_id
    line.act("cooperation.ask", None, since, organisation=office, due_on=str(since + timedelta(days=20)),
             what="请安排社区医生每月到中心坐诊一次。")  # fmt: skip
