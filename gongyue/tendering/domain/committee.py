"""Making up a committee, drawing and changing it; and what its members declare when they come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel import drawing
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint
from gongyue.kernel.capacities import dismiss as end_capacity
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import CommitteeGate, MemberGate
from gongyue.tendering.forms import (
    DissolveForm,
    FormCommitteeForm,
    LeadForm,
    OpenDrawForm,
    RecuseForm,
    ReplaceForm,
    ReportDissolutionForm,
    SeatForm,
    SignInForm,
)
from gongyue.tendering.models import Committee, PanelSeat, ScoreSheet, SignIn, Tender

State, Part, Origin = Committee.State, PanelSeat.Part, PanelSeat.Origin
CAPACITY = {Part.EXPERT: "expert", Part.REPRESENTATIVE: "representative", Part.MEMBER: "expert"}
ORIGIN = {
    Committee.Way.OFFICIAL: Origin.OFFICIAL, Committee.Way.OWN: Origin.OWN, Committee.Way.SELECTED: Origin.SELECTED,
    Committee.Way.GROUPS: Origin.GROUPS,
}  # fmt: skip


@action("committee.form", Committee, reaches=State.FORMED, label=_("定评标委员会组建方案"), form=FormCommitteeForm,
        facts=CommitteeGate)  # fmt: skip
def form(
    committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, size: int, experts: int, larger: str,
    way: str, basis: str, representatives: Iterable[Post], secret: str, pool: list[str], seed_sha256: str,
    pool_sha256: str, beacon: str = "", beacon_on: date | None = None,
) -> None:  # fmt: skip
    """How many and from where; the purchaser's own members sit from now on. An own draw is fixed by its digests, and by
    the public number that it waits for."""
    committee.organiser, committee.formed_at = actor.organisation, at
    committee.size, committee.experts, committee.larger = size, experts, larger
    committee.way, committee.basis = way, basis
    committee.seed_value, committee.seed_sha256 = secret, seed_sha256
    committee.pool, committee.pool_sha256 = pool, pool_sha256
    committee.beacon, committee.beacon_on = beacon, beacon_on
    seat(committee.tender, representatives, part=Part.REPRESENTATIVE, origin=Origin.HAND, at=at)


@action("committee.seat", Committee, reaches=State.SEATED, label=_("确定评审专家"), form=SeatForm, facts=CommitteeGate)
def seat_experts(
    committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, record_number: str = "",
    drawn_at: datetime | None = None, drawer: str = "", supervisor: str = "", experts: Iterable[Post] = (),
    reserves: Iterable[Post] = (), paper: Any = None, witness: str = "", attendance: str = "",
    members: Sequence[tuple[int, str]] = (), supervisors: int = 0,
) -> None:  # fmt: skip
    """Seat those whom the pool's record names, whom the opened draw gives, or whom the purchaser was let select."""
    committee.record_number, committee.drawn_at = record_number, drawn_at or at
    committee.reserves = [post.pk for post in reserves]
    chosen = list(experts)
    if committee.way == Committee.Way.OWN:
        committee.witness = witness
        committee.drawn = drawing.draw(draw_seed(committee), committee.pool, len(committee.pool))
        posts = [int(key.rpartition("-")[2]) for key in committee.drawn]
        chosen = list(Post.objects.filter(pk__in=posts[: committee.experts]).select_related("organisation"))
        committee.reserves = posts[committee.experts :]
    seat(committee.tender, chosen, part=Part.EXPERT, origin=ORIGIN[Committee.Way(committee.way)], at=at)
    posts_of = Post.objects.select_related("organisation").in_bulk([post for post, _group in members])
    for post, group in members:
        seat(committee.tender, [posts_of[post]], part=Part.MEMBER, origin=Origin.GROUPS, at=at, category=group)


def draw_seed(committee: Committee) -> str:
    """What the draw is made with: the sealed seed, and the number made public once it was sealed."""
    return f"{committee.seed_value}:{committee.witness}"


def seat(
    tender: Tender, posts: Iterable[Post], *, part: str, origin: str, at: datetime, category: str = "",
    leads: bool = False,
) -> None:  # fmt: skip
    """Give these posts a seat, and the capacity that goes with it."""
    since = at.astimezone(LOCAL).date()
    for post in posts:
        sits = {"left_at": None, "part": part, "origin": origin, "category": category, "leads": leads}
        PanelSeat.objects.update_or_create(
            tender=tender, post=post, defaults=sits, create_defaults=sits | {"seated_at": at}
        )  # fmt: skip
        role = appoint(tender.purchase, CAPACITY[Part(part)], post.organisation, since=since, post=post)
        if role.until is not None:
            role.since, role.until = since, None
            role.save(update_fields=["since", "until"])


