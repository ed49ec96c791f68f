"""What pages read of supervision, feedback and audit."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongyue.kernel.models import Organisation, Post, Purchase, Refused
from gongyue.ledger.models import Entry, Opening
from gongyue.tendering.models import Tender

from .models import Feedback, FollowUp, Recommendation, SupervisionLog

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
    return Feedback.objects.filter(purchase=purchase, state=Feedback.State.ANSWERED).order_by("-answered_on", "-pk")


def openings_of(feedback: Feedback) -> list[Opening]:
    """The personal values that came with it, while they are kept."""
    entries = Entry.objects.filter(subject=feedback.key, action="feedback.submit").values("pk")
    return list(Opening.objects.filter(entry__in=entries).order_by("path"))


def contact_of(feedback: Feedback) -> str:
    return next((str(o.value) for o in openings_of(feedback) if o.path == "input.contact"), "")


def recommendations(post: Post) -> QuerySet[Recommendation]:
    """Made by or addressed to this post's organisation, open ones first."""
    office = post.organisation_id
    rows = Recommendation.objects.filter(Q(auditor=office) | Q(addressee=office))
    return rows.select_related("auditor", "addressee", "about").order_by("closed_on", "due_on", "pk")


# What an organisation does towards a call, known to it alone.
SEALED = frozenset({"bid.submit", "bid.withdraw", "enquiry.ask", "package.take"})
SECRET = SEALED | {"bid.qualify", "bid.disqualify", "sheet.submit", "tender.appoint"}


def secret() -> Q:
    """What a tender keeps to itself, of entries and of refusals: until it is decided, who bid, who asked and who sits
    on its panel; of a call that ended unopened, who bid, took the documents or asked, for good. For `exclude`."""
    done = (Tender.State.AWARDED, Tender.State.FAILED)
    undecided = Tender.objects.exclude(state__in=done).values("purchase")
    unopened = Tender.objects.filter(
        purchase=OuterRef("purchase"), state=Tender.State.FAILED, opened_at=None,
        announced_at__lte=OuterRef("at"), failed_at__gte=OuterRef("at"),
    )  # fmt: skip
    return Q(action__in=SECRET, purchase__in=undecided) | (Q(action__in=SEALED) & Q(Exists(unopened)))


def trail(post: Post, purchases: QuerySet[Purchase]) -> QuerySet[Entry]:
    """Every entry of an auditor's place: of its purchases, and of what its organisations did beside any."""
    place = post.organisation.division.path
    there = Organisation.objects.filter(division__path__startswith=place).order_by().values("pk")
    ours = Q(purchase__in=purchases.order_by().values("pk")) | Q(purchase=None, organisation_id__in=there)
    return Entry.objects.filter(ours).exclude(secret()).select_related("leaf").order_by("-pk")


def refusals(purchases: QuerySet[Purchase]) -> QuerySet[Refused]:
    """What was tried and refused in these purchases, latest first."""
    rows = Refused.objects.filter(purchase__in=purchases.order_by().values("pk")).exclude(secret())
    return rows.select_related("post__person", "post__organisation", "purchase").order_by("-pk")
