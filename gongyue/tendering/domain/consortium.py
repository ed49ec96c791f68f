"""联合体 and 利害关系: who bids together, and who may not bid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.tendering.facts.consortium import ConsortiumGate, TieGate
from gongyue.tendering.forms.consortium import AgreeForm, ConsortiumForm, TieForm
from gongyue.tendering.models import Consortium, ConsortiumMember, Tie

State = ConsortiumMember.State
BP = 100  # of one percent


@action(
    "consortium.form", Consortium, reaches=Consortium.State.FORMED, label=_("组成联合体"), form=ConsortiumForm,
    facts=ConsortiumGate, bears=[(ConsortiumMember, State.PENDING), (ConsortiumMember, State.CONFIRMED)],
)  # fmt: skip
def form(
    consortium: Consortium, *, at: datetime, actor: Post, dossier: Dossier, members: list[dict[str, Any]],
    agreement: str, paper: Any,
) -> list[Subject]:  # fmt: skip
    """Write the agreement down; its lead agrees by doing so, every other member in its own account."""
    consortium.agreement, consortium.formed_at = agreement, at
    consortium.save()
    return [
        ConsortiumMember.objects.create(
            purchase=consortium.purchase, tender=consortium.tender, consortium=consortium,
            organisation_id=row["organisation"], work=row["work"], share_bp=row["percent"] * BP,
            work_class=row["work_class"], grade=row["grade"],
            state=State.CONFIRMED if row["organisation"] == consortium.organisation_id else State.PENDING,
        )
        for row in members
    ]  # fmt: skip


@action(
    "consortium.dissolve", Consortium, reaches=Consortium.State.DISSOLVED, sources=[Consortium.State.FORMED],
    label=_("解散联合体"), form=ReasonForm, facts=ConsortiumGate,
)  # fmt: skip
def dissolve(consortium: Consortium, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Give it up before the deadline; each may then bid in another way."""


@action(
    "consortiummember.confirm", ConsortiumMember, reaches=State.CONFIRMED, label=_("同意联合协议"), form=AgreeForm,
    facts=ConsortiumGate,
)  # fmt: skip
def confirm(member: ConsortiumMember, *, at: datetime, actor: Post, dossier: Dossier, agreed: bool) -> None:
    """Agree, in one's own account."""
    member.answered_at = at


@action(
    "consortiummember.refuse", ConsortiumMember, reaches=State.REFUSED, sources=[State.PENDING],
    label=_("不同意联合协议"), form=ReasonForm, facts=ConsortiumGate,
)  # fmt: skip
def refuse(member: ConsortiumMember, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Decline: the consortium does not come about."""
    member.answered_at = at


@action("tie.record", Tie, reaches=Tie.State.RECORDED, label=_("登记利害关系"), form=TieForm, facts=TieGate)
def record(
    tie: Tie, *, at: datetime, actor: Post, dossier: Dossier, organisation: Organisation, nature: str,
    other: Organisation | None, basis: str,
) -> None:  # fmt: skip
    """Put on record what an organisation does about the purchase, or what binds it to another."""
    tie.organisation, tie.nature, tie.other, tie.basis, tie.recorded_at = organisation, nature, other, basis, at
