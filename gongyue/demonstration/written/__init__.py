"""What people write, a module a room: each gives `PAPERS`, the input of its room's actions where a step gives none."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

__all__ = ["everything", "ready_by"]

READY = date(2010, 8, 25)  # of the streets that began in time


def ready_by(on: date) -> date:
    """The day a street that writes on this one plans to have its rooms ready."""
    return READY if on.year == READY.year else on + timedelta(days=30)


def everything() -> dict[str, Callable[..., dict[str, Any]]]:
    """The papers of every module here; an action is written for once."""
    out: dict[str, Callable[..., dict[str, Any]]] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        papers = import_module(module.name).PAPERS
        if twice := out.keys() & papers.keys():
            raise ValueError(f"{module.name} writes again for {sorted(twice)}")
        out |= papers
    return out
