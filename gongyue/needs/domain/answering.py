"""Answers to an open questionnaire: kept beside the purchase, once each, until closing takes them in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gongyue.clock import LOCAL
from gongyue.needs.models import Answer, Questionnaire, TurnedAway


class Kept(Enum):
    """What became of an answer."""

    NEW = "new"
    REPEATED = "repeated"  # sent twice: it is there already
    CLOSED = "closed"


def is_kept(questionnaire: Questionnaire, key: UUID) -> bool:
    """Whether the answer of this page is there already."""
    return Answer.objects.filter(questionnaire=questionnaire, key=key).exists()


def answer(questionnaire: Questionnaire, *, key: UUID, data: Mapping[str, Any], at: datetime) -> Kept:
    """Keep one answer, unless the questionnaire takes none any more. Its row is held, so none slips past closing."""
    with transaction.atomic():
        locked = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
        if is_kept(locked, key):
            return Kept.REPEATED
        if not locked.takes_answers(at.astimezone(LOCAL).date()):
            return Kept.CLOSED
        Answer.objects.create(questionnaire=locked, key=key, data=dict(data), at=at)
        return Kept.NEW


def turn_away(questionnaire: Questionnaire) -> None:
    """Count one that was not taken, because too many came from one place."""
    TurnedAway.objects.get_or_create(questionnaire=questionnaire)
    TurnedAway.objects.filter(questionnaire=questionnaire).update(times=F("times") + 1)
