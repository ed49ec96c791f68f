"""Which pilot street a place is: the programmes of a regime list streets by district and name."""

from __future__ import annotations

from gongyue.kernel.findings import language
from gongyue.kernel.models import Division
from gongyue.policy import Mode, Programme, Regime, Unit


def listing(place: Division, regime: Regime) -> tuple[Programme, Unit] | None:
    """The programme that lists this place, and its row; None where no programme of the regime does."""
    for programme in regime.programmes.values():
        if unit := unit_in(programme, place):
            return programme, unit
    return None


def unit_in(programme: Programme, place: Division) -> Unit | None:
    return programme.unit(place.parent_id, place.name) if place.parent_id else None


def programme_for(place: Division, regime: Regime) -> Programme | None:
    """The programme a purchase in this place belongs to: the one that lists it, else the regime's first."""
    found = listing(place, regime)
    return found[0] if found else next(iter(regime.programmes.values()), None)


def mode_in(regime: Regime, mode: str) -> Mode | None:
    """The mode of that id in a programme of the regime."""
    found = (programme.modes[mode] for programme in regime.programmes.values() if mode in programme.modes)
    return next(found, None)


def modes_of(regime: Regime) -> dict[str, str]:
    """The modes that the regime's programmes know, by id, in their own words."""
    return {
        name: str(mode.name[language()])
        for programme in regime.programmes.values()
        for name, mode in programme.modes.items()
    }
