"""Changes the ledger behind its back, as somebody with the database's file could."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection

from guomen.apps.ledger import append_only
from guomen.apps.ledger.acts import one_act
from guomen.apps.ledger.operations import append
from guomen.apps.ledger.verification import Exported, LedgerFault, verify_ledger
from guomen.core.events import Event
from guomen.core.seal import public_key_of
from tests.builders import inspected, instant, seal_now

RECORDED = instant("2023-06-01 04:05")


def write(*events: Event) -> None:
    """Append entries in one transaction, as an act does."""
    with one_act():
        append(events=events, recorded_at=RECORDED)


def sealed_events(count: int) -> list[Event]:
    """Append so many entries and seal them."""
    events = [inspected(number) for number in range(1, count + 1)]
    write(*events)
    assert seal_now() is not None
    return events


def behind_its_back(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Execute a statement with the triggers off; give how many rows it touched."""
    append_only.lift(connection)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return int(cursor.rowcount)
    finally:
        append_only.install(connection)


def key_of(event: Event) -> object:
    """Give an entry's id as the database at hand stores it."""
    return event.id if connection.features.has_native_uuid_field else event.id.hex


def faults(exported: Exported | None = None) -> list[LedgerFault]:
    """Verify with the ledger's own key."""
    verified = verify_ledger(exported or {}, public_key_of(settings.GUOMEN_SEAL_KEY))
    return list(verified.faults)


def named(found: Sequence[LedgerFault]) -> set[tuple[str, str | None]]:
    """Give kind and entry of each fault."""
    return {(one.kind, one.entry) for one in found}
