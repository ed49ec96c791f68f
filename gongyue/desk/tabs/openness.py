"""公开: what was published where, the text to paste elsewhere, and what the provider tells the public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.disclosure import projects
from gongyue.tendering.models import Termination
from gongyue.tendering.queries import changes, clarifications, register

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


def _context(case: CaseFile) -> Mapping[str, Any]:
    told = projects.project(case.purchase, case.dossier)
    rows = [(one, told.channels.get(one.entry, []), projects.ready_text(one)) for one in told.notices]
    return {
        "rows": rows, "public": bool(told.notices), "answers": clarifications(case.dossier, case.post),
        "changes": changes(case.dossier, case.post), "takers": register(case.dossier, case.post),
        "ended": [one for one in case.dossier.all(Termination) if one.visible_to(case.post)],
    }  # fmt: skip


TAB = Tab("openness", _("公开"), "speakerphone", body="desk/tabs/openness.html", context=_context)
