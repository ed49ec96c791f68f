"""服务: what the provider does for its clients, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from gongyue.delivery import queries
from gongyue.delivery.models import (
    BriefingCycle,
    Client,
    Contact,
    Coordination,
    Partner,
    Referral,
    ServiceKind,
    ServicePlan,
    ServiceRecord,
    TeamMember,
    Volunteer,
)
from gongyue.delivery.models.service import Service, contract_in_force
from gongyue.desk.charts import Chart, Series
from gongyue.kernel.models import Subject

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile

LISTS: tuple[type[Service], ...] = (
    ServiceRecord, TeamMember, Volunteer, Client, Referral, Partner, Coordination, Contact,
)  # fmt: skip
REGISTERED: tuple[type[Subject], ...] = (*LISTS, ServicePlan, BriefingCycle)


def context(case: CaseFile) -> Mapping[str, Any]:
    """Sums come from the monthly tallies: as many queries with a hundred thousand records as with one."""
    contract = contract_in_force(case.dossier)
    if contract is None:
        return {"contract": None, "unbought": not case.purchase.bought, "mode": case.mode}
    purchase = case.purchase
    months, counts = queries.by_month(purchase)
    labels = [f"{month:%Y-%m}" for month in months]
    month = months[-1] if months else None
    hours = queries.hours(purchase, month)
    items = queries.by_item(purchase)
    provider = contract.provider_id == case.post.organisation_id
    return {
        "contract": contract, "provider": provider, "kinds": queries.by_kind(purchase), "month": month,
        "labels": dict(ServiceKind.choices), "items": items, "hours": hours, "team": queries.team(purchase, case.today),
        "receipts": queries.receipts(purchase), "plans": case.dossier.all(ServicePlan),
        "cycle": case.dossier.latest(BriefingCycle),
        "has": {kind.kind: case.dossier.regime.acts(kind.kind) for kind in REGISTERED},
        "lists": [
            (kind.kind, kind.called)
            for kind in LISTS
            if case.dossier.regime.acts(kind.kind) and (kind is not Client or provider)
        ],
        "monthly": Chart(
            _("每月服务记录"), labels, [Series(kind.label, counts[kind.value]) for kind in ServiceKind], kind="stack"
        ),
        "time": Chart(
            _("本月工时（小时）"), [line.worker.code for line in hours],
            [
                Series(_("直接"), [line.direct // 60 for line in hours]),
                Series(_("间接"), [line.indirect // 60 for line in hours]),
                Series(_("约定"), [line.agreed // 60 for line in hours]),
            ],
        ),
    }  # fmt: skip


TAB = Tab("service", _("服务"), "heart-handshake", "desk/parts/service.html", context)
