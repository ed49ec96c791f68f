"""违法违规: the purchaser's own supervision, and cases that end in a penalty, in discipline or before justice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Organisation, Post
from gongyue.ledger.canonical import plain
from gongyue.oversight.facts import SupervisionGate, ViolationGate
from gongyue.oversight.forms import ControlForm, DecideViolationForm, OpenViolationForm, StateViolationForm
from gongyue.oversight.models import InternalControl, Violation, ViolationReply

State, Reply = Violation.State, ViolationReply.State


@action("control.record", InternalControl, reaches=InternalControl.State.RECORDED, label=_("登记内部监督管理制度"),
        form=ControlForm, facts=SupervisionGate)  # fmt: skip
def record(
    control: InternalControl, *, at: datetime, actor: Post, dossier: Dossier, title: str, number: str,
    issued_on: date | None, watcher: str, measures: str, paper: File[bytes] | None,
) -> None:  # fmt: skip
    """Which rules of its own the purchaser supervises this purchase by, and which of its offices does."""
    control.title, control.number, control.issued_on = title, number, issued_on
    control.watcher, control.measures, control.recorded_on = watcher, measures, dossier.today


@action("violation.open", Violation, reaches=State.OPENED, label=_("违法违规立案"), form=OpenViolationForm,
        facts=ViolationGate, bears=[(ViolationReply, Reply.ASKED)])  # fmt: skip
def open_(
    violation: Violation, *, at: datetime, actor: Post, dossier: Dossier, about: Organisation, what: str,
    provision: str, evidence: File[bytes] | None,
) -> list[ViolationReply]:  # fmt: skip
    """Say who did what against which provision, and ask them."""
    violation.body, violation.about, violation.opened_on = actor.organisation, about, dossier.today
    violation.what, violation.provision = what, provision
    violation.save()
    return [
        ViolationReply.objects.create(
            purchase=dossier.purchase, violation=violation, organisation=about, state=Reply.ASKED
        )
    ]


@action("violationreply.give", ViolationReply, reaches=Reply.GIVEN, label=_("对案件陈述和申辩"),
        form=StateViolationForm, facts=ViolationGate)  # fmt: skip
def state(
    reply: ViolationReply, *, at: datetime, actor: Post, dossier: Dossier, statement: str, evidence: File[bytes] | None
) -> None:
    """What the organisation says to it."""
    reply.statement, reply.given_on = statement, dossier.today


@action("violation.decide", Violation, reaches=State.DECIDED, label=_("登记处理结果"), form=DecideViolationForm,
        facts=ViolationGate)  # fmt: skip
def decide(
    violation: Violation, *, at: datetime, actor: Post, dossier: Dossier, outcomes: list[dict[str, Any]], reasons: str,
    outcome_rows: int,
) -> None:  # fmt: skip
    """What was done: penalties, discipline, referral to justice, each with its authority and its paper."""
    violation.outcomes, violation.reasons, violation.decided_on = plain(outcomes), reasons, dossier.today


@action("violation.drop", Violation, reaches=State.DROPPED, sources=[State.OPENED], label=_("不予处理"),
        form=ReasonForm, facts=ViolationGate)  # fmt: skip
def drop(violation: Violation, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Nothing against the rules was found."""
    violation.reasons, violation.decided_on = reason, dossier.today
