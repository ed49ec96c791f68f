"""Figures over everything a post may see: how far its purchases are, what became of the money, who is late.

Each is one query that the database adds up; none reads the rows of a numerous kind, so their number costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from gongyue.budget.models import Share
from gongyue.kernel.models import Obligation, Purchase
from gongyue.payments.models import Payment
from gongyue.tendering.secrecy import disputed

POSTS_SHOWN = 12
PLACES_SHOWN = 60  # bars of a drawing: a large city has some twenty districts, a large district some thirty streets
SECRET = ("bid:", "sheet:")  # who bids and who judges is nobody's business here


@dataclass(frozen=True)
class PlaceMoney:
    """The money of one place, in fen. `late_fen`: asked for, past its day and not paid."""

    code: str
    name: str
    planned_fen: int
    committed_fen: int
    paid_fen: int
    late_fen: int


@dataclass(frozen=True)
class Stage:
    """How many purchases stand at a milestone ("kind:state"; "" before the first)."""

    stage: str
    count: int


@dataclass(frozen=True)
class LatePost:
    """One seat with what it owes past its day. `days`: the longest, in calendar days; `post` "" where nobody sits."""

    organisation: str
    post: str
    count: int
    days: int


def money_by(purchases: QuerySet[Purchase], place: str, *, today: date) -> list[PlaceMoney]:
    """Planned, committed, paid and late by street (`place` "division") or by district ("division__parent").

    Two queries: the shares, whose totals follow from the journal, and the payments past their day.
    """
    field, rows = f"purchase__{place}", purchases.order_by()
    shares = (
        Share.objects.filter(purchase__in=rows).exclude(**{field: None}).order_by()
        .values(code=F(field), name=F(f"{field}__name"))
        .annotate(
            planned=Sum("amount_fen"), committed=Sum("amount_fen", filter=Q(state=Share.State.COMMITTED)),
            paid=Sum("paid_fen"),
        )
        .order_by("code")[:PLACES_SHOWN]
    )  # fmt: skip
    late = dict(_late_payments(rows, today).values_list(field).annotate(fen=Sum("amount_fen")))
    return [
        PlaceMoney(
            row["code"], row["name"], row["planned"], row["committed"] or 0, row["paid"], late.get(row["code"], 0)
        )
        for row in shares
    ]


def _late_payments(purchases: QuerySet[Purchase], today: date) -> QuerySet[Payment]:
    key = Concat(Value(f"{Payment.kind}:"), Cast("pk", CharField()), output_field=CharField())
    owed = Obligation.objects.filter(overdue(today), purchase=OuterRef("purchase"), subject=OuterRef("own_key"))
    due = Payment.objects.filter(purchase__in=purchases, state=Payment.State.DUE).order_by()
    return due.annotate(own_key=key).filter(Exists(owed))


def overdue(today: date) -> Q:
    """Obligations past their day whose clock runs."""
    return Q(is_open=True, suspended_on=None, due_on__lt=today)


def stages(purchases: QuerySet[Purchase]) -> list[Stage]:
    """How many purchases stand where. One query."""
    rows = purchases.order_by().values_list("stage").annotate(n=Count("pk")).order_by("stage")
    return [Stage(stage, count) for stage, count in rows]


def late_posts(purchases: QuerySet[Purchase], *, today: date) -> list[LatePost]:
    """Who is late, those who owe most first; what binds an expert in person is left out, and what would tell of a
    dispute before its time. One query."""
    rows = Obligation.objects.filter(overdue(today), purchase__in=purchases.order_by(), personal=False)
    rows = rows.exclude(disputed())
    for start in SECRET:
        rows = rows.exclude(subject__startswith=start)
    found: QuerySet[Any, Any] = (
        rows.exclude(organisation=None).order_by().values("organisation__name", "post__title")
        .annotate(n=Count("pk"), first=Min("due_on")).order_by("-n", "first", "organisation__name")
    )  # fmt: skip
    return [
        LatePost(row["organisation__name"], row["post__title"] or "", row["n"], (today - row["first"]).days)
        for row in found[:POSTS_SHOWN]
    ]
