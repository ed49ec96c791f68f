"""What every town of the tests can do with its purchase: find what is to be born, try an action, read the latest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from gongyue.clock import LOCAL
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.models import Post, Purchase, PurchaseSubject, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome, perform

When = date | datetime | str  # a day: its ten o'clock


def moment(on: When) -> datetime:
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return day if isinstance(day, datetime) else datetime.combine(day, time(10), LOCAL)


@dataclass(kw_only=True)
class Playing:
    """Whoever takes part are at one purchase at a time."""

    purchase: Purchase | None = None

    def at(self, on: When) -> datetime:
        return moment(on)

    def unborn(self, name: str, on: When, actor: Post, seed: str = "") -> Subject:
        """What this action would bring into the world: in the purchase, or beside any."""
        if self.purchase is not None:
            self.purchase.refresh_from_db()
        within = self.purchase if issubclass(ACTIONS[name].subject, PurchaseSubject) else None
        found = find(name, actor=actor, at=moment(on), purchase=within, seed=seed)
        assert found is not None, f"nothing to {name}"
        return found

    def tried(
        self, name: str, subject: Subject | None, on: When, actor: Post, data: Mapping[str, Any], seed: str = ""
    ) -> Outcome:
        """One try; on the unborn one where no subject is given."""
        if self.purchase is not None:
            self.purchase.refresh_from_db()
        subject = subject or self.unborn(name, on, actor, seed)
        if subject.pk:
            subject.refresh_from_db()
        return perform(
            name, subject, actor=actor, at=moment(on), data=dict(data), seen=subject.version, request_id=uuid4()
        )  # fmt: skip

    def latest(self, kind: Any) -> Any:
        return kind._default_manager.filter(purchase=self.purchase).order_by("pk").last()
