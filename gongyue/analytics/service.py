"""What was planned of services and what was done, and what those served say of it; by place, by half-year, by service.

Plans and sums are read, never the records nor the answers: their number costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from gongyue.contracts.models import Contract
from gongyue.delivery.models import PeriodTally, ServicePlan
from gongyue.kernel.models import Purchase
from gongyue.needs.models import Questionnaire, SatisfactionSurvey
from gongyue.needs.results import FEW, mean_bp


@dataclass(frozen=True)
class Target:
    """One service item of one kind in one half-year, or a sum over several.

    Sessions (次) and attendances (人次), planned and done; nothing planned: no plan names it. `share_bp`: attendances
    done against planned, or sessions where no attendances were planned.
    """

    code: str = ""
    name: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    item: str = ""
    service_kind: str = ""
    sessions: int = 0
    times: int = 0
    done_sessions: int = 0
    done_times: int = 0

    @property
    def planned(self) -> bool:
        return bool(self.sessions or self.times)

    @property
    def share_bp(self) -> int | None:
        if self.times:
            return self.done_times * 10_000 // self.times
        return self.done_sessions * 10_000 // self.sessions if self.sessions else None

    @property
    def short(self) -> bool:
        """Whether less was done than planned."""
        return self.done_times < self.times or self.done_sessions < self.sessions


@dataclass(frozen=True)
class PlaceTargets:
    """Attendances planned at a place and done of those services; of the services whose half-year is over (`ended`, each
    half-year its own) how many fell short; `other_times` were done of services that no plan names."""

    code: str
    name: str
    times: int
    done_times: int
    ended: int
    short: int
    other_times: int

    @property
    def share_bp(self) -> int | None:
        return self.done_times * 10_000 // self.times if self.times else None


@dataclass(frozen=True)
class Satisfaction:
    """What those served said in the closed questionnaires of a place: how many of these, of how many purchases; marks
    from 1 to 5, their number and their sum."""

    code: str
    name: str
    surveys: int
    answers: int
    marks: int
    marks_sum: int
    purchases: int

    @property
    def few(self) -> bool:
        """Whether there are too few answers for a mean to say anything."""
        return self.answers < FEW

    @property
    def mean_bp(self) -> int | None:
        """In basis points of the full mark; None: too few answers, or no scale among the questions."""
        return None if self.few or not self.marks else mean_bp(self.marks_sum, self.marks)


def targets(purchases: QuerySet[Purchase], place: str, *, today: date) -> list[Target]:
    """Every half-year that has begun, with what was planned and done in it; `place` as for `money_by`. Two queries."""
    field, rows = f"purchase__{place}", purchases.order_by()
    found: dict[tuple[Any, ...], Target] = {}
    plans = ServicePlan.objects.filter(purchase__in=rows, starts_on__lte=today).order_by("starts_on", "pk")
    ends: dict[tuple[int, date], date] = {}
    for number, code, name, start, end, outputs in plans.values_list(
        "purchase", field, f"{field}__name", "starts_on", "ends_on", "outputs"
    ):
        ends[number, start] = end
        for row in outputs:
            key = (number, start, row["item"], row["service_kind"])
            one = found.get(key) or Target(code, name, start, end, row["item"], row["service_kind"])
            found[key] = replace(one, sessions=one.sessions + row["sessions"], times=one.times + row["times"])
    done = PeriodTally.objects.filter(purchase__in=rows).order_by("starts_on", "item", "service_kind")
    for number, code, name, start, item, kind, records, times in done.values_list(
        "purchase", field, f"{field}__name", "starts_on", "item", "service_kind", "records", "times"
    ):
        if records:
            key = (number, start, item, kind)
            one = found.get(key) or Target(code, name, start, ends.get((number, start)), item, kind)
            found[key] = replace(one, done_sessions=records, done_times=times)
    return list(found.values())


def by_item(rows: Iterable[Target]) -> list[Target]:
    """Each service of each half-year, the places added up. Work that no plan names stays in lines of its own: it
    fulfils nobody else's plan."""
    out: dict[tuple[Any, ...], Target] = {}
    for row in rows:
        key = (row.starts_on, row.planned, row.item, row.service_kind)
        out[key] = _and(out[key], row) if key in out else row
    return sorted(out.values(), key=lambda row: (str(row.starts_on), not row.planned, row.item, row.service_kind))


def _and(one: Target, other: Target) -> Target:
    return replace(
        one, ends_on=one.ends_on or other.ends_on, sessions=one.sessions + other.sessions,
        times=one.times + other.times, done_sessions=one.done_sessions + other.done_sessions,
        done_times=one.done_times + other.done_times,
    )  # fmt: skip


def by_place(rows: Iterable[Target], *, today: date) -> list[PlaceTargets]:
    """Each place, in the order of its code."""
    places: dict[str, list[Target]] = {}
    for row in rows:
        places.setdefault(row.code, []).append(row)
    return [_place(places[code], today) for code in sorted(places)]


def _place(rows: list[Target], today: date) -> PlaceTargets:
    planned = [row for row in rows if row.planned]
    over = [row for row in planned if row.ends_on is not None and row.ends_on < today]
    return PlaceTargets(
        rows[0].code, rows[0].name, sum(row.times for row in planned), sum(row.done_times for row in planned),
        len(over), sum(row.short for row in over), sum(row.done_times for row in rows if not row.planned),
    )  # fmt: skip


def without_plan(purchases: QuerySet[Purchase], *, today: date) -> int:
    """How many contracts run today without a plan of their half-year. One query."""
    covered = ServicePlan.objects.filter(purchase=OuterRef("purchase"), starts_on__lte=today, ends_on__gte=today)
    running = Contract.objects.standing().filter(
        purchase__in=purchases.order_by(), starts_on__lte=today, ends_on__gte=today, filed_on__isnull=False
    )
    return running.exclude(Exists(covered)).count()


def satisfaction(purchases: QuerySet[Purchase], place: str) -> list[Satisfaction]:
    """Every place with a closed questionnaire on satisfaction. One query."""
    field = f"purchase__{place}"
    closed = SatisfactionSurvey.objects.filter(purchase__in=purchases.order_by(), state=Questionnaire.State.CLOSED)
    rows: Any = (
        closed.exclude(**{field: None}).order_by().values(code=F(field), name=F(f"{field}__name"))
        .annotate(
            surveys=Count("pk"), given=Sum("answers"), counted=Sum("marks"), total=Sum("marks_sum"),
            served=Count("purchase", distinct=True),
        )
        .order_by("code")
    )  # fmt: skip
    return [
        Satisfaction(
            row["code"], row["name"], row["surveys"], row["given"] or 0, row["counted"] or 0, row["total"] or 0,
            row["served"],
        )
        for row in rows
    ]  # fmt: skip


def unasked(purchases: QuerySet[Purchase], *, today: date) -> int:
    """How many purchases whose contract has begun closed no questionnaire on satisfaction yet. One query."""
    asked = SatisfactionSurvey.objects.filter(purchase=OuterRef("pk"), state=Questionnaire.State.CLOSED)
    begun = Contract.objects.standing().filter(purchase=OuterRef("pk"), starts_on__lte=today, filed_on__isnull=False)
    return purchases.order_by().filter(Exists(begun)).exclude(Exists(asked)).count()
