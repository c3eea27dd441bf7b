"""What only a doorway may ask for: the time, the day, and a fresh identifier."""

import os
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from guomen.core.identifiers import entry_id, record_id


def now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """Give the present day in the jurisdiction's zone."""
    return datetime.now(zone).date()


def new_entry() -> UUID:
    """Give a fresh random id for a ledger entry.

    Entries are shown to the public without their minute, so their ids must not tell it either.
    """
    return entry_id(os.urandom(16))


def new_id() -> UUID:
    """Give a fresh UUIDv7, which sorts by the time at which it was given."""
    return record_id(now(), os.urandom(10))
