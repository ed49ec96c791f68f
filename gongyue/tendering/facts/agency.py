"""What rules may ask when an agent is to act for the purchaser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from django.db.models import Q

from gongyue.budget.facts import ItemFacts
from gongyue.budget.models import PlanItem
from gongyue.budget.procurement import listed
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Agency, Commission, Tie

Kind = Organisation.Kind
OFFICES = (Kind.STREET_OFFICE, Kind.CIVIL_AFFAIRS, Kind.FINANCE, Kind.AUDIT, Kind.LEGAL, Kind.DEPARTMENT,
           Kind.GOVERNMENT, Kind.INSPECTION, Kind.DEVELOPMENT)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The agent of one agreement, and what binds it; before anybody is named nothing does."""

    state: Annotated[str, "委托代理协议所处环节"]
    listed: Annotated[bool | None, "项目所引目录条目是否列入集中采购目录；没有引用目录的未知"]
    organisation_kind: Annotated[str, "代理机构的类别；没有指明的为空"]
    founded: Annotated[int, "代理机构由采购单位举办或者主管的登记数"]
    controlled: Annotated[int, "代理机构与行政机关负责人为同一人或者有控股、管理关系的登记数"]
    shared_people: Annotated[int, "同时在代理机构和行政机关（含采购人、财政部门）任职的人数"]
    other_tasks: Annotated[int, "同一机构在本采购中承担的另一类委托事项数"]

    @classmethod
    def of(cls, agency: Agency, dossier: Dossier) -> Self:
        body, ties = agency.organisation_id, dossier.all(Tie)
        founded = [tie for tie in ties if tie.nature == Tie.Nature.FOUNDER and tie.organisation_id == body]
        kind = agency.organisation.organisation_kind if body else ""
        return cls(
            state=agency.state, listed=listed(dossier.latest(PlanItem)), organisation_kind=kind, founded=len(founded),
            controlled=len(_bound_to_offices(ties, body)),
            shared_people=_shared_people(body, dossier) if body else 0,
            other_tasks=_other_tasks(agency, dossier),
        )  # fmt: skip


def _bound_to_offices(ties: list[Tie], body: int | None) -> list[Tie]:
    return [
        tie
        for tie in ties
        if tie.nature == Tie.Nature.CONTROL and tie.other is not None and body in {tie.organisation_id, tie.other_id}
        and {tie.organisation.organisation_kind, tie.other.organisation_kind} & set(OFFICES)
    ]  # fmt: skip


def _shared_people(body: int, dossier: Dossier) -> int:
    """People who hold a post both there and in an office today. One query."""
    held = Post.objects.filter(Q(until=None) | Q(until__gt=dossier.today), since__lte=dossier.today)
    there = held.filter(organisation=body).values("person")
    both = held.filter(person__in=there, organisation__organisation_kind__in=OFFICES)
    return both.values("person").distinct().count()


def _other_tasks(agency: Agency, dossier: Dossier) -> int:
    """Whether it evaluates the service as well, by agreement or as recorded."""
    if agency.organisation_id is None:
        return 0
    name = agency.organisation.name
    task = any(one.body == name and one.task == Commission.Task.EVALUATION for one in dossier.all(Commission))
    tie = any(
        one.nature == Tie.Nature.EVALUATE and one.organisation_id == agency.organisation_id for one in dossier.all(Tie)
    )
    return int(task or tie)


@dataclass(frozen=True, slots=True)
class ActingFacts:
    """Whether a third body runs the call of a purchase, by a paper on record or in its own account."""

    entrusted: Annotated[bool, "是否已签组织招投标的委托协议"]
    charges: Annotated[bool, "是否有采购代理机构按生效的协议收取代理费用"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        acting = [one for one in dossier.all(Agency) if one.holds_on(dossier.today)]
        papers = any(one.task == Commission.Task.TENDER for one in dossier.all(Commission))
        return cls(papers or bool(acting), any(one.fee_payer != Agency.FeePayer.NONE for one in acting))


@dataclass(frozen=True, slots=True)
class AgencyGate:
    """What rules on an agent's agreement may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    agency: AgencyFacts

    @classmethod
    def of(cls, agency: Agency, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), ItemFacts.of(dossier), AgencyFacts.of(agency, dossier))
