"""The parts of a purchase's page: the line itself, and beside it what one section of kinds is about."""

from __future__ import annotations

from gongyue.kernel.actions import kinds
from gongyue.policy import Regime

from . import circulation, founding, line, money, openness, planning, service, supervision
from .tab import Tab

__all__ = ["TABS", "Tab", "tabs_of"]

TABS: tuple[Tab, ...] = (
    line.TAB, planning.TAB, founding.TAB, service.TAB, supervision.TAB, money.TAB, openness.TAB, circulation.TAB,
)  # fmt: skip


def tabs_of(regime: Regime) -> list[Tab]:
    """The tabs in which this regime has anything to do."""
    used = {kind.section for kind in kinds() if regime.acts(kind.kind)}
    return [tab for tab in TABS if tab is line.TAB or tab.name in used]
