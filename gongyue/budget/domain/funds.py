"""资金指标下达."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from gongyue.budget import sharing
from gongyue.budget.facts import FundGate
from gongyue.budget.forms import CarryFundForm, OpenFundForm
from gongyue.budget.models import Fund
from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain

from . import journal


@action("fund.open", Fund, reaches=Fund.State.OPENED, label=_("下达资金指标"), form=OpenFundForm, facts=FundGate)
def open_fund(
    fund: Fund, *, at: datetime, actor: Post, dossier: Dossier, name: str, year: int, purpose: str, programme: str,
    indicator_number: str, project_code: str, function_code: str, economic_code: str, nature: str, amount: int,
    contributors: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Write a payer's budget line; its money comes in through the journal."""
    fund.name, fund.year, fund.purpose, fund.programme = name, year, purpose, programme
    fund.indicator_number, fund.project_code, fund.nature = indicator_number, project_code, nature
    fund.function_code, fund.economic_code = function_code, economic_code
    fund.contributors = plain(contributors)
    fund.save()
    journal.appropriate(fund, amount_fen=amount, at=at)
    fund.refresh_from_db(fields=["amount_fen", "committed_fen", "paid_fen"])


@action(
    "fund.carry", Fund, reaches=None, sources=[Fund.State.OPENED], label=_("结转到下一年度"), form=CarryFundForm,
    facts=FundGate, locks=lambda fund: [sharing.next_line(fund)],
)  # fmt: skip
def carry(fund: Fund, *, at: datetime, actor: Post, dossier: Dossier, number: str, amount: int) -> None:
    """Hand what is unpaid (fen) on to the next year's line, with the number of the paper that says so.

    Where there is no such line the database refuses, whatever the rules let pass.
    """
    into = sharing.next_line(fund).first()
    if into is None:
        raise IntegrityError(f"{fund.key}: there is no line to carry it into")
    journal.carry(fund, into, amount_fen=amount, at=at, number=number)
    fund.refresh_from_db(fields=["amount_fen", "committed_fen", "paid_fen"])
    fund.carried_to, fund.carried_fen, fund.carry_number = into, amount, number
    fund.carried_on = at.astimezone(LOCAL).date()
