"""购买服务项目: proposed by the street office, approved by the district's finance bureau, which arranges the shares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget import sharing
from gongyue.budget.facts import ItemGate
from gongyue.budget.forms import ApproveItemForm, FileItemForm, ProposeItemForm, ReviewItemForm
from gongyue.budget.models import CatalogueEntry, InvestmentProject, ItemTable, PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import ReasonForm
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain


@action(
    "item.propose", PlanItem, reaches=PlanItem.State.PROPOSED, also_from=[PlanItem.State.RETURNED],
    label=_("申报购买服务项目"), form=ProposeItemForm, facts=ItemGate,
)  # fmt: skip
def propose(
    item: PlanItem, *, at: datetime, actor: Post, dossier: Dossier, year: int, entry: CatalogueEntry | None,
    cites: bool, amount: int, source: str, source_approval: str,
    investment: InvestmentProject | None = None, content: str, goals: str, requirements: str,
) -> None:  # fmt: skip
    """State what is to be bought, for how much (fen) and to what end; and under which entry of the catalogue."""
    item.year, item.amount_fen, item.entry, item.source = year, amount, entry, source
    item.source_approval, item.investment = source_approval, investment
    item.content, item.goals, item.requirements = content, goals, requirements
    item.proposed_on = at.astimezone(LOCAL).date()


@action(
    "item.file", PlanItem, reaches=PlanItem.State.FILED, label=_("填报购买服务项目表"), form=FileItemForm,
    facts=ItemGate,
)  # fmt: skip
def file(
    item: PlanItem, *, at: datetime, actor: Post, dossier: Dossier, table: ItemTable, procurement: bool,
    procurement_budget: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Put it into the year's table, together with its procurement budget where it has one."""
    item.table, item.procurement, item.filed_on = table, procurement, dossier.today
    item.procurement_budget = plain(procurement_budget)


@action(
    "item.review", PlanItem, reaches=PlanItem.State.REVIEWED, label=_("审核项目预算"), form=ReviewItemForm,
    facts=ItemGate,
)  # fmt: skip
def review(item: PlanItem, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """Finance looks at its budget before the congress does."""
    item.reviewed_on, item.review_note = dossier.today, opinion


@action(
    "item.approve", PlanItem, reaches=PlanItem.State.APPROVED, label=_("批复购买服务项目"),
    form=ApproveItemForm, facts=ItemGate, bears=[(Share, Share.State.ARRANGED)],
)  # fmt: skip
def approve(
    item: PlanItem, *, at: datetime, actor: Post, dossier: Dossier, opinion: str, results_weighed: str = ""
) -> Iterable[Share]:
    """Take the item into the year's purchases and arrange what each payer bears of it."""
    item.approved_on = at.astimezone(LOCAL).date()
    item.save()
    payers = sharing.payers(item.purchase)
    return [
        Share.objects.create(
            purchase=item.purchase, item=item, payer=payers[level], amount_fen=amount, state=Share.State.ARRANGED
        )
        for level, amount in sharing.of_item(item, dossier.regime).items()
    ]


@action(
    "item.return", PlanItem, reaches=PlanItem.State.RETURNED,
    sources=[PlanItem.State.PROPOSED, PlanItem.State.FILED, PlanItem.State.REVIEWED], label=_("退回购买服务项目"),
    form=ReasonForm, facts=ItemGate,
)  # fmt: skip
def send_back(item: PlanItem, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Send it back with a reason; it may be proposed again."""
