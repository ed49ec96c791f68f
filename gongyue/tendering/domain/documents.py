"""The call: its documents, the meeting before it, its publication."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import DraftGate, IssueGate
from gongyue.tendering.forms import BriefForm, DraftTenderForm, PublishForm
from gongyue.tendering.models import Factor, Tender

State = Tender.State


@action("tender.draft", Tender, reaches=State.DRAFTED, label=_("起草招标文件"), form=DraftTenderForm, facts=DraftGate)
def draft(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, title: str, ceiling: int, requirement: str,
    quality_standard: str, application_form: str, background: str, resources: str, renewal_announced: bool,
    factors: list[Factor], fixed_price: bool, conditions_reason: str,
) -> None:  # fmt: skip
    """Write the documents; `ceiling` in fen, the factors' points sum to a hundred. Why a factor has the name of a
    qualification item (`conditions_reason`) stands in the ledger."""
    tender.title, tender.ceiling_fen = title, ceiling
    tender.requirement, tender.quality_standard = requirement, quality_standard
    tender.application_form, tender.background, tender.resources = application_form, background, resources
    tender.renewal_announced, tender.factors, tender.fixed_price = renewal_announced, factors, fixed_price
    tender.drafted_at = at


@action("tender.brief", Tender, reaches=State.BRIEFED, label=_("登记信息沟通会"), form=BriefForm, facts=IssueGate)
def brief(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, held_on: date, venue: str, minutes: str
) -> None:
    """Record the meeting at which willing organisations were told and heard."""
    tender.briefing_on, tender.briefing_venue, tender.briefing_minutes = held_on, venue, minutes


@action("tender.publish", Tender, reaches=State.ANNOUNCED, label=_("发标"), form=PublishForm, facts=IssueGate)
def publish(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, bids_due_at: datetime, opening_place: str
) -> None:
    """Open the call: from here on organisations may bid, until the deadline."""
    tender.announced_at, tender.bids_due_at, tender.opening_place = at, bids_due_at, opening_place
