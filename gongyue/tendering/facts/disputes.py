"""What rules may ask of enquiries, challenges and complaints. Never how many there are before the bids are opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Self

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.policy.periods import NotYetKnown
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models.complaints import Complaint, ComplaintReply, OfComplaint, Pause, Supplement, Withdrawal
from gongyue.tendering.models.disputes import (
    Challenge,
    Question,
    answer_due,
    figure,
    starts_on,
    took_documents,
    took_part,
)
from gongyue.tendering.models.tender import Tender

from .signing import binding
from .tender import TenderFacts, own

NEXT = frozenset({Challenge.Then.NEXT, Complaint.Then.VOID_NEXT, Complaint.Then.CONTRACT_NEXT})
ANEW = frozenset({Challenge.Then.RESTART, Challenge.Then.ANEW, Complaint.Then.ANEW, Complaint.Then.VOID_ANEW,
                  Complaint.Then.CONTRACT_ANEW})  # fmt: skip


@dataclass(frozen=True, slots=True)
class DisputeFacts:
    """What stands in the way of signing, and what an answer or a decision asks of the result."""

    pending: Annotated[int, "尚未答复、可能影响中标结果的质疑数（还没有判断的计入）"]
    questions: Annotated[int, "定标以后尚未答复的采购活动询问数"]
    paused: Annotated[bool, "财政部门通知的暂停期限是否未满"]
    pause_ends_on: Annotated[date | None, "暂停止"]
    next_ordered: Annotated[bool, "质疑答复或者处理决定是否要求另行确定中标供应商"]
    anew_ordered: Annotated[bool, "质疑答复或者处理决定是否要求重新开展采购活动"]
    anew_decided: Annotated[bool, "要求重新开展采购活动的是否为投诉处理决定"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        """Nothing is read where the regime knows no challenges; numbers only once the result is known."""
        tender = dossier.latest(Tender) if dossier.regime.acts(Challenge.kind) else None
        if tender is None:
            return cls(0, 0, False, None, False, False, False)
        challenges = [one for one in dossier.all(Challenge) if one.tender_id == tender.pk]
        pauses = [one for one in dossier.all(Pause) if one.holds(dossier)] if challenges else []
        asked = [one for one in dossier.all(Question) if one.tender_id == tender.pk] if tender.awarded_at else []
        complaints = [one for one in dossier.all(Complaint) if one.tender_id == tender.pk] if challenges else []
        overruled = {one.challenge_id for one in complaints if one.then not in ("", Complaint.Then.GO_ON)}
        answered = _standing(
            tender, [(one.answered_at, one.then) for one in challenges if one.pk not in overruled]
        )  # fmt: skip
        decided = _standing(tender, [(one.decided_at, one.then) for one in complaints])
        return cls(
            pending=sum(one.may_change_result for one in challenges) if tender.awarded_at else 0,
            questions=sum(one.state == Question.State.ASKED for one in asked),
            paused=bool(pauses),
            pause_ends_on=max((one.ends_on for one in pauses), default=None),
            next_ordered=bool((answered | decided) & NEXT),
            anew_ordered=bool((answered | decided) & ANEW),
            anew_decided=bool(decided & ANEW),
        )


def _standing(tender: Tender, told: Iterable[tuple[datetime | None, str]]) -> set[str]:
    """What still asks for something. Another winner is asked for of the very award that stands; to begin anew, of this
    call, which ends with it."""
    since = tender.awarded_at
    return {then for at, then in told if at is not None and (then in ANEW or since is None or at >= since)}


@dataclass(frozen=True, slots=True)
class ChallengeFacts:
    """One challenge: of what, from when its period runs, and who may bring it."""

    link: Annotated[str, "质疑的环节"]
    starts_on: Annotated[date | None, "质疑期起算之日；当时的规定没有写明起算之日的为空"]
    took_part: Annotated[bool, "质疑供应商是否参与所质疑项目的采购活动"]
    took_documents: Annotated[bool, "质疑供应商是否已获取采购文件"]
    earlier: Annotated[int, "质疑供应商针对同一环节此前提出的质疑数（退回的不计）"]
    once: Annotated[bool, "采购文件是否要求一次性提出针对同一环节的质疑"]
    late: Annotated[bool, "质疑是否已超过法定质疑期"]
    begun_on: Annotated[date | None, "质疑期实际起算之日（规定之日，没有规定的为质疑供应商知道之日）"]
    posted: Annotated[bool, "质疑函是否以邮寄方式提交"]
    outcome: Annotated[str, "质疑答复结论"]
    then: Annotated[str, "质疑答复后的处理"]
    candidates: Annotated[int, "除中标供应商外仍合格的中标候选人数"]
    signed: Annotated[bool, "按所质疑的中标结果是否已经签订合同（已撤销的不计）"]

    @classmethod
    def of(cls, dossier: Dossier, challenge: Challenge) -> Self:
        tender, mine = own(challenge, dossier), challenge.organisation
        others = [one for one in dossier.all(Challenge) if one.organisation_id == mine.pk and one.pk != challenge.pk]
        earlier = [one for one in others if one.tender_id == tender.pk and one.link == challenge.link]
        return cls(
            link=challenge.link,
            starts_on=challenge.starts_on if challenge.pk else starts_on(dossier, challenge),
            took_part=took_part(dossier, tender, mine),
            took_documents=took_documents(dossier, tender, mine) is not None,
            earlier=sum(one.state != Challenge.State.RETURNED for one in earlier),
            once=tender.challenge_once,
            late=_late(dossier, challenge),
            begun_on=challenge.starts_on or challenge.knew_on,
            posted=challenge.posted_on is not None,
            outcome=challenge.outcome,
            then=challenge.then,
            candidates=tender.rankings.filter(fallen_at=None, chosen=False).exclude(bid=tender.winner_id).count()
            if tender.awarded_at and challenge.pk
            else 0,
            signed=bool(tender.awarded_at and challenge.pk and binding(dossier, tender.awarded_at)),
        )


def _late(dossier: Dossier, challenge: Challenge) -> bool:
    """Of a challenge that was received: whether its letter was sent after the last day."""
    begun = challenge.starts_on or challenge.knew_on
    sent = challenge.posted_on or (challenge.lodged_at.astimezone(LOCAL).date() if challenge.lodged_at else None)
    days = figure(dossier.regime, "challenge.within", sent) if sent else None
    if begun is None or sent is None or days is None:
        return False
    try:
        return sent > dossier.regime.calendar.workdays_later(begun, int(days))
    except NotYetKnown:
        return False


@dataclass(frozen=True, slots=True)
class ComplaintFacts:
    """One complaint: what it rests on, how far it is handled, and what its complainant brought before."""

    link: Annotated[str, "所投诉质疑的环节"]
    answered: Annotated[bool, "质疑是否已经答复"]
    returned: Annotated[bool, "质疑是否被退回"]
    answer_due_on: Annotated[date | None, "质疑答复期满之日"]
    filed_on: Annotated[date | None, "收到投诉的日期"]
    waiting: Annotated[bool, "是否正在等待补正、检验、检测、鉴定或者专家评审"]
    replies_due: Annotated[int, "尚未提交的投诉说明数"]
    withdrawn: Annotated[bool, "投诉人是否已书面申请撤回"]
    decided: Annotated[bool, "是否已作处理决定"]
    ground: Annotated[str, "驳回的情形"]
    result: Annotated[str, "投诉处理结果"]
    baseless: Annotated[int, "投诉人在规定月数内投诉查无实据的次数（本系统所载，含本次）"]

    @classmethod
    def of(cls, dossier: Dossier, complaint: Complaint) -> Self:
        challenge = complaint.challenge
        replies = [one for one in dossier.all(ComplaintReply) if one.complaint_id == complaint.pk]
        open_ones = [one for one in dossier.all(Supplement) if one.complaint_id == complaint.pk]
        return cls(
            link=challenge.link,
            answered=challenge.state == Challenge.State.ANSWERED,
            returned=challenge.state == Challenge.State.RETURNED,
            answer_due_on=answer_due(dossier.regime, challenge),
            filed_on=complaint.filed_at.astimezone(LOCAL).date() if complaint.filed_at else None,
            waiting=bool(complaint.waiting_for) or any(one.state == Supplement.State.ASKED for one in open_ones),
            replies_due=sum(one.state == ComplaintReply.State.ASKED for one in replies),
            withdrawn=any(one.complaint_id == complaint.pk for one in dossier.all(Withdrawal)),
            decided=complaint.state == Complaint.State.DECIDED,
            ground=complaint.ground,
            result=complaint.outcome,
            baseless=baseless(dossier, complaint) if complaint.pk else 0,
        )


def baseless(dossier: Dossier, complaint: Complaint) -> int:
    """How many complaints of one supplier, in any purchase, were found without facts within the months that count,
    up to this one. One query."""
    months = figure(dossier.regime, "complaint.baseless_months", dossier.today)
    if complaint.decided_at is None or complaint.ground != Complaint.Ground.BASELESS or months is None:
        return 0
    until = complaint.decided_at.astimezone(LOCAL).date()
    since = dossier.regime.calendar.add(until, -int(months), "month").on
    rows = Complaint.objects.filter(organisation=complaint.organisation_id, ground=Complaint.Ground.BASELESS)
    days = [at.astimezone(LOCAL).date() for at in rows.values_list("decided_at", flat=True) if at is not None]
    return sum(since is not None and since < on <= until for on in days)


@dataclass(frozen=True, slots=True)
class DisputeGate:
    """What rules on an enquiry or a challenge may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    challenge: ChallengeFacts

    @classmethod
    def of(cls, subject: Challenge, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier), ChallengeFacts.of(dossier, subject))


@dataclass(frozen=True, slots=True)
class ComplaintGate:
    """What rules on a complaint, and on what is added to one, may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    complaint: ComplaintFacts

    @classmethod
    def of(cls, subject: Complaint | OfComplaint | Pause, dossier: Dossier) -> Self:
        complaint = subject if isinstance(subject, Complaint) else subject.complaint
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier), ComplaintFacts.of(dossier, complaint))
