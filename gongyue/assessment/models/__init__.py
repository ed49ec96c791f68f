"""Frameworks, the three series of evaluations, and what follows from them."""

from __future__ import annotations

from .contract import Assessment
from .evaluation import Evaluation, Improvement, Series
from .framework import Framework
from .performance import Performance, PerformanceView
from .selfcheck import SelfCheck

__all__ = [
    "Assessment",
    "Evaluation",
    "Framework",
    "Improvement",
    "Performance",
    "PerformanceView",
    "SelfCheck",
    "Series",
]
