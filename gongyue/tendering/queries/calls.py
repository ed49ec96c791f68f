"""What suppliers read of calls: which stand open, what was answered, changed or ended, who took the documents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post

from ..models import (
    Bid,
    Change,
    ChangeReceipt,
    Clarification,
    Consortium,
    ConsortiumMember,
    Enquiry,
    Package,
    Tender,
    Termination,
)

ENDED = 20  # calls that were ended, as far back as a list of them goes


def open_calls(at: datetime, organisation: int) -> QuerySet[Tender]:
    """Calls that take bids now, the nearest deadline first, and that an organisation may answer: one to which others
    were invited, or that is agreed with another, is not told of. Driven by an index of those not yet opened."""
    standing = Tender.objects.filter(opened_at=None, bids_due_at__gte=at).exclude(state=Tender.State.FAILED)
    among = standing.exclude(invited=[]).values_list("pk", "invited")
    shut = [pk for pk, invited in among if organisation not in invited]
    return standing.exclude(pk__in=shut).select_related("purchase", "purchase__division").order_by("bids_due_at", "pk")


def ended_calls(post: Post) -> list[Termination]:
    """终止公告 of the calls whose documents the reader's organisation took, that it answered or to which it was
    invited, latest first. One query."""
    took = Package.objects.filter(organisation=post.organisation_id).values("tender")
    answered = Bid.objects.filter(organisation=post.organisation_id).values("tender")
    own = Q(tender__in=took) | Q(tender__in=answered)
    rows = Termination.objects.exclude(announced_at=None).filter(own | ~Q(tender__invited=[]))
    told = rows.annotate(held=own).select_related("tender", "purchase").order_by("-pk")
    found: list[Termination] = [one for one in told if one.held or post.organisation_id in one.tender.invited]
    return found[:ENDED]


def register(dossier: Dossier, post: Post) -> list[Package]:
    """领取登记: who took the documents, as far as the reader may know; from the dossier."""
    return [one for one in dossier.all(Package) if one.visible_to(post)]


def taken(tenders: Iterable[Tender], post: Post) -> set[int]:
    """On which of these calls the reader's organisation has taken the documents. One query."""
    rows = Package.objects.filter(tender__in=list(tenders), organisation=post.organisation_id)
    return set(rows.values_list("tender", flat=True))


@dataclass(frozen=True)
class Answered:
    """An enquiry as one reader may know it. `asker` None: not told."""

    question: str
    answer: str
    at: datetime | None
    asker: Organisation | None


def clarifications(dossier: Dossier, post: Post) -> list[Answered]:
    """What was answered in a purchase, and to officers after the opening who asked. From the dossier."""
    askers = {one.pk: one.organisation for one in dossier.all(Enquiry) if one.visible_to(post)}
    rows = [row for row in dossier.all(Clarification) if row.state == Clarification.State.ANSWERED]
    return [Answered(row.question, row.answer, row.answered_at, askers.get(row.enquiry_id)) for row in rows]


def answers(tenders: Iterable[Tender]) -> dict[int, list[Clarification]]:
    """What was answered on each of these calls, in order: the same for everybody. One query."""
    found: dict[int, list[Clarification]] = {}
    rows = Clarification.objects.filter(tender__in=list(tenders), state=Clarification.State.ANSWERED)
    for row in rows.order_by("answered_at", "pk"):
        found.setdefault(row.tender_id, []).append(row)
    return found


@dataclass(frozen=True)
class Told:
    """A change of documents as one reader knows it. `noted`: when the reader's organisation confirmed it; `receipts`:
    who did, for those who may know."""

    change: Change
    noted: datetime | None
    receipts: list[ChangeReceipt]


def changes(dossier: Dossier, post: Post) -> list[Told]:
    """更正公告 of a purchase, from the dossier."""
    return _told_changes(dossier.all(Change), dossier.all(ChangeReceipt), post)


def changes_of(tenders: Iterable[Tender], post: Post) -> dict[int, list[Told]]:
    """Those of each of these calls. Two queries, one where there are none."""
    rows = list(Change.objects.filter(tender__in=list(tenders)).order_by("pk"))
    noted = ChangeReceipt.objects.filter(change__in=rows, organisation=post.organisation_id) if rows else []
    found: dict[int, list[Told]] = {}
    for row in _told_changes(rows, noted, post):
        found.setdefault(row.change.tender_id, []).append(row)
    return found


def _told_changes(rows: Iterable[Change], receipts: Iterable[ChangeReceipt], post: Post) -> list[Told]:
    seen = [one for one in receipts if one.organisation_id == post.organisation_id or one.visible_to(post)]
    mine = {one.change_id: one.confirmed_at for one in seen if one.organisation_id == post.organisation_id}
    others = [one for one in seen if one.organisation_id != post.organisation_id]
    return [Told(row, mine.get(row.pk), [one for one in others if one.change_id == row.pk]) for row in rows]


def joint_of(tenders: Iterable[Tender], post: Post) -> dict[int, list[ConsortiumMember]]:
    """Where the reader's organisation stands in a living consortium of each of these calls. One query."""
    rows = ConsortiumMember.objects.filter(
        tender__in=list(tenders), organisation=post.organisation_id, consortium__state=Consortium.State.FORMED
    ).select_related("consortium__organisation")
    found: dict[int, list[ConsortiumMember]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.tender_id, []).append(row)
    return found
