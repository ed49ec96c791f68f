"""Filters that put names in place of codes, for the workbench and the public site alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from gongyue.desk import citations, hall, words
from gongyue.kernel.models import Division

register = template.Library()


@register.filter
def anchor(cite: str) -> str:
    """The name of an article's place on its regime's page."""
    return citations.anchor(cite)


@register.filter
def kind_name(kind: str) -> str:
    """A kind of subject in words."""
    return words.kind_name(kind)


@register.filter
def stage_state(stage: str) -> str:
    """The milestone of `kind:state` in words."""
    return words.stage_state(stage)


@register.filter
def level_name(level: str) -> str:
    """A level of division in words; what is none stays as it is."""
    return str(Division.Level(level).label) if level in Division.Level.values else level


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key that the template knows only by another name; None: nothing."""
    return mapping.get(key)


@register.filter
def part_name(part: str) -> str:
    """A part of a sealed bid in words."""
    return hall.part_name(part)
