"""What oversight shows on the part 评估监督; the part itself is `supervision`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString

from gongyue.desk.papers import record_link
from gongyue.oversight.models import SpotCheck
from gongyue.oversight.queries import follow_ups, logs

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile

SHOWN = 10


@dataclass(frozen=True)
class Drawn:
    """A check that was drawn, with its records as people call them."""

    check: SpotCheck

    @property
    def names(self) -> list[SafeString]:
        return [record_link(self.check.purchase_id, key) for key in self.check.drawn]


def context(case: CaseFile) -> Mapping[str, Any]:
    """The latest logs, every check, what is to be put right. Two queries beside the dossier."""
    if not case.regime.acts("supervision"):
        return {}
    checks = [Drawn(one) for one in case.dossier.all(SpotCheck) if one.drawn]
    return {
        "logs": list(logs(case.purchase)[:SHOWN]), "checks": checks,
        "follow_ups": list(follow_ups(case.purchase)[: 2 * SHOWN]), "today": case.today,
    }  # fmt: skip
