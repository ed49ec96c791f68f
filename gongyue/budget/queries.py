"""What pages and other rooms read of the money."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Purchase

from .models import Fund, JournalLine, Share

Account = JournalLine.Account


@dataclass(frozen=True)
class PayerMoney:
    """One payer's part of a purchase, in fen; `ratio_bp` is its part of all that is arranged, in basis points
    (rounded down where it is not whole)."""

    share: Share
    payer: Organisation
    arranged_fen: int
    committed_fen: int
    paid_fen: int
    ratio_bp: int

    @property
    def open_fen(self) -> int:
        """Committed and not yet paid."""
        return self.committed_fen - self.paid_fen


@dataclass(frozen=True)
class Difference:
    """A total that is not what the journal says. `field` of the row `subject`, both in fen."""

    subject: str
    field: str
    stored_fen: int
    journal_fen: int


def money(purchase: Purchase) -> list[PayerMoney]:
    """Per payer what is arranged, committed and paid, the widest territory first. One query."""
    shares = list(
        Share.objects.filter(purchase=purchase)
        .select_related("payer", "payer__division", "item", "fund")
        .order_by("payer__division__path", "pk")
    )
    arranged = sum(share.amount_fen for share in shares)
    return [
        PayerMoney(
            share=share, payer=share.payer, arranged_fen=share.amount_fen, committed_fen=committed_fen(share),
            paid_fen=share.paid_fen, ratio_bp=share.amount_fen * 10_000 // arranged,
        )
        for share in shares
    ]  # fmt: skip


def shares_of(dossier: Dossier) -> list[Share]:
    """The shares of a purchase, from its dossier."""
    return dossier.all(Share)


def committed_fen(share: Share) -> int:
    return share.amount_fen if share.state == Share.State.COMMITTED else 0


def funds_of(organisation: Organisation) -> QuerySet[Fund]:
    """A payer's lines, the latest year first."""
    return Fund.objects.filter(payer=organisation).order_by("-year", "programme", "purpose")


def movements(purchase: Purchase) -> QuerySet[JournalLine]:
    """The journal of one purchase, oldest first."""
    return JournalLine.objects.filter(purchase=purchase).select_related("entry", "fund", "share__payer").order_by("pk")


def reconcile() -> list[Difference]:
    """Everything in which the running totals and the journal disagree; empty when the books are right.

    Four queries, whatever the size of the books.
    """
    return [*_unbalanced(), *_funds(), *_shares()]


def _unbalanced() -> Iterator[Difference]:
    sums = JournalLine.objects.values("entry", "fund").annotate(fen=Sum("amount_fen")).exclude(fen=0)
    for row in sums.order_by("entry", "fund"):
        yield Difference(f"journal:{row['entry']}", "balance", 0, row["fen"])


def _funds() -> Iterator[Difference]:
    sums: dict[tuple[int, str], int] = {
        (row["fund"], row["account"]): row["fen"]
        for row in JournalLine.objects.values("fund", "account").annotate(fen=Sum("amount_fen"))
    }
    for fund in Fund.objects.order_by("pk"):
        of = {account: sums.get((fund.pk, account), 0) for account in Account}
        journal = {
            "amount_fen": -of[Account.APPROPRIATION] - of[Account.CARRIED],
            "committed_fen": of[Account.COMMITTED] + of[Account.PAID],
            "paid_fen": of[Account.PAID],
        }
        for field, fen in journal.items():
            if getattr(fund, field) != fen:
                yield Difference(fund.key, field, getattr(fund, field), fen)


def _shares() -> Iterator[Difference]:
    paid = dict(JournalLine.objects.filter(account=Account.PAID).values_list("share").annotate(fen=Sum("amount_fen")))
    for share in Share.objects.order_by("pk"):
        if share.paid_fen != paid.get(share.pk, 0):
            yield Difference(share.key, "paid_fen", share.paid_fen, paid.get(share.pk, 0))


def journal_of(fund: Fund) -> QuerySet[JournalLine]:
    """The journal of one line, latest first."""
    return JournalLine.objects.filter(fund=fund).select_related("entry", "purchase", "share__payer").order_by("-pk")
