"""The room's tables: the plan of a street, what makes its centre ready, and what the city does for the whole pilot."""

from .authority import Authority
from .centre import (
    Cooperation,
    OperatorEntity,
    PlanChange,
    Secondment,
    Site,
    SiteCost,
    SiteProblem,
    Siting,
    StaffTransfer,
)
from .city import Norm, NormEdition, Opinion, PilotProgramme, StageReport, Task
from .coverage import SiteCandidate, StreetCount
from .implementation import ImplementationPlan, PanelMember

__all__ = [
    "Authority",
    "Cooperation",
    "ImplementationPlan",
    "Norm",
    "NormEdition",
    "OperatorEntity",
    "Opinion",
    "PanelMember",
    "PilotProgramme",
    "PlanChange",
    "Secondment",
    "Site",
    "SiteCandidate",
    "SiteCost",
    "SiteProblem",
    "Siting",
    "StageReport",
    "StaffTransfer",
    "StreetCount",
    "Task",
]
