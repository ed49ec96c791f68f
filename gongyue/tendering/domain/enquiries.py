"""询问与答疑: one asks, the purchaser answers all at once."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.tendering.facts import SupplyGate
from gongyue.tendering.forms import AskForm, ClarifyForm
from gongyue.tendering.models import Clarification, Enquiry

State = Clarification.State


@action("enquiry.ask", Enquiry, reaches=Enquiry.State.ASKED, label=_("提出询问"), form=AskForm, facts=SupplyGate,
        bears=[(Clarification, State.PENDING)])  # fmt: skip
def ask(enquiry: Enquiry, *, at: datetime, actor: Post, dossier: Dossier, question: str) -> list[Subject]:
    """Ask about the documents. What the purchaser then has to answer does not say who asked."""
    enquiry.question, enquiry.asked_at = question, at
    enquiry.save()
    return [
        Clarification.objects.create(
            purchase=enquiry.purchase, tender=enquiry.tender, enquiry=enquiry, state=State.PENDING
        )
    ]


@action("clarification.give", Clarification, reaches=State.ANSWERED, label=_("答复询问"), form=ClarifyForm,
        facts=SupplyGate)  # fmt: skip
def give(
    clarification: Clarification, *, at: datetime, actor: Post, dossier: Dossier, question: str, answer: str
) -> None:
    """One text for all: every holder of the documents, and the public, read it from this moment on."""
    clarification.question, clarification.answer, clarification.answered_at = question, answer, at
