"""What rules may ask of a contract and of its acceptance."""

from .acceptance import AcceptanceFacts, AcceptanceGate
from .checkpoint import CheckpointGate
from .contract import CheckpointFacts, ContractFacts, ContractGate
from .examination import ExaminationFacts, ExaminationGate

__all__ = [
    "AcceptanceFacts",
    "AcceptanceGate",
    "CheckpointFacts",
    "CheckpointGate",
    "ContractFacts",
    "ContractGate",
    "ExaminationFacts",
    "ExaminationGate",
]
