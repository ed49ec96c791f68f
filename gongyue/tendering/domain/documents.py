"""The call: its documents, the meeting before it, its publication."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post
from gongyue.needs.models import Requirement
from gongyue.tendering.facts import DraftGate, IssueGate, RequirementReturnGate
from gongyue.tendering.forms import BriefForm, DraftTenderForm, PublishForm
from gongyue.tendering.forms.terms import MARKS, raised
from gongyue.tendering.methods import TENDERED
from gongyue.tendering.models import Factor, Tender

State = Tender.State
COLUMNS = {"ceiling": "ceiling_fen", "floor": "floor_fen"}


@action("tender.draft", Tender, reaches=State.DRAFTED, label=_("起草招标文件"), form=DraftTenderForm, facts=DraftGate,
        variants=TENDERED)  # fmt: skip
def draft(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, title: str, ceiling: int, requirement: str,
    quality_standard: str, application_form: str, background: str, resources: str, renewal_announced: bool,
    factors: list[Factor], fixed_price: bool, conditions_reason: str, review_method: str,
    conditions: list[dict[str, str]], musts: list[dict[str, str]], contract_draft: str, contents: list[dict[str, str]],
    changeable: str, joint: str, floor: int | None, raise_average: int | None, raise_second: int | None,
    raise_ceiling: int | None,
) -> None:  # fmt: skip
    """Write the documents; `ceiling` in fen, the factors' points sum to a hundred. Why a factor has the name of a
    qualification item (`conditions_reason`) stands in the ledger."""
    write(tender, {
        "title": title, "ceiling": ceiling, "requirement": requirement, "quality_standard": quality_standard,
        "application_form": application_form, "background": background, "resources": resources,
        "renewal_announced": renewal_announced, "factors": factors, "fixed_price": fixed_price,
        "review_method": review_method, "conditions": conditions, "musts": musts, "contract_draft": contract_draft,
        "contents": contents,
        "changeable": changeable, "joint": joint, "floor": floor, "raise_average": raise_average,
        "raise_second": raise_second, "raise_ceiling": raise_ceiling,
    })  # fmt: skip
    tender.drafted_at = at


def write(tender: Tender, given: Mapping[str, Any]) -> None:
    """Put into the documents what is given of them; what is not stays as it was."""
    for name, value in given.items():
        column = COLUMNS.get(name, name)
        if name not in MARKS and hasattr(tender, column):
            setattr(tender, column, value)
    tender.low_marks = raised({name: given.get(name) for name in MARKS})


@action("tender.brief", Tender, reaches=State.BRIEFED, label=_("登记信息沟通会"), form=BriefForm, facts=IssueGate,
        variants=TENDERED)  # fmt: skip
def brief(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, held_on: date, venue: str, minutes: str
) -> None:
    """Record the meeting at which willing organisations were told and heard."""
    tender.briefing_on, tender.briefing_venue, tender.briefing_minutes = held_on, venue, minutes


@action("tender.publish", Tender, reaches=State.ANNOUNCED, label=_("发标"), form=PublishForm, facts=IssueGate,
        variants=TENDERED)  # fmt: skip
def publish(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, bids_due_at: datetime, opening_place: str
) -> None:
    """Open the call: from here on organisations may bid, until the deadline."""
    tender.announced_at, tender.bids_due_at, tender.opening_place = at, bids_due_at, opening_place


@action(
    "requirement.return", Requirement, reaches=Requirement.State.RETURNED,
    sources=[Requirement.State.DRAFTED, Requirement.State.REVIEWED], label=_("退回采购需求"), form=ReasonForm,
    facts=RequirementReturnGate,
)  # fmt: skip
def return_requirement(requirement: Requirement, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Find it wanting, or have it changed: it is written and reviewed again, before any documents rest on it."""
