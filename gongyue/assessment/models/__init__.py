"""Frameworks, the three series of evaluations, and what follows from them."""

from __future__ import annotations

from .contract import Assessment
from .evaluation import Evaluation, Improvement, Series
from .framework import Framework
from .selfcheck import SelfCheck

__all__ = ["Assessment", "Evaluation", "Framework", "Improvement", "SelfCheck", "Series"]
