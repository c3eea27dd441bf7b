"""Keeps the database's own promise: what was written is refused every change, on both databases."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction

from guomen.apps.ledger import append_only
from tests.apps.ledger.tampering import sealed_events
from tests.builders import inspected, kept_entries

pytestmark = pytest.mark.usefixtures("committed")
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own SQL")
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's own SQL"
)
TABLES = tuple(append_only.TABLES)


@pytest.fixture(autouse=True)
def _something_sealed(committed: object) -> Iterator[None]:
    sealed_events(2)
    before = rows()
    yield
    assert rows() == before


def rows() -> list[list[tuple[str, ...]]]:
    """Everything that the two tables hold."""
    found = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            found.append([tuple(map(str, row)) for row in cursor.fetchall()])
    return found


def refuses(sql: str) -> None:
    """Expect the database to refuse a statement for being append-only."""
    refusal = pytest.raises(DatabaseError, match="append-only")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("table", TABLES)
def test_update_is_refused(table: str) -> None:
    refuses(f"UPDATE {table} SET node = 'another'")
    refuses(f"UPDATE {table} SET node = node")


@pytest.mark.parametrize("table", TABLES)
def test_delete_is_refused(table: str) -> None:
    refuses(f"DELETE FROM {table}")
    refuses(f"DELETE FROM {table} WHERE node = (SELECT max(node) FROM {table})")


def columns(table: str) -> list[str]:
    """The columns of a table as SQL names them."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return [connection.ops.quote_name(one.name) for one in found]


def copied(table: str, insert: str, after: str = "", **changed: str) -> str:
    """Spell an insert that copies a table's rows with some columns changed."""
    names = columns(table)
    values = [changed.get(name.strip('"'), name) for name in names]
    select = f"SELECT {', '.join(values)} FROM {table} WHERE true"
    return f"{insert} INTO {table} ({', '.join(names)}) {select} {after}"


KEYS = [
    ("ledger_entry", "sequence", {}),
    ("ledger_entry", "entry_id", {"sequence": "sequence + 1000000"}),
    ("ledger_seal", "id", {}),
    ("ledger_seal", "node, number", {"id": "id + 1000000", "from_mark": "from_mark - 1000000"}),
    ("ledger_seal", "node, from_mark", {"id": "id + 1000000", "number": "number + 1000000"}),
]


@only_sqlite
@pytest.mark.parametrize(("table", "key", "changed"), KEYS)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_insert_or_replace_is_refused_on_every_key_whatever_the_connection_sets(
    table: str, key: str, changed: dict[str, str], recursive: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers={recursive}")
    try:
        refuses(copied(table, "INSERT OR REPLACE", **changed))
        refuses(copied(table, "REPLACE", **changed))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")


@pytest.mark.parametrize(("table", "key", "changed"), KEYS)
def test_upsert_is_refused_on_every_key(table: str, key: str, changed: dict[str, str]) -> None:
    conflict = f"ON CONFLICT ({key}) DO UPDATE SET node = 'another'"
    refuses(copied(table, "INSERT", conflict, **changed))


@only_postgresql
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(table: str) -> None:
    refuses(f"TRUNCATE {table}")
    refuses(f"TRUNCATE {table} CASCADE")


@only_postgresql
@pytest.mark.parametrize("table", TABLES)
def test_session_in_the_replica_role_is_refused_too(table: str) -> None:
    for act in (f"UPDATE {table} SET node = 'x'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        try:
            refuses(act)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SET session_replication_role = origin")


@only_sqlite
def test_connection_of_the_product_fires_triggers_within_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        assert cursor.fetchone() == (1,)


def test_installing_twice_changes_nothing() -> None:
    append_only.install(connection)
    refuses("DELETE FROM ledger_entry")
    assert len(kept_entries()) > 2
    assert inspected().quantity == 1
