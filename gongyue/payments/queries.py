"""What pages read of claims and payments: the calendar, the money per payer, and who was late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.budget.queries import money as budgeted
from gongyue.contracts.models import Contract, Instalment
from gongyue.contracts.queries import contracts_of
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation, Post, Purchase

from .domain.split import split
from .models import Claim, Payment, Refund, SpendingReport, UsePlan

PAY = "payment.pay"


class PartState(models.TextChoices):
    """How far one payer's part of an instalment has come."""

    PLANNED = "planned", _("未请款")
    CLAIMED = "claimed", _("已请款，待核对")
    DUE = "due", _("待拨付")
    LATE = "late", _("逾期未付")
    PAID = "paid", _("已拨付")


@dataclass(frozen=True)
class Part:
    """One payer's part of one instalment, in fen; `days_late` are calendar days, of a paid part as of its payment."""

    share: Share
    amount_fen: int
    state: PartState
    payment: Payment | None = None
    days_late: int = 0

    @property
    def payer(self) -> Organisation:
        return self.share.payer

    @property
    def paid_on(self) -> date | None:
        return self.payment.paid_on if self.payment else None


@dataclass(frozen=True)
class InstalmentLine:
    """One instalment with its claim (None: not claimed yet) and every payer's part."""

    instalment: Instalment
    claim: Claim | None
    parts: list[Part]

    @property
    def paid_fen(self) -> int:
        return sum(part.amount_fen for part in self.parts if part.state == PartState.PAID)


@dataclass(frozen=True)
class PayerMoney:
    """One payer's money in a purchase, in fen.

    `claimed_fen`: its parts of what the provider has asked for, paid or not; `late_fen`: its parts overdue and unpaid
    today; `late_days`: the longest it was or is late, in calendar days.
    """

    payer: Organisation
    arranged_fen: int
    committed_fen: int
    claimed_fen: int
    paid_fen: int
    late_fen: int
    late_days: int


@dataclass(frozen=True)
class LatePayment:
    """A payment made, or still to be made, after its day. `post`: the seat that held it; `open`: not paid yet."""

    payment: Payment
    due_on: date
    days: int
    post: Post | None
    open: bool


@dataclass(frozen=True)
class Lateness:
    """Everything one payer was late with, the longest first."""

    payer: Organisation
    payments: list[LatePayment]

    @property
    def days(self) -> int:
        """The longest, in calendar days."""
        return self.payments[0].days

    @property
    def open_fen(self) -> int:
        """Overdue and not paid."""
        return sum(late.payment.amount_fen for late in self.payments if late.open)


def calendar(purchase: Purchase, *, today: date) -> list[InstalmentLine]:
    """Every instalment with each payer's part and how far it has come, one year's contract after the other; empty
    while there is no contract.

    Six queries.
    """
    contracts = contracts_of(purchase)
    if not contracts:
        return []
    claims = list(Claim.objects.filter(purchase=purchase))
    payments = list(Payment.objects.filter(purchase=purchase).select_related("share__payer", "claim").order_by("pk"))
    shares = list(Share.objects.filter(purchase=purchase).select_related("payer").order_by("pk"))
    late = {key: row.days_late(today) for key, row in _obligations(Q(purchase=purchase)).items()}
    return [line for one in contracts for line in lines(one, claims, payments, shares, late)]


def lines(
    contract: Contract, claims: Iterable[Claim], payments: Iterable[Payment], shares: Iterable[Share],
    late: Mapping[str, int],
) -> list[InstalmentLine]:  # fmt: skip
    """The instalments of one contract from what was read of its purchase; `late`: days by the payment's key."""
    asked = {claim.instalment_id: claim for claim in claims}
    owed: dict[int, list[Payment]] = {}
    for payment in payments:
        owed.setdefault(payment.claim.instalment_id, []).append(payment)
    planned = parts(contract, shares, owed)
    return [
        InstalmentLine(
            line,
            asked.get(line.pk),
            [_part(payment, late.get(payment.key, 0)) for payment in owed[line.pk]]
            if line.pk in owed
            else [Part(share, amount, _before(asked.get(line.pk))) for share, amount in row if amount],
        )
        for line, row in zip(contract.schedule, planned, strict=True)
    ]


def parts(
    contract: Contract, shares: Iterable[Share], owed: Mapping[int, Iterable[Payment]]
) -> list[list[tuple[Share, int]]]:
    """What each share bears of each instalment, in fen; nothing while no share of its own year is arranged. What is
    `owed` already, by instalment, stands as it was claimed."""
    schedule, own = contract.schedule, contract.shares(shares)
    if not own:
        return [[] for _line in schedule]
    fixed = {}
    for at, line in enumerate(schedule):
        if line.pk in owed:
            had = {payment.share_id: payment.amount_fen for payment in owed[line.pk]}
            fixed[at] = [had.get(share.pk, 0) for share in own]
    rows = split([line.amount_fen for line in schedule], [share.amount_fen for share in own], fixed)
    return [list(zip(own, row, strict=True)) for row in rows]


def borne(instalment: Instalment, dossier: Dossier) -> list[tuple[Share, int]]:
    """What each share of its own contract's year bears of one instalment, in fen."""
    contract = instalment.contract
    owed: dict[int, list[Payment]] = {}
    for payment in dossier.all(Payment):
        owed.setdefault(payment.claim.instalment_id, []).append(payment)
    rows = parts(contract, dossier.all(Share), owed)
    return next(row for line, row in zip(contract.schedule, rows, strict=True) if line.pk == instalment.pk)


def first_free(contract: Contract, dossier: Dossier) -> int:
    """The number of the first instalment that was not claimed, and none after it; one past the last: all were."""
    asked = {claim.instalment_id for claim in dossier.all(Claim)}
    return 1 + max((line.number for line in contract.schedule if line.pk in asked), default=0)


