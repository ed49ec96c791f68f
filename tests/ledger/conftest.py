from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from gongyue.ledger.append import append
from gongyue.ledger.models import Entry

NOON = datetime(2011, 3, 1, 4, tzinfo=UTC)
Write = Callable[..., Entry]


@pytest.fixture
def write() -> Write:
    """Append to a subject, at the next version unless one is given."""

    def one(subject: str = "contract:900", version: int | None = None, **given: Any) -> Entry:
        number = version or Entry.objects.filter(subject=subject).count() + 1
        columns: dict[str, Any] = {
            "subject": subject, "version": number, "action": "contract.sign", "purchase": 7, "post": 1, "person": 2,
            "organisation": 3, "at": NOON, "recorded_at": NOON,
            "request_id": uuid4(), "regime": "ab", "body": {"n": number},
        }  # fmt: skip
        return append(**columns | given)

    return one
