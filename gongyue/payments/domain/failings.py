"""A payer that was late; a provider that did not perform; money that comes back."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.budget.domain import journal
from gongyue.contracts.models import Contract
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post, Subject
from gongyue.payments.facts import BreachGate, LiabilityGate, UseGate
from gongyue.payments.forms import (
    AnswerForm,
    BreachForm,
    DecisionForm,
    HarmForm,
    LiabilityResultForm,
    ReceiveForm,
    SavingForm,
    SilenceForm,
    StatementForm,
)
from gongyue.payments.models import Breach, Liability, Refund, UsePlan
from gongyue.payments.queries import days_late, paid_of

from .split import split

OWED = [(Refund, Refund.State.OWED)]


@action("liability.open", Liability, reaches=Liability.State.OPENED, label=_("提出拖欠责任"), form=HarmForm,
        facts=LiabilityGate)  # fmt: skip
def open_liability(
    case: Liability, *, at: datetime, actor: Post, dossier: Dossier, harm: str, evidence: File[bytes] | None
) -> None:
    """The provider notes what the late payment did to its service; the payer that was late must answer."""
    case.harm, case.opened_on = harm, dossier.today
    case.days_late = days_late(case.payment, today=dossier.today)


@action("liability.answer", Liability, reaches=Liability.State.ANSWERED, label=_("答复拖欠责任"), form=AnswerForm,
        facts=LiabilityGate)  # fmt: skip
def answer(case: Liability, *, at: datetime, actor: Post, dossier: Dossier, answer: str) -> None:
    """The payer that was late says why."""
    case.answer, case.answered_on = answer, dossier.today


@action("liability.conclude", Liability, reaches=Liability.State.CONCLUDED, label=_("认定拖欠责任"),
        form=LiabilityResultForm, facts=LiabilityGate)  # fmt: skip
def conclude(case: Liability, *, at: datetime, actor: Post, dossier: Dossier, result: str, reason: str) -> None:
    """Whether the payer is held responsible, with reasons."""
    case.result, case.reason, case.concluded_on = result, reason, dossier.today


@action("breach.open", Breach, reaches=Breach.State.OPENED, label=_("提出违约"), form=BreachForm, facts=BreachGate)
def open_breach(
    case: Breach, *, at: datetime, actor: Post, dossier: Dossier, failure: str, severity: str, effect: str,
    evidence: File[bytes] | None,
) -> None:  # fmt: skip
    """What was not done, how serious the effect is."""
    case.failure, case.severity, case.effect, case.opened_on = failure, severity, effect, dossier.today


@action("breach.state", Breach, reaches=Breach.State.HEARD, label=_("陈述申辩"), form=StatementForm, facts=BreachGate)
def state(case: Breach, *, at: datetime, actor: Post, dossier: Dossier, statement: str) -> None:
    """The provider is heard."""
    case.statement, case.heard_on = statement, dossier.today


@action("breach.note_silence", Breach, reaches=Breach.State.HEARD, sources=[Breach.State.OPENED],
        label=_("登记未作陈述"), form=SilenceForm, facts=BreachGate)  # fmt: skip
def note_silence(case: Breach, *, at: datetime, actor: Post, dossier: Dossier, served_on: date, reason: str) -> None:
    """The provider was told, and said nothing."""
    case.served_on, case.statement, case.heard_on = served_on, reason, dossier.today


@action("breach.decide", Breach, reaches=Breach.State.DECIDED, label=_("决定追究违约"), form=DecisionForm,
        facts=BreachGate, bears=OWED)  # fmt: skip
def decide(
    case: Breach, *, at: datetime, actor: Post, dossier: Dossier, accepted: int, accepted_record: str, reason: str
) -> list[Subject]:
    """What was paid and not accepted is owed back, to each payer in the ratio of what it has paid."""
    paid = sum(fen for _share, fen in paid_of(case.contract, dossier))
    case.paid_fen, case.accepted_fen, case.recovery_fen = paid, accepted, paid - accepted
    case.accepted_record, case.reason, case.decided_on = accepted_record, reason, dossier.today
    return _owed(case.contract, paid - accepted, Refund.Cause.BREACH, dossier, breach=case)


@action("breach.drop", Breach, reaches=Breach.State.DROPPED, sources=[Breach.State.OPENED, Breach.State.HEARD],
        label=_("不再追究违约"), form=ReasonForm, facts=BreachGate)  # fmt: skip
def drop(case: Breach, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """The case ends without consequence, with a reason."""
    case.reason, case.decided_on = reason, dossier.today


@action("useplan.settle", UsePlan, reaches=None, sources=[UsePlan.State.APPROVED], label=_("退回结余"), form=SavingForm,
        facts=UseGate, bears=OWED)  # fmt: skip
def settle(plan: UsePlan, *, at: datetime, actor: Post, dossier: Dossier, amount: int, reason: str) -> list[Subject]:
    """What is left over at the contract's end is owed back to its payers."""
    return _owed(plan.contract, amount, Refund.Cause.SAVING, dossier)


@action("refund.receive", Refund, reaches=Refund.State.RECEIVED, label=_("登记收回"), form=ReceiveForm, facts=UseGate)
def receive(
    refund: Refund, *, at: datetime, actor: Post, dossier: Dossier, voucher_number: str, received_on: date
) -> None:
    """The money has come back: the journal returns it to the very line it was paid from."""
    refund.voucher_number, refund.received_on = voucher_number, received_on
    journal.give_back(refund.share, amount_fen=refund.amount_fen, at=at, subject_key=refund.key)


def _owed(
    contract: Contract, amount: int, cause: str, dossier: Dossier, *, breach: Breach | None = None
) -> list[Subject]:
    """One refund a payer, to the fen: the ratio of what each has paid, odd fen to the largest remainders."""
    paid = paid_of(contract, dossier)
    if amount <= 0:
        return []
    (parts,) = split([amount], [fen for _share, fen in paid])
    return [
        Refund.objects.create(
            purchase=contract.purchase, contract=contract, breach=breach, cause=cause, share=share, payer=share.payer,
            amount_fen=part, state=Refund.State.OWED,
        )
        for (share, _fen), part in zip(paid, parts, strict=True)
        if part > 0
    ]  # fmt: skip
