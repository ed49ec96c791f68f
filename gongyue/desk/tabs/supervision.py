"""评估监督: supervision, spot checks, evaluations and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from . import assessment, oversight
from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


def context(case: CaseFile) -> Mapping[str, Any]:
    """Each of the two halves of this part under a name of its own."""
    return {"assessment": assessment.context(case), "oversight": oversight.context(case)}


TAB = Tab("supervision", _("评估监督"), "clipboard-check", "desk/tabs/assessment.html", context)
