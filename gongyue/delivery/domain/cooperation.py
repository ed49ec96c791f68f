"""Referrals both ways, coordination asked of offices, contacts."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.facts import DeliveryGate
from gongyue.delivery.forms.cooperation import (
    AnswerForm,
    ContactForm,
    CoordinationForm,
    PartnerForm,
    ReceiveForm,
    ReferralForm,
    SolutionForm,
)
from gongyue.delivery.models import Contact, Coordination, Partner, Referral
from gongyue.delivery.models.service import contract_in_force
from gongyue.kernel import capacities
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm, ReasonForm
from gongyue.kernel.models import Organisation, Post

DEPARTMENT = "department"
Sent = Referral.State


def seat_department(dossier: Dossier, organisation: Organisation) -> None:
    """A department that has something to do here sees that from now on; others see the purchase already."""
    if organisation.organisation_kind == Organisation.Kind.DEPARTMENT:
        capacities.appoint(dossier.purchase, DEPARTMENT, organisation, since=dossier.today, partial=True)


@action("partner.list", Partner, reaches=Partner.State.LISTED, label=_("列入转介伙伴"), form=PartnerForm,
        facts=DeliveryGate)  # fmt: skip
def enlist(
    partner: Partner, *, at: datetime, actor: Post, dossier: Dossier, department: str, organisation: Organisation,
    service: str, contact: str,
) -> None:  # fmt: skip
    """A department's service, with whom to ask there; the department may refer to the centre from now on."""
    partner.department, partner.organisation = department, organisation
    partner.service, partner.contact = service, contact
    seat_department(dossier, organisation)


@action(
    "partner.remove", Partner, reaches=Partner.State.REMOVED, sources=[Partner.State.LISTED], label=_("移出转介伙伴"),
    form=ReasonForm, facts=DeliveryGate,
)  # fmt: skip
def remove(partner: Partner, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The service ended, or was merged into the centre."""


@action("referral.send", Referral, reaches=Sent.SENT, label=_("发出转介"), form=ReferralForm, facts=DeliveryGate)
def send(
    referral: Referral, *, at: datetime, actor: Post, dossier: Dossier, partner: Partner | None, client_code: str,
    person: str, need: str, consented: bool, consent_on: date, consent_paper: File[bytes] | None,
) -> None:  # fmt: skip
    """From the centre to a partner, or from a department to the centre; always with consent."""
    contract = contract_in_force(dossier)
    assert contract is not None
    outward = contract.provider_id == actor.organisation_id
    referral.sender, referral.partner = actor.organisation, partner if outward else None
    referral.receiver = partner.organisation if outward and partner else contract.provider
    referral.client_code = client_code if outward else ""
    referral.need, referral.consent_on, referral.sent_on = need, consent_on, dossier.today
    if outward and referral.receiver is not None:
        seat_department(dossier, referral.receiver)


@action("referral.receive", Referral, reaches=Sent.RECEIVED, label=_("接收转介"), form=ReceiveForm, facts=DeliveryGate)
def receive(referral: Referral, *, at: datetime, actor: Post, dossier: Dossier, handler: str) -> None:
    """The receiver has it in hand."""
    referral.received_on = dossier.today


@action(
    "referral.answer", Referral, reaches=Sent.ANSWERED, label=_("反馈转介结果"), form=AnswerForm, facts=DeliveryGate
)
def answer(referral: Referral, *, at: datetime, actor: Post, dossier: Dossier, outcome: str, answer: str) -> None:
    """What came of it."""
    referral.outcome, referral.answer, referral.answered_on = outcome, answer, dossier.today


@action(
    "coordination.raise", Coordination, reaches=Coordination.State.RAISED, label=_("提请行政协调"),
    form=CoordinationForm, facts=DeliveryGate,
)  # fmt: skip
def ask(
    coordination: Coordination, *, at: datetime, actor: Post, dossier: Dossier, matter: str, detail: str,
    asked: Organisation, paper: File[bytes] | None,
) -> None:  # fmt: skip
    """Name the office that is to solve it; it stands in that office's inbox."""
    coordination.matter, coordination.detail = matter, detail
    coordination.asked, coordination.raised_on = asked, dossier.today
    seat_department(dossier, asked)


@action(
    "coordination.answer", Coordination, reaches=Coordination.State.ANSWERED, label=_("答复协调事项"),
    form=SolutionForm, facts=DeliveryGate,
)  # fmt: skip
def solve(
    coordination: Coordination, *, at: datetime, actor: Post, dossier: Dossier, answer: str, paper: File[bytes] | None
) -> None:
    """What the office did or decided."""
    coordination.answer, coordination.answered_on = answer, dossier.today


@action(
    "coordination.close", Coordination, reaches=Coordination.State.SOLVED, label=_("确认已解决"), form=NoteForm,
    facts=DeliveryGate,
)  # fmt: skip
def close(coordination: Coordination, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """The provider finds it solved."""
    coordination.solved_on = dossier.today


@action(
    "coordination.reopen", Coordination, reaches=Coordination.State.RAISED, sources=[Coordination.State.ANSWERED],
    label=_("仍未解决，再次提请"), form=ReasonForm, facts=DeliveryGate,
)  # fmt: skip
def reopen(coordination: Coordination, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The provider finds it unsolved; the same office has it again, since the day it was first asked."""
    coordination.detail = f"{coordination.detail}\n{dossier.today.isoformat()} {reason}"
    coordination.answered_on = None


@action("contact.log", Contact, reaches=Contact.State.LOGGED, label=_("记录沟通"), form=ContactForm, facts=DeliveryGate)
def log(
    contact: Contact, *, at: datetime, actor: Post, dossier: Dossier, held_on: date, way: str,
    counterpart: Organisation, about: str, agreed: str,
) -> None:  # fmt: skip
    """Who was spoken to, about what, and what was agreed."""
    contact.held_on, contact.way, contact.counterpart = held_on, way, counterpart
    contact.about, contact.agreed = about, agreed
