"""What pages read of delivery: sums from the monthly tallies, never from the records themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from gongyue.delivery.models import MonthlyTally, Receipt, ServiceKind, ServiceRecord, TeamMember, Volunteer
from gongyue.kernel.models import Purchase
from gongyue.needs.models import ServiceNeed

MONTHS = 24
SUMS: Mapping[str, Any] = {f"{name}_": Sum(name) for name in ("records", "people", "times", "direct", "indirect")}


@dataclass(frozen=True)
class KindLine:
    """All records of one kind: how many, persons (人数), attendances (人次)."""

    kind: str
    records: int
    people: int
    times: int


@dataclass(frozen=True)
class HoursLine:
    """A worker's minutes of one month against what was contracted for it (minutes; 0: nothing agreed)."""

    month: date
    worker: TeamMember
    direct: int
    indirect: int

    @property
    def total(self) -> int:
        return self.direct + self.indirect

    @property
    def agreed(self) -> int:
        return self.worker.hours * 60

    @property
    def short(self) -> bool:
        return self.total < self.agreed


@dataclass(frozen=True)
class ItemLine:
    """A service item: what was measured for a year (None: it is not among the measured ones), and what was done."""

    item: str
    volume: int | None
    records: int
    times: int

    @property
    def share_bp(self) -> int | None:
        """Attendances done against the measured volume, in basis points."""
        return self.times * 10_000 // self.volume if self.volume else None


def by_kind(purchase: Purchase) -> list[KindLine]:
    """One query."""
    rows: Any = MonthlyTally.objects.filter(purchase=purchase).values("service_kind").annotate(**SUMS)
    found = {row["service_kind"]: row for row in rows}
    return [
        KindLine(kind, found[kind]["records_"], found[kind]["people_"], found[kind]["times_"])
        for kind in ServiceKind.values
        if kind in found
    ]


def by_month(purchase: Purchase) -> tuple[list[date], dict[str, list[int]]]:
    """The latest months with records, and the number of records of each kind in them. One query."""
    rows = MonthlyTally.objects.filter(purchase=purchase).values("month", "service_kind").annotate(n=Sum("records"))
    counts = {(row["month"], row["service_kind"]): row["n"] for row in rows}
    months = sorted({month for month, _kind in counts})[-MONTHS:]
    return months, {kind: [counts.get((month, kind), 0) for month in months] for kind in ServiceKind.values}


def hours(purchase: Purchase, month: date | None) -> list[HoursLine]:
    """Each member's minutes in a month (its first day). Two queries."""
    if month is None:
        return []
    rows: Any = MonthlyTally.objects.filter(purchase=purchase, month=month).values("worker").annotate(**SUMS)
    done = {row["worker"]: (row["direct_"], row["indirect_"]) for row in rows}
    team = TeamMember.objects.filter(purchase=purchase).order_by("code")
    return [HoursLine(month, worker, *done.get(worker.pk, (0, 0))) for worker in team]


def by_item(purchase: Purchase) -> list[ItemLine]:
    """What was done of each service against what was measured as needed for a year. Two queries."""
    rows: Any = MonthlyTally.objects.filter(purchase=purchase).values("item").annotate(**SUMS)
    done = {row["item"]: (row["records_"], row["times_"]) for row in rows}
    needs = ServiceNeed.objects.filter(assessment__purchase=purchase).order_by("pk")
    measured = dict(needs.values_list("service", "volume"))
    names = dict.fromkeys([*measured, *sorted(done)])
    return [ItemLine(name, measured.get(name), *done.get(name, (0, 0))) for name in names]


def told(purchase: Purchase) -> str:
    """The counts as a sentence, to begin a briefing with. One query."""
    lines = [
        _("%(kind)s %(n)s 次，%(times)s 人次")
        % {"kind": ServiceKind(line.kind).label, "n": line.records, "times": line.times}
        for line in by_kind(purchase)
    ]
    return "；".join(lines)


@dataclass(frozen=True)
class Team:
    """The provider's own people and those lent by the street, as they stand; volunteers and how many are paired."""

    own: int
    certified: int
    seconded: int
    volunteers: int
    paired: int


def team(purchase: Purchase, on: date) -> Team:
    """Two queries."""
    own = Q(origin=TeamMember.Origin.OWN)
    valid = Q(certificate_until=None) | Q(certificate_until__gte=on)
    standing = TeamMember.objects.filter(purchase=purchase).exclude(state=TeamMember.State.REPLACED)
    found = standing.aggregate(
        own=Count("pk", filter=own), certified=Count("pk", filter=own & valid & ~Q(certificate="")),
        seconded=Count("pk", filter=~own),
    )  # fmt: skip
    enrolled = Volunteer.objects.filter(purchase=purchase, state=Volunteer.State.ENROLLED)
    helped = enrolled.aggregate(volunteers=Count("pk"), paired=Count("pk", filter=Q(worker__isnull=False)))
    return Team(**found, **helped)


def receipts(purchase: Purchase) -> list[Receipt]:
    """Who has which plan. One query."""
    return list(Receipt.objects.filter(purchase=purchase).select_related("plan", "recipient").order_by("-plan", "pk"))


def records(purchase: Purchase) -> QuerySet[ServiceRecord]:
    """Latest first."""
    return ServiceRecord.objects.filter(purchase=purchase).select_related("worker").order_by("-served_on", "-pk")
