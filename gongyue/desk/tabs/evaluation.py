"""评审: the committee that evaluates the bids, how far it is, and what it found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.tendering.panelpage import panel_page

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile

WHOLE = 100  # percent


def _context(case: CaseFile) -> Mapping[str, Any]:
    return {"panel": panel_page(case.dossier, case.post, case.roles, tried_bp=_tried(case.tried.get("apart", "")))}


def _tried(percent: str) -> int | None:
    """A share that the reader would have scores flagged from (whole percent), in basis points."""
    return int(percent) * 100 if percent.isdecimal() and 0 < int(percent[:4]) <= WHOLE else None


TAB = Tab("evaluation", _("评审"), "gavel", body="desk/tabs/evaluation.html", context=_context, dated=True)
