"""Inserts many rows of one table with one statement: what the batch acts write with.

The ORM's bulk_create costs five times as much a row (81 against 15 µs measured on SQLite, see
docs/decisions/0013), and a national half-year is 168 million rows. PostgreSQL gets the columns as
arrays in one statement, which is planned and sent once whatever the number of rows.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection, models


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    or_else: str = "",
) -> None:
    """Insert `rows` (values in the order of `columns`, which are field names) into the table.

    `or_else`: the `ON CONFLICT …` of the statement; no two of the rows may then meet one conflict.
    """
    fields = [_field(model, name) for name in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names})"
    if connection.vendor == "postgresql":
        _insert_arrays(into, fields, [tuple(row) for row in rows], or_else)
    else:
        _insert_each(into, rows, len(fields), or_else)


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.column is None:
        raise LookupError(f"{model.__name__}.{name} is no column")
    return field


def _insert_arrays(
    into: str,
    fields: Sequence["models.Field[Any, Any]"],
    rows: Sequence[tuple[object, ...]],
    or_else: str,
) -> None:
    from psycopg import Cursor

    if not rows:
        return
    arrays = ", ".join(f"%s::{_array_type(field)}" for field in fields)
    sql = f"{into} SELECT * FROM unnest({arrays}) {or_else}"  # noqa: S608 - names of our own
    connection.ensure_connection()
    # Bound on the server: Django's own cursor would write every value into the text.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(sql, [list(one) for one in zip(*rows, strict=True)], prepare=True)


def _array_type(field: "models.Field[Any, Any]") -> str:
    # Not varchar(64)[]: a cast would cut a longer text silently, where the column refuses it.
    found = str(field.db_type(connection))
    return "text[]" if found.startswith(("varchar", "char")) else f"{found}[]"


def _insert_each(into: str, rows: Iterable[Sequence[object]], width: int, or_else: str) -> None:
    places = ", ".join(["%s"] * width)
    adapt = _adapter()
    with connection.cursor() as cursor:
        cursor.executemany(
            f"{into} VALUES ({places}) {or_else}", [[adapt(value) for value in row] for row in rows]
        )


def _adapter() -> Callable[[object], Any]:
    """Give the function that spells a value as the database at hand stores it."""
    ops, native_uuid = connection.ops, connection.features.has_native_uuid_field
    spellings: dict[type, Callable[[Any], Any]] = {
        # Most instants of a batch are one and the same: the moment of recording.
        datetime: lru_cache(maxsize=64)(ops.adapt_datetimefield_value),
        date: ops.adapt_datefield_value,
    }
    if not native_uuid:
        spellings[UUID] = operator.attrgetter("hex")

    def adapt(value: object) -> Any:
        spell = spellings.get(type(value))
        return value if spell is None else spell(value)

    return adapt
