"""What rules may ask of a contract and of its acceptance."""

from .acceptance import AcceptanceFacts, AcceptanceGate
from .contract import ContractFacts, ContractGate
from .examination import ExaminationFacts, ExaminationGate

__all__ = [
    "AcceptanceFacts",
    "AcceptanceGate",
    "ContractFacts",
    "ContractGate",
    "ExaminationFacts",
    "ExaminationGate",
]
