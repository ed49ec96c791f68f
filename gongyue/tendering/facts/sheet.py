"""What rules may ask of a score sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from django.db.models import Q

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Bid, ScoreSheet, live

from .tender import TenderFacts, own


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The expert behind a score sheet."""

    conflict: Annotated[bool, "专家本人是否在投标单位任职"]

    @classmethod
    def of(cls, sheet: ScoreSheet, dossier: Dossier) -> Self:
        bidders = [bid.organisation_id for bid in live(dossier.all(Bid), sheet.tender)]
        on = dossier.at.astimezone(LOCAL).date()
        held = Post.objects.filter(
            Q(until=None) | Q(until__gt=on), person=sheet.post.person_id, organisation__in=bidders, since__lte=on
        )
        return cls(conflict=held.exists())


@dataclass(frozen=True, slots=True)
class SheetGate:
    """What rules on a score sheet may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    sheet: SheetFacts

    @classmethod
    def of(cls, sheet: ScoreSheet, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, own(sheet, dossier)), SheetFacts.of(sheet, dossier)
        )
