"""Many rows at once: plain statements, where building a model of each would cost several times as much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.db import connections, models, router, transaction
from django.db.models import F, Func, QuerySet, Value

ROWS_MOST = 500  # of one statement


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows with exactly these fields, in one transaction. Values are as the database keeps them (a foreign key's
    number, a day as its ISO text, JSON as text); other columns must allow for being left out. PostgreSQL copies them.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(model._meta.get_field(name).column)) for name in fields)  # type: ignore[union-attr]
    table, values = quote(model._meta.db_table), [tuple(row) for row in rows]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
            return
        places = f"({', '.join(['%s'] * len(fields))})"
        most = min(ROWS_MOST, (connection.features.max_query_params or ROWS_MOST * len(fields)) // len(fields))
        for start in range(0, len(values), most):
            some = values[start : start + most]
            told = ", ".join([places] * len(some))
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES {told}", list(chain.from_iterable(some)))


class Told(Func):
    """What a row's JSON (`data`) says under a name, as that field of a model keeps it."""

    function = "JSON_EXTRACT"

    def __init__(self, name: str, model: type[models.Model], field: str) -> None:
        self.name = name
        super().__init__(F("data"), Value(f"$.{name}"), output_field=model._meta.get_field(field))  # type: ignore[arg-type]

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Sequence[Any]]:
        column, given = compiler.compile(self.get_source_expressions()[0])
        return f"({column} ->> %s)::{self.output_field.db_type(connection)}", [*given, self.name]


def insert_from(model: type[models.Model], values: Mapping[str, Any], rows: QuerySet[Any]) -> None:
    """Add a row of the model for each of these, within the database: a value or an expression over them for each field
    (for a foreign key its number). Columns that are not named must allow for being left out.
    """
    using = router.db_for_write(model)
    connection = connections[using]
    quote = connection.ops.quote_name
    columns = [str(model._meta.get_field(name).column) for name in values]  # type: ignore[union-attr]
    wanted = [value if hasattr(value, "resolve_expression") else Value(value) for value in values.values()]
    query = rows.annotate(**{f"_{n}": value for n, value in enumerate(wanted)})
    select, given = query.values_list(*(f"_{n}" for n in range(len(wanted)))).query.get_compiler(using).as_sql()
    into = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(f"{into} {select}", given)
