"""The rows that verification reads, straight from the driver: what a row costs is what verifying costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from .append import head

CHUNK = 200  # rows at once: few enough that their texts stay in the processor's cache until they are hashed

LEAVES = "SELECT seq, hash FROM ledger_leaf ORDER BY seq"
HEADS = "SELECT size, root, peaks FROM ledger_treehead ORDER BY size"
PENDING = "SELECT entry_id FROM ledger_pending"
TWICE = (
    "SELECT e.subject, e.version, e.id, l.seq FROM ledger_pending p JOIN ledger_leaf l ON l.entry_id = p.entry_id "
    "JOIN ledger_entry e ON e.id = p.entry_id ORDER BY e.id"
)
ORPHANS = (
    "SELECT l.seq, l.entry_id FROM ledger_leaf l LEFT JOIN ledger_entry e ON e.id = l.entry_id "
    "WHERE e.id IS NULL ORDER BY l.seq"
)


@dataclass(frozen=True)
class _Dialect:
    """How a database writes the columns as the text has them: sparing a row the conversion to Python and back."""

    fill: str
    text: str
    moment: str
    uuid: str
    body: str


_DIALECTS = {
    "sqlite": _Dialect(
        fill="printf",
        text="{0}",
        moment="replace({0}, ' ', 'T') || CASE length({0}) WHEN 19 THEN '.000000Z' ELSE 'Z' END",
        uuid="substr({0},1,8)||'-'||substr({0},9,4)||'-'||substr({0},13,4)||'-'||substr({0},17,4)||'-'||substr({0},21)",
        body="CAST(e.body AS BLOB)",
    ),
    "postgresql": _Dialect(
        fill="format",
        text="{0}::text",
        moment="to_char({0} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        uuid="{0}::text",
        body="e.body",
    ),
}


def entries(connection: BaseDatabaseWrapper) -> Iterator[tuple[Any, ...]]:
    """Every entry by id: id, digest, subject, version, prev, begin, text; its leaf's seq and hash, or None.

    `begin`: `append.head` of the columns, with which the text must begin. SQLite gives the text as bytes.
    """
    say = _DIALECTS[connection.vendor]
    organisation, person, post, purchase = (
        f"coalesce({say.text.format(f'e.{name}')}, 'null')"
        for name in ("organisation_id", "person_id", "post_id", "purchase")
    )
    values = [
        "e.action", say.moment.format("e.at"), organisation, person, post, "e.prev", purchase,
        say.moment.format("e.recorded_at"), "e.regime", say.uuid.format("e.request_id"), "e.subject", "e.version",
    ]  # fmt: skip
    begin = f"{say.fill}('{head(*['%s'] * len(values))}', {', '.join(values)})"
    return rows(
        connection,
        f"SELECT e.id, e.digest, e.subject, e.version, e.prev, {begin}, {say.body}, l.seq, l.hash "
        "FROM ledger_entry e LEFT JOIN ledger_leaf l ON l.entry_id = e.id ORDER BY e.id",
    )


def rows(connection: BaseDatabaseWrapper, statement: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement, never all of them in memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement)
        while found := cursor.fetchmany(CHUNK):
            yield from found


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """One state of the database for every statement inside, while others go on writing.

    Inside a transaction that is open already it is that transaction's.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:  # not `atomic`, whose BEGIN IMMEDIATE would keep every writer waiting
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
