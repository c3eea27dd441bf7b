"""Spells the alerts in force for the row that a lane reads, and reads them back."""

import json
from collections.abc import Iterable
from datetime import date

from guomen.core.alerts import AlertFlag


def spell_flags(flags: Iterable[AlertFlag]) -> str:
    """Write flags for keeping, by reference; none are the empty text."""
    rows = [
        [one.reference, one.kind, one.direction, one.valid_from.isoformat(), one.until.isoformat()]
        for one in sorted(flags, key=lambda one: one.reference)
    ]
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def read_flags(text: str) -> tuple[AlertFlag, ...]:
    """Read flags back."""
    return tuple(
        AlertFlag(reference, kind, direction, date.fromisoformat(start), date.fromisoformat(until))
        for reference, kind, direction, start, until in json.loads(text or "[]")
    )
