"""开标: the keys, the lock and the hall in which sealed bids are opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.desk.hall import Hall

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


def _context(case: CaseFile) -> Mapping[str, Any]:
    return {"hall": Hall(case.dossier, case.post)}


TAB = Tab("opening", _("开标"), "lock-open", body="desk/tabs/opening.html", context=_context, papers=False)
