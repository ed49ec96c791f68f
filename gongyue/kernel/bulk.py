"""Many rows at once: one prepared statement, where building a model of each would cost several times as much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router, transaction


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows with exactly these fields, in one transaction. Values are as the database keeps them (a foreign key's
    number, a day as its ISO text, JSON as text); other columns must allow for being left out.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(model._meta.get_field(name).column)) for name in fields)  # type: ignore[union-attr]
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))
