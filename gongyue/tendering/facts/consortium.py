"""What rules may ask of joint bids and of ties. Never who is in a consortium before the opening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Self

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Bid, Consortium, ConsortiumMember, Tender, Tie, live
from gongyue.tendering.models.agency import agents
from gongyue.tendering.models.consortium import led, members_of, memberships, parties

from .tender import TenderFacts


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Whoever bids, alone or jointly, and what binds it."""

    joint: Annotated[str, "招标文件对联合体投标的规定（silent 未载明，accepted 接受，refused 不接受）"]
    partners: Annotated[int, "联合体成员数（不含牵头单位）；单独投标为 0"]
    pending: Annotated[int, "尚未同意联合协议的成员数"]
    handed_in: Annotated[bool, "牵头单位是否已经递交投标"]
    elsewhere: Annotated[int, "投标人在本次招标中另外参加的联合体数与单独投标数"]
    barred: Annotated[int, "为本项目提供过设计、规范编制、管理、监理、检测等服务的投标人（含成员）数"]
    controlled: Annotated[int, "与其他投标人负责人为同一人或者有控股、管理关系的投标人（含成员）数"]
    founded: Annotated[int, "由采购单位举办或者主管的投标人（含成员）数"]
    refused_on: Annotated[date | None, "投标人（含成员）此前成交后拒绝签订本项目合同的，最近一次登记的日期"]
    refused_ways: Annotated[list[str], "投标人（含成员）此前拒绝签订本项目合同的各次采购的方式"]
    agents: Annotated[int, "代理本项目采购的机构，或者与其有控股、管理关系（分支机构）的投标人（含成员）数"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender, organisation: int, *, joined: Consortium | None = None) -> Self:
        """Of a bid of `organisation`, or of its forming or agreeing to a consortium (`joined`)."""
        consortium = led(dossier, tender, organisation)
        members = members_of(dossier, consortium) if consortium is not None else []
        group, bids = {organisation, *(one.organisation_id for one in members)}, live(dossier.all(Bid), tender)
        own = {one.pk for one in (joined, consortium) if one is not None}
        alone = [
            bid for bid in bids if bid.organisation_id in group and (joined or bid.organisation_id != organisation)
        ]
        ties, refusals = dossier.all(Tie), _refusals(dossier, tender, group)
        return cls(
            joint=tender.joint,
            partners=sum(one.organisation_id != organisation for one in members),
            pending=sum(one.state != ConsortiumMember.State.CONFIRMED for one in members),
            elsewhere=sum(_elsewhere(dossier, tender, one, own) for one in group) + len(alone),
            handed_in=any(bid.organisation_id == organisation for bid in bids),
            barred=_bound(ties, group, Tie.BARRED),
            controlled=len(_controlled(dossier, tender, group, organisation)),
            founded=_bound(ties, group, frozenset({Tie.Nature.FOUNDER})),
            refused_on=max((at.astimezone(LOCAL).date() for at, _way in refusals), default=None),
            refused_ways=sorted({way for _at, way in refusals}),
            agents=len(_acting(dossier, ties, group)),
        )


def _refusals(dossier: Dossier, tender: Tender, group: set[int]) -> list[tuple[datetime, str]]:
    """When, and in a procurement of what method, any of them won an earlier call of the purchase and did not sign."""
    return [
        (bid.refused_at, bid.tender.way)
        for bid in dossier.all(Bid)
        if bid.refused_at is not None and bid.tender_id != tender.pk
        and group & {party.pk for party in parties(dossier, bid)}
    ]  # fmt: skip


def _elsewhere(dossier: Dossier, tender: Tender, one: int, own: set[int]) -> int:
    """Other consortia that a party has agreed to or leads."""
    others = {row.consortium_id for row in memberships(dossier, tender, one)} - own
    leads = led(dossier, tender, one)
    return len(others | ({leads.pk} - own if leads is not None else set()))


def _bound(ties: list[Tie], group: set[int], natures: frozenset[str]) -> int:
    return len({tie.organisation_id for tie in ties if tie.nature in natures} & group)


def _acting(dossier: Dossier, ties: list[Tie], group: set[int]) -> set[int]:
    """Those of the group who act for the purchaser, by agreement or as recorded, or are under one control with who
    does."""
    acting = agents(dossier) | {tie.organisation_id for tie in ties if tie.nature == Tie.Nature.ORGANISE}
    near = {end for tie in ties if tie.nature == Tie.Nature.CONTROL and acting & {tie.organisation_id, tie.other_id}
            for end in (tie.organisation_id, tie.other_id)}  # fmt: skip
    return group & (acting | near)


def _controlled(dossier: Dossier, tender: Tender, group: set[int], lead: int) -> set[int]:
    """Those of the group whom one controls together with somebody of another bid. Nobody before the deadline: it would
    tell that there is another bid."""
    if not tender.deadline_passed(dossier.at):
        return set()
    rivals = {
        party.pk for bid in live(dossier.all(Bid), tender) if bid.organisation_id != lead
        for party in parties(dossier, bid)
    } - group  # fmt: skip
    pairs = [(tie.organisation_id, tie.other_id) for tie in dossier.all(Tie) if tie.nature == Tie.Nature.CONTROL]
    ends = [*pairs, *((second, first) for first, second in pairs)]
    return {first for first, second in ends if first in group and second in rivals}


def may_not_bid(dossier: Dossier, bid: Bid) -> bool:
    """Whether a tie that is on record keeps the bidder, or a member of its, out of this purchase."""
    if not dossier.all(Tie):
        return False
    found = PartnerFacts.of(dossier, bid.tender, bid.organisation_id)
    return found.barred + found.controlled > 0


@dataclass(frozen=True, slots=True)
class ConsortiumGate:
    """What rules on a consortium, and on a member's agreeing to it, may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    party: PartnerFacts

    @classmethod
    def of(cls, subject: Consortium | ConsortiumMember, dossier: Dossier) -> Self:
        tender = next(one for one in dossier.all(Tender) if one.pk == subject.tender_id)
        joined = subject if isinstance(subject, Consortium) else subject.consortium
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier),
            PartnerFacts.of(dossier, tender, subject.organisation_id, joined=joined),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TieGate:
    """What rules on recording a tie may name."""

    purchase: PurchaseFacts

    @classmethod
    def of(cls, subject: Tie, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier))
