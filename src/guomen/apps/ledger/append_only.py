"""The triggers that let append-only tables grow and refuse everything else, on both databases.

SQLite's `INSERT OR REPLACE` deletes without firing a delete trigger unless `recursive_triggers`
is on, so a guard on insert refuses ids that exist. PostgreSQL's triggers are ENABLE ALWAYS, or a
session in the replica role would walk past them (both measured, see docs/decisions/0004).
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, Self

TABLES: Mapping[str, Sequence[str]] = {
    "ledger_entry": ("sequence", "entry_id"),
    "ledger_seal": ("id", "node, number", "node, from_mark"),
}
"""The ledger's tables with everything that is unique in them."""

READ_LOG: Mapping[str, Sequence[str]] = {"accounts_readline": ("id",)}
"""The log of who read about a person: as little to be changed as the ledger."""

EVERY = {**TABLES, **READ_LOG}


class Connection(Protocol):
    """As much of a Django connection as is needed here."""

    vendor: str

    def cursor(self) -> AbstractContextManager["Cursor"]: ...


class Cursor(Protocol):
    """A cursor used in a `with` block."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: Any) -> None: ...

    def execute(self, sql: str, /) -> object: ...


Tables = Mapping[str, Sequence[str]]


def install(connection: Connection, tables: Tables = EVERY) -> None:
    """Put the triggers on, once."""
    _run(connection, _INSTALL[connection.vendor](tables))


def lift(connection: Connection, tables: Tables = EVERY) -> None:
    """Take the triggers off: for a test's clean-up, and for nothing in the product."""
    _run(connection, _LIFT[connection.vendor](tables))


def _run(connection: Connection, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_install(tables: Tables) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_{act}_refused BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in tables
        for act in ("UPDATE", "DELETE")
    ] + [
        f"CREATE TRIGGER IF NOT EXISTS {table}_REPLACE_refused BEFORE INSERT ON {table} "
        f"WHEN {_is_there(table, keys)} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table, keys in tables.items()
    ]


def _is_there(table: str, keys: Sequence[str]) -> str:
    def same(key: str) -> str:
        return " AND ".join(f"{name} = NEW.{name}" for name in key.split(", "))

    # REPLACE deletes whatever shares any unique key, so every one of them is asked.
    known = [f"SELECT 1 FROM {table} WHERE {same(key)}" for key in keys]  # noqa: S608 - our names
    return " OR ".join(f"EXISTS ({rows})" for rows in known)


def _sqlite_lift(tables: Tables) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_{act}_refused"
        for table in tables
        for act in ("UPDATE", "DELETE", "REPLACE")
    ]


_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$
"""


def _postgresql_install(tables: Tables) -> list[str]:
    statements = [_POSTGRESQL_FUNCTION]
    for table in tables:
        name = f"{table}_refused"
        statements += [
            (
                f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
            ),
            (
                f"CREATE OR REPLACE TRIGGER {name}_whole BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()"
            ),
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}_whole",
        ]
    return statements


def _postgresql_lift(tables: Tables) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {table}_refused{suffix} ON {table}"
        for table in tables
        for suffix in ("", "_whole")
    ]


_INSTALL = {"sqlite": _sqlite_install, "postgresql": _postgresql_install}
_LIFT = {"sqlite": _sqlite_lift, "postgresql": _postgresql_lift}
