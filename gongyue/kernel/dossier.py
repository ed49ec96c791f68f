"""卷宗: all of one purchase, each kind of subject read at most once.

Facts are read from here, so that gathering what ten actions ask costs one query a kind, not one a fact.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from gongyue.clock import LOCAL

if TYPE_CHECKING:
    from gongyue.kernel.models import Purchase, PurchaseSubject
    from gongyue.policy import Regime

    S = TypeVar("S", bound=PurchaseSubject)
else:
    S = TypeVar("S")
T = TypeVar("T")


class Dossier:
    """`at` is the legal time it is read for, `regime` what governs it."""

    def __init__(self, purchase: Purchase, *, at: datetime, regime: Regime) -> None:
        self.purchase, self.at, self.regime = purchase, at, regime
        self.today = at.astimezone(LOCAL).date()
        self._read: dict[type[Any], list[Any]] = {}
        self._beside: dict[str, Any] = {}

    def all(self, kind: type[S]) -> list[S]:
        """Every subject of this kind in the purchase, oldest first, with `kind.related` joins.

        A kind of which none was born in the purchase, or none of the kind it follows, costs no query. TypeError: a
        numerous kind, whose rows are counted by the database and never read all at once.
        """
        if kind.numerous:
            raise TypeError(f"{kind.kind} is numerous: count its rows, do not read them")
        if kind not in self._read:
            rows: list[S] = []
            possible = self.purchase.pk and self.purchase.may_have(kind.kind)
            if possible and not (kind.follows and not self.all(kind.follows)):
                related = getattr(kind, "related", ())
                rows = list(
                    kind._default_manager.filter(purchase=self.purchase).select_related(*related).order_by("pk")
                )
                for row in rows:
                    row.purchase = self.purchase
            self._read[kind] = rows
        return self._read[kind]

    def latest(self, kind: type[S]) -> S | None:
        rows = self.all(kind)
        return rows[-1] if rows else None

    @property
    def held(self) -> dict[str, PurchaseSubject]:
        """Every subject read so far, by its key."""
        return {row.key: row for rows in self._read.values() for row in rows}

    def beside(self, name: str, read: Callable[[], T]) -> T:
        """What facts need that is no subject of this purchase (its city's norms): read once, kept under a name."""
        if name not in self._beside:
            self._beside[name] = read()
        value: T = self._beside[name]
        return value

    def put(self, subject: Any) -> None:
        """Let the locked row stand in for the one read (or not read) here."""
        if type(subject).numerous:
            return
        rows = self.all(type(subject))
        self._read[type(subject)] = [subject if row.pk == subject.pk else row for row in rows]
