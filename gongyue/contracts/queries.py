"""What pages read of a purchase's contracts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from gongyue.kernel.findings import capacity_names
from gongyue.kernel.models import Organisation, Purchase
from gongyue.policy import Regime
from gongyue.policy.units import WHOLE

from .models import Amendment, Contract

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


CEILING = "contract.additions_most"
OFFICES = frozenset({
    Organisation.Kind.CIVIL_AFFAIRS, Organisation.Kind.FINANCE, Organisation.Kind.AUDIT,
    Organisation.Kind.STREET_OFFICE,
})  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One act on the way of a contract: its day (None: not yet) and the number or receipt that proves it."""

    label: StrOrPromise
    on: date | None
    reference: str = ""


@dataclass(frozen=True)
class Meter:
    """How much of what may be added to a contract is used, in fen (procurement law, article 49).

    `used_fen`: what amendments in effect added; `pending_fen`: what the one under way would add.
    """

    original_fen: int
    used_fen: int
    pending_fen: int
    most_bp: int

    @property
    def most_fen(self) -> int:
        """The ceiling, rounded down to the fen."""
        return self.original_fen * self.most_bp // WHOLE

    @property
    def taken_fen(self) -> int:
        """Used, or to be used by what is under way."""
        return self.used_fen + self.pending_fen

    @property
    def left_fen(self) -> int:
        return self.most_fen - self.taken_fen


def meter(contract: Contract, amendments: Iterable[Amendment], regime: Regime, on: date) -> Meter | None:
    """None: the contract came of no procurement, or no law in force on that day sets a ceiling."""
    most = regime.params(on).get(f"param.{CEILING}")
    if most is None or contract.tender_id is None or contract.amount_fen is None:
        return None
    under_way = [one for one in amendments if one.contract_id == contract.pk and not one.ended(regime)]
    original = contract.amount_fen - contract.added_fen
    return Meter(original, contract.added_fen, sum(one.added_fen for one in under_way), most)


def may_have_scan(contract: Contract, organisation: Organisation) -> bool:
    """Whether an organisation may have the sealed paper: the parties, and who approves, files, pays and audits it."""
    parties = {contract.purchaser_id, contract.provider_id}
    return organisation.pk in parties or organisation.organisation_kind in OFFICES


def contracts_of(purchase: Purchase) -> list[Contract]:
    """The contracts of a purchase, a year each, with their parties and instalments: two queries."""
    contracts = Contract.objects.filter(purchase=purchase).select_related(*Contract.related)
    found = list(contracts.prefetch_related(Prefetch("instalments")).order_by("pk"))
    for contract in found:
        contract.purchase = purchase
    return found


def contract_of(purchase: Purchase, today: date) -> Contract | None:
    """The one that runs: of the filed ones the latest that has begun, before any has the first; while none is filed,
    the latest there is. Two queries."""
    found = contracts_of(purchase)
    done = [one for one in found if one.filed_on is not None and one.revoked_on is None]
    begun = [one for one in done if one.starts_on is not None and one.starts_on <= today]
    return next(iter(begun[-1:] or done[:1] or found[-1:]), None)


def steps(contract: Contract, regime: Regime) -> list[Step]:
    """The acts that its place asks for, in the order of the law, with whose they are, their days and numbers."""
    own = [
        ("contract.approve", _("%(who)s审定"), contract.approved_on, contract.approval_number),
        ("contract.accept", _("承接主体确认"), contract.accepted_on, ""),
        ("contract.sign", _("签订"), contract.signed_on, contract.number),
        ("contract.copy_finance", _("抄送财政部门"), contract.finance_copied_on, contract.finance_receipt),
        ("contract.file", _("%(who)s备案"), contract.filed_on, contract.filing_number),
    ]
    whose = {act: who.capacities for act, *_rest in own if (who := regime.who(act)) is not None}
    return [
        Step(label % {"who": capacity_names(whose[act], regime)}, on, reference)
        for act, label, on, reference in own
        if act in whose
    ]
