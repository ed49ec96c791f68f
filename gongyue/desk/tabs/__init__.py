"""The parts of a purchase's page: the line itself, and beside it what one section of kinds is about."""

from __future__ import annotations

from datetime import date

from gongyue.kernel.actions import in_section, kinds
from gongyue.policy import Regime

from . import (
    circulation,
    disputes,
    evaluation,
    founding,
    line,
    money,
    opening,
    openness,
    planning,
    service,
    supervision,
    vouchers,
)
from .tab import Tab

__all__ = ["TABS", "Tab", "tabs_of"]

TABS: tuple[Tab, ...] = (
    line.TAB, planning.TAB, founding.TAB, opening.TAB, evaluation.TAB, service.TAB, vouchers.TAB, supervision.TAB,
    money.TAB, openness.TAB, disputes.TAB, circulation.TAB,
)  # fmt: skip


def tabs_of(regime: Regime, on: date) -> list[Tab]:
    """The tabs in which this regime has anything to do, on this day where they come with a law."""
    used = {kind.section for kind in kinds() if regime.acts(kind.kind)}
    shown = [tab for tab in TABS if tab is line.TAB or tab.name in used]
    return [tab for tab in shown if not tab.dated or any(regime.who(name, on) for name in in_section(tab.name))]
