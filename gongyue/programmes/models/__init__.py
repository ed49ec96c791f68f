"""The room's tables: the plan of a street, and what the city does for the whole pilot."""

from .city import Norm, NormEdition, Opinion, PilotProgramme, Task
from .implementation import ImplementationPlan, PanelMember

__all__ = ["ImplementationPlan", "Norm", "NormEdition", "Opinion", "PanelMember", "PilotProgramme", "Task"]
