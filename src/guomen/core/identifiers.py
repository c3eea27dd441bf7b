"""Identifiers: UUID version 7 for records, which sort by time, and version 4 for ledger entries."""

from datetime import datetime
from uuid import UUID


def record_id(at: datetime, randomness: bytes) -> UUID:
    """Make a UUIDv7 (RFC 9562 §5.7) from a time and ten random bytes.

    Both are handed in, so that a test or a simulation can repeat them.
    """
    milliseconds = int(at.timestamp() * 1000)
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(randomness[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0b11 << 62) | 0b10 << 62)


def entry_id(randomness: bytes) -> UUID:
    """Make a UUIDv4 (RFC 9562 §5.4) from sixteen random bytes.

    An entry is shown to the public without its minute, so its id must not tell the time.
    """
    return UUID(bytes=randomness[:16], version=4)
