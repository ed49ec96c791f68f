"""Who bears how much: a programme's annex where it lists the street; otherwise the finance bureau of the purchaser's
own level alone, or the district's where the regime knows no other."""

from __future__ import annotations

from django.db.models import QuerySet

from gongyue.kernel.models import Division, Organisation, Purchase, Role
from gongyue.policy import Regime, Unit, largest_remainder
from gongyue.programmes.streets import unit_in

from .models import Fund, ItemTable, PlanItem, Share
from .models.fund import EARMARKED

LEVELS = (Division.Level.CITY, Division.Level.DISTRICT)  # of the payers in a programme's annex
OWN = "finance"  # the capacity of whoever pays alone, where the regime has it: finance at the purchaser's own level


def unit_of(purchase: Purchase, regime: Regime) -> Unit | None:
    """The street's row in the annex of the programme it takes part in; None where there is no such row."""
    programme = regime.programmes.get(purchase.programme)
    return unit_in(programme, purchase.division) if programme else None


def split(amount_fen: int, unit: Unit | None) -> dict[str, int]:
    """What each level bears, in fen, those that bear nothing left out; the parts sum to the amount exactly.

    The whole grant is shared as the annex states it, any other amount by its ratio, the odd fen by largest remainder.
    """
    if unit is None:
        return {"district": amount_fen}
    exact = unit.shares if amount_fen == unit.total_fen else largest_remainder(amount_fen, unit.ratio_bp)
    return {level: fen for level, fen in exact.items() if fen}


def of_item(item: PlanItem, regime: Regime) -> dict[str, int]:
    unit = unit_of(item.purchase, regime)
    if unit is None and OWN in regime.capacities:
        return {OWN: item.amount_fen}
    return split(item.amount_fen, unit)


def payers(purchase: Purchase) -> dict[str, Organisation]:
    """The finance organisation of each level in this purchase, whatever its regime calls that capacity; and the one
    that pays alone."""
    roles = Role.objects.filter(
        purchase=purchase, organisation__organisation_kind=Organisation.Kind.FINANCE, until=None
    ).select_related("organisation__division")
    found: dict[str, Organisation] = {}
    for role in roles.order_by("-pk"):
        if role.organisation.division.level in LEVELS:
            found[str(role.organisation.division.level)] = role.organisation
        if role.capacity == OWN:
            found[OWN] = role.organisation
    return found


def fund_rows(share: Share) -> QuerySet[Fund]:
    """The one line a share is committed against: the payer's, of that year and programme, of the nature that the item
    names as its source; none once it was carried."""
    rows = Fund.objects.filter(
        payer=share.payer_id, year=share.item.year, programme=share.purchase.programme,
        purpose=Fund.Purpose.PROGRAMME, carried_to=None,
    )  # fmt: skip
    return of_nature(rows, share.purchase.programme, share.item.source)


def of_nature(rows: QuerySet[Fund], programme: str, nature: str) -> QuerySet[Fund]:
    """A programme's line whatever its nature; beside any programme the line of this earmarked nature, or the one that
    is not earmarked."""
    if programme:
        return rows
    return rows.filter(nature=nature) if nature in EARMARKED else rows.exclude(nature__in=EARMARKED)


def held_in(fund: Fund) -> Fund:
    """The line that holds a promise of this one now: itself, or the one it was carried to; not locked."""
    while fund.carried_to is not None:
        fund = fund.carried_to
    return fund


def holding_rows(share: Share) -> QuerySet[Fund]:
    """The one line that holds a committed share now, for locking; none while it is not committed."""
    return Fund.objects.filter(pk=held_in(share.fund).pk) if share.fund else Fund.objects.none()


def tables_of(purchase: Purchase) -> QuerySet[ItemTable]:
    """The item tables of the purchase's own finance bureau, the latest year first."""
    found = payers(purchase)
    finance = found.get(OWN) or found.get(str(purchase.division.level))
    return ItemTable.objects.filter(finance=finance).order_by("-year") if finance else ItemTable.objects.none()


def next_line(fund: Fund) -> QuerySet[Fund]:
    """The one line into which money of this one may be carried: the same payer's, of the year after, for the same."""
    rows = Fund.objects.filter(payer=fund.payer_id, year=fund.year + 1, programme=fund.programme, purpose=fund.purpose)
    return of_nature(rows, fund.programme, fund.nature)
