"""What a regime says of services in general: the classes it tells apart, and the matters that may not be bought."""

from __future__ import annotations

from gongyue.policy import Regime

Words = dict[str, dict[str, str]]  # by id, in both languages


def service_classes(regime: Regime) -> Words:
    """The classes of service, in the pack's order; empty where it tells none apart."""
    return _of_kind(regime, "service_class")


def excluded_matters(regime: Regime) -> Words:
    """What may not be bought; empty where the regime names nothing."""
    return _of_kind(regime, "excluded_matter")


def _of_kind(regime: Regime, kind: str) -> Words:
    return {key: entry["name"] for key, entry in regime.catalogue.items() if entry.get("kind") == kind}
