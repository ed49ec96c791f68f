"""Contracts, what is agreed beside them, and what belongs to one of them."""

from .acceptance import Acceptance
from .amendment import Amendment, TopUp
from .checkpoint import Checkpoint
from .contract import Contract, Instalment, Moment, ToldApart, current, filed, in_force, standing
from .examination import Examination
from .under import UnderContract

__all__ = [
    "Acceptance",
    "Amendment",
    "Checkpoint",
    "Contract",
    "Examination",
    "Instalment",
    "Moment",
    "ToldApart",
    "TopUp",
    "UnderContract",
    "current",
    "filed",
    "in_force",
    "standing",
]
