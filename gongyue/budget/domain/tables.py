"""购买服务项目表: issued by finance with the budget, closed, and handed back approved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.budget.facts import TableGate
from gongyue.budget.forms import ApproveTableForm, CloseTableForm, OpenTableForm
from gongyue.budget.models import ItemTable
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post

State = ItemTable.State


@action("itemtable.open", ItemTable, reaches=State.OPENED, label=_("下达项目表"), form=OpenTableForm, facts=TableGate)
def open_table(
    table: ItemTable, *, at: datetime, actor: Post, dossier: Dossier, year: int, requirements: str, closes_on: date,
    paper: Any,
) -> None:  # fmt: skip
    """State what the year's purchases must keep to, and until when they are filed."""
    table.year, table.requirements, table.closes_on = year, requirements, closes_on
    table.opened_on = dossier.today


@action("itemtable.close", ItemTable, reaches=State.CLOSED, label=_("截止填报"), form=CloseTableForm, facts=TableGate)
def close(table: ItemTable, *, at: datetime, actor: Post, dossier: Dossier, note: str) -> None:
    """No item is filed in it any more."""
    table.closed_on = dossier.today


@action(
    "itemtable.approve", ItemTable, reaches=State.APPROVED, label=_("随预算批复下达"), form=ApproveTableForm,
    facts=TableGate,
)  # fmt: skip
def approve(
    table: ItemTable, *, at: datetime, actor: Post, dossier: Dossier, congress_on: date, reply_number: str, paper: Any
) -> None:
    """Hand it back with the budget reply, after the congress has approved the budget."""
    table.congress_on, table.reply_number, table.approved_on = congress_on, reply_number, dossier.today
