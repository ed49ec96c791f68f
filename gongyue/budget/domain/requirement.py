"""采购需求与采购实施计划: written by one, reviewed by another within the purchaser, before a method is chosen.

The tables stand in `needs`; the verbs here, because their rules ask what the item comes to. What sends one back stands
in `tendering`, because documents may rest on it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget.facts import RequirementGate
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain
from gongyue.needs.forms import BuyingPlanForm, RequirementForm, ReviewForm
from gongyue.needs.models import BuyingPlan, Requirement, ServiceStandard

Rows = list[dict[str, Any]]
State = Requirement.State


@action(
    "requirement.draft", Requirement, reaches=State.DRAFTED, also_from=[State.RETURNED], label=_("编制采购需求"),
    form=RequirementForm, facts=RequirementGate,
)  # fmt: skip
def draft(
    requirement: Requirement, *, at: datetime, actor: Post, dossier: Dossier, goal: str, policies: str,
    central: bool, standard: ServiceStandard | None, standards: Rows, no_standard: str, quantity: str, term: str,
    clients: str, content: str, quality: str, team: str,
    indicators: Rows, indefinite: bool, indefinite_reason: str, nature: str, assessment: Rows, acceptance: Rows,
    payment_link: str, service_time: str, location: str, handover: str, unforeseen: str, settlement: str,
    uncertain: Rows, other: str, intricate: bool, researched_before: str, urgent_reason: str, paper: Any,
) -> None:  # fmt: skip
    """Write one more edition of it, part by part."""
    row = requirement
    row.goal, row.policies = goal, policies
    row.central, row.standard = central, standard
    row.standards, row.no_standard = plain(standards), no_standard
    row.quantity, row.term, row.clients = quantity, term, clients
    row.content, row.quality, row.team, row.indicators = content, quality, team, plain(indicators)
    row.indefinite, row.indefinite_reason = indefinite, indefinite_reason
    row.nature, row.assessment, row.acceptance = nature, plain(assessment), plain(acceptance)
    row.payment_link, row.uncertain = payment_link, plain(uncertain)
    row.service_time, row.location, row.handover = service_time, location, handover
    row.unforeseen, row.settlement, row.other = unforeseen, settlement, other
    row.intricate, row.researched_before, row.urgent_reason = intricate, researched_before, urgent_reason
    row.edition, row.drafted_on = row.edition + 1, dossier.today
    row.review_kind, row.reviewed_on, row.opinion = "", None, ""
    row.members, row.general, row.key_checks = [], [], []


@action(
    "requirement.review", Requirement, reaches=State.REVIEWED, label=_("审查采购需求"), form=ReviewForm,
    facts=RequirementGate,
)  # fmt: skip
def review(
    requirement: Requirement, *, at: datetime, actor: Post, dossier: Dossier, review_kind: str, reviewed_on: date,
    members: Rows, general: Rows, key_checks: Rows, opinion: str, record: Any,
) -> None:  # fmt: skip
    """Find it sound: who sat, what was looked at, what each found."""
    requirement.review_kind, requirement.reviewed_on, requirement.opinion = review_kind, reviewed_on, opinion
    requirement.members, requirement.general = plain(members), plain(general)
    requirement.key_checks = plain(key_checks)


def plan(
    buyingplan: BuyingPlan, *, at: datetime, actor: Post, dossier: Dossier, ceiling: int, schedule: str,
    organised: str, lots: str, qualification: str, way: str, rules: str, contract_kind: str, pricing: str,
    pricing_reason: str, terms: str, check_plan: str, controls: str, risks: Rows, paper: Any,
) -> None:  # fmt: skip
    """Arrange how the contract is concluded and managed; `ceiling` in fen."""
    row = buyingplan
    row.ceiling_fen, row.schedule, row.organised, row.lots = ceiling, schedule, organised, lots
    row.qualification, row.way, row.rules = qualification, way, rules
    row.contract_kind, row.pricing, row.pricing_reason = contract_kind, pricing, pricing_reason
    row.terms, row.check_plan, row.controls, row.risks = terms, check_plan, controls, plain(risks)
    row.drafted_on = dossier.today


DRAFTED = BuyingPlan.State.DRAFTED
action("buyingplan.draft", BuyingPlan, reaches=DRAFTED, label=_("编制采购实施计划"), form=BuyingPlanForm,
       facts=RequirementGate)(plan)  # fmt: skip
action("buyingplan.revise", BuyingPlan, reaches=None, sources=[DRAFTED], label=_("修改采购实施计划"),
       form=BuyingPlanForm, facts=RequirementGate)(plan)  # fmt: skip
