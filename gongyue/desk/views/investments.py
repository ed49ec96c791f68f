"""政府投资计划: what a level invests in, and which suitable projects stand in a purchase plan."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from gongyue.budget.investments import taken
from gongyue.budget.models import InvestmentPlan, InvestmentProject, PlanItem
from gongyue.desk.context import opens
from gongyue.desk.paging import page
from gongyue.desk.session import DeskRequest, at_desk
from gongyue.desk.visible import may
from gongyue.kernel import regimes
from gongyue.kernel.offers import Offer, offers

DRAFT = "investment.draft"


@dataclass(frozen=True)
class Shown:
    """A plan with its projects, the items that each was brought into, and what its own office may do next."""

    plan: InvestmentPlan
    rows: list[tuple[InvestmentProject, list[PlanItem]]]
    offers: list[Offer]


@at_desk
def investments(request: DeskRequest) -> HttpResponse:
    """Those of the reader's level and above; a draft its own office alone."""
    post = request.post
    regime = regimes.current(post.organisation.regime_code)
    if not opens("investments", post.organisation) or not regime.acts(InvestmentPlan.kind):
        raise Http404
    here = post.organisation.division.path.strip("/").split("/")
    rows = InvestmentPlan.objects.filter(office__division__in=here).select_related("office__division")
    if not may([DRAFT], post, regime):
        rows = rows.exclude(state=InvestmentPlan.State.DRAFTED)
    found = page(rows.order_by("-year", "office"), request)
    context = {"page": found, "plans": [_shown(plan, request) for plan in found.rows],
               "may_draft": bool(may([DRAFT], post, regime))}  # fmt: skip
    return render(request, "desk/investments.html", context)


def _shown(plan: InvestmentPlan, request: DeskRequest) -> Shown:
    projects = list(plan.projects.order_by("pk"))
    items = taken(projects)
    mine = [one for one in offers(plan, actor=request.post, at=request.legal_now) if one.mine]
    return Shown(plan, [(one, items.get(one.pk, [])) for one in projects], mine)
