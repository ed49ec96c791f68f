"""What oversight shows on the part 评估监督; the part itself is `supervision`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongyue.desk.words import kind_name
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
    def names(self) -> list[str]:
        return [record_name(key) for key in self.check.drawn]


def record_name(key: str) -> str:
    """`case:12` → 个案 12; an instalment, which is no subject, by its number."""
    kind, _colon, number = key.partition(":")
    return _("第 %(n)s 期") % {"n": number} if kind == "instalment" else f"{kind_name(kind)} {number}"


def context(case: CaseFile) -> Mapping[str, Any]:
    """The latest logs, every check, what is to be put right. Two queries beside the dossier."""
    if not case.regime.acts("supervision"):
        return {}
    checks = [Drawn(one) for one in case.dossier.all(SpotCheck) if one.drawn]
    return {
        "logs": list(logs(case.purchase)[:SHOWN]), "checks": checks,
        "follow_ups": list(follow_ups(case.purchase)[: 2 * SHOWN]), "today": case.today,
    }  # fmt: skip
