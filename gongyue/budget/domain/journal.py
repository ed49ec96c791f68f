"""The money journal: the only place where money moves. Balanced entries, written once, and the totals they carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Sum

from gongyue.budget.models import Fund, JournalEntry, JournalLine, Share
from gongyue.kernel.models import Purchase

Account = JournalLine.Account


class Unbalanced(ValueError):
    """The lines of an entry do not sum to nought for each fund."""


@dataclass(frozen=True)
class Line:
    """One account's part, in signed fen."""

    account: JournalLine.Account
    fund: Fund
    amount_fen: int
    share: Share | None = None

    @property
    def purchase(self) -> Purchase | None:
        return self.share.purchase if self.share else None


def post(lines: Iterable[Line], *, at: datetime, memo: str, subject_key: str) -> JournalEntry:
    """Write one entry and carry it into the running totals of its funds, under their locks.

    Raises Unbalanced unless the lines of each fund sum to nought; IntegrityError (nothing is kept) where a fund
    would be overspent. The `Fund` objects passed in keep their old totals: read them again. Needs a transaction.
    """
    lines = list(lines)
    by_fund: dict[int, list[Line]] = {}
    for line in lines:
        by_fund.setdefault(line.fund.pk, []).append(line)
    if not lines or any(sum(line.amount_fen for line in part) for part in by_fund.values()):
        raise Unbalanced(f"{memo}: {[(line.account, line.amount_fen) for line in lines]}")
    list(Fund.objects.select_for_update().filter(pk__in=by_fund).order_by("pk"))
    entry = JournalEntry.objects.create(at=at, memo=memo, subject=subject_key)
    JournalLine.objects.bulk_create(
        JournalLine(
            entry=entry, account=line.account, fund=line.fund, purchase=line.purchase, share=line.share,
            amount_fen=line.amount_fen,
        )
        for line in lines
    )  # fmt: skip
    for pk in sorted(by_fund):
        _carry(pk, by_fund[pk])
    return entry


def _carry(fund: int, lines: Iterable[Line]) -> None:
    moved = dict.fromkeys(Account, 0)
    for line in lines:
        moved[line.account] += line.amount_fen
    Fund.objects.filter(pk=fund).update(
        amount_fen=F("amount_fen") - moved[Account.APPROPRIATION] - moved[Account.CARRIED],
        committed_fen=F("committed_fen") + moved[Account.COMMITTED] + moved[Account.PAID],
        paid_fen=F("paid_fen") + moved[Account.PAID],
    )


def appropriate(fund: Fund, *, amount_fen: int, at: datetime) -> JournalEntry:
    """下达: the line receives its money."""
    lines = [Line(Account.APPROPRIATION, fund, -amount_fen), Line(Account.AVAILABLE, fund, amount_fen)]
    return post(lines, at=at, memo=f"下达 {fund.indicator_number}", subject_key=fund.key)


def commit(share: Share, fund: Fund, *, at: datetime) -> JournalEntry:
    """落实: the whole share leaves what is available and is held for this purchase."""
    lines = [
        Line(Account.AVAILABLE, fund, -share.amount_fen, share),
        Line(Account.COMMITTED, fund, share.amount_fen, share),
    ]
    return post(lines, at=at, memo=f"落实 {share.payer}", subject_key=share.key)


def raise_share(share: Share, *, amount_fen: int, at: datetime, subject_key: str) -> JournalEntry:
    """追加: a committed share grows, out of the line that holds it now. `subject_key` names what it grows for.

    Raises IntegrityError where the line has less available; ValueError for an amount that is not positive.
    """
    if amount_fen <= 0:
        raise ValueError(f"{subject_key}: {amount_fen} fen cannot be added")
    return _resize(share, amount_fen, at=at, memo="追加", subject_key=subject_key)


def release(share: Share, *, amount_fen: int, at: datetime, subject_key: str) -> JournalEntry:
    """取消追加: what a share grew by and does not need is available again in the line that holds it now.

    Raises IntegrityError where it was paid meanwhile; ValueError for an amount that is not positive.
    """
    if amount_fen <= 0:
        raise ValueError(f"{subject_key}: {amount_fen} fen cannot be released")
    return _resize(share, -amount_fen, at=at, memo="取消追加", subject_key=subject_key)


def adjust_share(share: Share, *, change_fen: int, at: datetime, subject_key: str) -> JournalEntry:
    """预算调整: a committed share grows or shrinks with the item's budget, in the line that holds it now.

    Raises IntegrityError where the line has less available, or where it was paid meanwhile; ValueError for no change.
    """
    if change_fen == 0:
        raise ValueError(f"{subject_key}: nothing changes")
    return _resize(share, change_fen, at=at, memo="预算调整", subject_key=subject_key)


def _resize(share: Share, change_fen: int, *, at: datetime, memo: str, subject_key: str) -> JournalEntry:
    Share.objects.filter(pk=share.pk).update(amount_fen=F("amount_fen") + change_fen)
    share.refresh_from_db(fields=["amount_fen", "fund", "state"])
    assert share.fund is not None  # only a committed share changes
    fund = holding(share.fund)
    lines = [Line(Account.AVAILABLE, fund, -change_fen, share), Line(Account.COMMITTED, fund, change_fen, share)]
    return post(lines, at=at, memo=f"{memo} {share.payer}", subject_key=subject_key)


