"""The money of a purchase as its page shows it, from rows the page has read anyway: no query of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation
from gongyue.payments.domain.split import split
from gongyue.payments.models import Claim, Payment
from gongyue.payments.queries import InstalmentLine, Part, PartState


@dataclass(frozen=True)
class Payer:
    """One payer's part of a purchase, in fen. `late_days`: the longest one of its payments was or is late."""

    organisation: Organisation
    arranged_fen: int
    committed_fen: int
    paid_fen: int
    late_fen: int
    late_days: int

    @property
    def open_fen(self) -> int:
        """Committed and not yet paid."""
        return self.committed_fen - self.paid_fen


@dataclass(frozen=True)
class Sum:
    """What all payers' parts come to, in fen."""

    arranged_fen: int
    committed_fen: int
    paid_fen: int
    open_fen: int


def payers(dossier: Dossier, lines: Iterable[InstalmentLine]) -> list[Payer]:
    """Per payer, the widest territory first."""
    parts = [part for line in lines for part in line.parts]
    shares = sorted(dossier.all(Share), key=lambda share: share.payer.division.path)
    return [_payer(share, [part for part in parts if part.payer.pk == share.payer_id]) for share in shares]


def _payer(share: Share, parts: list[Part]) -> Payer:
    return Payer(
        organisation=share.payer,
        arranged_fen=share.amount_fen,
        committed_fen=share.amount_fen if share.state == Share.State.COMMITTED else 0,
        paid_fen=share.paid_fen,
        late_fen=sum(part.amount_fen for part in parts if part.state == PartState.LATE),
        late_days=max((part.days_late for part in parts), default=0),
    )


def total(rows: Iterable[Payer]) -> Sum:
    found = list(rows)
    return Sum(
        sum(row.arranged_fen for row in found), sum(row.committed_fen for row in found),
        sum(row.paid_fen for row in found), sum(row.open_fen for row in found),
    )  # fmt: skip


def instalments(dossier: Dossier, obligations: Iterable[Obligation], today: date) -> list[InstalmentLine]:
    """Every instalment of the contract with each payer's part and how far it has come."""
    contract = dossier.latest(Contract)
    if contract is None:
        return []
    claims = {claim.instalment_id: claim for claim in dossier.all(Claim)}
    late = {row.subject: row.days_late(today) for row in obligations if row.action == "payment.pay"}
    paid: dict[int, list[Part]] = {}
    for payment in dossier.all(Payment):
        paid.setdefault(payment.claim.instalment_id, []).append(_part(payment, late))
    planned = _planned(contract, dossier.all(Share))
    return [
        InstalmentLine(
            line, claims.get(line.pk),
            paid.get(line.pk) or [Part(payer, fen, _before(claims.get(line.pk))) for payer, fen in planned[at] if fen],
        )
        for at, line in enumerate(contract.schedule)
    ]  # fmt: skip


def _part(payment: Payment, late: Mapping[str, int]) -> Part:
    days = late.get(payment.key, 0)
    if payment.state == Payment.State.PAID:
        return Part(payment.payer, payment.amount_fen, PartState.PAID, payment, days)
    return Part(payment.payer, payment.amount_fen, PartState.LATE if days else PartState.DUE, payment, days)


def _before(claim: Claim | None) -> PartState:
    return PartState.CLAIMED if claim and claim.state == Claim.State.SUBMITTED else PartState.PLANNED


def _planned(contract: Contract, shares: list[Share]) -> list[list[tuple[Organisation, int]]]:
    """What each payer will bear of each instalment once it is claimed; nothing while no share is arranged."""
    shares = contract.shares(shares)
    if not shares:
        return [[] for _line in contract.schedule]
    rows = split([line.amount_fen for line in contract.schedule], [share.amount_fen for share in shares])
    return [[(share.payer, fen) for share, fen in zip(shares, row, strict=True)] for row in rows]
