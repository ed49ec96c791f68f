"""The panel: who sits on it, and what each of them gives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint as write_capacity
from gongyue.kernel.capacities import dismiss as end_capacity
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import SheetGate, TenderGate
from gongyue.tendering.forms import AppointForm, SheetForm
from gongyue.tendering.models import PanelSeat, ScoreSheet, Tender

State = Tender.State
EXPERT = "expert"


@action(
    "tender.appoint", Tender, reaches=None, sources=[
        State.DRAFTED, State.BRIEFED, State.INVITED, State.ANNOUNCED, State.OPENED, State.NEGOTIATED, State.QUOTED,
    ],
    label=_("确定评审专家"), form=AppointForm, facts=TenderGate,
)  # fmt: skip
def appoint(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, experts: Iterable[Post]) -> None:
    """Seat the panel; those left out give up seat and capacity. Still possible after opening, when a conflict shows."""
    chosen = list(experts)
    dismiss(tender, PanelSeat.objects.filter(tender=tender, left_at=None).exclude(post__in=chosen), at=at)
    for post in chosen:
        PanelSeat.objects.update_or_create(
            tender=tender, post=post, defaults={"left_at": None}, create_defaults={"seated_at": at}
        )
        role = write_capacity(tender.purchase, EXPERT, post.organisation, since=at.astimezone(LOCAL).date(), post=post)
        if role.until is not None:
            role.since, role.until = at.astimezone(LOCAL).date(), None
            role.save(update_fields=["since", "until"])


def dismiss(tender: Tender, seats: Iterable[PanelSeat], *, at: datetime) -> None:
    """End seats and the capacity that came with them."""
    rows = list(seats)
    PanelSeat.objects.filter(pk__in=[seat.pk for seat in rows]).update(left_at=at)
    end_capacity(tender.purchase, EXPERT, [seat.post for seat in rows], at=at)


@action(
    "sheet.submit", ScoreSheet, reaches=ScoreSheet.State.SUBMITTED, label=_("提交评分"),
    form=SheetForm, facts=SheetGate,
)  # fmt: skip
def submit(
    sheet: ScoreSheet, *, at: datetime, actor: Post, dossier: Dossier, scores: dict[str, dict[str, int]],
    independent: bool,
) -> None:  # fmt: skip
    """One expert's points, in hundredths, for every bid and every factor but the price."""
    sheet.scores, sheet.independent, sheet.submitted_at = scores, independent, at
