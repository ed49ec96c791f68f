"""The money of a purchase as its page shows it, from rows the page has read anyway: no query of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongyue.budget.models import Share
from gongyue.contracts.models import Amendment, Contract, standing
from gongyue.contracts.queries import Meter, Step, meter, steps
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation, Organisation
from gongyue.payments.models import Claim, Payment
from gongyue.payments.queries import InstalmentLine, Part, PartState, lines


@dataclass(frozen=True)
class Payer:
    """One payer's part of a year, in fen. `late_days`: the longest one of its payments was or is late."""

    organisation: Organisation
    year: int
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


@dataclass(frozen=True)
class Year:
    """One year's contract with its acts, its instalments, what was agreed beside it, what may still be added."""

    contract: Contract
    steps: list[Step]
    instalments: list[InstalmentLine]
    amendments: list[Amendment]
    meter: Meter | None


def years(dossier: Dossier, obligations: Iterable[Obligation], today: date) -> list[Year]:
    """Every contract of a purchase that stands, the first year's first."""
    late = {row.subject: row.days_late(today) for row in obligations if row.action == "payment.pay"}
    beside = dossier.all(Amendment)
    return [
        Year(
            contract, steps(contract, dossier.regime),
            lines(contract, dossier.all(Claim), dossier.all(Payment), dossier.all(Share), late),
            [one for one in beside if one.contract_id == contract.pk], meter(contract, beside, dossier.regime, today),
        )
        for contract in standing(dossier)
    ]  # fmt: skip


def payers(dossier: Dossier, found: Iterable[Year]) -> list[Payer]:
    """Per year and payer, the widest territory first."""
    parts = [part for year in found for line in year.instalments for part in line.parts]
    shares = sorted(dossier.all(Share), key=lambda share: (share.item.year, share.payer.division.path))
    return [_payer(share, [part for part in parts if part.share.pk == share.pk]) for share in shares]


def _payer(share: Share, parts: list[Part]) -> Payer:
    return Payer(
        organisation=share.payer,
        year=share.item.year,
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
