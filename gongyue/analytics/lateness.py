"""预警: what is overdue and whose, what was met late and how often, and who paid late. Days are calendar days.

Everything starts from the obligations that a reader may know of (`owed`); each figure is added up by the database.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.db.models import CharField, Count, Exists, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models import Value as V
from django.db.models.functions import Cast, Coalesce, Concat

from gongyue.kernel.models import Obligation, Organisation, Post, Purchase
from gongyue.oversight.models import Feedback
from gongyue.oversight.models.feedback import HANDLERS
from gongyue.payments.models import Payment
from gongyue.tendering.secrecy import OF_DISPUTES, disputed

from .queries import SECRET, overdue

UNTOLD = ("clarification.give",)  # would tell that somebody asked
ADDRESSED = "recommendation:"  # between two offices, whoever sits beside them
PAY = "payment.pay"
By = Literal["post", "organisation"]


def owed(post: Post, purchases: QuerySet[Purchase]) -> QuerySet[Obligation]:
    """What was and is owed in these purchases, and beside any: of an office's place, of anybody else's own.

    Left out: what binds an expert in person, what would tell who bids, asks or complains, that the public wrote or a
    check is prepared (but for those whose affair it is), what lapsed.
    """
    place, own = post.organisation.division.path, Q(organisation=post.organisation_id)
    beside = own
    if post.organisation.organisation_kind in WIDE:
        beside |= Q(organisation__division__path__startswith=place) & ~Q(subject__startswith=ADDRESSED)
    rows = Obligation.objects.filter(Q(purchase__in=purchases.order_by()) | Q(purchase=None) & beside)
    kind = post.organisation.organisation_kind
    untold = Q(action__in=UNTOLD) | disputed()
    if kind not in WIDE:
        untold |= Q(action__in=OF_DISPUTES)
    if kind not in HANDLERS:
        untold |= Q(subject__startswith=f"{Feedback.kind}:")
    if kind == Organisation.Kind.SOCIAL_ORGANISATION:
        untold |= Q(action="spot_check.draw")
    rows = rows.filter(personal=False, lapsed_at=None).exclude(untold & ~own)
    for start in SECRET:
        rows = rows.exclude(subject__startswith=start)
    return rows


WIDE = frozenset({Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.AUDIT})


def late_now(rows: QuerySet[Obligation], today: date) -> QuerySet[Obligation]:
    """Past their day, longest first."""
    return _joined(rows.filter(overdue(today))).order_by("due_on", "pk")


def met_late(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    """Done after their day, latest first."""
    return _joined(rows.filter(late_days__gt=0)).order_by("-met_at", "-pk")


def _joined(rows: QuerySet[Obligation]) -> QuerySet[Obligation]:
    return rows.select_related("purchase__division__parent", "organisation", "post__person")


def by_holder(rows: QuerySet[Obligation], today: date, by: By = "post") -> QuerySet[Any, Any]:
    """Whoever was late, most often first: `met` late and `open` past their day now, `times` both together.

    `days` and `longest` are those of what was met; `first` the earliest day of what is still open.
    """
    fields = ["organisation__name"] + (["post__title", "post__person__name"] if by == "post" else [])
    open_now, done = overdue(today), Q(late_days__gt=0)
    found = rows.filter(open_now | done).exclude(organisation=None).order_by().values("organisation", *fields)
    counted: QuerySet[Any, Any] = found.annotate(
        times=Count("pk"), met=Count("pk", filter=done), open=Count("pk", filter=open_now),
        days=Coalesce(Sum("late_days", filter=done), 0), longest=Coalesce(Max("late_days", filter=done), 0),
        first=Min("due_on", filter=open_now),
    ).order_by("-times", "-days", *fields)  # fmt: skip
    return counted


def by_payer(rows: QuerySet[Obligation], purchases: QuerySet[Purchase], today: date) -> QuerySet[Any, Any]:
    """Payers of these purchases, who owes longest first, then by the days they were late: how many payments fell due,
    how many were paid late or are past their day, their sums in fen, the longest. `rows`: the obligations to go by
    (`owed`, narrowed).

    A payment the bank returned is due again; it counts once, by the longest of its delays.
    """
    key = Concat(V(f"{Payment.kind}:"), Cast("pk", CharField()), output_field=CharField())
    due = rows.filter(action=PAY, purchase=OuterRef("purchase"), subject=OuterRef("own_key")).order_by()
    worst = due.filter(late_days__gt=0).order_by("-late_days").values("late_days")[:1]
    found = (
        Payment.objects.filter(purchase__in=purchases.order_by()).order_by().annotate(own_key=key)
        .annotate(
            falls=Exists(due.exclude(due_on=None)), open=Exists(due.filter(overdue(today))),
            late=Coalesce(Subquery(worst), 0, output_field=IntegerField()),
            since=Subquery(due.filter(overdue(today)).order_by("due_on").values("due_on")[:1]),
        )
        .filter(falls=True)
    )  # fmt: skip
    late, still = Q(late__gt=0, open=False), Q(open=True)
    return found.values("payer", "payer__name").annotate(
        payments=Count("pk"), paid_late=Count("pk", filter=late), unpaid=Count("pk", filter=still),
        late_fen=Coalesce(Sum("amount_fen", filter=late), 0),
        unpaid_fen=Coalesce(Sum("amount_fen", filter=still), 0),
        days=Coalesce(Sum("late", filter=late), 0), longest=Coalesce(Max("late", filter=late), 0),
        first=Min("since"),
    ).order_by(F("first").asc(nulls_last=True), "-days", "payer__name")  # fmt: skip
