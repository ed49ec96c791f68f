"""Values as the ledger writes them: one text for one value, on every machine and for good."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces. Datetimes in UTC, exact numbers as text; a float is a TypeError."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> Any:  # noqa: PLR0911 - one line a type
    """The JSON value of a Python value; refuses what has no exact text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction | UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    raise TypeError(f"the ledger does not write {type(value).__name__}")


def moment(value: datetime) -> str:
    """An aware datetime in UTC, to the microsecond, always the same length."""
    if value.tzinfo is None:
        raise TypeError("the ledger does not write naive datetimes")
    return f"{value.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"
