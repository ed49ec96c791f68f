"""A centre's sites: registered, made ready, one of them the head office; their money, their place in the plans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post, Subject
from gongyue.programmes.facts import FoundingGate, SiteGate
from gongyue.programmes.forms.centre import (
    EmptyForm,
    LayoutForm,
    ReadyForm,
    SiteCostForm,
    SiteForm,
    SitingForm,
    SpendForm,
)
from gongyue.programmes.models import Site, SiteCost, Siting

State = Site.State


@action("site.register", Site, reaches=State.REGISTERED, label=_("登记场地"), form=SiteForm, facts=SiteGate)
def register(
    site: Site, *, at: datetime, actor: Post, dossier: Dossier, name: str, address: str, site_kind: str, area: int,
    is_head: bool, planned_on: date, access: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """One site of the centre's network."""
    site.name, site.address, site.site_kind, site.area = name, address, site_kind, area
    site.is_head, site.planned_on, site.access = is_head, planned_on, access
    return None


@action("site.ready", Site, reaches=State.READY, label=_("确认场地就绪"), form=ReadyForm, facts=SiteGate)
def ready(
    site: Site, *, at: datetime, actor: Post, dossier: Dossier, ready_on: date, paper: Any
) -> Iterable[Subject] | None:
    site.ready_on = ready_on
    return None


@action("site.lead", Site, reaches=None, label=_("改为总部"), form=EmptyForm, facts=SiteGate)
def lead(site: Site, *, at: datetime, actor: Post, dossier: Dossier) -> Iterable[Subject] | None:
    """This one is the head office from now on, and no other."""
    Site.objects.filter(purchase=site.purchase, is_head=True).exclude(pk=site.pk).update(is_head=False)
    site.is_head = True
    return None


@action(
    "site.close", Site, reaches=State.CLOSED, label=_("停用场地"), form=ReasonForm, facts=SiteGate,
    sources=[State.REGISTERED, State.READY],
)  # fmt: skip
def close(site: Site, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> Iterable[Subject] | None:
    site.closed_reason = reason
    return None


@action(
    "sitecost.budget", SiteCost, reaches=SiteCost.State.BUDGETED, label=_("列入场地建设经费"), form=SiteCostForm,
    facts=FoundingGate,
)  # fmt: skip
def budget(
    cost: SiteCost, *, at: datetime, actor: Post, dossier: Dossier, year: int, purpose: str, budget_number: str,
    amount: int,
) -> Iterable[Subject] | None:  # fmt: skip
    """A line of the payer's own budget (fen): beside the grant, of which nothing is touched."""
    cost.payer, cost.year, cost.purpose = actor.organisation, year, purpose
    cost.budget_number, cost.amount_fen = budget_number, amount
    return None


@action("sitecost.spend", SiteCost, reaches=None, label=_("登记场地经费支出"), form=SpendForm, facts=FoundingGate)
def spend(
    cost: SiteCost, *, at: datetime, actor: Post, dossier: Dossier, amount: int, voucher: str
) -> Iterable[Subject] | None:
    """So much of the line was spent (fen); the voucher's number is in the ledger."""
    cost.spent_fen += amount
    return None


@action(
    "siting.record", Siting, reaches=Siting.State.RECORDED, label=_("登记选址与布局"), form=SitingForm,
    facts=FoundingGate, also_from=[Siting.State.RECORDED],
)  # fmt: skip
def record_siting(
    siting: Siting, *, at: datetime, actor: Post, dossier: Dossier, radius: int, population: int, conditions: str,
    build_stage: str, economic_plan: str,
) -> Iterable[Subject] | None:  # fmt: skip
    """Radius and population it is meant for, and how far it is built; again whenever that changes."""
    siting.radius, siting.population, siting.conditions = radius, population, conditions
    siting.build_stage, siting.economic_plan = build_stage, economic_plan
    siting.recorded_on = at.astimezone(LOCAL).date()
    return None


@action("siting.enter", Siting, reaches=None, label=_("登记规划依据"), form=LayoutForm, facts=FoundingGate)
def enter(
    siting: Siting, *, at: datetime, actor: Post, dossier: Dossier, layout_plan: str, control_plan: str
) -> Iterable[Subject] | None:
    """The plans that the centre's place was entered in, by whoever keeps them."""
    siting.layout_plan, siting.control_plan = layout_plan, control_plan
    return None