def unseat(tender: Tender, seats: Iterable[PanelSeat], *, at: datetime) -> None:
    """End seats, the capacity that came with them, and what these members have scored: it is void, and stays."""
    rows = list(seats)
    PanelSeat.objects.filter(pk__in=[row.pk for row in rows]).update(left_at=at, leads=False)
    posts = [row.post for row in rows]
    for capacity in sorted(set(CAPACITY.values())):
        end_capacity(tender.purchase, capacity, posts, at=at)
    ScoreSheet.objects.filter(tender=tender, post__in=posts).update(state=ScoreSheet.State.VOID)


@action("committee.lead", Committee, reaches=None, sources=[State.SEATED], label=_("登记评标组长"), form=LeadForm,
        facts=CommitteeGate)  # fmt: skip
def lead(committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, leader: int, leader_part: str) -> None:
    """Whom the members chose to lead them."""
    sitting = PanelSeat.objects.filter(tender=committee.tender, left_at=None)
    sitting.update(leads=False)
    sitting.filter(post=leader).update(leads=True)


@action("committee.replace", Committee, reaches=None, sources=[State.SEATED], label=_("更换评标成员"),
        form=ReplaceForm, facts=CommitteeGate)  # fmt: skip
def replace(
    committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, leaver: int, cause: str, reason: str,
    successor: Post, record_number: str = "", paper: Any = None, picked: bool = False, scored: bool = False,
    stepped_aside: bool = False,
) -> None:  # fmt: skip
    """One leaves, with everything that this member found; another takes the seat and scores anew. An expert's seat is
    drawn as the committee was, unless its new expert was picked."""
    sitting = PanelSeat.objects.filter(tender=committee.tender, left_at=None).select_related("post__organisation")
    left = sitting.get(post=leaver)
    unseat(committee.tender, [left], at=at)
    drawn = left.part == Part.EXPERT and not picked
    origin = ORIGIN[Committee.Way(committee.way)] if drawn else Origin.HAND if picked else left.origin
    seat(committee.tender, [successor], part=left.part, origin=origin, at=at, category=left.category)
    committee.reserves = [post for post in committee.reserves if post != successor.pk]


@action("committee.dissolve", Committee, reaches=State.DISSOLVED, sources=[State.FORMED, State.SEATED],
        label=_("解散评标委员会"), form=DissolveForm, facts=CommitteeGate)  # fmt: skip
def dissolve(committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, ground: str, reason: str) -> None:
    """It ends with everything it found; another is made up, and evaluates from the beginning."""
    committee.ground = ground
    sitting = PanelSeat.objects.filter(tender=committee.tender, left_at=None).select_related("post__organisation")
    unseat(committee.tender, sitting, at=at)


@action("committee.report", Committee, reaches=None, sources=[State.DISSOLVED],
        label=_("向财政部门报告重新组建评标委员会"), form=ReportDissolutionForm, facts=CommitteeGate)  # fmt: skip
def report(
    committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, number: str, reported_on: date, paper: Any
) -> None:  # fmt: skip
    """Finance is told in writing that what it found is void, and that another is made up."""
    committee.report_number, committee.reported_on = number, reported_on


@action("committee.open", Committee, reaches=None, sources=[State.SEATED, State.DISSOLVED], label=_("公开抽签种子"),
        form=OpenDrawForm, facts=CommitteeGate)  # fmt: skip
def open_draw(
    committee: Committee, *, at: datetime, actor: Post, dossier: Dossier, opened_seed: str, opened_pool: list[str]
) -> None:
    """From now on anybody can draw again."""
    committee.opened_seed = opened_seed


@action("signin.sign", SignIn, reaches=SignIn.State.SIGNED, label=_("签到并作声明"), form=SignInForm, facts=MemberGate)
def sign(
    signin: SignIn,
    *,
    at: datetime,
    actor: Post,
    dossier: Dossier,
    discipline: bool,
    confidential: bool,
    relation: str,
    untied: bool,
) -> None:
    """One member is there, knows the discipline, and declares."""
    signin.discipline, signin.confidential, signin.relation, signin.at = discipline, confidential, relation, at


@action("signin.recuse", SignIn, reaches=SignIn.State.RECUSED, sources=["", SignIn.State.SIGNED], label=_("申请回避"),
        form=RecuseForm, facts=MemberGate)  # fmt: skip
def recuse(signin: SignIn, *, at: datetime, actor: Post, dossier: Dossier, relation: str, reason: str) -> None:
    """This member has such a relation and steps aside; whoever organises the evaluation finds another."""
    signin.relation, signin.at = relation, at
