"""公文: papers between offices, with their opinions in order, their numbers and their receipts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.circulation.queries import sheets

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


def _context(case: CaseFile) -> Mapping[str, Any]:
    return {"sheets": sheets(case.dossier)}


TAB = Tab("papers", _("公文"), "file-text", body="desk/tabs/circulation.html", context=_context, papers=False)
