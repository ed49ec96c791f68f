"""The regulation engine: packs, dated law, conditions, the calendar. It knows nothing of Django or of tables."""

from .campaign import Assignment, Campaign, Target
from .cel import Undetermined
from .duties import wrong_duties
from .entries import (
    Alternative,
    Capacity,
    Citation,
    Dated,
    Disclosure,
    Division,
    Incompatible,
    Instrument,
    Minimum,
    ObligationRule,
    Order,
    Parameter,
    Period,
    Slot,
    Who,
)
from .errors import PackError, PackErrors
from .explain import describe
from .overlay import merge
from .pack import Pack, read_packs
from .packtests import run_pack_tests
from .periods import Calendar, Due, NotYetKnown
from .programme import Line, Mode, Programme, Unit
from .regime import Regime
from .rules import Finding, Rule
from .timetable import Step, Timetable, Wait, earliest, latest_start
from .units import largest_remainder
from .vocabulary import ActionSpec, Vocabulary

__all__ = [
    "ActionSpec",
    "Alternative",
    "Assignment",
    "Calendar",
    "Campaign",
    "Capacity",
    "Citation",
    "Dated",
    "Disclosure",
    "Division",
    "Due",
    "Finding",
    "Incompatible",
    "Instrument",
    "Line",
    "Minimum",
    "Mode",
    "NotYetKnown",
    "ObligationRule",
    "Order",
    "Pack",
    "PackError",
    "PackErrors",
    "Parameter",
    "Period",
    "Programme",
    "Regime",
    "Rule",
    "Slot",
    "Step",
    "Target",
    "Timetable",
    "Undetermined",
    "Unit",
    "Vocabulary",
    "Wait",
    "Who",
    "describe",
    "earliest",
    "largest_remainder",
    "latest_start",
    "merge",
    "read_packs",
    "run_pack_tests",
    "wrong_duties",
]
