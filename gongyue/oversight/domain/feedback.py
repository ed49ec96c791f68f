"""What residents send in, and how it is handled."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Role
from gongyue.ledger.models import Opening
from gongyue.oversight.facts import FeedbackGate
from gongyue.oversight.forms import AcceptForm, ForgetForm, ObjectForm, PublicAnswerForm, SubmitForm, TransferForm
from gongyue.oversight.models import Feedback
from gongyue.oversight.queries import openings_of

State = Feedback.State
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # letters: 78 bits


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


@action("feedback.submit", Feedback, reaches=State.RECEIVED, label=_("提交意见或投诉"), form=SubmitForm,
        facts=FeedbackGate)  # fmt: skip
def submit(
    feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, nature: str, words: str, contact: str
) -> None:
    """Kept with a receipt that cannot be guessed; the contact stays in the ledger's opening and nowhere else."""
    feedback.nature = nature
    _receive(feedback, words, at)


@action("feedback.object", Feedback, reaches=State.OBJECTED, label=_("对招投标结果提出异议"), form=ObjectForm,
        facts=FeedbackGate)  # fmt: skip
def object_to(
    feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, sender: str, words: str, name: str, contact: str
) -> None:
    """Anybody, under a name or none, against one notice: it is at once with whom the regime lets reply to it."""
    who = dossier.regime.who("feedback.reply")
    roles = Role.objects.filter(purchase=feedback.purchase, capacity__in=who.capacities if who else (), until=None)
    holder = roles.select_related("organisation").order_by("pk").first()
    feedback.sender, feedback.handler = sender, holder.organisation if holder else None
    _receive(feedback, words, at)


def _receive(feedback: Feedback, words: str, at: datetime) -> None:
    feedback.words, feedback.received_on = words, _day(at)
    feedback.receipt = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


@action("feedback.accept", Feedback, reaches=State.ACCEPTED, label=_("受理"), form=AcceptForm, facts=FeedbackGate)
def accept(feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, hotline_number: str) -> None:
    """The district bureau takes it on."""
    feedback.handler, feedback.accepted_on, feedback.hotline_number = actor.organisation, _day(at), hotline_number


@action("feedback.transfer", Feedback, reaches=State.ACCEPTED, sources=[State.RECEIVED, State.ACCEPTED],
        form=TransferForm, label=_("转办"), facts=FeedbackGate)  # fmt: skip
def transfer(feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, reason: str, to: Organisation) -> None:
    """Another office answers it from now on."""
    feedback.handler, feedback.transferred_on = to, _day(at)
    feedback.accepted_on = feedback.accepted_on or _day(at)


@action("feedback.answer", Feedback, reaches=State.ANSWERED, label=_("答复并公开结果"), form=PublicAnswerForm,
        facts=FeedbackGate)  # fmt: skip
def answer(
    feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, public_text: str, without_persons: bool
) -> None:
    """What an officer wrote for everybody to read."""
    feedback.public_text, feedback.answered_on = public_text, _day(at)


@action("feedback.reply", Feedback, reaches=State.REPLIED, label=_("答复异议并公开"), form=PublicAnswerForm,
        facts=FeedbackGate)  # fmt: skip
def reply(
    feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, public_text: str, without_persons: bool
) -> None:
    """To an objection: for whoever made it, and for everybody to read beside the notice."""
    feedback.public_text, feedback.answered_on = public_text, _day(at)


@action("feedback.forget", Feedback, reaches=None, label=_("删除来信人个人信息"), form=ForgetForm, facts=FeedbackGate)
def forget(feedback: Feedback, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The words and the contact are gone; the ledger's commitments remain and still verify."""
    Opening.objects.filter(pk__in=[opening.pk for opening in openings_of(feedback)]).delete()
    feedback.words = ""
