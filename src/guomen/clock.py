"""What only a doorway may ask for: the time, the day, and a fresh identifier."""

import os
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from guomen.core.identifiers import record_id


def now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """Give the present day in the jurisdiction's zone."""
    return datetime.now(zone).date()


def new_id() -> UUID:
    """Give a fresh UUIDv7."""
    return record_id(now(), os.urandom(10))
