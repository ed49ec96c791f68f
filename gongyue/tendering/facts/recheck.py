"""What rules may ask of a check of the totals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.tendering.models import Recheck


@dataclass(frozen=True, slots=True)
class RecheckFacts:
    """The latest check of the totals."""

    open: Annotated[bool, "是否正在复核评标结果"]
    ground: Annotated[str, "复核的情形"]
    after_signing: Annotated[bool, "是否评标报告签署以后的重新评审"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        known = dossier.regime.who("tender.recheck", dossier.today) is not None
        found = dossier.latest(Recheck) if known else None
        if found is None:
            return cls(open=False, ground="", after_signing=False)
        return cls(open=found.concluded_at is None, ground=found.ground, after_signing=found.signed_before)
