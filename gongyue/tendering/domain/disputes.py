"""询问与质疑: asked, received, answered; and what an answer makes of the result."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.capacities import appoint
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Purchase, Role
from gongyue.tendering.facts import DisputeGate, IssueGate, ResultGate, SupplyGate
from gongyue.tendering.forms import (
    ChallengeAcceptForm,
    ChallengeAnswerForm,
    ChallengeForm,
    ChallengeReturnForm,
    QuestionAnswerForm,
    QuestionForm,
    ReliefForm,
    ReportForm,
    ResultForm,
)
from gongyue.tendering.methods import SEVERAL, Way
from gongyue.tendering.models import Challenge, PanelSeat, Question, Tender
from gongyue.tendering.models.disputes import starts_on

from .panel import dismiss
from .places import lose

State = Challenge.State


def respondent(purchase: Purchase) -> Organisation | None:
    """Who answers what suppliers bring: the purchaser."""
    role = Role.objects.filter(purchase=purchase, capacity="purchaser").select_related("organisation").first()
    return role.organisation if role else None


def _let_in(one: Question | Challenge, on: date) -> None:
    """Whoever brings something sees it through, also without having bid."""
    if not Role.objects.filter(purchase=one.purchase, organisation=one.organisation, until=None).exists():
        appoint(one.purchase, "bidder", one.organisation, since=on, partial=True)


@action("question.ask", Question, reaches=Question.State.ASKED, label=_("就采购活动提出询问"), form=QuestionForm,
        facts=SupplyGate)  # fmt: skip
def ask(question: Question, *, at: datetime, actor: Post, dossier: Dossier, text: str) -> None:
    """Ask the purchaser about anything in the purchase."""
    question.respondent, question.text, question.asked_at = respondent(question.purchase), text, at
    _let_in(question, dossier.today)


@action("question.answer", Question, reaches=Question.State.ANSWERED, label=_("答复采购活动询问"),
        form=QuestionAnswerForm, facts=SupplyGate)  # fmt: skip
def answer_question(
    question: Question, *, at: datetime, actor: Post, dossier: Dossier, answer: str, no_secret: bool
) -> None:
    """Answer the one who asked."""
    question.answer, question.answered_at = answer, at


@action("challenge.lodge", Challenge, reaches=State.LODGED, label=_("提出质疑"), form=ChallengeForm, facts=DisputeGate)
def lodge(
    challenge: Challenge, *, at: datetime, actor: Post, dossier: Dossier, address: str, contact: str, matters: str,
    request: str, grounds: str, basis: str, evidence: str, paper: Any, knew_on: date | None, posted_on: date | None,
    postmark: Any, signed: bool, by_agent: bool, mandate: bool,
) -> None:  # fmt: skip
    """The purchaser has the letter from this moment on, and from this day its answer is due."""
    challenge.respondent, challenge.lodged_at = respondent(challenge.purchase), at
    challenge.starts_on = starts_on(dossier, challenge)
    challenge.address, challenge.matters, challenge.request = address, matters, request
    challenge.grounds, challenge.basis = grounds, basis
    challenge.knew_on, challenge.posted_on = knew_on, posted_on
    _let_in(challenge, dossier.today)


@action("challenge.accept", Challenge, reaches=State.ACCEPTED, label=_("受理质疑"), form=ChallengeAcceptForm,
        facts=DisputeGate)  # fmt: skip
def accept(
    challenge: Challenge, *, at: datetime, actor: Post, dossier: Dossier, effect: str, effect_reason: str
) -> None:
    """Say whether it may change the result: if so, nothing is signed before the answer, and what was signed stands
    still."""
    challenge.may_affect, challenge.effect_reason = effect != "none", effect_reason
    challenge.halted = effect == "halt" or None


@action("challenge.return", Challenge, reaches=State.RETURNED, sources=[State.LODGED], label=_("退回质疑"),
        form=ChallengeReturnForm, facts=DisputeGate)  # fmt: skip
def send_back(
    challenge: Challenge, *, at: datetime, actor: Post, dossier: Dossier, cause: str, found_posted_on: date | None,
    reason: str,
) -> None:  # fmt: skip
    """Only what the law does not oblige the purchaser to receive, with the reason in writing. What the postmark says
    goes before what the letter says."""
    challenge.returned_for, challenge.return_reason = cause, reason


@action("challenge.answer", Challenge, reaches=State.ANSWERED, label=_("答复质疑"), form=ChallengeAnswerForm,
        facts=DisputeGate)  # fmt: skip
def answer(
    challenge: Challenge, *, at: datetime, actor: Post, dossier: Dossier, outcome: str, then: str, answer: str,
    facts: str, basis: str, right: bool, no_secret: bool, in_writing: bool, performed: bool, helped: bool, paper: Any,
) -> None:  # fmt: skip
    """Answer point by point, and say what follows."""
    challenge.outcome, challenge.then, challenge.answered_at = outcome, then, at
    challenge.answer, challenge.answer_facts, challenge.answer_basis = answer, facts, basis


@action("challenge.report", Challenge, reaches=None, sources=[State.ANSWERED], label=_("向财政部门报告结果改变"),
        form=ReportForm, facts=DisputeGate)  # fmt: skip
def report(challenge: Challenge, *, at: datetime, actor: Post, dossier: Dossier, reported_on: date, what: str) -> None:
    """The answer changed the result: finance is told in writing."""
    challenge.reported_on = reported_on


@action("tender.next", Tender, reaches=Tender.State.SCORED, sources=[Tender.State.AWARDED],
        label=_("取消中标结果，另行确定中标供应商"), form=ResultForm, facts=ResultGate, section="disputes",
        variants=["", *(way for way in Way if way not in SEVERAL)])  # fmt: skip
def next_candidate(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, reason: str, ground: str, refusal: str
) -> None:
    """The award falls; it is made anew to whoever comes next in the order of the panel."""
    _fall(tender, at, dossier, refused=ground == "refused")


@action("tender.annul", Tender, reaches=Tender.State.FAILED, sources=[Tender.State.AWARDED],
        label=_("取消中标结果，重新采购"), form=ResultForm, facts=ResultGate, section="disputes")  # fmt: skip
def annul(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, reason: str, ground: str, refusal: str
) -> None:
    """The award falls and the call with it; another may be drafted."""
    _fall(tender, at, dossier, refused=ground == "refused")
    tender.failed_at = at
    dismiss(tender, PanelSeat.objects.filter(tender=tender, left_at=None), at=at)


def _fall(tender: Tender, at: datetime, dossier: Dossier, *, refused: bool = False) -> None:
    """Nobody has won; who had is no provider any more and is not placed. No point changes; those who are equal in
    what is now the best place are told apart as at first."""
    if won := tender.winners:
        lose(tender, won, at, dossier, refused=refused)
    tender.winner, tender.awarded_at, tender.tied = None, None, len(tender.leading) > 1


@action("tender.relief", Tender, reaches=None, label=_("载明质疑和救济渠道"), form=ReliefForm, facts=IssueGate,
        sources=[Tender.State.DRAFTED, Tender.State.BRIEFED, Tender.State.INVITED])  # fmt: skip
def state_relief(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, challenge_contact: str, challenge_once: bool,
    relief_channel: str, relief_body: str,
) -> None:  # fmt: skip
    """Write into the documents where suppliers turn: with a challenge, or where there are none by another way."""
    tender.challenge_contact, tender.challenge_once = challenge_contact, challenge_once
    tender.relief_channel, tender.relief_body = relief_channel, relief_body
