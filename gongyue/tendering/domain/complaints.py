"""投诉: filed, examined, answered, decided by the finance department; the purchase may stand still meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Subject
from gongyue.tendering.facts import ComplaintGate
from gongyue.tendering.forms import (
    ComplaintAcceptForm,
    ComplaintForm,
    ComplaintRejectForm,
    ComplaintReplyForm,
    DecideForm,
    ElsewhereForm,
    EndForm,
    HearForm,
    InspectedForm,
    InspectForm,
    LiftForm,
    NotifyForm,
    PauseForm,
    ReferForm,
    SupplementAskForm,
    SupplementForm,
    TellForm,
    WithdrawComplaintForm,
)
from gongyue.tendering.models import Complaint, ComplaintReply, Pause, Supplement, Withdrawal

State = Complaint.State
HANDLED = [State.FILED, State.ACCEPTED, State.NOTIFIED]


@action("complaint.file", Complaint, reaches=State.FILED, label=_("提起投诉"), form=ComplaintForm, facts=ComplaintGate)
def file(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, contact: str, history: str, matters: str,
    within: bool, beyond: str, request: str, grounds: str, basis: str, evidence: str, paper: Any,
    posted_on: date | None, postmark: Any, signed: bool, by_agent: bool, mandate: bool, all_partners: bool,
) -> None:  # fmt: skip
    """Finance has it from this moment on."""
    complaint.history, complaint.matters, complaint.beyond, complaint.request = history, matters, beyond, request
    complaint.grounds, complaint.basis, complaint.posted_on, complaint.filed_at = grounds, basis, posted_on, at


@action("complaint.accept", Complaint, reaches=State.ACCEPTED, label=_("受理投诉"), form=ComplaintAcceptForm,
        facts=ComplaintGate)  # fmt: skip
def accept(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, challenged: bool, contents: bool,
    in_time: bool, untreated: bool, competent: bool, opinion: str,
) -> None:  # fmt: skip
    """Examined, and accepted as of the day it was received."""
    complaint.accepted_on = dossier.today


@action("complaint.supplement", Complaint, reaches=None, sources=[State.FILED], label=_("通知补正投诉书"),
        form=SupplementAskForm, facts=ComplaintGate, bears=[(Supplement, Supplement.State.ASKED)])  # fmt: skip
def ask_supplement(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, what: str, until: date
) -> list[Subject]:
    """Say once and in writing what is missing; the time until it comes is not counted."""
    return [
        Supplement.objects.create(
            purchase=complaint.purchase, complaint=complaint, organisation=complaint.organisation,
            state=Supplement.State.ASKED, what=what, until=until,
        )
    ]  # fmt: skip


@action("supplement.give", Supplement, reaches=Supplement.State.GIVEN, label=_("补正投诉书"), form=SupplementForm,
        facts=ComplaintGate)  # fmt: skip
def supplement(supplement: Supplement, *, at: datetime, actor: Post, dossier: Dossier, text: str, paper: Any) -> None:
    """What was missing; the clock of the decision runs on."""
    supplement.text, supplement.given_at = text, at


@action("complaint.reject", Complaint, reaches=State.REJECTED, sources=[State.FILED], label=_("不予受理投诉"),
        form=ComplaintRejectForm, facts=ComplaintGate)  # fmt: skip
def reject(complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, cause: str, reason: str) -> None:
    """It does not meet the conditions; its complainant is told why."""
    complaint.refused_for, complaint.refusal_reason = cause, reason


@action("complaint.elsewhere", Complaint, reaches=State.ELSEWHERE, sources=[State.FILED],
        label=_("告知向有管辖权的部门提起"), form=ElsewhereForm, facts=ComplaintGate)  # fmt: skip
def elsewhere(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, competent: str, reason: str
) -> None:
    """Another department is competent."""
    complaint.refusal_reason = f"{competent}：{reason}"


@action("complaint.tell", Complaint, reaches=None, sources=[State.REJECTED, State.ELSEWHERE],
        label=_("书面告知投诉人"), form=TellForm, facts=ComplaintGate)  # fmt: skip
def tell(complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, told_on: date) -> None:
    complaint.told_on = told_on


@action("complaint.notify", Complaint, reaches=State.NOTIFIED, label=_("发出投诉答复通知书"), form=NotifyForm,
        facts=ComplaintGate, bears=[(ComplaintReply, ComplaintReply.State.ASKED)])  # fmt: skip
def notify(complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, number: str) -> list[Subject]:
    """Ask the respondent, and whoever won, for a statement in writing."""
    won = complaint.tender.winner.organisation if complaint.tender.winner else None
    parties: dict[int, Organisation] = {one.pk: one for one in (complaint.respondent, won) if one is not None}
    parties.pop(complaint.organisation_id, None)
    return [
        ComplaintReply.objects.create(
            purchase=complaint.purchase, complaint=complaint, organisation=one, state=ComplaintReply.State.ASKED
        )
        for one in parties.values()
    ]


@action("complaintreply.give", ComplaintReply, reaches=ComplaintReply.State.GIVEN, label=_("对投诉作出说明"),
        form=ComplaintReplyForm, facts=ComplaintGate)  # fmt: skip
def reply(reply: ComplaintReply, *, at: datetime, actor: Post, dossier: Dossier, text: str, paper: Any) -> None:
    reply.text, reply.given_at = text, at


@action("complaint.inspect", Complaint, reaches=None, sources=HANDLED, label=_("委托检验、检测、鉴定、专家评审"),
        form=InspectForm, facts=ComplaintGate)  # fmt: skip
def inspect(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, kind: str, body: str, days_told: str
) -> None:
    """The time it takes is not counted; the complainant is told how long."""
    label = dict(InspectForm.base_fields["kind"].choices)[kind]  # type: ignore[attr-defined]
    complaint.waiting_for = f"{label} · {body}"


@action("complaint.inspected", Complaint, reaches=None, sources=HANDLED, label=_("收到检验、检测、鉴定、评审结果"),
        form=InspectedForm, facts=ComplaintGate)  # fmt: skip
def inspected(complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, result: str) -> None:
    complaint.waiting_for = ""


@action("complaint.hear", Complaint, reaches=None, sources=HANDLED, label=_("组织质证"), form=HearForm,
        facts=ComplaintGate)  # fmt: skip
def hear(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, held_on: date, present: str, record: str,
    paper: Any,
) -> None:  # fmt: skip
    """The parties were heard together; the record stands in the ledger."""


@action("complaint.decide", Complaint, reaches=State.DECIDED, label=_("作出投诉处理决定"), form=DecideForm,
        facts=ComplaintGate)  # fmt: skip
def decide(
    complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, outcome: str, ground: str, stage: str,
    then: str, findings: str, basis: str, remedies: bool, number: str, public_text: str, paper: Any,
) -> None:  # fmt: skip
    """What was found, what follows for documents, result or contract, and what everybody may read of it."""
    complaint.outcome, complaint.ground, complaint.stage, complaint.then = outcome, ground, stage, then
    complaint.findings, complaint.decision_basis, complaint.number = findings, basis, number
    complaint.public_text, complaint.decided_at = public_text, at


@action("withdrawal.apply", Withdrawal, reaches=Withdrawal.State.APPLIED, label=_("申请撤回投诉"),
        form=WithdrawComplaintForm, facts=ComplaintGate)  # fmt: skip
def withdraw(withdrawal: Withdrawal, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    withdrawal.reason, withdrawal.applied_at = reason, at


@action("complaint.end", Complaint, reaches=State.ENDED, sources=HANDLED, label=_("终止投诉处理"), form=EndForm,
        facts=ComplaintGate)  # fmt: skip
def end(complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, told: str) -> None:
    """Its complainant withdrew it; the parties are told in writing."""
    complaint.refusal_reason = told


@action("complaint.refer", Complaint, reaches=None, sources=[State.DECIDED], label=_("移送不良行为记录处理"),
        form=ReferForm, facts=ComplaintGate)  # fmt: skip
def refer(complaint: Complaint, *, at: datetime, actor: Post, dossier: Dossier, referral: str) -> None:
    """Handed on to whoever decides about the list; nobody is listed by this."""
    complaint.referral = referral


@action("pause.order", Pause, reaches=Pause.State.ORDERED, label=_("通知暂停采购活动"), form=PauseForm,
        facts=ComplaintGate)  # fmt: skip
def pause(
    pause: Pause, *, at: datetime, actor: Post, dossier: Dossier, ends_on: date, reason: str, number: str
) -> None:
    """Until that day, or until it is lifted, nothing of this purchase goes on."""
    pause.starts_on, pause.ends_on, pause.reason, pause.number = dossier.today, ends_on, reason, number


@action("pause.lift", Pause, reaches=Pause.State.LIFTED, label=_("通知恢复采购活动"), form=LiftForm,
        facts=ComplaintGate)  # fmt: skip
def lift(pause: Pause, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    pause.lifted_on, pause.lift_reason = dossier.today, reason
