"""What pages read of a purchase's contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.models import Purchase

from .models import Contract, Instalment

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Step:
    """One act on the way of a contract: its day (None: not yet) and the number or receipt that proves it."""

    label: StrOrPromise
    on: date | None
    reference: str = ""


@dataclass(frozen=True)
class ContractSummary:
    """A contract as the purchase's page shows it. `contract.missing` names what it still lacks."""

    contract: Contract
    instalments: list[Instalment]
    steps: list[Step]


def contract_of(purchase: Purchase) -> Contract | None:
    """The purchase's contract with its parties and instalments: two queries."""
    contracts = Contract.objects.filter(purchase=purchase).select_related(*Contract.related)
    contract = contracts.prefetch_related(Prefetch("instalments")).order_by("-pk").first()
    if contract is not None:
        contract.purchase = purchase
    return contract


def summary(purchase: Purchase) -> ContractSummary | None:
    """None while there is no contract. Two queries."""
    contract = contract_of(purchase)
    return ContractSummary(contract, contract.schedule, steps(contract)) if contract else None


def steps(contract: Contract) -> list[Step]:
    """Its acts in the order of the law, with their days and numbers."""
    return [
        Step(_("区民政局审定"), contract.approved_on, contract.approval_number),
        Step(_("承接主体确认"), contract.accepted_on),
        Step(_("签订"), contract.signed_on, contract.number),
        Step(_("抄送财政部门"), contract.finance_copied_on, contract.finance_receipt),
        Step(_("市民政局备案"), contract.filed_on, contract.filing_number),
    ]
