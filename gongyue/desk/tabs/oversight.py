"""What oversight shows on the part 评估监督; the part itself is `supervision`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


def context(case: CaseFile) -> Mapping[str, Any]:
    return {}
