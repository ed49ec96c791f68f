"""The norms of a programme: drafted by the bureau, reviewed by the legal office, advised on, issued, evaluated."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation, Post, Subject
from gongyue.programmes.facts import NormGate, OpinionGate
from gongyue.programmes.forms import DraftForm, EvaluateForm, IssueForm, OpinionForm
from gongyue.programmes.forms.city import legal_office
from gongyue.programmes.models import Norm, NormEdition, Opinion

State = Norm.State


@action(
    "norm.draft", Norm, reaches=State.DRAFTED, label=_("起草规范"), form=DraftForm, facts=NormGate,
    also_from=[State.DRAFTED, State.ISSUED], bears=[(Opinion, Opinion.State.ASKED)],
)  # fmt: skip
def draft(
    norm: Norm, *, at: datetime, actor: Post, dossier: Dossier, text: str, paper: Any, change: str,
    adviser: Organisation | None,
) -> Iterable[Subject] | None:  # fmt: skip
    """A further edition: who was asked about an earlier one need not answer any more, and is asked anew."""
    today = at.astimezone(LOCAL).date()
    norm.edition, norm.drafted_on = norm.edition + 1, today
    NormEdition.objects.create(norm=norm, number=norm.edition, text=text, change=change, drafted_on=today)
    _supersede(norm, at)
    asked = [(Opinion.Role.LEGAL, legal_office(norm.place)), (Opinion.Role.THEORY, adviser)]
    return [
        Opinion.objects.create(
            norm=norm, edition=norm.edition, role=role, organisation=office, asked_on=today, state=Opinion.State.ASKED
        )
        for role, office in asked
        if office is not None
    ]


def _supersede(norm: Norm, at: datetime) -> None:
    """What was asked about an earlier edition and not answered is owed no more."""
    waiting = list(norm.opinions.filter(state=Opinion.State.ASKED))
    norm.opinions.filter(pk__in=[one.pk for one in waiting]).update(state=Opinion.State.SUPERSEDED)
    owed = Obligation.objects.filter(purchase=None, subject__in=[one.key for one in waiting], is_open=True)
    owed.update(is_open=False, lapsed_at=at)


@action(
    "opinion.give", Opinion, reaches=Opinion.State.GIVEN, label=_("审定规范、答复意见"), form=OpinionForm,
    facts=OpinionGate,
)  # fmt: skip
def give(
    asked: Opinion, *, at: datetime, actor: Post, dossier: Dossier, result: str, opinion: str, paper: Any
) -> Iterable[Subject] | None:
    """The legal office's review of an edition, or an adviser's guidance."""
    asked.given_on, asked.result, asked.opinion = at.astimezone(LOCAL).date(), result, opinion
    return None


@action("norm.issue", Norm, reaches=State.ISSUED, label=_("颁布规范"), form=IssueForm, facts=NormGate)
def issue(
    norm: Norm, *, at: datetime, actor: Post, dossier: Dossier, document_number: str, issued_on: date, paper: Any
) -> Iterable[Subject] | None:
    """The latest edition is in force; late only means that it is recorded as late."""
    norm.issued_edition, norm.issued_on, norm.number = norm.edition, issued_on, document_number
    norm.editions.filter(number=norm.edition).update(issued_on=issued_on, document_number=document_number)
    return None


@action("norm.evaluate", Norm, reaches=None, label=_("评估规范实施效果"), form=EvaluateForm, facts=NormGate)
def evaluate(
    norm: Norm, *, at: datetime, actor: Post, dossier: Dossier, effect: str, conclusion: str, paper: Any
) -> Iterable[Subject] | None:
    """When its validity ends or the law changes: what it did, and whether it is kept, revised or repealed."""
    norm.evaluated_on, norm.effect, norm.conclusion = at.astimezone(LOCAL).date(), effect, conclusion
    return None
