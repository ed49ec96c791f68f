"""How far centres have come over a city: streets with one against all streets, and what is bought of the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from gongyue.clock import LOCAL
from gongyue.kernel.models import Division, Purchase
from gongyue.policy import Programme, Target
from gongyue.programmes.models import ImplementationPlan, StreetCount

WHOLE = 10_000  # basis points


@dataclass(frozen=True, slots=True)
class Covered:
    """One district (or, with none, the whole city) in one year: streets with a centre, and all of them where counted.

    A street has a centre from the year in which its implementation plan was approved.
    """

    division: Division | None
    year: int
    centres: int
    streets: int | None
    target: Target | None

    @property
    def share_bp(self) -> int | None:
        """Rounded down; unknown while nobody has counted the streets."""
        return self.centres * WHOLE // self.streets if self.streets else None

    @property
    def reached(self) -> bool | None:
        """Whether that year's target is met; None where there is none or it cannot be told."""
        if self.target is None or not self.streets:
            return None
        return bool(self.centres * WHOLE >= self.streets * self.target.share_bp)


def coverage(programme: Programme, regime: str, year: int) -> list[Covered]:
    """Every district of the programme in a year, then the city as a whole. Three queries.

    The city's streets are known once every one of these districts has been counted for that year.
    """
    codes = list(dict.fromkeys(unit.district for unit in programme.units))
    places = Division.objects.in_bulk(codes)
    counted = dict(
        StreetCount.objects.filter(regime=regime, year=year, division__in=codes).values_list("division", "streets")
    )
    centres = _centres(regime, year)
    target = programme.campaign.target(year)
    rows = [Covered(places[code], year, centres[code], counted.get(code), target) for code in codes if code in places]
    whole = sum(counted.values()) if len(counted) == len(codes) else None
    return [*rows, Covered(None, year, sum(centres[code] for code in codes), whole, target)]


def _centres(regime: str, year: int) -> Counter[str]:
    """Streets with an approved plan by the end of a year, by their district."""
    approved = ImplementationPlan.objects.filter(
        purchase__regime=regime, state=ImplementationPlan.State.APPROVED, approved_on__lte=date(year, 12, 31)
    )
    streets = approved.values_list("purchase__division", "purchase__division__parent").distinct()
    return Counter(district for _street, district in streets if district)


@dataclass(frozen=True, slots=True)
class Provision:
    """The projects open in one year: bought from social organisations, or provided directly."""

    year: int
    bought: int
    direct: int

    @property
    def bought_bp(self) -> int | None:
        """The share that is bought, rounded down."""
        every = self.bought + self.direct
        return self.bought * WHOLE // every if every else None


def provision(regime: str, years: Iterable[int]) -> list[Provision]:
    """Year by year, over every project that had been opened by its end. One query."""
    wanted = list(years)
    counts = {
        f"{kind}_{year}": Count("pk", filter=Q(opened_at__lt=datetime(year + 1, 1, 1, tzinfo=LOCAL), bought=bought))
        for year in wanted
        for kind, bought in (("bought", True), ("direct", False))
    }
    found = Purchase.objects.filter(regime=regime).aggregate(**counts)
    return [Provision(year, found[f"bought_{year}"], found[f"direct_{year}"]) for year in wanted]
