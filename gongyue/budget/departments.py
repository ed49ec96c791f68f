"""Of what departments have, what goes into buying services, year on year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from gongyue.kernel.models import Division, Organisation

from .models import DepartmentBudget, Fund, PlanItem
from .models.department import WHOLE


@dataclass(frozen=True)
class YearShare:
    """A year's sums in fen; shares in basis points. `change_bp` None: nothing of the year before is on record."""

    year: int
    total_fen: int
    purchase_fen: int
    change_bp: int | None
    pk: int = 0  # of one department's row

    @property
    def share_bp(self) -> int:
        return self.purchase_fen * WHOLE // self.total_fen

    @property
    def grew(self) -> bool:
        return self.change_bp is not None and self.change_bp > 0


@dataclass(frozen=True)
class DepartmentShares:
    """One department, the latest year first; `finance`: the key of the bureau that keeps its budget."""

    department: Organisation
    finance: int
    years: list[YearShare]


def departments(place: Division) -> QuerySet[DepartmentBudget]:
    """What is on record of the departments of a place and of those below it."""
    rows = DepartmentBudget.objects.filter(finance__division__path__startswith=place.path)
    return rows.select_related("department__division").order_by("department__division__path", "department", "-year")


def shares(rows: QuerySet[DepartmentBudget]) -> list[DepartmentShares]:
    """Each department's years. One query."""
    found: dict[int, list[DepartmentBudget]] = defaultdict(list)
    for row in rows:
        found[row.department_id].append(row)
    return [
        DepartmentShares(
            several[0].department, several[0].finance_id,
            years([(r.year, r.total_fen, r.purchase_fen, r.pk) for r in several]),
        )
        for several in found.values()
    ]  # fmt: skip


def together(rows: QuerySet[DepartmentBudget]) -> list[YearShare]:
    """All of them as one, the latest year first: of each year the departments that have figures of it."""
    sums = rows.order_by().values("year").annotate(total=Sum("total_fen"), purchase=Sum("purchase_fen"))
    return years([(row["year"], row["total"], row["purchase"], 0) for row in sums])


def years(sums: list[tuple[int, int, int, int]]) -> list[YearShare]:
    """(year, total, of it for purchases, key) with the change of the share against the year just before."""
    bp = {year: purchase * WHOLE // total for year, total, purchase, _pk in sums}
    return [
        YearShare(year, total, purchase, bp[year] - bp[year - 1] if year - 1 in bp else None, pk)
        for year, total, purchase, pk in sorted(sums, reverse=True)
    ]


def left_fen(item: PlanItem, department: Organisation | None) -> int | None:
    """What the department's budget of the item's year still holds for purchases beside its other approved items; None:
    nothing is on record. Earmarked money is no part of it."""
    row = DepartmentBudget.objects.filter(department=department, year=item.year).first() if item.year else None
    if row is None or department is None:
        return None
    others = PlanItem.objects.filter(
        purchase__opened_by=department, year=item.year, state=PlanItem.State.APPROVED,
        source__in=["", Fund.Nature.GENERAL],
    ).exclude(pk=item.pk)  # fmt: skip
    return row.purchase_fen - (others.aggregate(sum=Sum("amount_fen"))["sum"] or 0)
