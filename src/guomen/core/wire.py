"""Reads values that another installation spelled: what does not fit is told, never guessed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def read_text(told: Mapping[str, Any], name: str, longest: int) -> str:
    """Read a text of at most so many characters; a ValueError where it is none."""
    value = told.get(name)
    # A zero character is a text, and no PostgreSQL column takes it.
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError(f"{name} is no text")
    if len(value) > longest:
        raise ValueError(f"{name} is too long")
    return value


def read_instant(told: Mapping[str, Any], name: str) -> datetime:
    """Read an instant with its zone; a ValueError where it has none."""
    found = datetime.fromisoformat(read_text(told, name, 40))
    if found.tzinfo is None:
        raise ValueError(f"{name} has no zone")
    return found
