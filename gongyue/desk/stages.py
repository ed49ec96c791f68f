"""How far a purchase has come: one bead for each room it passes through."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from gongyue.clock import LOCAL
from gongyue.contracts.models import standing
from gongyue.kernel.actions import kinds
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject
from gongyue.ledger.models import Entry
from gongyue.payments.models import Payment
from gongyue.policy import Regime

from .templatetags.gongyue import Stage
from .words import kind_name

LINE = ("implementation", "needs", "item", "requirement", "method", "tender", "contract", "assessment", "payment")
BEFORE = {"payment": ("claim",), "item": ("share",)}  # what belongs to the same bead


def stages(dossier: Dossier, entries: Iterable[Entry], late: Collection[str], actor: Post) -> list[Stage]:
    """The main line in the order of the rooms. `late`: kinds on which something is overdue.

    A room is done when all its subjects reached their last milestone and none is still to be born; the first that is
    not done is where we are.
    """
    last = _last_days(entries)
    by_kind = {kind.kind: kind for kind in kinds() if issubclass(kind, PurchaseSubject)}
    out: list[Stage] = []
    here = False
    for name in LINE:
        kind = by_kind.get(name)
        if kind is None or dossier.regime.order(name) is None:
            continue
        rows = dossier.all(kind)
        beads = [kind, *(by_kind[other] for other in BEFORE.get(name, ()) if other in by_kind)]
        done = bool(rows) and all(complete(bead, dossier, actor) for bead in beads)
        state = "done" if done else "later" if here else "late" if name in late else "now"
        here = here or not done
        called = str(rows[-1].says.get("", "")) if rows else ""
        note = rows[-1].get_state_display().removeprefix(kind_name(name)) if rows and state in {"now", "late"} else ""
        if name == "payment" and rows and not done:
            note = _paid(dossier)
        out.append(Stage(called or kind_name(name), state, last.get(name) if done else None, note))
    return out


def _paid(dossier: Dossier) -> str:
    """How much of the signed contracts has been paid, rounded down to whole percents."""
    whole = sum(one.amount_fen or 0 for one in standing(dossier) if one.signed_on is not None)
    if not whole:
        return ""
    paid = sum(payment.amount_fen for payment in dossier.all(Payment) if payment.state == Payment.State.PAID)
    return _("已付 %(n)s%%") % {"n": paid * 100 // whole}


def complete(kind: type[PurchaseSubject], dossier: Dossier, actor: Post) -> bool:
    """Whether nothing of this kind is left to do."""
    rows = dossier.all(kind)
    standing = _standing(rows) if rows else []
    return all(finished(row, dossier.regime) for row in standing) and not kind.unborn(dossier, actor)


def finished(row: PurchaseSubject, regime: Regime) -> bool:
    """Whether it stands at the last milestone its regime uses."""
    order = regime.order(row.kind, row.method)
    return order is not None and row.state == order.milestones[-1]


def _standing(rows: list[PurchaseSubject]) -> list[PurchaseSubject]:
    """Of one-at-a-time kinds only the latest counts: a failed tender was followed by another."""
    return rows[-1:] if rows[0].kind in {"method", "tender", "contract"} else rows


def _last_days(entries: Iterable[Entry]) -> dict[str, date]:
    """The latest day something happened to each kind. `entries` come latest first."""
    out: dict[str, date] = {}
    for entry in entries:
        out.setdefault(entry.subject.partition(":")[0], entry.at.astimezone(LOCAL).date())
    return out
