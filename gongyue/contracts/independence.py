"""What may stand between an evaluator and what it evaluates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Organisation, Post, Purchase
from gongyue.ledger.models import Entry

PROVIDER, PERSON, DRAFTER = "provider", "person", "drafter"


class ConflictField(forms.CharField):
    """Computed while the form is checked, whatever is sent: rules name it as input."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, label=_("独立性"))

    def clean(self, value: Any) -> str:
        return ""


def conflict(evaluator: Organisation, provider: Organisation | None, purchase: Purchase, on: date) -> str:
    """Why it is not independent: it is the provider (or bears its name: no credit code is entered twice), one person
    holds a post in both, or it drafted the tender; "" where nothing of the kind is on record. At most two queries."""
    if provider is not None:
        if evaluator.pk == provider.pk or evaluator.name.strip() == provider.name.strip():
            return PROVIDER
        if _people(provider, on) & _people(evaluator, on):
            return PERSON
    drafters = Entry.objects.filter(purchase=purchase.pk, action="tender.draft")
    theirs = Post.objects.filter(organisation=evaluator).values("pk")
    return DRAFTER if drafters.filter(post_id__in=theirs).exists() else ""


def _people(organisation: Organisation, on: date) -> set[int]:
    """Who holds a post there on that day: staff and members of the board alike."""
    held = Post.objects.filter(Q(until=None) | Q(until__gt=on), organisation=organisation, since__lte=on)
    return set(held.values_list("person_id", flat=True))
