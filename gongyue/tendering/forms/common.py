"""Small fields that the room's forms share."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms

LONG = 20_000


F = TypeVar("F", bound=forms.Field)


def sealed(field: F) -> F:
    """Its value is only committed to in the ledger's leaf, and no rule sees it."""
    field.sealed = True  # type: ignore[attr-defined]
    return field


def personal(field: F) -> F:
    """As `sealed`, because it names people."""
    field.personal = True  # type: ignore[attr-defined]
    return field


def text(label: Any, *, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **options)


class FrozenField(forms.Field):
    """Not asked: what was typed is ignored, the form itself puts in what stands on record."""

    widget = forms.HiddenInput
    opaque = True  # rules ask facts about it

    def clean(self, value: Any) -> Any:
        return {}
