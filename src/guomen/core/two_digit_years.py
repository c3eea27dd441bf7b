"""Dates with a year of two digits, placed by the day of reading; machine zones and messages have them."""

from datetime import date

_REACH = 50
"""A day of no known side lies less than 50 years before or after the day of reading."""


def birth_date(text: str, on: date) -> date | None:
    """Read YYMMDD as the latest such day that is not after `on`; None where it names no day."""
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        return None
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    century = on.year - on.year % 100
    for first in (century, century - 100):
        found = _day(first + year, month, day)
        if found is not None and found <= on:
            return found
    return None


def nearby_date(text: str, on: date) -> date | None:
    """Read YYMMDD as the day within 50 years of `on`; None where it names no day."""
    if len(text) != 6 or not (text.isascii() and text.isdigit()):
        return None
    first = on.year - _REACH
    year = first + (int(text[:2]) - first) % 100
    return _day(year, int(text[2:4]), int(text[4:]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
