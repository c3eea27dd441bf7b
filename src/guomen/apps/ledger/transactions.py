"""Which transaction a row was written in, and which of them have all ended."""

from django.db import connection, models
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler


class TransactionNumber(Func):
    """The number of the writing transaction on PostgreSQL; 0 on SQLite, which has one writer.

    A reader who wants every row once may only go up to what no running transaction can still
    precede, and on PostgreSQL only the transaction's number tells (measured: sealing by the
    greatest id lost entries).
    """

    template = "0"
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list[str]]:
        """Give PostgreSQL's 64-bit transaction id."""
        return "(pg_current_xact_id()::text::bigint)", []


def ended_before() -> int:
    """Give the number below which every transaction has ended; 1 on SQLite, where all are 0."""
    if connection.vendor == "sqlite":
        return 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])
