"""资金指标下达."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.budget.facts import FundGate
from gongyue.budget.forms import OpenFundForm
from gongyue.budget.models import Fund
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post

from . import journal


@action("fund.open", Fund, reaches=Fund.State.OPENED, label=_("下达资金指标"), form=OpenFundForm, facts=FundGate)
def open_fund(
    fund: Fund, *, at: datetime, actor: Post, dossier: Dossier, name: str, year: int, purpose: str, programme: str,
    indicator_number: str, amount: int,
) -> None:  # fmt: skip
    """Write a payer's budget line; its money comes in through the journal."""
    fund.name, fund.year, fund.purpose, fund.programme = name, year, purpose, programme
    fund.indicator_number = indicator_number
    fund.save()
    journal.appropriate(fund, amount_fen=amount, at=at)
    fund.refresh_from_db(fields=["amount_fen", "committed_fen", "paid_fen"])
