"""What pages read of supervision, feedback and audit."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongyue.kernel.findings import language
from gongyue.kernel.models import Organisation, Post, Purchase, Refused
from gongyue.ledger.models import Entry, Opening
from gongyue.policy import Regime
from gongyue.tendering.early import betraying
from gongyue.tendering.models import Tender
from gongyue.tendering.secrecy import (
    OF_BIDDERS,
    OF_DISPUTES,
    OF_GROUP,
    TALKED_WITH,
    UNTIL_AWARD,
    UNTOLD,
    in_secret,
    talking,
    undecided,
)

from .models import Feedback, FollowUp, Recommendation, SupervisionLog
from .models.feedback import RESULT

SENT = ("feedback.submit", "feedback.object")  # the acts by which somebody writes in
LATE, WARNED = '"late":[{', '"acknowledged":{"'  # a quote within a value is escaped, so these are never typed


def logs(purchase: Purchase) -> QuerySet[SupervisionLog]:
    """Latest visit first."""
    return SupervisionLog.objects.filter(purchase=purchase).select_related("body").order_by("-observed_on", "-pk")


def follow_ups(purchase: Purchase) -> QuerySet[FollowUp]:
    """Those still open first."""
    rows = FollowUp.objects.filter(purchase=purchase).select_related("body", "responsible")
    return rows.order_by("closed_on", "due_on", "pk")


def feedback_for(post: Post, purchases: QuerySet[Purchase]) -> QuerySet[Feedback]:
    """What this post handles among these purchases: civil affairs and audit all of it, others what was passed on."""
    rows = Feedback.objects.filter(purchase__in=purchases).select_related("handler", "purchase")
    if post.organisation.organisation_kind not in (Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.AUDIT):
        rows = rows.filter(handler=post.organisation_id)
    return rows.order_by("answered_on", "pk")


def answered(purchase: Purchase) -> QuerySet[Feedback]:
    """What the public may read: handled, in an officer's words."""
    done = (Feedback.State.ANSWERED, Feedback.State.REPLIED)
    return Feedback.objects.filter(purchase=purchase, state__in=done).order_by("-answered_on", "-pk")


@dataclass(frozen=True)
class Objections:
    """What the public may know of the objections to one notice: how many came in, and what was replied.

    `slot`: what the sources leave open about them (the time to reply), in the reader's language.
    """

    received: int
    replied: list[Feedback]
    slot: str


def objections(notice: int, regime: Regime) -> Objections | None:
    """Those to the notice that this ledger entry gives; None where the regime takes none in against it. Two queries."""
    result = Entry.objects.filter(pk=notice, action=RESULT).exists()
    order, who = regime.order(Feedback.kind, Feedback.Nature.OBJECTION), regime.who("feedback.reply")
    if not result or who is None or order is None or Feedback.State.OBJECTED not in order.milestones:
        return None
    rows = list(Feedback.objects.filter(notice=notice).order_by("-answered_on", "-pk"))
    slot = next((slot.what[language()] for slot in regime.slots if slot.cite == who.cite), "")
    return Objections(len(rows), [row for row in rows if row.is_handled], slot)


def openings_of(feedback: Feedback) -> list[Opening]:
    """The personal values that came with it, while they are kept."""
    entries = Entry.objects.filter(subject=feedback.key, action__in=SENT).values("pk")
    return list(Opening.objects.filter(entry__in=entries).order_by("path"))


def contact_of(feedback: Feedback) -> str:
    return _opened(feedback, "input.contact")


def name_of(feedback: Feedback) -> str:
    """Under which name an objection was made; empty: anonymously."""
    return _opened(feedback, "input.name")


def _opened(feedback: Feedback, path: str) -> str:
    return next((str(o.value) for o in openings_of(feedback) if o.path == path), "")


def recommendations(post: Post) -> QuerySet[Recommendation]:
    """Made by or addressed to this post's organisation, open ones first."""
    office = post.organisation_id
    rows = Recommendation.objects.filter(Q(auditor=office) | Q(addressee=office))
    return rows.select_related("auditor", "addressee", "about").order_by("closed_on", "due_on", "pk")


def secret() -> Q:
    """What a tender keeps to itself, of entries and of refusals: until it is decided, who bid, who asked and who sits
    on its panel, and what is done in talks; until the opening, of talks until the result, who asks, challenges or
    complains; of a call that ended before that, who bid, took the documents, talked or asked, for good. For
    `exclude`."""
    ended = Tender.objects.filter(
        UNTOLD, purchase=OuterRef("purchase"), state=Tender.State.FAILED, announced_at__lte=OuterRef("at"),
        failed_at__gte=OuterRef("at"),
    )  # fmt: skip
    return (
        Q(action__in=UNTIL_AWARD, purchase__in=undecided())
        | Q(action__in=OF_GROUP, purchase__in=talking())
        | Q(action__in=OF_DISPUTES) & in_secret("at")
        | Q(action__in=OF_BIDDERS) & Q(Exists(ended))
        | Q(action__in=UNTIL_AWARD | OF_GROUP) & Q(Exists(ended.filter(TALKED_WITH)))
    )


def trail(post: Post, purchases: QuerySet[Purchase]) -> QuerySet[Entry]:
    """Every entry of an auditor's place: of its purchases, and of what its organisations did beside any."""
    place = post.organisation.division.path
    there = Organisation.objects.filter(division__path__startswith=place).order_by().values("pk")
    ours = Q(purchase__in=purchases.order_by().values("pk")) | Q(purchase=None, organisation_id__in=there)
    return Entry.objects.filter(ours).exclude(secret()).select_related("leaf").order_by("-pk")


def refusals(purchases: QuerySet[Purchase]) -> QuerySet[Refused]:
    """What was tried and refused in these purchases, latest first."""
    rows = Refused.objects.filter(purchase__in=purchases.order_by().values("pk")).exclude(secret())
    rows = rows.exclude(betraying() & Q(purchase__in=undecided()))
    return rows.select_related("post__person", "post__organisation", "purchase").order_by("-pk")
