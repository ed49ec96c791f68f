"""What every room of the house has in common when Django starts."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class Room(AppConfig):
    """An app whose verbs register themselves: every module of its `domain` package is imported at start.

    In `apps.py` write `from gongyue.kernel import rooms` and subclass `rooms.Room`: Django takes every
    AppConfig it finds in that module's namespace for a candidate, so the base class must not stand in it.
    """

    def ready(self) -> None:
        domain = f"{self.name}.domain"
        if find_spec(domain) is None:
            return
        for module in pkgutil.iter_modules(import_module(domain).__path__, f"{domain}."):
            import_module(module.name)