def pay(share: Share, *, amount_fen: int, at: datetime, subject_key: str) -> JournalEntry:
    """拨付: part of a committed share is paid; `subject_key` names the payment.

    Raises IntegrityError (a refusal, seen through `perform`) where the share is not committed or would be overpaid;
    ValueError for an amount that is not positive. `share.paid_fen` is read again.
    """
    if amount_fen <= 0:
        raise ValueError(f"{subject_key}: {amount_fen} fen cannot be paid")
    Share.objects.filter(pk=share.pk).update(paid_fen=F("paid_fen") + amount_fen)
    share.refresh_from_db(fields=["paid_fen", "fund", "state"])
    assert share.fund is not None  # a constraint refused the line above otherwise
    fund = holding(share.fund)
    lines = [Line(Account.COMMITTED, fund, -amount_fen, share), Line(Account.PAID, fund, amount_fen, share)]
    return post(lines, at=at, memo=f"拨付 {share.payer}", subject_key=subject_key)


def holding(fund: Fund) -> Fund:
    """The line that holds a promise of this one now: itself, or the one it was carried to. Held until the end of the
    transaction, the earlier year first, as carrying does: whoever comes second sees what the other did."""
    found = Fund.objects.select_for_update().get(pk=fund.pk)
    while found.carried_to_id is not None:
        found = Fund.objects.select_for_update().get(pk=found.carried_to_id)
    return found


def carry(fund: Fund, into: Fund, *, amount_fen: int, at: datetime, number: str) -> JournalEntry:
    """结转: what is promised moves share by share, the rest of the amount out of what is available.

    ValueError: less than is promised. IntegrityError: more than there is. Both lines must be held.
    """
    promised = list(
        JournalLine.objects.filter(fund=fund, account=Account.COMMITTED).values("share")
        .annotate(fen=Sum("amount_fen")).exclude(fen=0).order_by("share")
    )  # fmt: skip
    rest = amount_fen - sum(row["fen"] for row in promised)
    if rest < 0:
        raise ValueError(f"{fund.key}: {amount_fen} fen do not cover what is promised")
    shares = Share.objects.select_related("purchase").in_bulk([row["share"] for row in promised])
    lines = [Line(Account.CARRIED, fund, amount_fen), Line(Account.CARRIED, into, -amount_fen)]
    for row in promised:
        share = shares[row["share"]]
        lines += [Line(Account.COMMITTED, fund, -row["fen"], share), Line(Account.COMMITTED, into, row["fen"], share)]
    if rest:
        lines += [Line(Account.AVAILABLE, fund, -rest), Line(Account.AVAILABLE, into, rest)]
    return post(lines, at=at, memo=f"结转 {number}", subject_key=fund.key)


def bounce(share: Share, *, amount_fen: int, at: datetime, subject_key: str) -> JournalEntry:
    """退票: a payment the bank sent back is held for the purchase again.

    Raises IntegrityError where less than that was paid; ValueError for an amount that is not positive.
    """
    return _back(share, Account.COMMITTED, amount_fen=amount_fen, at=at, memo="退票", subject_key=subject_key)


def give_back(share: Share, *, amount_fen: int, at: datetime, subject_key: str) -> JournalEntry:
    """收回: money the provider paid back returns to the very line it was paid from, whatever the nature of that line.

    Raises as `bounce` does.
    """
    return _back(share, Account.AVAILABLE, amount_fen=amount_fen, at=at, memo="收回", subject_key=subject_key)


def _back(
    share: Share, account: JournalLine.Account, *, amount_fen: int, at: datetime, memo: str, subject_key: str
) -> JournalEntry:
    """Out of what was paid, from the latest line first. What is held again stands on the line that holds the promise
    now: where the year was carried meanwhile, the money follows it."""
    if amount_fen <= 0:
        raise ValueError(f"{subject_key}: {amount_fen} fen cannot come back")
    Share.objects.filter(pk=share.pk).update(paid_fen=F("paid_fen") - amount_fen)
    share.refresh_from_db(fields=["paid_fen", "fund", "state"])
    assert share.fund is not None  # what was paid was paid from a line
    now = holding(share.fund)
    lines: list[Line] = []
    for fund, fen in _paid_from(share, amount_fen):
        lines.append(Line(Account.PAID, fund, -fen, share))
        if account == Account.COMMITTED and fund.pk != now.pk:
            lines += [Line(Account.CARRIED, fund, fen), Line(Account.CARRIED, now, -fen)]
        lines.append(Line(account, now if account == Account.COMMITTED else fund, fen, share))
    return post(lines, at=at, memo=f"{memo} {share.payer}", subject_key=subject_key)


def _paid_from(share: Share, amount_fen: int) -> list[tuple[Fund, int]]:
    """The lines that so much of a share was paid from, the latest first."""
    paid = (
        JournalLine.objects.filter(share=share, account=Account.PAID).values("fund")
        .annotate(fen=Sum("amount_fen")).filter(fen__gt=0).order_by("-fund")
    )  # fmt: skip
    left, out = amount_fen, []
    for row in paid:
        taken = min(left, row["fen"])
        if taken:
            out.append((Fund.objects.get(pk=row["fund"]), taken))
        left -= taken
    return out
