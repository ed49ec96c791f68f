"""The database itself refuses to change what is append-only.

Created after every migrate, because SQLite drops triggers when it rebuilds a table. There INSERT OR REPLACE removes
the rows in its way without asking the triggers on DELETE, so an insert that meets a row with its keys is refused too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.db.models.signals import post_migrate

_protected: dict[str, None] = {}  # table names, in the order of protection

_FUNCTION = (
    "CREATE OR REPLACE FUNCTION gongyue_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END$$"
)


def protect(app: AppConfig, *models: type[Model]) -> None:
    """Make the tables of these models append-only from the next migrate on. Called in an app's `ready`."""
    tables = [model._meta.db_table for model in models]
    _protected.update(dict.fromkeys(tables))

    def create(using: str, **_: Any) -> None:
        install(connections[using], tables)

    post_migrate.connect(create, sender=app, weak=False, dispatch_uid=f"append-only {app.name}")


def install(connection: BaseDatabaseWrapper, tables: list[str] | None = None) -> None:
    """Create the triggers of these tables (all protected ones by default) where the tables exist."""
    present = set(connection.introspection.table_names())
    wanted = [table for table in (_protected if tables is None else tables) if table in present]
    statements = [_FUNCTION] if connection.vendor == "postgresql" and wanted else []
    for table in wanted:
        statements += _create(connection, table)
    _run(connection, statements)


def remove(connection: BaseDatabaseWrapper, tables: list[str] | None = None) -> None:
    """Drop the triggers. For the flush of tests; nothing in the product calls it."""
    present = set(connection.introspection.table_names())
    for table in _protected if tables is None else tables:
        if table in present:
            _run(connection, _drop(connection.vendor, table))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers inside, with them again afterwards."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _create(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "postgresql":
        return [
            f"CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gongyue_append_only()"
        ]
    events = {
        "update": "BEFORE UPDATE ON {0}",
        "delete": "BEFORE DELETE ON {0}",
        "replace": f"BEFORE INSERT ON {{0}} WHEN {_taken(connection, table)}",
    }
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{name} {event.format(table)} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for name, event in events.items()
    ]


def _taken(connection: BaseDatabaseWrapper, table: str) -> str:
    """The SQL condition that a row with one of the unique keys of NEW is there already."""
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table).values()
    keys = {tuple(one["columns"]) for one in constraints if one["unique"] or one["primary_key"]}
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{name} = NEW.{name}' for name in key)})"
        for key in sorted(keys)
    )


def _drop(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{name}" for name in ("update", "delete", "replace")]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