def _before(claim: Claim | None) -> PartState:
    return PartState.CLAIMED if claim and claim.state == Claim.State.SUBMITTED else PartState.PLANNED


def _part(payment: Payment, days: int) -> Part:
    state = PartState.PAID if payment.state == Payment.State.PAID else PartState.LATE if days else PartState.DUE
    return Part(payment.share, payment.amount_fen, state, payment, days)


def _obligations(where: Q) -> dict[str, Obligation]:
    """The obligation of each payment, by the payment's key; both of a bounced one count from its first due day."""
    rows = Obligation.objects.filter(where, action=PAY, subject__startswith=f"{Payment.kind}:").select_related(
        "post__person", "post__organisation"
    )
    return {row.subject: row for row in rows.order_by("pk")}  # after a bounce the one that was opened again


def money(purchase: Purchase, *, today: date) -> list[PayerMoney]:
    """Per share, that is per payer and year: arranged, committed, claimed, paid, late. The budget's query and the
    calendar's six."""
    found = [part for line in calendar(purchase, today=today) for part in line.parts]
    out = []
    for row in budgeted(purchase):
        own = [part for part in found if part.share.pk == row.share.pk]
        out.append(
            PayerMoney(
                payer=row.payer,
                arranged_fen=row.arranged_fen,
                committed_fen=row.committed_fen,
                claimed_fen=sum(part.amount_fen for part in own if part.state != PartState.PLANNED),
                paid_fen=row.paid_fen,
                late_fen=sum(part.amount_fen for part in own if part.state == PartState.LATE),
                late_days=max((part.days_late for part in own), default=0),
            )
        )
    return out


def lateness(
    *, today: date, purchase: Purchase | None = None, organisation: Organisation | None = None
) -> list[Lateness]:
    """Per payer the payments it made late, or has not made though their day has passed; the latest payer first.

    Of one purchase, of one payer, or of both given; two queries. Days are the obligation's: calendar days after its
    due day, counted until the payment was recorded or, unpaid, until `today`.
    """
    where = Q(late_days__gt=0) | Q(is_open=True, due_on__lt=today, suspended_on=None)
    if purchase is not None:
        where &= Q(purchase=purchase)
    if organisation is not None:
        where &= Q(organisation=organisation)
    owed = _obligations(where)
    pks = [int(key.rpartition(":")[2]) for key in owed]
    payments = Payment.objects.filter(pk__in=pks).select_related("purchase", "payer", "claim__instalment__contract")
    late = [
        LatePayment(payment, row.due_on, row.days_late(today), row.post, row.is_open)
        for payment in payments.order_by("pk")
        if (row := owed[payment.key]).due_on is not None
    ]
    return _by_payer(late)


def _by_payer(late: Iterable[LatePayment]) -> list[Lateness]:
    payers: dict[Organisation, list[LatePayment]] = {}
    for row in sorted(late, key=lambda row: -row.days):
        payers.setdefault(row.payment.payer, []).append(row)
    return [Lateness(payer, rows) for payer, rows in payers.items()]


def claims_of(provider: Organisation) -> QuerySet[Claim]:
    """A provider's claims, the latest first, each with its payments. Three queries."""
    claims = Claim.objects.filter(instalment__contract__provider=provider)
    joined = claims.select_related("purchase", "instalment__contract").prefetch_related("payments__payer")
    return joined.order_by("-pk")


def days_late(payment: Payment, *, today: date) -> int:
    """Calendar days a payment was late when it was recorded or, unpaid, is late today. One query."""
    row = _obligations(Q(subject=payment.key, purchase=payment.purchase_id)).get(payment.key)
    return row.days_late(today) if row else 0


def paid_of(contract: Contract, dossier: Dossier) -> list[tuple[Share, int]]:
    """What each share has paid under a contract, less what was or must be given back; in fen."""
    shares = contract.shares(dossier.all(Share))
    out = {share.pk: 0 for share in shares}
    for payment in dossier.all(Payment):
        if payment.claim.instalment.contract_id == contract.pk and payment.state == Payment.State.PAID:
            out[payment.share_id] += payment.amount_fen
    for refund in dossier.all(Refund):
        if refund.contract_id == contract.pk:
            out[refund.share_id] -= refund.amount_fen
    return [(share, out[share.pk]) for share in shares]


def spent_by_heading(contract: Contract) -> tuple[set[str], dict[str, int]]:
    """The vouchers already accounted for, and what was spent by heading, in fen. One query."""
    vouchers: set[str] = set()
    spent: dict[str, int] = {}
    for rows in SpendingReport.objects.filter(contract=contract).order_by("pk").values_list("entries", flat=True):
        for row in rows:
            vouchers.add(row["voucher"])
            spent[row["heading"]] = spent.get(row["heading"], 0) + row["amount"]
    return vouchers, spent


def left_over(contract: Contract, dossier: Dossier) -> int:
    """Paid and not spent, in fen; negative where more was spent than paid."""
    _vouchers, spent = spent_by_heading(contract)
    return sum(fen for _share, fen in paid_of(contract, dossier)) - sum(spent.values())


def over_budget(contract: Contract, entries: Iterable[Mapping[str, Any]]) -> int:
    """By how much (fen) headings exceed their approved budget, these entries included."""
    _vouchers, spent = spent_by_heading(contract)
    for row in entries:
        spent[row["heading"]] = spent.get(row["heading"], 0) + row["amount"]
    budget = {row["heading"]: row["amount"] for row in UsePlan.objects.get(contract=contract).headings}
    return sum(max(fen - budget.get(heading, 0), 0) for heading, fen in spent.items())
