"""资金: how the money was used, withheld, recovered and given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongyue.desk.charts import Chart, Series
from gongyue.payments.models import Refund, SpendingReport, UsePlan

from .tab import Tab

if TYPE_CHECKING:
    from gongyue.desk.casefile import CaseFile


@dataclass(frozen=True)
class Heading:
    """One heading of a provider's budget, in fen; `left_fen` is negative where more was spent than budgeted."""

    name: str
    budget_fen: int
    spent_fen: int

    @property
    def left_fen(self) -> int:
        return self.budget_fen - self.spent_fen

    @property
    def over(self) -> bool:
        return self.left_fen < 0


@dataclass(frozen=True)
class Account:
    """The provider's account of one contract."""

    plan: UsePlan
    headings: list[Heading]

    @property
    def chart(self) -> Chart:
        return Chart(
            title=_("预算与支出"), categories=[row.name for row in self.headings], unit="fen", lying=True,
            series=[
                Series(_("预算"), [row.budget_fen for row in self.headings]),
                Series(_("支出"), [row.spent_fen for row in self.headings]),
            ],
        )  # fmt: skip


def context(case: CaseFile) -> Mapping[str, Any]:
    """Accounts by heading and refunds per payer, from the dossier."""
    refunds = case.dossier.all(Refund)
    return {"accounts": [_account(case, plan) for plan in case.dossier.all(UsePlan)], "refunds": refunds}


def _account(case: CaseFile, plan: UsePlan) -> Account:
    spent: dict[str, int] = {}
    for report in case.dossier.all(SpendingReport):
        if report.contract_id == plan.contract_id:
            for row in report.entries:
                spent[row["heading"]] = spent.get(row["heading"], 0) + row["amount"]
    rows = [Heading(row["heading"], row["amount"], spent.get(row["heading"], 0)) for row in plan.headings]
    return Account(plan, rows)


TAB = Tab("money", gettext_lazy("资金"), "coins", "desk/tabs/money.html", context)
