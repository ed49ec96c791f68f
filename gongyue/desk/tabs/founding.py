"""筹建: sites, staff, siting and whatever makes a centre ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.programmes.facts import SitesFacts, StaffFacts
from gongyue.programmes.models import OperatorEntity, SiteCost

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


def context(case: CaseFile) -> Mapping[str, Any]:
    """Everything from the dossier, which this part reads anyhow."""
    entity, staff = case.dossier.latest(OperatorEntity), StaffFacts.of(case.dossier)
    costs = case.dossier.all(SiteCost)
    return {
        "sites": SitesFacts.of(case.dossier), "entity": entity, "seconded": staff.seconded,
        "own_staff": entity.own_staff(staff.seconded) if entity else None,
        "site_budget_fen": sum(cost.amount_fen for cost in costs), "site_spent_fen": sum(c.spent_fen for c in costs),
    }  # fmt: skip


TAB = Tab("founding", _("筹建"), "building-community", "desk/tabs/founding.html", context)
