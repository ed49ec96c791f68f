"""What people write, a module a room: each gives `PAPERS`, the input of its room's actions where a step gives none."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["everything"]


def everything() -> dict[str, Callable[..., dict[str, Any]]]:
    """The papers of every module here; an action is written for once."""
    out: dict[str, Callable[..., dict[str, Any]]] = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        papers = import_module(module.name).PAPERS
        if twice := out.keys() & papers.keys():
            raise ValueError(f"{module.name} writes again for {sorted(twice)}")
        out |= papers
    return out
