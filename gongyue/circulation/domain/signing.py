"""拟稿、核稿、会签、签发、签收."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.circulation.facts import CopyGate, CosignatureGate, SignOffGate
from gongyue.circulation.forms import CosignForm, DraftForm, IssueForm, ReturnForm, named
from gongyue.circulation.models import Copy, Cosignature, NumberSeries, SignOff
from gongyue.clock import LOCAL
from gongyue.kernel import capacities
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.kernel.models import Organisation, Post, Role

State = SignOff.State
READER = "department"  # the capacity of an office that had none in the purchase: it came in by a paper


@action("signoff.draft", SignOff, reaches=State.DRAFTED, also_from=[State.RETURNED], label=_("拟稿"), form=DraftForm,
        facts=SignOffGate)  # fmt: skip
def draft(
    signoff: SignOff, *, at: datetime, actor: Post, dossier: Dossier, title: str, series: str, text: str,
    signers: list[dict[str, Any]], main: list[dict[str, Any]], copied: list[dict[str, Any]], attachment: Any,
) -> None:  # fmt: skip
    """Write it, or write it again once returned: earlier opinions are the ledger's, the new text asks for its own."""
    signoff.drafter, signoff.drafted_on = actor.organisation, at.astimezone(LOCAL).date()
    signoff.title, signoff.series, signoff.text = title, series, text
    signoff.signers, signoff.main, signoff.copied = (
        [int(row["organisation"]) for row in rows] for rows in (signers, main, copied)
    )
    signoff.checked_on = None


@action("signoff.check", SignOff, reaches=State.CHECKED, label=_("核稿"), form=NoteForm, facts=SignOffGate,
        bears=[(Cosignature, Cosignature.State.ASKED)])  # fmt: skip
def check(signoff: SignOff, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> Iterable[Cosignature]:
    """Another officer of the same office has read it; the first office is asked for its opinion."""
    signoff.checked_on = at.astimezone(LOCAL).date()
    before = Cosignature.objects.filter(signoff=signoff).order_by("-round").values_list("round", flat=True).first() or 0
    return _asked(signoff, 1, before + 1, at)


def _asked(signoff: SignOff, turn: int, number: int, at: datetime) -> list[Cosignature]:
    """The opinion of the office whose turn it is in this round, where there is one."""
    if turn > len(signoff.signers):
        return []
    (office,) = named(signoff.signers[turn - 1 : turn])
    _let_in(signoff, office, at)
    return [Cosignature.objects.create(
        purchase=signoff.purchase, signoff=signoff, organisation=office, turn=turn, round=number,
        state=Cosignature.State.ASKED,
    )]  # fmt: skip


def _let_in(signoff: SignOff, office: Organisation, at: datetime) -> None:
    """An office that has no capacity in the purchase may read this paper from now on."""
    if not Role.objects.filter(purchase=signoff.purchase, organisation=office, post=None).exists():
        day = at.astimezone(LOCAL).date()
        capacities.appoint(signoff.purchase, READER, office, since=day, partial=True)


@action(
    "cosignature.give", Cosignature, reaches=Cosignature.State.GIVEN, label=_("会签"), form=CosignForm,
    facts=CosignatureGate, bears=[(Cosignature, Cosignature.State.ASKED)],
)  # fmt: skip
def give(
    opinion: Cosignature, *, at: datetime, actor: Post, dossier: Dossier, stance: str, text: str
) -> Iterable[Cosignature]:
    """An office's opinion; the next in the order is asked then, unless this one opposes the paper."""
    opinion.stance, opinion.text = stance, text
    opinion.given_on, opinion.given_by = at.astimezone(LOCAL).date(), actor
    if stance == Cosignature.Stance.OPPOSED:
        return []
    return _asked(opinion.signoff, opinion.turn + 1, opinion.round, at)


@action("signoff.return", SignOff, reaches=State.RETURNED, sources=[State.DRAFTED, State.CHECKED], label=_("退回拟稿"),
        form=ReturnForm, facts=SignOffGate)  # fmt: skip
def send_back(signoff: SignOff, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Back to whoever drafted it, for another text and another round."""


@action("signoff.issue", SignOff, reaches=State.ISSUED, label=_("签发"), form=IssueForm, facts=SignOffGate,
        bears=[(Copy, Copy.State.SENT)])  # fmt: skip
def issue(signoff: SignOff, *, at: datetime, actor: Post, dossier: Dossier, settled: str) -> Iterable[Copy]:
    """Under the next number of the office, its 代字 and the year; a copy goes to each office named."""
    day = at.astimezone(LOCAL).date()
    row, _new = NumberSeries.objects.get_or_create(organisation=signoff.drafter, series=signoff.series, year=day.year)
    row = NumberSeries.objects.select_for_update().get(pk=row.pk)
    row.last += 1
    row.save(update_fields=["last"])
    signoff.year, signoff.serial, signoff.issued_on = day.year, row.last, day
    main, copied = named(signoff.main), named(signoff.copied)
    for office in [*main, *copied]:
        _let_in(signoff, office, at)
    return [
        Copy.objects.create(
            purchase=signoff.purchase, signoff=signoff, organisation=office, is_main=office in main, sent_on=day,
            state=Copy.State.SENT,
        )
        for office in [*main, *copied]
    ]  # fmt: skip


@action("copy.read", Copy, reaches=Copy.State.READ, label=_("签收"), form=ActionForm, facts=CopyGate)
def read(copy: Copy, *, at: datetime, actor: Post, dossier: Dossier) -> None:
    """The receipt of one office."""
    copy.read_on, copy.read_by = at.astimezone(LOCAL).date(), actor
