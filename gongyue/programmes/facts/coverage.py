"""What rules may ask of a count of streets and of rooms found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.models.coverage import InDistrict


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    division: Annotated[str, "所在区划代码"]

    @classmethod
    def of(cls, subject: InDistrict) -> Self:
        return cls(subject.division_id)


@dataclass(frozen=True, slots=True)
class PlaceGate:
    """What rules on either may name."""

    place: PlaceFacts

    @classmethod
    def of(cls, subject: InDistrict, dossier: Dossier) -> Self:
        return cls(PlaceFacts.of(subject))
